//! Richieste attivazione servizi: the list, one request, the person's profile.

mod decision;
mod limits;
mod list;
mod mask;
mod page;
mod profile;
mod refusals;
mod ring;

pub use limits::LimitsPage;
pub use list::RequestsPage;
pub use page::RequestPage;
pub use profile::ProfilePage;
pub use refusals::RefusalsPage;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{domain::ids::OpalId, ui::paths};

/// The request that the address names; `None` when it cannot be one.
fn request_id() -> Memo<Option<OpalId>> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse().ok()))
}

/// The pages above those of this area.
fn trail(rest: impl IntoIterator<Item = (String, Option<String>)>) -> Vec<(String, Option<String>)> {
    let above = [("Gestione servizi".to_owned(), None), ("Richieste attivazione servizi".to_owned(), Some(paths::requests()))];
    above.into_iter().chain(rest).collect()
}
