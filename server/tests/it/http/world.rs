//! A program per test, on its own database, and the people who use it.

use std::{fs, path::Path};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    http::{
        HeaderMap, StatusCode,
        header::{ACCEPT, CONTENT_TYPE, COOKIE, HOST, SET_COOKIE},
    },
    response::Response,
};
use serde_json::{Value, json};
use server::{
    commands::serve::routes,
    config::{Config, Flags},
    demo,
    http::{limits::protect, security::Transport},
    startup::Program,
};
use sqlx::{ConnectOptions as _, sqlite::SqliteConnectOptions};
use tokio::sync::OnceCell;
use tower::ServiceExt as _;

use crate::support::folder::Folder;

/// The moment at which the demonstration of the tests stands: a Monday morning.
pub const NOW: &str = "2026-11-23T10:00";

/// A filled demonstration, made once and copied for each test.
static TEMPLATE: OnceCell<Vec<(String, Vec<u8>)>> = OnceCell::const_new();

async fn template() -> &'static [(String, Vec<u8>)] {
    TEMPLATE
        .get_or_init(|| async {
            let folder = Folder::new();
            let program = open(folder.path(), Some(NOW)).await;
            demo::fill(&program).await.unwrap();
            // Who closes last folds the write-ahead log into the file.
            program.store.close().await;
            drop(program);
            // The folder of files is made anew by each program.
            let files = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap()).filter(|entry| entry.path().is_file());
            files.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
        })
        .await
}

/// Opens the program on the data of a folder; with a moment, as a demonstration standing at it.
pub async fn open(data: &Path, now: Option<&str>) -> Program {
    open_with(data, now, None).await
}

async fn open_with(data: &Path, now: Option<&str>, database: Option<&str>) -> Program {
    let mut values = vec![("data", data.display().to_string())];
    if let Some(now) = now {
        values.extend([("demo", "true".to_owned()), ("now", now.to_owned())]);
    }
    values.extend(database.map(|url| ("database", url.to_owned())));
    let (config, _) = Config::load(&Flags { file: None, values }).unwrap();
    Program::open(&config).await.unwrap()
}

/// Writes a copy of the filled demonstration into the folder.
pub async fn copy_demo(into: &Path) {
    for (name, bytes) in template().await {
        fs::write(into.join(name), bytes).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            fs::set_permissions(into.join(name), fs::Permissions::from_mode(0o600)).unwrap();
        }
    }
}

/// A program under test.
pub struct World {
    pub program: Program,
    router: Router,
    // Dropped last: the program works in it.
    folder: Folder,
}

impl World {
    /// The demonstration of [`NOW`].
    pub async fn demo() -> Self {
        Self::with(Transport::Clear, true).await
    }

    pub async fn with(transport: Transport, demo: bool) -> Self {
        let folder = Folder::new();
        copy_demo(folder.path()).await;
        let program = open(folder.path(), Some(NOW)).await;
        Self::over(program, folder, transport, demo)
    }

    /// The demonstration filled into another database.
    pub async fn demo_on(database: &str) -> Self {
        let folder = Folder::new();
        let program = open_with(folder.path(), Some(NOW), Some(database)).await;
        demo::prepare(&program, true).await.unwrap();
        Self::over(program, folder, Transport::Clear, true)
    }

    fn over(program: Program, folder: Folder, transport: Transport, demo: bool) -> Self {
        let router = protect(routes(&program, transport, demo), transport);
        Self { program, router, folder }
    }

    /// Runs statements behind the store's back, and says how many rows the last one touched.
    pub async fn execute(&self, sql: &'static str) -> u64 {
        let options = SqliteConnectOptions::new().filename(self.folder.path().join("affianco.sqlite"));
        let mut connection = options.connect().await.unwrap();
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap().rows_affected()
    }

    pub async fn send(&self, request: Request) -> Answer {
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        let body = to_bytes(body, 4 << 20).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    /// Somebody who is not signed in.
    pub fn anonymous(&self) -> Client<'_> {
        Client { world: self, cookie: None }
    }

    pub async fn operator(&self) -> Client<'_> {
        self.signed_in("operatore").await
    }

    pub async fn coach(&self) -> Client<'_> {
        self.signed_in("coach").await
    }

    pub async fn system(&self) -> Client<'_> {
        self.signed_in("sistema").await
    }

    async fn signed_in(&self, login: &str) -> Client<'_> {
        let mut client = self.anonymous();
        let answer = client.sign_in(login, demo::PASSWORD).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        client
    }

    /// The id behind an OPAL code, whoever may see it.
    pub async fn id_of(&self, opal_code: &str) -> String {
        self.program.store.read().await.unwrap().opal_by_code(opal_code).await.unwrap().unwrap().id.to_string()
    }
}

/// A browser with at most our cookie.
pub struct Client<'w> {
    world: &'w World,
    pub cookie: Option<String>,
}

impl Client<'_> {
    /// The answer with its body still to come.
    pub async fn answer(&self, request: Request) -> Response {
        self.world.router.clone().oneshot(request).await.unwrap()
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.world.send(self.request("GET", path).header(ACCEPT, "text/html").body(Body::empty()).unwrap()).await
    }

    /// Calls a server function, such as `request/open`.
    pub async fn call(&self, function: &str, arguments: &Value) -> Answer {
        self.post(&format!("/api/{function}"), arguments.to_string()).await
    }

    pub async fn post(&self, path: &str, body: impl Into<Body>) -> Answer {
        self.world.send(self.request("POST", path).header(CONTENT_TYPE, "application/json").body(body.into()).unwrap()).await
    }

    /// Signs in and keeps the cookie that the answer sets.
    pub async fn sign_in(&mut self, login: &str, password: &str) -> Answer {
        let answer = self.call("account/sign_in", &json!({ "login": login, "password": password })).await;
        if let Some(cookie) = answer.cookie() {
            self.cookie = Some(cookie);
        }
        answer
    }

    pub fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let request = Request::builder().method(method).uri(path).header(HOST, "affianco.test");
        match &self.cookie {
            Some(cookie) => request.header(COOKIE, cookie),
            None => request,
        }
    }
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: impl axum::http::header::AsHeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// `name=value` of the last cookie set.
    pub fn cookie(&self) -> Option<String> {
        let set = self.headers.get_all(SET_COOKIE).iter().next_back()?.to_str().unwrap();
        set.split(';').next().map(str::to_owned)
    }

    /// Asserts an `application/problem+json` of that status.
    #[track_caller]
    pub fn is_problem(&self, status: StatusCode) {
        assert_eq!(self.status, status, "{}", self.body);
        assert_eq!(self.header(CONTENT_TYPE), "application/problem+json");
        assert_eq!(self.json()["status"], status.as_u16());
    }
}
