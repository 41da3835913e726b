//! Orari possibili: what instead of a time that the rules refuse, as buttons that fill the form.

use leptos::prelude::*;

use super::judged::{is_missing, slots};
use crate::{
    domain::{
        ids::SessionId,
        rulebook::{ActivityCode, Verdict},
        session::{SessionForm, Slot, Surroundings},
        text,
    },
    ui::forms::Choice,
};

/// The nearest times that would be accepted; nothing while the time is fine, incomplete, or no other time would help.
#[component]
pub fn Slots(
    /// What is typed.
    form: Memo<SessionForm>,
    /// What the rules say of it.
    verdict: Memo<Verdict>,
    /// The session being changed.
    own: Option<SessionId>,
    /// The activity.
    activity: ActivityCode,
    /// The facts around it.
    facts: RwSignal<Option<Surroundings>>,
    /// The coaches with their names.
    coaches: Signal<Vec<Choice>>,
    /// Takes the time that was chosen.
    on_pick: Callback<Slot>,
) -> impl IntoView {
    let found = Memo::new(move |_| {
        let blocked = verdict.with(|verdict| !verdict.allows() && !verdict.blocks.iter().any(is_missing));
        let find = |facts: &Option<Surroundings>| facts.as_ref().map(|facts| slots(&form.get(), own, activity, facts));
        if blocked { facts.with(find).unwrap_or_default() } else { Vec::new() }
    });
    let button = move |slot: Slot| {
        let name = coaches.with(|coaches| {
            let id = slot.coach.to_string();
            coaches.iter().find(|choice| choice.value == id).map(|choice| choice.label.clone()).unwrap_or_default()
        });
        let span = slot.span;
        view! {
            <li>
                <button type="button" class="btn btn-outline-primary btn-sm slots__slot" on:click=move |_| on_pick.run(slot)>
                    <b>{text::date_long(span.on())}</b>" "
                    <span>{format!("{}-{}", text::time_hm(span.from()), text::time_hm(span.to()))}</span>" "
                    <span class="slots__coach">{name}</span>
                </button>
            </li>
        }
    };
    move || {
        let slots = found.get();
        (!slots.is_empty()).then(|| {
            view! {
                <section class="slots" aria-labelledby="orari-possibili">
                    <h3 class="slots__title" id="orari-possibili">"Orari possibili"</h3>
                    <ul class="slots__list">{slots.into_iter().map(button).collect_view()}</ul>
                </section>
            }
        })
    }
}
