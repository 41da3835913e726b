//! What the rules say about something, beside its form or in its dialog: what blocks first, then what only asks for a confirmation.

use std::mem::discriminant;

use leptos::prelude::*;

use super::Icon;
use crate::domain::rulebook::{Finding, Refusal};

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

/// `1 erogazione`, `15 erogazioni`.
pub fn sessions_in_words(count: usize) -> String {
    if count == 1 { "1 erogazione".to_owned() } else { format!("{count} erogazioni") }
}

/// The findings about several sessions, each kind once: the first one's sentence, and how many sessions it concerns.
pub fn once_each<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Vec<Refusal> {
    let mut kinds: Vec<(&Finding, usize)> = Vec::new();
    for finding in findings {
        let same = |(known, _): &&mut (&Finding, usize)| {
            known.rule == finding.rule && discriminant(&known.reason) == discriminant(&finding.reason)
        };
        match kinds.iter_mut().find(same) {
            Some((_, count)) => *count += 1,
            None => kinds.push((finding, 1)),
        }
    }
    kinds.sort_by_key(|(finding, _)| finding.rule);
    let told = |(finding, count): (&Finding, usize)| match count {
        1 => Refusal::from(finding),
        _ => Refusal::new(finding.rule, format!("{} Riguarda {}.", finding.sentence(), sessions_in_words(count))),
    };
    kinds.into_iter().map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rulebook::{Reason, Rule};

    #[test]
    fn what_is_said_of_several_sessions_is_told_once_with_their_number() {
        let late = |days| Finding::new(Rule::R24, Reason::LateEntry { days, refused: false });
        let findings = [late(0), Finding::new(Rule::R15, Reason::NoPlace), late(1), late(2)];
        let told: Vec<_> = once_each(&findings).into_iter().map(|refusal| (refusal.rule, refusal.sentence)).collect();
        let expected = [(Rule::R15, findings[1].sentence()), (Rule::R24, format!("{} Riguarda 3 erogazioni.", findings[0].sentence()))];
        assert_eq!(told, expected);
    }
}
