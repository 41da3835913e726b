//! The dashboard (Cruscotto).

use leptos::prelude::*;

use super::{ApiResult, json::Json};
use crate::domain::agenda::{Dashboard, LackingDossiers, LateSessions};

/// What needs the actor today.
#[server(name = LoadDashboard, endpoint = "agenda/dashboard", input = Json, output = Json)]
pub async fn dashboard() -> ApiResult<Dashboard> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.agenda.dashboard(&actor).await)
}

/// Da regolarizzare: a page of all of them.
#[server(endpoint = "agenda/to_regularise", input = Json, output = Json)]
pub async fn to_regularise(after: Option<String>) -> ApiResult<LateSessions> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.agenda.to_regularise(&actor, after.as_deref()).await)
}

/// Manca qualcosa: a page of all dossiers that lack something.
#[server(name = LoadLacking, endpoint = "agenda/lacking", input = Json, output = Json)]
pub async fn lacking(after: Option<String>) -> ApiResult<LackingDossiers> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.agenda.lacking(&actor, after.as_deref()).await)
}
