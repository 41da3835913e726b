//! What the person can sustain (R30), in one line above whatever plans; only those who plan are handed it.

use leptos::prelude::*;

use super::Icon;
use crate::domain::person::PersonLimits;

/// The line; nothing where nothing is limited.
#[component]
pub fn LimitsLine(
    /// The limits.
    limits: Option<PersonLimits>,
) -> impl IntoView {
    let parts = limits.map(|limits| limits.parts()).unwrap_or_default();
    let part = |(at, part): (usize, String)| view! { {(at > 0).then_some(", ")}<b class="nowrap">{part}</b> };
    (!parts.is_empty()).then(|| {
        view! {
            <p class="limits-line"><Icon name="it-user"/><span>"Limiti della persona: "{parts.into_iter().enumerate().map(part).collect_view()}</span></p>
        }
    })
}
