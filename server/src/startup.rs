//! Puts the program together from its configuration, and runs what the command line asks for.

use std::{error::Error, io, net::SocketAddr, sync::Arc, time::Duration};

use async_trait::async_trait;
use axum::Router;
use tokio::{net::TcpListener, time::sleep};

use crate::{
    cli::{Command, Exit},
    clock::Clock,
    config::{self, Config, ConfigError},
    http::{
        assets,
        health::{self, NotReady, Readiness},
        limits::{Limits, protect},
        security::Transport,
    },
    sealing::{self, KeyFileError, MasterKey},
    shutdown::Shutdown,
    telemetry::{self, TelemetryError},
};

/// Why the program could not start, or had to stop.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// It was told something wrong.
    #[error("cannot start: {0}")]
    Config(#[from] ConfigError),
    /// It can't write logs.
    #[error("cannot write logs")]
    Telemetry(#[from] TelemetryError),
    /// It has no master key.
    #[error("cannot open the personal data")]
    Key(#[from] KeyFileError),
    /// Its address is taken, or not one of this machine.
    #[error("cannot answer on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the operating system said.
        #[source]
        cause: io::Error,
    },
    /// The operating system refused something else.
    #[error("the operating system refused")]
    System(#[from] io::Error),
    /// The command comes with the store.
    #[error("`{0}` is not there yet")]
    Missing(&'static str),
}

impl StartError {
    fn exit(&self) -> Exit {
        match self {
            Self::Config(error) if error.is_usage() => Exit::WrongUsage,
            _ => Exit::Failed,
        }
    }
}

/// Runs a command to its end. What went wrong is one line on the standard error.
pub async fn run(command: Command) -> Exit {
    match execute(command).await {
        Ok(exit) => exit,
        Err(error) => {
            eprintln!("affianco: {}", with_causes(&error));
            error.exit()
        }
    }
}

/// An error and what caused it, in one line.
fn with_causes(error: &dyn Error) -> String {
    let (mut line, mut next) = (error.to_string(), error.source());
    while let Some(cause) = next {
        let text = cause.to_string();
        // Some errors end with their cause already.
        if !line.ends_with(&text) {
            line = format!("{line}: {text}");
        }
        next = cause.source();
    }
    line
}

async fn execute(command: Command) -> Result<Exit, StartError> {
    let (config, layers) = Config::load(&command.flags())?;
    if let Command::CheckConfig(_) = command {
        print!("{}", config::report(&layers));
        return Ok(Exit::Done);
    }
    telemetry::init(config.log, &config.log_level)?;
    match command {
        Command::Serve(_) => serve(config).await.map(|()| Exit::Done),
        Command::Migrate(_) => Err(StartError::Missing("migrate")),
        Command::Import { .. } => Err(StartError::Missing("import")),
        Command::CheckConfig(_) => Ok(Exit::Done),
    }
}

/// The clock that the configuration asks for: one that can be set exists only in a demo.
pub fn clock(config: &Config) -> Clock {
    match (config.demo, config.now) {
        (false, _) => Clock::real(),
        (true, None) => Clock::settable(),
        (true, Some(now)) => Clock::frozen(now),
    }
}

/// The configured master key, else that of the data folder.
///
/// # Errors
/// [`KeyFileError`].
pub fn master_key(config: &Config) -> Result<MasterKey, KeyFileError> {
    config
        .master_key
        .clone()
        .map_or_else(|| sealing::load_or_generate(&config.data), Ok)
}

/// Whether browsers come by TLS.
pub fn transport(config: &Config) -> Transport {
    if config
        .public_url
        .as_ref()
        .is_some_and(config::PublicUrl::is_https)
    {
        Transport::Tls
    } else {
        Transport::Clear
    }
}

async fn serve(config: Config) -> Result<(), StartError> {
    let shutdown = Shutdown::listen()?;
    let _key = master_key(&config)?;
    let limits = Limits::default();
    let router = Router::new()
        .merge(health::router(Arc::new(NoStore)))
        .merge(assets::router());
    let listener = TcpListener::bind(config.listen)
        .await
        .map_err(|cause| StartError::Listen {
            address: config.listen,
            cause,
        })?;
    println!("listening on http://{}", listener.local_addr()?);
    answer(
        listener,
        protect(router, limits, transport(&config)),
        shutdown,
        limits.time,
    )
    .await?;
    tracing::info!("stopped");
    Ok(())
}

/// Answers until the order to stop; then requests in flight are finished, for as long as one of them may take.
async fn answer(
    listener: TcpListener,
    router: Router,
    shutdown: Shutdown,
    patience: Duration,
) -> io::Result<()> {
    let serving =
        axum::serve(listener, router).with_graceful_shutdown(shutdown.clone().requested());
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

/// Ready as soon as it answers, until there is a store to ask.
struct NoStore;

#[async_trait]
impl Readiness for NoStore {
    async fn check(&self) -> Result<(), NotReady> {
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
    async fn stopped_in_the_middle(
        patience: Duration,
    ) -> (
        TcpStream,
        Arc<Notify>,
        tokio::task::JoinHandle<io::Result<()>>,
    ) {
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
        let mut client = TcpStream::connect(listener.local_addr().expect("an address"))
            .await
            .expect("connected");
        let (ask, shutdown) = Shutdown::manual();
        let server = tokio::spawn(answer(
            listener,
            Router::new().route("/", slow),
            shutdown,
            patience,
        ));
        client
            .write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            .await
            .expect("sent");
        arrived.notified().await;
        ask.send_replace(true);
        (client, release, server)
    }

    #[tokio::test]
    async fn a_request_in_flight_is_finished_before_the_program_stops() {
        let (mut client, release, server) = stopped_in_the_middle(Duration::from_mins(1)).await;
        release.notify_one();
        let mut answer = String::new();
        client
            .read_to_string(&mut answer)
            .await
            .expect("the connection is closed in order");
        assert!(
            answer.starts_with("HTTP/1.1 200") && answer.ends_with("all of it"),
            "{answer}"
        );
        server.await.expect("no panic").expect("stopped");
    }

    #[tokio::test]
    async fn a_request_that_never_ends_does_not_keep_the_program_running() {
        let (_client, _release, server) = stopped_in_the_middle(Duration::from_millis(10)).await;
        server.await.expect("no panic").expect("stopped");
    }

    #[test]
    fn an_error_is_printed_with_its_causes() {
        let error = StartError::Listen {
            address: "127.0.0.1:1".parse().expect("an address"),
            cause: io::Error::other("taken"),
        };
        assert_eq!(with_causes(&error), "cannot answer on 127.0.0.1:1: taken");
    }

    #[test]
    fn only_a_demo_has_a_clock_that_can_be_set() {
        let at = "2026-11-23T10:00:00".parse().expect("a date and time");
        let clock_of = |demo| {
            let values = if demo {
                vec![("demo", "true".to_owned())]
            } else {
                vec![]
            };
            let flags = config::Flags { file: None, values };
            clock(&Config::load_from(&flags, []).expect("good settings").0)
        };
        assert!(clock_of(true).set(at).is_ok());
        assert!(clock_of(false).set(at).is_err());
    }
}
