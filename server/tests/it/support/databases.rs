//! A migrated database of its own for each test: a temporary SQLite file, or a database on the PostgreSQL server that `make test` starts.

use std::{
    env, fs,
    future::Future,
    path::PathBuf,
    process,
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use server::store::{self, Store};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, postgres::PgConnectOptions, sqlite::SqliteConnectOptions};

/// The URL of a PostgreSQL server on which databases may be created.
const POSTGRES: &str = "AFFIANCO_TEST_POSTGRES";

/// A database of one test.
#[derive(Clone)]
pub struct TestDatabase {
    pub store: Arc<dyn Store>,
    pub url: String,
}

impl TestDatabase {
    /// Runs a statement behind the store's back, and says how many rows it touched.
    pub async fn execute(&self, sql: &'static str) -> sqlx::Result<u64> {
        if self.url.starts_with("sqlite") {
            let mut connection = SqliteConnectOptions::from_str(&self.url)?.connect().await?;
            Ok(sqlx::query(sql).execute(&mut connection).await?.rows_affected())
        } else {
            let mut connection = PgConnection::connect(&self.url).await?;
            Ok(sqlx::query(sql).execute(&mut connection).await?.rows_affected())
        }
    }
}

/// A SQLite file that goes when this is dropped.
pub struct TempSqlite {
    path: PathBuf,
}

impl TempSqlite {
    pub fn new() -> Self {
        Self { path: env::temp_dir().join(format!("{}.sqlite", unique_name())) }
    }

    pub fn url(&self) -> String {
        format!("sqlite:{}", self.path.display())
    }
}

impl Drop for TempSqlite {
    fn drop(&mut self) {
        for suffix in ["", "-wal", "-shm"] {
            let mut file = self.path.clone().into_os_string();
            file.push(suffix);
            // Not all of them exist at any time.
            let _ = fs::remove_file(file);
        }
    }
}

/// Runs a test on a fresh SQLite file.
pub async fn on_sqlite<T: Future<Output = ()> + Send + 'static>(test: impl FnOnce(TestDatabase) -> T) {
    let file = TempSqlite::new();
    run(file.url(), test).await.unwrap();
}

/// Runs a test on a fresh PostgreSQL database, which is dropped even when the test fails.
pub async fn on_postgres<T: Future<Output = ()> + Send + 'static>(test: impl FnOnce(TestDatabase) -> T) {
    let server = env::var_os(POSTGRES).unwrap_or_else(|| panic!("set {POSTGRES} to the URL of a PostgreSQL server (make test does)"));
    let server = server.into_string().expect("a URL is text");
    let name = unique_name();
    let mut connection = PgConnectOptions::from_str(&server).expect("a PostgreSQL URL").connect().await.expect("PostgreSQL answers");
    // A name of letters, digits and underscores, made here.
    sqlx::query(AssertSqlSafe(format!("create database {name}"))).execute(&mut connection).await.expect("a new database");
    let (address, _) = server.rsplit_once('/').expect("the URL names a database");
    let outcome = run(format!("{address}/{name}"), test).await;
    sqlx::query(AssertSqlSafe(format!("drop database {name} with (force)"))).execute(&mut connection).await.expect("dropped");
    outcome.unwrap();
}

/// In a task of its own, so that what comes after a failed test still runs.
async fn run<T: Future<Output = ()> + Send + 'static>(
    url: String,
    test: impl FnOnce(TestDatabase) -> T,
) -> Result<(), tokio::task::JoinError> {
    let store = store::open(&url).await.expect("the database opens");
    store.migrate().await.expect("the migrations run");
    let outcome = tokio::spawn(test(TestDatabase { store: store.clone(), url })).await;
    store.close().await;
    outcome
}

fn unique_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("affianco_test_{}_{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}
