//! The ways around, as the manual names them; what a role cannot use is not there.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{
    domain::provider::Actor,
    ui::{components::Icon, paths},
};

/// The menu, at the side and in the drawer of small screens.
#[component]
pub fn Menu(
    /// Where the skip link leads to.
    #[prop(optional)]
    id: Option<&'static str>,
    /// Who is signed in.
    actor: Actor,
) -> impl IntoView {
    let requests = actor.reads_requests().then(|| {
        view! {
            <li>
                <span class="side-menu__head">"Gestione servizi"</span>
                <ul><li><Entry href=paths::requests() icon="it-inbox" label="Richieste attivazione servizi"/></li></ul>
            </li>
        }
    });
    let policies = actor.scope().map(|_| {
        view! { <li><Entry href=paths::policies() icon="it-folder" label="Gestione politiche attive" also="/dossier"/></li> }
    });
    let payments =
        actor.accounts_for_payment().then(|| view! { <li><Entry href=paths::payments() icon="it-file" label="Rendicontazione"/></li> });
    let refusals =
        actor.oversight().map(|_| view! { <li><Entry href=paths::refusals() icon="it-close-circle" label="Rifiuti per ente"/></li> });
    let providers = actor.keeps_providers().then(|| {
        view! {
            <li>
                <span class="side-menu__head">"Amministrazione"</span>
                <ul><li><Entry href=paths::providers() icon="it-pa" label="Enti"/></li></ul>
            </li>
        }
    });
    let agenda = actor.scope().map(|_| view! { <li><Entry href=paths::agenda() icon="it-calendar" label="Agenda"/></li> });
    view! {
        <nav class="side-menu" id=id tabindex=id.map(|_| "-1") aria-label="Menu principale">
            <ul>
                <li><Entry href=paths::home() icon="af-home" label="Cruscotto"/></li>
                {agenda}
                {requests}
                {policies}
                {payments}
                {refusals}
                <li><Entry href=paths::rulebook() icon="it-list" label="Regole"/></li>
                {providers}
            </ul>
        </nav>
    }
}

#[component]
fn Entry(
    href: String,
    icon: &'static str,
    label: &'static str,
    /// Pages of this entry that stand under another address.
    #[prop(optional)]
    also: Option<&'static str>,
) -> impl IntoView {
    let path = use_location().pathname;
    let section = format!("{}/", href.trim_end_matches('/'));
    let current = {
        let href = href.clone();
        move || {
            path.with(|path| {
                if *path == href {
                    Some("page")
                } else if (section != "/" && path.starts_with(&section)) || also.is_some_and(|also| path.starts_with(also)) {
                    Some("true")
                } else {
                    None
                }
            })
        }
    };
    view! { <a class="side-menu__link" href=href aria-current=current><Icon name=icon/>{label}</a> }
}
