//! Cruscotto: what needs the person today.

mod lacking;
mod plots;
mod worklist;

use chrono::Datelike;
use leptos::prelude::*;

pub use lacking::LackingPage;
use plots::PlotsPanel;
use worklist::{Item, Mark, WorklistPanel};

use crate::{
    api,
    domain::{
        agenda::{Dashboard, Lack, LackingDossier},
        provider::{Actor, Role},
        request::{RequestRow, RequestSearchForm, RequestState},
        session::{SessionRow, SessionState},
        text::{date_long, month_full, time_hm, weekday_full},
        time::LocalInstant,
    },
    ui::{
        components::{Loaded, PageHead, RuleNotice},
        paths, signed_in,
    },
};

/// The page "Cruscotto".
#[component]
pub fn DashboardPage() -> impl IntoView {
    let dashboard = Resource::new(|| (), |()| api::agenda::dashboard());
    view! { <Loaded resource=dashboard view=|data: Dashboard| view! { <Today data/> }/> }.into_any()
}

#[component]
fn Today(data: Dashboard) -> impl IntoView {
    let actor = signed_in();
    let role = actor.as_ref().map(|actor| actor.role);
    let now = data.now;
    view! {
        <PageHead title="Cruscotto" breadcrumb=vec![("Cruscotto".to_owned(), None)] facts=today(now)/>
        <RuleNotice warning=data.provider_warning.clone()/>
        {if role == Some(Role::SystemAdministrator) {
            view! { <ToRulebook/> }.into_any()
        } else {
            view! { <Worklists data decides=actor.as_ref().is_some_and(Actor::reads_requests)/> }.into_any()
        }}
    }
}

/// What the administrator of the system keeps.
#[component]
fn ToRulebook() -> impl IntoView {
    view! {
        <section class="panel" aria-labelledby="regole-titolo">
            <h2 class="panel__title" id="regole-titolo">"Regole"</h2>
            <p>"Limiti, catalogo delle attività, festivi e santi patroni, con la loro fonte e validità. Ogni nuova versione vale da una data futura."</p>
            <div class="panel__actions"><a class="btn btn-primary" href=paths::rulebook()>"Vedi le regole"</a></div>
        </section>
    }
}

/// `Oggi, lunedì 23 novembre 2026`.
fn today(now: LocalInstant) -> String {
    let on = now.today();
    format!("Oggi, {} {} {} {}", weekday_full(on), on.day(), month_full(on), on.year())
}

#[component]
fn Worklists(data: Dashboard, decides: bool) -> impl IntoView {
    let Dashboard { to_decide, today, to_regularise, lacking, plots, now, .. } = data;
    let urgent = to_decide.rows.iter().any(|row| row.days_left == Some(0));
    let pending = RequestSearchForm { states: RequestState::Pending.as_str().to_owned(), ..RequestSearchForm::default() };
    let ends_today = to_regularise.rows.iter().any(|row| row.last_day == now.today());
    let lacks_urgently = lacking.rows.iter().flat_map(|row| &row.lacks).any(|lack| lack.is_urgent(now.today()));
    view! {
        <div class="worklists">
            {decides.then(|| view! {
                <WorklistPanel id="da-decidere" title="Da decidere" total=to_decide.total urgent none="Niente da decidere."
                    items=to_decide.rows.iter().map(to_decide_item).collect() more=paths::requests_found(&pending, None)/>
            })}
            <WorklistPanel id="da-fare-oggi" title="Da fare oggi" total=today.total none="Nessuna erogazione da avviare o concludere oggi."
                items=today.rows.iter().map(today_item).collect()/>
            <WorklistPanel id="da-regolarizzare" title="Da regolarizzare" total=to_regularise.total urgent=ends_today none="Niente da regolarizzare."
                items=to_regularise.rows.iter().map(|row| late(row, now)).collect() all="Regolarizzale insieme" more=paths::to_regularise()/>
            <WorklistPanel id="manca-qualcosa" title="Manca qualcosa" total=lacking.total urgent=lacks_urgently none="Non manca niente."
                items=lacking.rows.iter().map(|row| lacking_item(row, now)).collect() all="Vedi tutti i fascicoli" more=paths::lacking()/>
        </div>
        <PlotsPanel plots now/>
    }
}

fn to_decide_item(row: &RequestRow) -> Item {
    Item {
        href: paths::request(row.id),
        main: format!("{} · {}", row.opal_code, row.person.full()),
        detail: row.centre.clone(),
        days: row.days_left,
        mark: None,
    }
}

/// The session in the list of its activity, where it can be acted on.
fn session_item(row: &SessionRow, when: String, mark: Mark) -> Item {
    Item {
        href: paths::session_in_activity(row.dossier, row.activity, row.id),
        main: format!("{} · {}", row.person.full(), row.activity_name),
        detail: format!("{when} · {}", row.coach_name),
        days: None,
        mark: Some(mark),
    }
}

fn times(row: &SessionRow) -> String {
    format!("{}-{}", time_hm(row.span.from()), time_hm(row.span.to()))
}

fn today_item(row: &SessionRow) -> Item {
    let next = match row.state {
        SessionState::Entered => "da programmare",
        SessionState::Scheduled => "da avviare",
        SessionState::Started => "da concludere",
        _ => row.state.label(),
    };
    session_item(row, times(row), Mark::calm(next))
}

/// A session of a past day, with its last day for regularising.
fn late(row: &SessionRow, now: LocalInstant) -> Item {
    let when = format!("{} {}", date_long(row.span.on()), times(row));
    let mark =
        if row.last_day == now.today() { Mark::urgent("ultimo giorno") } else { Mark::calm(format!("entro {}", date_long(row.last_day))) };
    session_item(row, when, mark)
}

/// A dossier with all that it lacks; the mark is of what is most urgent.
fn lacking_item(row: &LackingDossier, now: LocalInstant) -> Item {
    let mark = row.lacks.first().map(|lack| Mark { words: lack.mark(now.today()), urgent: lack.is_urgent(now.today()) });
    Item {
        href: paths::dossier(row.dossier),
        main: format!("{} · {}", row.opal_code, row.person.full()),
        detail: row.lacks.iter().map(Lack::label).collect::<Vec<_>>().join(" · "),
        days: None,
        mark,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_written_out() {
        assert_eq!(today(LocalInstant("2026-11-23T10:00:00".parse().unwrap())), "Oggi, lunedì 23 novembre 2026");
    }
}
