//! Activities of a dossier.

use leptos::prelude::*;

use super::{ApiResult, json::Json};
use crate::domain::{activity::ActivityPage, command::Seen, ids::OpalId, rulebook::ActivityCode};

/// One activity with its sessions.
#[server(endpoint = "activity/open", input = Json, output = Json)]
pub async fn open(dossier: OpalId, code: ActivityCode) -> ApiResult<ActivityPage> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.activities.open(&actor, dossier, code).await)
}

/// Concludi attività.
#[server(endpoint = "activity/close", input = Json, output = Json)]
pub async fn close(dossier: OpalId, code: ActivityCode, seen: Seen) -> ApiResult<()> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.activities.close(&actor, dossier, code, seen).await)
}
