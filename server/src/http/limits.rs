//! What stands around every handler, in one place because the order matters.

use std::time::Duration;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{Extensions, HeaderMap, StatusCode, Version},
    middleware::{from_fn, from_fn_with_state},
};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, Predicate as _, predicate::DefaultPredicate},
    csrf::CsrfLayer,
    limit::RequestBodyLimitLayer,
    timeout::TimeoutLayer,
};

use super::{
    download::AsItIs,
    problem,
    security::{self, Transport},
};
use crate::telemetry;

/// How much one request may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of its body; server functions have no limit of their own.
    pub body: usize,
    /// Time until its answer begins.
    pub time: Duration,
}

impl Default for Limits {
    /// 1 MiB and 30 seconds.
    fn default() -> Self {
        Self { body: 1024 * 1024, time: Duration::from_secs(30) }
    }
}

impl Limits {
    /// For forms with a file: 64 MiB and 5 minutes. The body is far larger than any file that is taken, so that one that is not is
    /// heard to its end and answered in words; the time is that of 15 MB at half a megabit in a second.
    pub fn uploads() -> Self {
        Self { body: 64 * 1024 * 1024, time: Duration::from_mins(5) }
    }

    /// A handler's own limits would be lower than these, and say so without words.
    fn around(self, router: Router) -> Router {
        router
            .layer(DefaultBodyLimit::disable())
            .layer(RequestBodyLimitLayer::new(self.body))
            // Not 408, after which browsers send the request again by themselves.
            .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, self.time))
    }
}

/// Puts the layers around the addresses, each group within its own limits; from the inside out: limits, origin, panics, words for
/// errors, compression, headers, log. Each sees what those inside it answered, so also a panic is described, has its headers
/// and its line in the log.
pub fn protect(groups: impl IntoIterator<Item = (Router, Limits)>, transport: Transport) -> Router {
    let router = groups.into_iter().fold(Router::new(), |all, (group, limits)| all.merge(limits.around(group)));
    let compressed = |_: StatusCode, _: Version, _: &HeaderMap, beside: &Extensions| beside.get::<AsItIs>().is_none();
    router
        // Commands come from our own pages, whatever cookie they carry; reads are safe by their method.
        .layer(CsrfLayer::new())
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(from_fn(problem::describe))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(compressed)))
        .layer(from_fn_with_state(transport, security::headers))
        .layer(from_fn(telemetry::observe))
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use axum::{
        body::{Body, Bytes},
        extract::Request,
        http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS},
        routing::{get, post},
    };
    use tower::ServiceExt as _;

    use super::*;
    use crate::telemetry::REQUEST_ID;

    #[expect(clippy::panic, reason = "what is tested")]
    async fn panics() {
        panic!("RSSMRA80A01H501U");
    }

    async fn answer(request: Request) -> (StatusCode, HeaderMap, Bytes) {
        let router = Router::new()
            .route("/echo", post(|body: Bytes| async { body }))
            .route("/slow", get(pending::<()>))
            .route("/panic", get(panics))
            .route("/long", get(|| async { "la ".repeat(1000) }));
        let limits = Limits { body: 10, time: Duration::from_millis(50) };
        let (parts, body) = protect([(router, limits)], Transport::Clear).oneshot(request).await.unwrap().into_parts();
        (parts.status, parts.headers, axum::body::to_bytes(body, 10_000).await.unwrap())
    }

    fn get_request(path: &str) -> Request {
        Request::get(path).body(Body::empty()).unwrap()
    }

    #[tokio::test]
    async fn every_failure_is_a_problem_with_id_and_headers() {
        let long = Request::post("/echo").header(CONTENT_LENGTH, 11).body(Body::from("eleven byte")).unwrap();
        let cases = [
            (long, StatusCode::PAYLOAD_TOO_LARGE),
            (get_request("/slow"), StatusCode::SERVICE_UNAVAILABLE),
            (get_request("/panic"), StatusCode::INTERNAL_SERVER_ERROR),
            (get_request("/nowhere"), StatusCode::NOT_FOUND),
            (get_request("/echo"), StatusCode::METHOD_NOT_ALLOWED),
        ];
        for (request, expected) in cases {
            let (status, headers, body) = answer(request).await;
            assert_eq!(status, expected);
            assert_eq!(headers[CONTENT_TYPE], problem::MEDIA_TYPE, "{expected}");
            assert_eq!(headers[X_CONTENT_TYPE_OPTIONS], "nosniff", "{expected}");
            let problem: serde_json::Value = serde_json::from_slice(&body).unwrap();
            assert_eq!(problem["request_id"], headers[REQUEST_ID].to_str().unwrap(), "{expected}");
            assert!(!problem.to_string().contains("RSSMRA"));
        }
    }

    #[tokio::test]
    async fn a_body_within_the_limit_passes() {
        let (status, _, body) = answer(Request::post("/echo").body(Body::from("ten bytes!")).unwrap()).await;
        assert_eq!((status, &body[..]), (StatusCode::OK, &b"ten bytes!"[..]));
    }

    #[tokio::test]
    async fn a_body_of_unknown_length_is_cut_at_the_limit() {
        let body = Body::from_stream(Body::from("eleven byte").into_data_stream());
        let (status, ..) = answer(Request::post("/echo").body(body).unwrap()).await;
        assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    }

    #[tokio::test]
    async fn pages_are_compressed_for_who_understands_it() {
        let (_, headers, body) = answer(Request::get("/long").header(ACCEPT_ENCODING, "gzip, br").body(Body::empty()).unwrap()).await;
        assert_eq!(headers[CONTENT_ENCODING], "br");
        assert!(body.len() < 100);
        let (_, headers, body) = answer(get_request("/long")).await;
        assert!(!headers.contains_key(CONTENT_ENCODING) && body.len() == 3000);
    }
}
