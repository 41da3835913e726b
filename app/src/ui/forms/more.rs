//! A list that grows: the rows of its first page are there, and "Carica altri" adds those of the next.

use std::future::Future;

use leptos::prelude::*;

use super::{Command, CommandProblem};
use crate::{api::ApiResult, ui::components::ActionButton};

/// What comes after the rows that are there.
#[derive(Clone, Copy)]
pub struct More {
    next: RwSignal<Option<String>>,
    command: Command,
}

impl More {
    /// After a page that told its next cursor.
    pub fn after(next: Option<String>) -> Self {
        Self::of(RwSignal::new(next))
    }

    /// The same where the page itself may start over.
    pub fn of(next: RwSignal<Option<String>>) -> Self {
        Self { next, command: Command::new() }
    }

    /// Adds the next page. A row that moved meanwhile does not stand there twice: `key` tells one from another.
    pub fn load<T, K, Answer>(self, rows: RwSignal<Vec<T>>, key: fn(&T) -> K, call: impl FnOnce(Option<String>) -> Answer)
    where
        T: Send + Sync + 'static,
        K: PartialEq + 'static,
        Answer: Future<Output = ApiResult<(Vec<T>, Option<String>)>> + 'static,
    {
        let after = self.next.get_untracked();
        self.command.run(
            move |_| call(after),
            move |(found, next)| {
                rows.try_update(|rows| {
                    for row in found {
                        if rows.iter().all(|old| key(old) != key(&row)) {
                            rows.push(row);
                        }
                    }
                });
                self.next.try_set(next);
            },
        );
    }
}

/// How many rows are shown, and the way to more.
#[component]
pub fn ListFoot(
    /// What comes after them.
    more: More,
    /// How many there are.
    #[prop(into)]
    shown: Signal<usize>,
    /// How many there are in all.
    #[prop(into)]
    total: Signal<u64>,
    /// Whether the things that are listed are feminine in Italian.
    #[prop(optional)]
    feminine: bool,
    /// Loads them.
    #[prop(into)]
    on_more: Callback<()>,
) -> impl IntoView {
    let (shown_word, more_word) = if feminine { ("Mostrate", "Carica altre") } else { ("Mostrati", "Carica altri") };
    view! {
        <CommandProblem command=more.command summary="riepilogo-altri"/>
        <div class="list-foot">
            <p role="status">{move || format!("{shown_word} {} di {}", shown.get(), total.get())}</p>
            {move || more.next.with(Option::is_some).then(|| view! {
                <ActionButton class="btn btn-outline-primary btn-sm" pending=more.command.pending() on_press=on_more>{more_word}</ActionButton>
            })}
        </div>
    }
}
