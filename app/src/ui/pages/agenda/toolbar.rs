//! Which days and whose agenda: the steps to other days, day or week, a coach or a person, a date.

use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{board::asked, words};
use crate::{
    api,
    domain::{
        agenda::{Calendar, CalendarQuery, CalendarView, DossierChoice, Whose, grid::later},
        provider::Role,
    },
    ui::{
        components::{ActionButton, Icon},
        forms::{Choice, SelectField, TextField},
        paths, signed_in,
    },
};

/// The head of the agenda.
#[component]
pub fn Toolbar(calendar: Calendar) -> impl IntoView {
    let here = asked(&calendar);
    let (view, on) = (calendar.view, calendar.on);
    let to = |query| paths::agenda_at(query);
    let at = move |days: i64| to(CalendarQuery { on: Some(later(on, days)), ..here });
    let today = calendar.now.today();
    let [before, after] = match view {
        CalendarView::Day => ["Giorno precedente", "Giorno successivo"],
        CalendarView::Week => ["Settimana precedente", "Settimana successiva"],
    };
    let views = CalendarView::ALL.map(|other| {
        let href = to(CalendarQuery { view: Some(other), ..here });
        view! { <li><a class="agenda-views__view" href=href aria-current=(other == view).then_some("true")>{other.label()}</a></li> }
    });
    view! {
        <Whom calendar=calendar.clone()/>
        <div class="agenda-bar">
            <div class="agenda-bar__steps">
                <a class="icon-button" href=at(-view.stride()) aria-label=before><Icon name="it-chevron-left"/></a>
                <a class="btn btn-outline-primary btn-sm" href=to(CalendarQuery { on: Some(today), ..here })>"Oggi"</a>
                <a class="icon-button" href=at(view.stride()) aria-label=after><Icon name="it-chevron-right"/></a>
            </div>
            <h2 class="agenda-bar__period" id="agenda-periodo">{words::period(view, on)}</h2>
            <nav class="agenda-views" aria-label="Vista"><ul>{views.collect_view()}</ul></nav>
        </div>
    }
}

/// Whose agenda, and a day to go to. A person is chosen by name and stands in the address as its dossier.
#[component]
fn Whom(calendar: Calendar) -> impl IntoView {
    let here = asked(&calendar);
    let (coach, dossier) = match calendar.whose {
        Whose::Site => (String::new(), String::new()),
        Whose::Coach(id) => (id.to_string(), String::new()),
        Whose::Dossier(id) => (String::new(), id.to_string()),
    };
    let (coach, dossier) = (RwSignal::new(coach), RwSignal::new(dossier));
    let on = RwSignal::new(calendar.on.to_string());
    let problems = Signal::stored(Vec::new());
    let coaches =
        Signal::stored(calendar.coaches.iter().map(|coach| Choice::new(coach.id.to_string(), coach.name.clone())).collect::<Vec<_>>());
    let dossiers = RwSignal::new(calendar.dossier.iter().map(choice).collect::<Vec<_>>());
    Effect::new(move |_| {
        spawn_local(async move {
            if let Ok(found) = api::calendar::dossiers().await {
                dossiers.try_set(found.iter().map(choice).collect());
            }
        });
    });
    // One of the two: choosing one lets go of the other.
    let only = move |chosen: RwSignal<String>, other: RwSignal<String>| {
        Effect::new(move |before: Option<String>| {
            let now = chosen.get();
            if before.is_some_and(|before| before != now) && !now.is_empty() {
                other.set(String::new());
            }
            now
        });
    };
    only(coach, dossier);
    only(dossier, coach);
    let navigate = use_navigate();
    let show = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let coach = coach.get_untracked().parse().ok().map(Whose::Coach);
        let dossier = dossier.get_untracked().parse().ok().map(Whose::Dossier);
        let on = on.get_untracked().parse().ok().or(here.on);
        let query = CalendarQuery { whose: dossier.or(coach), on, ..here };
        navigate(&paths::agenda_at(query), NavigateOptions { scroll: false, ..NavigateOptions::default() });
    };
    let is_coach = signed_in().is_some_and(|actor| actor.role == Role::Coach);
    let by_coach = (!is_coach)
        .then(|| view! { <SelectField name="coach" label="Operatore" value=coach choices=coaches none="Tutta la sede" problems/> });
    let nobody = if is_coach { "La mia agenda" } else { "Nessuna scelta" };
    view! {
        <form class="filters" role="search" aria-label="Agenda di" on:submit=show>
            <div class="filters__row">
                {by_coach}
                <SelectField name="dossier" label="Persona" value=dossier choices=dossiers none=nobody problems/>
                <TextField name="giorno" label="Giorno" kind="date" value=on problems/>
                <div class="filters__actions"><ActionButton class="btn btn-primary btn-sm" submit=true>"Mostra"</ActionButton></div>
            </div>
        </form>
    }
}

/// A dossier among others: the person and, as there may be two, the OPAL code.
pub fn choice(dossier: &DossierChoice) -> Choice {
    Choice::new(dossier.id.to_string(), format!("{} · {}", dossier.person.last_first(), dossier.opal_code))
}
