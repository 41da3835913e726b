//! The list of late sessions, those whose days end first on top, with the boxes that choose them one by one or all of a kind.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::chosen::{Choice, acts};
use crate::{
    api,
    domain::{
        session::{BulkAct, SessionRow},
        text,
    },
    ui::{
        browser::{Alive, focus_by_id},
        components::{Notices, StateBadge},
        forms::{ListFoot, More},
        paths,
    },
};

/// One box for each kind: those to be programmed, started, concluded.
#[component]
pub fn Kinds(choice: Choice) -> impl IntoView {
    let alive = Alive::get();
    let kind = move |act: BulkAct| {
        let ids = Memo::new(move |_| choice.offering(act));
        let all = move || ids.with(|ids| !ids.is_empty() && ids.iter().all(|id| choice.has(*id)));
        let words = match act {
            BulkAct::Schedule => "da programmare",
            BulkAct::Start => "da avviare",
            BulkAct::Complete => "da concludere",
        };
        move || {
            (ids.with(Vec::len) > 0).then(|| {
                view! {
                    <label class="session-pick-all">
                        <input type="checkbox" disabled=move || !alive.get() prop:checked=all on:change=move |event| choice.set_kind(act, event_target_checked(&event))/>
                        {move || format!("Tutte quelle {words} ({})", ids.with(Vec::len))}
                    </label>
                }
            })
        }
    };
    view! { <div class="cluster" role="group" aria-label="Seleziona per tipo">{BulkAct::ALL.map(kind).into_iter().collect_view()}</div> }
}

/// The rows that are there, and those that "Carica altre" adds.
#[component]
pub fn LateList(choice: Choice, next: RwSignal<Option<String>>, total: RwSignal<u64>, today: NaiveDate) -> impl IntoView {
    let rows = choice.rows;
    let more = More::of(next);
    let load_more = Callback::new(move |()| {
        more.load(
            rows,
            |row| row.id,
            async move |after| api::agenda::to_regularise(after).await.map(|late| (late.page.rows, late.page.next)),
        );
    });
    view! {
        <table class="list list--pick">
            <caption class="visually-hidden">"Erogazioni da regolarizzare, dalle più vicine al termine"</caption>
            <thead>
                <tr>
                    <th scope="col"><span class="visually-hidden">"Scelta"</span></th>
                    <th scope="col">"Data e orario"</th>
                    <th scope="col">"Stato"</th>
                    <th scope="col">"Beneficiario"</th>
                    <th scope="col">"Attività"</th>
                    <th scope="col">"Operatore"</th>
                    <th scope="col">"Entro"</th>
                </tr>
            </thead>
            <tbody><For each=move || rows.get() key=|row| (row.id, row.version, row.actions.clone()) let:row><Row choice row today/></For></tbody>
        </table>
        <ListFoot more shown=Signal::derive(move || rows.with(Vec::len)) total feminine=true on_more=load_more/>
    }
}

/// `mer 18 nov 2026, 09:00-10:00`.
pub fn when(row: &SessionRow) -> String {
    format!("{}, {}", text::date_long(row.span.on()), times(row))
}

fn times(row: &SessionRow) -> String {
    format!("{}-{}", text::time_hm(row.span.from()), text::time_hm(row.span.to()))
}

#[component]
fn Row(choice: Choice, row: SessionRow, today: NaiveDate) -> impl IntoView {
    let id = row.id;
    let anchor = paths::session_anchor(id);
    let notices = Notices::get();
    let is_fresh = {
        let anchor = anchor.clone();
        Memo::new(move |_| notices.is_fresh(&anchor))
    };
    Effect::new({
        let anchor = anchor.clone();
        move |_| {
            if is_fresh.get() {
                focus_by_id(&anchor);
            }
        }
    });
    let alive = Alive::get();
    let which = format!("Seleziona l'erogazione del {}, {}", when(&row), row.person.full());
    // What this actor can only leave to others, or end in another way, cannot be chosen.
    let pick = acts(&row).next().is_some().then(|| {
        view! {
            <label class="session__pick">
                <input type="checkbox" disabled=move || !alive.get() prop:checked=move || choice.has(id) on:change=move |event| choice.set(id, event_target_checked(&event))/>
                <span class="visually-hidden">{which}</span>
            </label>
        }
    });
    let href = paths::session_in_activity(row.dossier, row.activity, id);
    let last = if row.last_day == today { "ultimo giorno".to_owned() } else { text::date_long(row.last_day) };
    view! {
        <tr class="list__row" class:flash=is_fresh id=anchor tabindex="-1">
            <td class="list__pick">{pick}</td>
            <th scope="row" data-label="Data e orario"><a href=href>{text::date_long(row.span.on())}</a><span class="list__sub">{times(&row)}</span></th>
            <td data-label="Stato"><StateBadge state=row.state/></td>
            <td data-label="Beneficiario">{row.person.last_first()}<span class="list__sub">{row.opal_code}</span></td>
            <td data-label="Attività">{row.activity_name}</td>
            <td data-label="Operatore">{row.coach_name}</td>
            <td data-label="Entro" class="nowrap"><span class=if row.last_day == today { "due due--last" } else { "due" }>{last}</span></td>
        </tr>
    }
}
