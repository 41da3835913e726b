//! The same sessions as a table, for those who would rather read than look; it is made only when it is opened.

use leptos::prelude::*;

use super::{board::Board, words};
use crate::{
    domain::agenda::CalendarSession,
    ui::{
        components::{StateBadge, sessions_in_words},
        paths,
    },
};

/// The list, behind its summary.
#[component]
pub fn Listing(board: Board) -> impl IntoView {
    let open = RwSignal::new(false);
    let count = board.calendar(|calendar| calendar.sessions.len());
    let rows = move || {
        board.calendar(|calendar| {
            let row = |session: &CalendarSession| {
                let coach = calendar.coach_name(session.coach).to_owned();
                view! { <Line session=session.clone() coach/> }
            };
            calendar.sessions.iter().map(row).collect_view()
        })
    };
    view! {
        <details class="agenda-list" on:toggle=move |_| open.set(true)>
            <summary>"Elenco: "{sessions_in_words(count)}</summary>
            {move || (open.get() && count > 0).then(|| view! {
                <table class="list list--plain">
                    <caption class="visually-hidden">"Erogazioni del periodo"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Quando"</th>
                            <th scope="col">"Persona"</th>
                            <th scope="col">"Operatore"</th>
                            <th scope="col">"Stato"</th>
                        </tr>
                    </thead>
                    <tbody>{rows()}</tbody>
                </table>
            })}
        </details>
    }
}

#[component]
fn Line(session: CalendarSession, coach: String) -> impl IntoView {
    let href = paths::session_in_activity(session.dossier, session.activity, session.id);
    view! {
        <tr class="list__row">
            <th scope="row"><a class="list__link" href=href>{words::dated(session.span)}</a></th>
            <td data-label="Persona">{session.person.full()}<span class="list__sub">{session.activity_name.clone()}</span></td>
            <td data-label="Operatore">{coach}</td>
            <td data-label="Stato"><StateBadge state=session.state/></td>
        </tr>
    }
}
