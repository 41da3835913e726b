//! More sessions never make anything more lawful.

use app::domain::{
    rulebook::{Rule, Verdict},
    session::{SessionFacts, generated::Question},
};
use proptest::prelude::*;

use crate::{findings, questions, seeds};

/// 0 silent, 1 warns, 2 blocks.
fn severity(verdict: &Verdict, rule: Rule) -> u8 {
    let speaks = |findings: &[app::domain::rulebook::Finding]| findings.iter().any(|finding| finding.rule == rule);
    if speaks(&verdict.blocks) { 2 } else { u8::from(speaks(&verdict.warns)) }
}

/// The first rule that speaks louder with less around.
fn louder_with_less(more: &Verdict, less: &Verdict) -> Option<Rule> {
    findings(less).map(|finding| finding.rule).find(|rule| severity(less, *rule) > severity(more, *rule))
}

/// Each session of the dossier that the proposal is not about, with the question as it was before there was that session.
fn before_each(question: &Question) -> impl Iterator<Item = (SessionFacts, Question)> {
    let others = (0..).zip(&question.around.sessions).filter(|(_, session)| Some(session.id) != question.proposal.id);
    others.map(|(at, session)| {
        let mut before = question.clone();
        before.around.sessions.remove(at);
        (*session, before)
    })
}

proptest! {
    #![proptest_config(seeds(1024))]

    #[test]
    fn a_live_session_more_lets_the_severity_of_no_rule_fall((_, question) in questions()) {
        let verdict = question.judge();
        for (session, before) in before_each(&question).filter(|(session, _)| session.state.is_live()) {
            prop_assert_eq!(louder_with_less(&verdict, &before.judge()), None, "{:?}", session);
        }
    }

    #[test]
    fn time_taken_elsewhere_lets_the_severity_of_no_rule_fall((_, question) in questions()) {
        let verdict = question.judge();
        for at in 0..question.around.elsewhere.len() {
            let mut before = question.clone();
            let busy = before.around.elsewhere.remove(at);
            prop_assert_eq!(louder_with_less(&verdict, &before.judge()), None, "{:?}", busy);
        }
    }

    #[test]
    fn r22_a_session_given_up_changes_nothing((_, question) in questions()) {
        let verdict = question.judge();
        for (session, before) in before_each(&question).filter(|(session, _)| !session.state.is_live()) {
            prop_assert_eq!(&verdict, &before.judge(), "{:?}", session);
        }
    }
}
