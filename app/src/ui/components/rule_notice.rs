//! A rule that has something to say about the whole page, outside any form.

use leptos::prelude::*;

use super::Notice;
use crate::domain::rulebook::Refusal;

/// The warning of a rule, with its number and source; nothing when there is none.
#[component]
pub fn RuleNotice(
    /// What the rule says.
    warning: Option<Refusal>,
) -> impl IntoView {
    warning.map(|Refusal { rule, sentence }| {
        view! { <Notice kind="warn"><p>{sentence}" "<span class="muted">{format!("{rule} · {}", rule.source())}</span></p></Notice> }
    })
}
