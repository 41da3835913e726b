//! What holds of the rules of sessions whatever they are asked, over questions made from seeds.

mod added;
mod instead;
mod ledger;
mod limits;
mod moved;
mod payment;
mod plans;
mod verdicts;

use app::domain::{
    rulebook::{Finding, Rule, Verdict},
    session::generated::Question,
};
use proptest::prelude::*;

/// So many seeds. A seed does not shrink: the failing one names its question.
fn seeds(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, max_shrink_iters: 0, failure_persistence: None, ..ProptestConfig::default() }
}

fn questions() -> impl Strategy<Value = (u64, Question)> {
    any::<u64>().prop_map(|seed| (seed, Question::of(seed)))
}

/// All that was found, blocks first.
fn findings(verdict: &Verdict) -> impl Iterator<Item = &Finding> {
    verdict.blocks.iter().chain(&verdict.warns)
}

/// The rules of some findings.
fn rules(findings: &[Finding]) -> Vec<Rule> {
    findings.iter().map(|finding| finding.rule).collect()
}
