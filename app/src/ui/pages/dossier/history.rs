//! Cronologia: what happened to a dossier, newest first, and whether its chain is whole.

use leptos::prelude::*;

use crate::{
    domain::{
        audit::{Change, HistoryEntry},
        text,
    },
    ui::components::Icon,
};

/// How many entries are shown at first: what happened last is what is looked for.
const SHOWN: usize = 12;

/// The history.
#[component]
pub fn History(
    /// What happened, newest first.
    entries: Vec<HistoryEntry>,
    /// Whether the chain is whole.
    intact: bool,
) -> impl IntoView {
    let mark = if intact {
        view! { <p class="state state--delivered"><Icon name="it-check-circle"/>"Registro integro"</p> }.into_any()
    } else {
        view! {
            <div class="notice notice--error" role="alert">
                <Icon name="it-error"/>
                <div>"Registro non integro: qualcosa è stato cambiato fuori dal programma. Avvisa l'amministratore di sistema."</div>
            </div>
        }
        .into_any()
    };
    let mut newest = entries;
    let rest = newest.split_off(SHOWN.min(newest.len()));
    let older = (!rest.is_empty()).then(|| {
        let count = rest.len();
        view! {
            <details class="history-more">
                <summary>{if count == 1 { "Mostra un'altra voce".to_owned() } else { format!("Mostra le altre {count} voci") }}</summary>
                <ol class="history">{rest.into_iter().map(entry).collect_view()}</ol>
            </details>
        }
    });
    view! {
        <section class="panel" aria-labelledby="cronologia">
            <h2 class="panel__title" id="cronologia">"Cronologia"</h2>
            {mark}
            <ol class="history">{newest.into_iter().map(entry).collect_view()}</ol>
            {older}
        </section>
    }
}

fn entry(HistoryEntry { at, at_local, actor, action, subject, changes, .. }: HistoryEntry) -> impl IntoView {
    let when = format!("{}, {}", text::date_long(at_local.today()), text::time_hm(at_local.time()));
    view! {
        <li>
            <time class="history__when" datetime=at.to_rfc3339()>{when}</time>
            <p class="history__what">{action.label()}</p>
            {(!subject.is_empty()).then(|| view! { <p>{subject}</p> })}
            {changes.into_iter().map(change).collect_view()}
            <p class="history__who">{actor}</p>
        </li>
    }
}

/// Before → after; the arrow is words for a screen reader.
fn change(Change { field, before, after }: Change) -> impl IntoView {
    let values = match (before, after) {
        (Some(before), Some(after)) => view! {
            <span class="struck">{before}</span>
            <span aria-hidden="true">" → "</span>
            <span class="visually-hidden">" diventa "</span>
            {after}
        }
        .into_any(),
        (None, Some(after)) => after.into_any(),
        (Some(before), None) => view! { <span class="struck">{before}</span><span>" (tolto)"</span> }.into_any(),
        (None, None) => ().into_any(),
    };
    view! { <p><span class="muted">{field}": "</span>{values}</p> }
}
