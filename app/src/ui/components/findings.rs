//! What the rules say about something, beside its form or in its dialog: what blocks first, then what only asks for a confirmation.

use leptos::prelude::*;

use super::Icon;
use crate::domain::rulebook::Refusal;

/// The list, announced as it changes. It stays in the page when empty, or its first line would not be announced.
#[component]
pub fn Findings(
    /// What stops the action.
    #[prop(into)]
    blocks: Signal<Vec<Refusal>>,
    /// What wants one confirmation.
    #[prop(into)]
    warns: Signal<Vec<Refusal>>,
) -> impl IntoView {
    view! {
        <ul class="findings" aria-live="polite" aria-label="Esito dei controlli">
            {move || blocks.get().into_iter().map(|refusal| line("finding finding--block", "it-close-circle", "Da correggere", refusal)).collect_view()}
            {move || warns.get().into_iter().map(|refusal| line("finding finding--warn", "it-warning-circle", "Attenzione", refusal)).collect_view()}
        </ul>
    }
}

fn line(class: &'static str, icon: &'static str, kind: &'static str, refusal: Refusal) -> impl IntoView {
    view! {
        <li class=class>
            <Icon name=icon/>
            <div>
                <p><span class="visually-hidden">{kind}": "</span>{refusal.sentence}</p>
                <p class="finding__source">{refusal.rule.to_string()}" · "{refusal.rule.source()}</p>
            </div>
        </li>
    }
}
