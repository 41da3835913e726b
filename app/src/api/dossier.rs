//! Gestione politiche attive.

use leptos::prelude::*;

use super::{ApiResult, json::Json};
use crate::domain::{
    dossier::{DossierPage, DossierRow, PoliciesFilter},
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

/// The sites that lists can be narrowed to.
#[server(endpoint = "dossier/sites", input = Json, output = Json)]
pub async fn sites() -> ApiResult<Vec<SiteChoice>> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.dossiers.sites(&actor).await)
}
