//! Errors of plain HTTP as `application/problem+json` (RFC 9457), with the request's id and in words a person understands.

use std::{any::Any, borrow::Cow};

use axum::{
    extract::Request,
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{ALLOW, CONTENT_TYPE, RETRY_AFTER},
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use server_fn::error::SERVER_FN_ERROR_HEADER;

use crate::telemetry::RequestId;

/// The media type of problems.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// An error of plain HTTP. The request's id is filled in by [`describe`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    status: StatusCode,
    detail: Cow<'static, str>,
}

/// What goes over the wire; `type` is `about:blank`, so the status is the kind.
#[derive(Serialize)]
struct Body<'a> {
    status: u16,
    title: &'a str,
    detail: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
}

impl Problem {
    /// The problem that a status stands for, with the sentence most people need.
    pub fn new(status: StatusCode) -> Self {
        Self { status, detail: words(status).1.into() }
    }

    /// The same problem with a sentence of its own (Italian, no personal data).
    #[must_use]
    pub fn with_detail(self, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { detail: detail.into(), ..self }
    }

    fn answer(&self, request: Option<RequestId>) -> Response {
        let body = Body {
            status: self.status.as_u16(),
            title: words(self.status).0,
            detail: &self.detail,
            request_id: request.map(|id| id.0.to_string()),
        };
        (self.status, [(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE))], axum::Json(body).into_response().into_body()).into_response()
    }
}

impl IntoResponse for Problem {
    /// Leaves the problem beside the answer, so that [`describe`] can write it again with the request's id.
    fn into_response(self) -> Response {
        let mut response = self.answer(None);
        response.extensions_mut().insert(self);
        response
    }
}

/// Middleware: every error that says nothing, or only a line of plain text from a library, becomes a problem with the
/// request's id. Pages, and the errors of server functions, have bodies of their own and stay as they are.
pub async fn describe(request: Request, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>().copied();
    let response = next.run(request).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let problem = match response.extensions().get::<Problem>() {
        Some(problem) => problem.clone(),
        None if is_bare(response.headers()) => Problem::new(status),
        None => return response,
    };
    let mut answer = problem.answer(id);
    // What the answer says about the error beside its text.
    for name in [ALLOW, RETRY_AFTER] {
        if let Some(value) = response.headers().get(&name) {
            answer.headers_mut().insert(name, value.clone());
        }
    }
    answer
}

fn is_bare(headers: &HeaderMap) -> bool {
    let plain = headers.get(CONTENT_TYPE).is_none_or(|media_type| media_type.as_bytes().starts_with(b"text/plain"));
    plain && !headers.contains_key(SERVER_FN_ERROR_HEADER)
}

/// The answer when a handler panicked; where, the hook of [`telemetry::init`](crate::telemetry::init) has logged.
pub fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR).into_response()
}

/// Title and sentence of a status.
fn words(status: StatusCode) -> (&'static str, &'static str) {
    match status {
        StatusCode::NOT_FOUND => ("Pagina non trovata", "L'indirizzo richiesto non esiste o non è più disponibile."),
        StatusCode::METHOD_NOT_ALLOWED => ("Operazione non prevista", "A questo indirizzo l'operazione richiesta non è prevista."),
        StatusCode::FORBIDDEN => {
            ("Operazione non consentita", "La richiesta non proviene da questo sito. Ricaricare la pagina e riprovare.")
        }
        StatusCode::PAYLOAD_TOO_LARGE => ("Dati troppo grandi", "I dati inviati superano la dimensione massima."),
        StatusCode::TOO_MANY_REQUESTS => ("Troppe richieste", "Attendere qualche minuto e riprovare."),
        StatusCode::SERVICE_UNAVAILABLE => {
            ("Servizio non disponibile", "Il servizio non riesce a rispondere in questo momento. Riprovare tra poco.")
        }
        status if status.is_server_error() => {
            ("Errore interno", "Si è verificato un errore. Riprovare; se si ripete, comunicare all'assistenza il numero della richiesta.")
        }
        _ => ("Richiesta non valida", "La richiesta non può essere accettata così come è stata inviata."),
    }
}

#[cfg(test)]
mod tests {
    use axum::{
        Extension, Router,
        body::{Body, to_bytes},
        middleware::from_fn,
        response::Html,
        routing::get,
    };
    use serde_json::{Value, json};
    use tower::ServiceExt as _;

    use super::*;
    use crate::ids::new_id;

    async fn answer(path: &str) -> (Response, RequestId) {
        let id = RequestId(new_id());
        let router = Router::new()
            .route("/page", get(|| async { (StatusCode::NOT_FOUND, Html("<p>no</p>")) }))
            .route("/plain", get(|| async { (StatusCode::BAD_REQUEST, "Failed to deserialize: Rossi") }))
            .route("/own", get(|| async { Problem::new(StatusCode::SERVICE_UNAVAILABLE).with_detail("La base dati non risponde.") }))
            .route("/api", get(|| async { (StatusCode::CONFLICT, [(SERVER_FN_ERROR_HEADER, "/api")], "{}") }))
            .layer(from_fn(describe))
            .layer(Extension(id));
        let request = Request::get(path).body(Body::empty()).unwrap();
        (router.oneshot(request).await.unwrap(), id)
    }

    async fn json(response: Response) -> Value {
        assert_eq!(response.headers()[CONTENT_TYPE], MEDIA_TYPE);
        serde_json::from_slice(&to_bytes(response.into_body(), 10_000).await.unwrap()).unwrap()
    }

    #[tokio::test]
    async fn an_answer_without_a_body_is_described_with_the_id_of_the_request() {
        let (response, id) = answer("/nowhere").await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        let expected = json!({
            "status": 404,
            "title": "Pagina non trovata",
            "detail": "L'indirizzo richiesto non esiste o non è più disponibile.",
            "request_id": id.0.to_string(),
        });
        assert_eq!(json(response).await, expected);
    }

    #[tokio::test]
    async fn the_plain_text_of_a_library_does_not_reach_the_caller() {
        let (response, _) = answer("/plain").await;
        assert_eq!(json(response).await["title"], "Richiesta non valida");
    }

    #[tokio::test]
    async fn a_problem_keeps_its_own_sentence_and_gets_the_id() {
        let (response, id) = answer("/own").await;
        let problem = json(response).await;
        assert_eq!(problem["detail"], "La base dati non risponde.");
        assert_eq!(problem["request_id"], id.0.to_string());
    }

    #[tokio::test]
    async fn pages_and_errors_of_server_functions_stay_as_they_are() {
        assert!(answer("/page").await.0.headers()[CONTENT_TYPE].as_bytes().starts_with(b"text/html"));
        let (response, _) = answer("/api").await;
        assert_eq!(to_bytes(response.into_body(), 100).await.unwrap(), "{}");
    }
}
