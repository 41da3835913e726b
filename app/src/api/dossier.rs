//! Gestione politiche attive.

use leptos::prelude::*;

use super::{ApiResult, json::Json};
use crate::domain::{
    command::Seen,
    dossier::{DossierPage, DossierRow, EmployerForm, InterruptionForm, PoliciesFilter},
    ids::OpalId,
    page::Page,
    request::SiteChoice,
};

/// A page of dossiers.
#[server(endpoint = "dossier/list", input = Json, output = Json)]
pub async fn list(filter: PoliciesFilter, after: Option<String>) -> ApiResult<Page<DossierRow>> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.dossiers.list(&actor, &filter, after.as_deref()).await)
}

/// One dossier.
#[server(endpoint = "dossier/open", input = Json, output = Json)]
pub async fn open(id: OpalId) -> ApiResult<DossierPage> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.dossiers.open(&actor, id).await)
}

/// Interruzione.
#[server(endpoint = "dossier/interrupt", input = Json, output = Json)]
pub async fn interrupt(id: OpalId, seen: Seen, form: InterruptionForm) -> ApiResult<()> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.dossiers.interrupt(&actor, id, seen, form).await)
}

/// Cambio datore di lavoro.
#[server(endpoint = "dossier/change_employer", input = Json, output = Json)]
pub async fn change_employer(id: OpalId, seen: Seen, form: EmployerForm) -> ApiResult<()> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.dossiers.change_employer(&actor, id, seen, form).await)
}

/// The sites that lists can be narrowed to.
#[server(endpoint = "dossier/sites", input = Json, output = Json)]
pub async fn sites() -> ApiResult<Vec<SiteChoice>> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.dossiers.sites(&actor).await)
}
