//! `affianco serve`: answers browsers until it is told to stop; then requests in flight and jobs are finished.

use std::{fmt::Write as _, io, sync::Arc, time::Duration};

use async_trait::async_trait;
use axum::Router;
use chrono::NaiveDateTime;
use tokio::{net::TcpListener, time::sleep};

use super::print;
use crate::{
    clock::Clock,
    config::Config,
    demo,
    http::{
        assets, calendar,
        demo_clock::{self, TimeTravel},
        health::{self, NotReady, Readiness},
        limits::{Limits, protect},
        router::{self, Site},
        security::Transport,
    },
    jobs::Jobs,
    services::Services,
    shutdown::Shutdown,
    startup::{Program, StartError, post, transport},
    store::Store,
};

/// Serves until the order to stop.
///
/// # Errors
/// [`StartError`] for what keeps it from starting or going on.
pub async fn serve(config: Config) -> Result<(), StartError> {
    let shutdown = Shutdown::listen()?;
    // First of all, so that a second program started by mistake stops before it touches anything.
    let listener = TcpListener::bind(config.listen).await.map_err(|cause| StartError::Listen { address: config.listen, cause })?;
    let program = Program::open(&config).await?;
    demo::prepare(&program, config.demo).await?;

    let jobs = Jobs::start(&program.services, post(&config)?, &shutdown);
    let limits = Limits::default();
    let router = protect(routes(&program, transport(&config), config.demo), transport(&config));
    print(&greeting(&listener.local_addr()?.to_string(), config.demo));
    let answered = answer(listener, router, shutdown, limits.time).await;
    jobs.finished().await;
    program.store.close().await;
    tracing::info!("stopped");
    Ok(answered?)
}

/// Every address, each group with its limits; that of the test clock only in a demo.
pub fn routes(program: &Program, transport: Transport, demo: bool) -> [(Router, Limits); 2] {
    let clock = Traveller { clock: program.clock.clone(), services: program.services.clone() };
    let router = Router::new()
        .merge(health::router(Arc::new(Database(program.store.clone()))))
        .merge(assets::router())
        .merge(calendar::router(program.services.clone().backend().calendars));
    let router = if demo { router.merge(demo_clock::router(Arc::new(clock))) } else { router };
    let site = Site::new(program.services.clone().backend(), transport);
    [(router.merge(router::router(site.clone())), Limits::default()), (router::uploads(site), Limits::uploads())]
}

fn greeting(address: &str, demo: bool) -> String {
    let mut text = format!("listening on http://{address}\n");
    if demo {
        let logins = demo::ACCOUNTS.map(|account| account.login).join(", ");
        let _ = writeln!(text, "demo accounts: {logins}; password: {}", demo::PASSWORD);
    }
    text
}

/// Answers until the order to stop; then requests in flight are finished, for as long as one of them may take.
async fn answer(listener: TcpListener, router: Router, shutdown: Shutdown, patience: Duration) -> io::Result<()> {
    let serving = axum::serve(listener, router).with_graceful_shutdown(shutdown.clone().requested());
    let too_long = async {
        shutdown.requested().await;
        sleep(patience).await;
    };
    tokio::select! {
        served = serving => served,
        () = too_long => {
            tracing::warn!("stopped although some connections were still open");
            Ok(())
        }
    }
}

/// Ready when the database is.
struct Database(Arc<dyn Store>);

#[async_trait]
impl Readiness for Database {
    async fn check(&self) -> Result<(), NotReady> {
        self.0.ready().await.map_err(|error| NotReady { part: "database", cause: error.into() })
    }
}

/// Moves the demo's clock; requests and vouchers whose days are over by then end at once, and what is due is brought to mind.
struct Traveller {
    clock: Clock,
    services: Services,
}

#[async_trait]
impl TimeTravel for Traveller {
    async fn travel(&self, to: NaiveDateTime) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        self.clock.set(to)?;
        self.services.catch_up().await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use axum::{http::StatusCode, routing::get};
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpStream,
        sync::Notify,
    };

    use super::*;

    /// A server with one slow address, asked to stop while it works on it.
    async fn stopped_in_the_middle(patience: Duration) -> (TcpStream, Arc<Notify>, tokio::task::JoinHandle<io::Result<()>>) {
        let (arrived, release) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let slow = {
            let (arrived, release) = (Arc::clone(&arrived), Arc::clone(&release));
            get(async move || {
                arrived.notify_one();
                release.notified().await;
                (StatusCode::OK, "all of it")
            })
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let mut client = TcpStream::connect(listener.local_addr().expect("an address")).await.expect("connected");
        let (ask, shutdown) = Shutdown::manual();
        let server = tokio::spawn(answer(listener, Router::new().route("/", slow), shutdown, patience));
        client.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.expect("sent");
        arrived.notified().await;
        ask.send_replace(true);
        (client, release, server)
    }

    #[tokio::test]
    async fn a_request_in_flight_is_finished_before_the_program_stops() {
        let (mut client, release, server) = stopped_in_the_middle(Duration::from_mins(1)).await;
        release.notify_one();
        let mut answer = String::new();
        client.read_to_string(&mut answer).await.expect("the connection is closed in order");
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("all of it"), "{answer}");
        server.await.expect("no panic").expect("stopped");
    }

    #[tokio::test]
    async fn a_request_that_never_ends_does_not_keep_the_program_running() {
        let (_client, _release, server) = stopped_in_the_middle(Duration::from_millis(10)).await;
        server.await.expect("no panic").expect("stopped");
    }
}
