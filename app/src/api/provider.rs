//! Enti: which providers are on the list.

use leptos::prelude::*;

use super::{ApiResult, json::Json};
use crate::domain::{
    command::Seen,
    ids::ProviderId,
    provider::{ProviderList, ProviderPage, StandingForm},
};

/// A page of providers.
#[server(name = ListProviders, endpoint = "provider/list", input = Json, output = Json)]
pub async fn list(after: Option<String>) -> ApiResult<ProviderList> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.providers.list(&actor, after.as_deref()).await)
}

/// One provider.
#[server(name = OpenProvider, endpoint = "provider/open", input = Json, output = Json)]
pub async fn open(id: ProviderId) -> ApiResult<ProviderPage> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.providers.open(&actor, id).await)
}

/// Cambia stato.
#[server(endpoint = "provider/set_standing", input = Json, output = Json)]
pub async fn set_standing(id: ProviderId, seen: Seen, form: StandingForm) -> ApiResult<()> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.providers.set_standing(&actor, id, seen, form).await)
}
