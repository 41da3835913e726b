//! Beneficiari: what the office says of a person.

use leptos::prelude::*;

use super::{ApiResult, json::Json};
use crate::domain::{command::Seen, ids::OpalId, person::LimitsForm};

/// Limiti personali per la pianificazione.
#[server(endpoint = "person/set_limits", input = Json, output = Json)]
pub async fn set_limits(id: OpalId, seen: Seen, form: LimitsForm) -> ApiResult<()> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.persons.set_limits(&actor, id, seen, form).await)
}
