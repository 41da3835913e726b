//! The dashboard (Cruscotto).

use leptos::prelude::*;
use server_fn::codec::Json;

use super::ApiResult;
use crate::domain::agenda::Dashboard;

/// What needs the actor today.
#[server(name = LoadDashboard, endpoint = "agenda/dashboard", input = Json)]
pub async fn dashboard() -> ApiResult<Dashboard> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.agenda.dashboard(&actor).await)
}
