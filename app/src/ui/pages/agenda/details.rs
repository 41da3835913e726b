//! What is in a cell: each session with its facts and ways on, and why one cannot be moved.

use leptos::prelude::*;

use super::{
    board::{Asked, Board},
    moving::Move,
    sheet::Sheet,
    words,
};
use crate::{
    domain::{agenda::CalendarSession, session::Action, text},
    ui::{
        components::{ActionButton, Fact, Facts, StateBadge},
        paths,
    },
};

/// The dialog of a cell.
#[component]
pub fn Details(board: Board, moving: Move) -> impl IntoView {
    let cell = Memo::new(move |_| match board.asked.get() {
        Some(Asked::Details(cell)) => Some(cell),
        _ => None,
    });
    let title = move || {
        let count = cell.get().map_or(0, |cell| board.sessions(cell).len());
        if count > 1 { format!("{count} erogazioni") } else { "Erogazione".to_owned() }
    };
    let close = Callback::new(move |()| {
        if cell.get_untracked().is_some() {
            board.asked.set(None);
        }
    });
    // Nothing is there before it is asked for: the server renders the page without a calendar around it.
    let actions = move || {
        let here = cell.get()?;
        let new = Callback::new(move |()| board.plan(here));
        let plans = board.calendar(|calendar| calendar.plans);
        plans.then(|| view! { <ActionButton class="btn btn-outline-primary" on_press=new>"Nuova erogazione"</ActionButton> })
    };
    view! {
        <Sheet id="erogazione" title=Signal::derive(title) open=Signal::derive(move || cell.get().is_some()) on_close=close actions>
            {move || cell.get().map(|cell| {
                board.sessions(cell).into_iter().map(|session| view! { <Session board moving session/> }).collect_view()
            })}
        </Sheet>
    }
}

#[component]
fn Session(board: Board, moving: Move, session: CalendarSession) -> impl IntoView {
    let coach = board.calendar(|calendar| calendar.coach_name(session.coach).to_owned());
    let plans = board.calendar(|calendar| calendar.plans);
    let (person, label) = (session.person.full(), session.person.full());
    let (dossier, activity, id) = (session.dossier, session.activity, session.id);
    let moves = match session.state.after(Action::Modify) {
        Ok(_) if plans => {
            let session = session.clone();
            let start = move |()| {
                board.asked.set(None);
                moving.start(session.clone());
            };
            view! {
                <a class="btn btn-outline-primary btn-sm" href=paths::edit_session(dossier, activity, id)>"Modifica"</a>
                <ActionButton class="btn btn-outline-primary btn-sm" on_press=Callback::new(start)>"Sposta"</ActionButton>
            }
            .into_any()
        }
        Ok(_) => ().into_any(),
        Err(finding) => {
            view! { <p class="muted">{finding.sentence()}" "<span class="nowrap">{format!("({})", finding.rule)}</span></p> }.into_any()
        }
    };
    view! {
        <section class="stack" aria-label=label>
            <Facts class="facts--compact">
                <Fact term="Persona"><a href=paths::dossier(dossier)>{person}</a></Fact>
                <Fact term="Attività">{session.activity_name.clone()}</Fact>
                <Fact term="Data">{text::date_long(session.span.on())}</Fact>
                <Fact term="Orario">{words::times(session.span)}</Fact>
                <Fact term="Operatore">{coach}</Fact>
                <Fact term="Stato"><StateBadge state=session.state/></Fact>
            </Facts>
            <div class="cluster">
                <a class="btn btn-primary btn-sm" href=paths::session_in_activity(dossier, activity, id)>"Apri l'erogazione"</a>
                {moves}
            </div>
        </section>
    }
}
