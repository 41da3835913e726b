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
    limits.and_then(|limits| limits.line()).map(|line| {
        view! {
            <p class="limits-line"><Icon name="it-user"/><span>"Limiti della persona: "<b>{line}</b></span></p>
        }
    })
}
