//! `POST /demo/clock`: moves the civil time of a demonstration. Not there otherwise.

use std::sync::Arc;

use async_trait::async_trait;
use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use chrono::NaiveDateTime;
use serde::{Deserialize, Deserializer, de::Error as _};

use super::problem::Problem;
use crate::config::Value;

/// What follows when civil time jumps.
#[async_trait]
pub trait TimeTravel: Send + Sync + 'static {
    /// Sets the clock, and does what would have happened by then.
    ///
    /// # Errors
    /// Whatever kept it from happening; logged, not answered.
    async fn travel(&self, to: NaiveDateTime) -> Result<(), Box<dyn std::error::Error + Send + Sync>>;
}

/// `{"now":"2026-11-23T10:00"}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Jump {
    #[serde(deserialize_with = "civil_time")]
    now: NaiveDateTime,
}

/// The same form as the flag `--now`.
fn civil_time<'de, D: Deserializer<'de>>(source: D) -> Result<NaiveDateTime, D::Error> {
    let text = String::deserialize(source)?;
    NaiveDateTime::read(&text).ok_or_else(|| D::Error::custom(NaiveDateTime::ALLOWED))
}

/// The one address.
pub fn router(traveller: Arc<dyn TimeTravel>) -> Router {
    Router::new().route("/demo/clock", post(jump)).with_state(traveller)
}

async fn jump(State(traveller): State<Arc<dyn TimeTravel>>, Json(jump): Json<Jump>) -> Response {
    match traveller.travel(jump.now).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => {
            tracing::error!(error, "the demo's clock was not moved");
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR).into_response()
        }
    }
}
