//! Logs: one line per event and one span per request, with its id and without personal data.

use std::{
    io::{self, IsTerminal as _},
    panic,
    time::Instant,
};

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use tracing::Instrument as _;
use tracing_subscriber::{EnvFilter, filter::ParseError, util::SubscriberInitExt as _, util::TryInitError};
use uuid::Uuid;

use crate::{
    config::{LogFormat, LogLevel},
    ids::new_id,
};

/// The header that tells the caller the id of its request.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request, made by this server: in its log lines, its audit rows and its answer. What the caller sends is not
/// taken, for it would go into evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestId(pub Uuid);

/// Why there are no logs.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The filter does not parse.
    #[error("the log filter does not parse")]
    Filter(#[from] ParseError),
    /// Logs were set up before.
    #[error("logs were set up twice")]
    Twice(#[from] TryInitError),
}

/// Starts writing logs to the standard error; the standard output is for what commands print. Panics are logged with their
/// place only: what they say might be about a person.
///
/// # Errors
/// [`TelemetryError`].
pub fn init(format: LogFormat, level: &LogLevel) -> Result<(), TelemetryError> {
    let lines = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_new(level.as_str())?)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal());
    match format {
        LogFormat::Text => lines.finish().try_init()?,
        LogFormat::Json => lines.json().flatten_event(true).finish().try_init()?,
    }
    panic::set_hook(Box::new(|panic| {
        tracing::error!(place = panic.location().map(tracing::field::display), "panicked");
    }));
    Ok(())
}

/// Middleware: gives the request its id and its span, and writes one line with status and latency (to the first byte).
pub async fn observe(mut request: Request, next: Next) -> Response {
    let (id, started) = (RequestId(new_id()), Instant::now());
    request.extensions_mut().insert(id);
    let path = match request.extensions().get::<MatchedPath>() {
        Some(template) => template.as_str(),
        // Anything may stand in an address that nobody serves.
        None => "(no route)",
    };
    let span = tracing::info_span!("request", id = %id.0, method = %request.method(), path);
    let mut response = async {
        let response = next.run(request).await;
        let (status, latency_ms) = (response.status(), started.elapsed().as_secs_f64() * 1000.0);
        if status.is_server_error() {
            tracing::error!(status = status.as_u16(), latency_ms, "answered");
        } else {
            tracing::info!(status = status.as_u16(), latency_ms, "answered");
        }
        response
    }
    .instrument(span)
    .await;
    if let Ok(value) = HeaderValue::try_from(id.0.to_string()) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use axum::{Extension, Router, body::Body, middleware::from_fn, routing::get};
    use tower::ServiceExt as _;
    use tracing::instrument::WithSubscriber as _;

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[tokio::test]
    async fn a_request_is_logged_with_the_id_it_is_answered_with_and_without_query_or_ids_in_its_path() {
        let lines = Lines::default();
        let writer = lines.clone();
        let subscriber = tracing_subscriber::fmt().json().with_writer(move || writer.clone()).finish();
        let router = Router::new()
            .route("/richieste/{id}", get(|Extension(id): Extension<RequestId>| async move { id.0.to_string() }))
            .layer(from_fn(observe));
        let request = Request::get("/richieste/42?cognome=Rossi").header(REQUEST_ID, "mine").body(Body::empty()).unwrap();
        let response = router.oneshot(request).with_subscriber(subscriber).await.unwrap();

        let id = response.headers()[REQUEST_ID].to_str().unwrap().to_owned();
        let body = axum::body::to_bytes(response.into_body(), 100).await.unwrap();
        assert_eq!(body, id, "handlers see the id that the caller sees");
        let log = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        assert!(log.contains(&id) && log.contains("/richieste/{id}") && log.contains("\"status\":200"), "{log}");
        assert!(!log.contains("Rossi") && !log.contains("mine"), "{log}");
    }
}
