//! How much of each limit is taken with what is typed: day, week, activity, coach.

use leptos::prelude::*;

use super::judged::{Meter, meters};
use crate::domain::{
    ids::SessionId,
    rulebook::ActivityCode,
    session::{SessionForm, Surroundings},
};

/// The lines under the form.
#[component]
pub fn Meters(
    /// What is typed.
    form: Memo<SessionForm>,
    /// The session being changed.
    own: Option<SessionId>,
    /// The activity.
    activity: ActivityCode,
    /// The facts around it.
    facts: RwSignal<Option<Surroundings>>,
) -> impl IntoView {
    move || {
        let lines = facts.with(|facts| facts.as_ref().map(|facts| meters(&form.get(), own, activity, facts))).unwrap_or_default();
        let line = |Meter { label, taken, limit, left, over }| {
            view! {
                <li class:meters__over=over>
                    {label}" "<span class="meters__value"><b>{taken}</b>" di "{limit}</span>" "<span class="meters__left">{left}</span>
                </li>
            }
        };
        (!lines.is_empty())
            .then(|| view! { <ul class="meters" aria-label="Ore con questa erogazione">{lines.into_iter().map(line).collect_view()}</ul> })
    }
}
