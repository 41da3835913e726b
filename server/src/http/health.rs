//! `/health/live`: the process answers. `/health/ready`: it can do its work.

use std::sync::Arc;

use async_trait::async_trait;
use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::json;

use super::problem::Problem;

/// What has to work before requests make sense: the database at least.
#[async_trait]
pub trait Readiness: Send + Sync + 'static {
    /// Asks each part whether it works.
    ///
    /// # Errors
    /// [`NotReady`] for the first that does not.
    async fn check(&self) -> Result<(), NotReady>;
}

/// A part that does not work. The cause is logged and not answered.
#[derive(Debug, thiserror::Error)]
#[error("{part} is not ready")]
pub struct NotReady {
    /// The part, such as `database`.
    pub part: &'static str,
    /// Why.
    #[source]
    pub cause: Box<dyn std::error::Error + Send + Sync>,
}

/// The two addresses.
pub fn router(readiness: Arc<dyn Readiness>) -> Router {
    Router::new()
        .route("/health/live", get(|| async { Json(json!({ "status": "live" })) }))
        .route("/health/ready", get(ready))
        .with_state(readiness)
}

async fn ready(State(readiness): State<Arc<dyn Readiness>>) -> Response {
    match readiness.check().await {
        Ok(()) => Json(json!({ "status": "ready" })).into_response(),
        Err(error) => {
            tracing::error!(part = error.part, cause = %error.cause, "not ready");
            Problem::new(StatusCode::SERVICE_UNAVAILABLE).into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, extract::Request};
    use tower::ServiceExt as _;

    use super::*;

    struct Database(bool);

    #[async_trait]
    impl Readiness for Database {
        async fn check(&self) -> Result<(), NotReady> {
            if self.0 { Ok(()) } else { Err(NotReady { part: "database", cause: "gone".into() }) }
        }
    }

    async fn status(path: &str, works: bool) -> StatusCode {
        let request = Request::get(path).body(Body::empty()).unwrap();
        router(Arc::new(Database(works))).oneshot(request).await.unwrap().status()
    }

    #[tokio::test]
    async fn a_process_without_its_database_is_alive_but_not_ready() {
        assert_eq!(status("/health/live", false).await, StatusCode::OK);
        assert_eq!(status("/health/ready", false).await, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(status("/health/ready", true).await, StatusCode::OK);
    }
}
