//! Richieste attivazione servizi.

use leptos::prelude::*;
use uuid::Uuid;

use super::{ApiResult, json::Json};
use crate::domain::{
    command::Seen,
    ids::OpalId,
    person::PersonProfile,
    request::{PersonalSearch, RefusalForm, RefusalsForm, RefusalsReport, RequestDetail, RequestList, RequestSearchForm},
};

/// A page of the list.
#[server(endpoint = "request/list", input = Json, output = Json)]
pub async fn list(form: RequestSearchForm, personal: Option<Uuid>, after: Option<String>) -> ApiResult<RequestList> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.requests.list(&actor, &form, personal, after.as_deref()).await)
}

/// Keeps a personal search out of the URL and answers its token.
#[server(endpoint = "request/remember", input = Json, output = Json)]
pub async fn remember(personal: PersonalSearch) -> ApiResult<Uuid> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.requests.remember(&actor, personal).await)
}

/// One request.
#[server(endpoint = "request/open", input = Json, output = Json)]
pub async fn open(id: OpalId) -> ApiResult<RequestDetail> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.requests.open(&actor, id).await)
}

/// Ammissione al servizio.
#[server(endpoint = "request/admit", input = Json, output = Json)]
pub async fn admit(id: OpalId, seen: Seen) -> ApiResult<()> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.requests.admit(&actor, id, seen).await)
}

/// Rifiuta la richiesta.
#[server(endpoint = "request/refuse", input = Json, output = Json)]
pub async fn refuse(id: OpalId, seen: Seen, form: RefusalForm) -> ApiResult<()> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.requests.refuse(&actor, id, seen, form).await)
}

/// Rifiuti per ente.
#[server(endpoint = "request/refusals", input = Json, output = Json)]
pub async fn refusals(form: RefusalsForm) -> ApiResult<RefusalsReport> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.requests.refusals(&actor, &form).await)
}

/// Profilo del beneficiario.
#[server(endpoint = "request/profile", input = Json, output = Json)]
pub async fn profile(id: OpalId) -> ApiResult<PersonProfile> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.requests.profile(&actor, id).await)
}
