//! A week is like any other where no holiday and no patron saint is.

use std::mem::{Discriminant, discriminant};

use app::domain::{
    ids::SessionId,
    rulebook::{Finding, Reason, Rule, Verdict},
    session::generated::{Question, is_plain},
};
use proptest::prelude::*;

use crate::{questions, seeds};

/// What a finding says apart from its dates.
type Said<'a> = (Rule, Discriminant<Reason>, Option<(String, String)>, &'a [SessionId]);

fn said(findings: &[Finding]) -> Vec<Said<'_>> {
    findings.iter().map(|finding| (finding.rule, discriminant(&finding.reason), finding.measured(), finding.sessions.as_slice())).collect()
}

fn without_dates(verdict: &Verdict) -> [Vec<Said<'_>>; 2] {
    [said(&verdict.blocks), said(&verdict.warns)]
}

fn on_a_plain_day(question: &Question) -> bool {
    question.proposal.on.is_none_or(|on| is_plain(&question.around, on))
}

proptest! {
    #![proptest_config(ProptestConfig { max_global_rejects: 20_000, ..seeds(2048) })]

    #[test]
    fn moving_everything_by_whole_weeks_changes_no_verdict((_, question) in questions(), weeks in -150..150) {
        let moved = question.moved(weeks);
        prop_assume!(on_a_plain_day(&question) && on_a_plain_day(&moved));
        let (here, there) = (question.judge(), moved.judge());
        prop_assert_eq!(without_dates(&here), without_dates(&there));
    }
}

#[test]
fn r28_moving_onto_a_holiday_does_change_the_verdict() {
    let touched = (0..500).map(Question::of).filter(|question| question.action.plans() && on_a_plain_day(question)).any(|question| {
        (-52..52).map(|weeks| question.moved(weeks)).any(|moved| {
            !on_a_plain_day(&moved) && moved.judge().blocks.iter().any(|finding| matches!(finding.reason, Reason::PublicHoliday { .. }))
        })
    });
    assert!(touched);
}
