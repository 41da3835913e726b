//! The dashboard (Cruscotto).

use leptos::prelude::*;

use super::{ApiResult, json::Json};
use crate::domain::agenda::Dashboard;

/// What needs the actor today.
#[server(name = LoadDashboard, endpoint = "agenda/dashboard", input = Json, output = Json)]
pub async fn dashboard() -> ApiResult<Dashboard> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.agenda.dashboard(&actor).await)
}
