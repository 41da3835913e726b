//! The page itself: whose agenda of which days, its grid, the list of the same, the link for other programs.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use super::{
    board::Board,
    details::Details,
    entry::NewEntry,
    feed::FeedLink,
    grid::AgendaGrid,
    listing::Listing,
    moving::{Move, MovePanel},
    toolbar::Toolbar,
    words,
};
use crate::{
    api,
    domain::{
        agenda::{Calendar, CalendarQuery, CalendarView},
        session::SessionState,
    },
    ui::{
        browser::{Alive, pointer::is_narrow},
        components::{ActionButton, Loaded, PageHead, StateBadge, sessions_in_words},
        paths,
    },
};

/// `/agenda`.
#[component]
pub fn AgendaPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(paths::read_agenda));
    let load = Resource::new(move || asked.get(), api::calendar::open);
    let board = Board::new(Callback::new(move |()| load.refetch()));
    let moving = Move::new(board);
    one_day_on_a_phone(asked);
    view! {
        <Loaded resource=load view=move |calendar| view! { <Content calendar board moving/> }.into_any()/>
        <MovePanel board moving/>
        <Details board moving/>
        <NewEntry board/>
    }
    .into_any()
}

/// A phone has room for a day: it is what it shows unless a week is asked for.
fn one_day_on_a_phone(asked: Memo<CalendarQuery>) {
    let (alive, navigate) = (Alive::get(), use_navigate());
    Effect::new(move |_| {
        let query = asked.get();
        if alive.get() && query.view.is_none() && is_narrow() {
            let day = CalendarQuery { view: Some(CalendarView::Day), ..query };
            navigate(&paths::agenda_at(day), NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    });
}

#[component]
fn Content(calendar: Calendar, board: Board, moving: Move) -> impl IntoView {
    let facts = format!("{} · {}", words::whose(&calendar), sessions_in_words(calendar.sessions.len()));
    let plans = calendar.plans;
    board.show(calendar.clone());
    let new = plans.then(|| {
        let press = Callback::new(move |()| board.plan(untrack(|| board.active())));
        view! { <ActionButton on_press=press>"Nuova erogazione"</ActionButton> }
    });
    view! {
        <PageHead title="Agenda" breadcrumb=vec![("Cruscotto".to_owned(), Some(paths::home())), ("Agenda".to_owned(), None)] facts>{new}</PageHead>
        <Toolbar calendar=calendar.clone()/>
        <AgendaGrid board moving/>
        <div class="agenda-foot cluster" aria-hidden="true">
            {SessionState::ALL.map(|state| view! { <StateBadge state/> }).collect_view()}
        </div>
        <Listing board/>
        <FeedLink calendar reload=board.reload/>
    }
}
