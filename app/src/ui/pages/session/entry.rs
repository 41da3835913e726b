//! The two pages of the form: a new session (also in the place of an ended one), and the change of one; and what the page of a series shares with them.

use leptos::prelude::*;
use leptos_router::{
    hooks::{use_params_map, use_query_map},
    params::ParamsMap,
};

use super::{
    form::{Purpose, SessionEditor},
    typed::{form_after, form_of},
};
use crate::{
    api::{self, ApiError, ApiResult},
    domain::{
        activity::{ActivityPage, ActivityState},
        ids::{OpalId, SessionId},
        rulebook::ActivityCode,
        session::{Action, SessionForm, SessionRow},
        text,
    },
    ui::{
        components::{Loaded, NotFound, Notice, PageHead},
        paths,
    },
};

/// The activity named in the address.
pub(super) fn activity_of(params: &ParamsMap) -> Option<(OpalId, ActivityCode)> {
    Some((params.get("id")?.parse().ok()?, params.get("code")?.parse().ok()?))
}

pub(super) async fn load(named: Option<(OpalId, ActivityCode)>) -> ApiResult<ActivityPage> {
    let (dossier, code) = named.ok_or(ApiError::NotFound)?;
    api::activity::open(dossier, code).await
}

/// `/dossier/:id/attivita/:code/erogazioni/nuova`.
#[component]
pub fn NewSessionPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let resource = Resource::new(move || params.with(activity_of), load);
    let content = move |page: ActivityPage| {
        let ended: Option<SessionId> = query.with_untracked(|query| query.get(paths::REPLACES)).and_then(|id| id.parse().ok());
        let ended =
            ended.and_then(|id| page.sessions.iter().find(|row| row.id == id)).filter(|row| !row.replaced && !row.state.is_live()).cloned();
        let chosen = query.with_untracked(paths::read_new_session);
        new_session(page, ended, chosen).into_any()
    };
    view! { <Loaded resource view=content/> }.into_any()
}

/// `/dossier/:id/attivita/:code/erogazioni/:session`.
#[component]
pub fn EditSessionPage() -> impl IntoView {
    let params = use_params_map();
    let resource = Resource::new(move || params.with(activity_of), load);
    let content = move |page: ActivityPage| {
        let named: Option<SessionId> = params.with_untracked(|params| params.get("session")).and_then(|id| id.parse().ok());
        match named.and_then(|id| page.sessions.iter().find(|row| row.id == id)).cloned() {
            Some(row) => edit_session(page, row).into_any(),
            None => view! { <NotFound/> }.into_any(),
        }
    };
    view! { <Loaded resource view=content/> }.into_any()
}

/// `chosen` was picked before, in the agenda; the form of an ended session says more.
fn new_session(page: ActivityPage, ended: Option<SessionRow>, chosen: SessionForm) -> impl IntoView {
    let title = if ended.is_some() { "Ripianifica l'erogazione" } else { "Nuova erogazione" };
    let replaced = ended.as_ref().map(|row| {
        let sentence =
            format!("Prende il posto dell'erogazione del {} ({}).", text::date_long(row.span.on()), row.state.label().to_lowercase());
        view! { <Notice kind="info"><p>{sentence}" Scegli la nuova data."</p></Notice> }
    });
    let start = ended.as_ref().map_or(chosen, form_after);
    let purpose = Purpose::Enter { replaces: ended.map(|row| row.id) };
    let body = if page.may_enter {
        view! { <div class="stack">{replaced}<SessionEditor page=page.clone() purpose start/></div> }.into_any()
    } else {
        no_entry(&page).into_any()
    };
    view! { {head(&page, title)}{body} }
}

fn edit_session(page: ActivityPage, row: SessionRow) -> impl IntoView {
    let body = if row.actions.contains(&Action::Modify) {
        let purpose = Purpose::Modify { id: row.id, version: row.version };
        view! { <SessionEditor page=page.clone() purpose start=form_of(&row)/> }.into_any()
    } else {
        let why = match (row.state.after(Action::Modify), &page.told) {
            (Err(finding), _) => format!("{} ({})", finding.sentence(), finding.rule),
            (Ok(_), Some(told)) => format!("{told} Questa erogazione non è più modificabile."),
            (Ok(_), None) => "Questa erogazione non è più modificabile.".to_owned(),
        };
        closed(&page, why).into_any()
    };
    view! { {head(&page, "Modifica l'erogazione")}{body} }
}

pub(super) fn head(page: &ActivityPage, title: &'static str) -> impl IntoView + use<> {
    let (dossier, code) = (page.dossier, page.activity.code);
    let breadcrumb = vec![
        ("Gestione politiche attive".to_owned(), Some(paths::policies())),
        (page.opal_code.clone(), Some(paths::dossier(dossier))),
        (page.activity.name.clone(), Some(paths::activity(dossier, code))),
        (title.to_owned(), None),
    ];
    let facts = format!("{} · {} · {}", page.activity.name, page.opal_code, page.person.full());
    view! { <PageHead title breadcrumb facts/> }
}

/// Why nothing can be entered: what happened to the dossier, or to the activity (R14).
pub(super) fn no_entry(page: &ActivityPage) -> impl IntoView + use<> {
    let activity = &page.activity;
    let why = if let Some(told) = &page.told {
        format!("{told} Non si possono più inserire erogazioni.")
    } else if !page.manages {
        "Le erogazioni di questo fascicolo le inserisce chi lo gestisce nella sua sede.".to_owned()
    } else if activity.state == ActivityState::Closed {
        "Questa attività è Terminata: non si possono più inserire erogazioni.".to_owned()
    } else {
        let agreed = text::hours(activity.hours.agreed);
        format!("Le ore concordate ({agreed}) sono tutte programmate o erogate: per inserire un'erogazione annullane una che non si farà.")
    };
    closed(page, why)
}

/// Why there is no form, and the way back.
fn closed(page: &ActivityPage, why: String) -> impl IntoView + use<> {
    let (back, dossier) = (paths::activity(page.dossier, page.activity.code), paths::dossier(page.dossier));
    view! {
        <Notice kind="warn">
            <div class="stack">
                <p>{why}</p>
                <div class="cluster">
                    <a class="btn btn-outline-primary btn-sm" href=back>"Vai all'attività"</a>
                    <a class="btn btn-outline-primary btn-sm" href=dossier>"Vai al fascicolo"</a>
                </div>
            </div>
        </Notice>
    }
}
