//! What a run says: the digest of all verdicts, and how often each rule spoke.

use std::collections::BTreeMap;

use app::domain::{
    rulebook::{Finding, Rule},
    session::{Slot, generated::Question, suggest},
};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Another time is searched for in one of so many cases: a search judges hundreds of them.
const SEARCHED: u64 = 100;

/// One run.
#[derive(Serialize)]
pub struct Report {
    /// How many cases were judged.
    cases: u32,
    /// SHA-256 over every verdict as a line of JSON, in the order of the cases.
    digest: String,
    /// How many other times were found.
    slots: u32,
    /// How many verdicts each rule blocks, and in how many it warns.
    rules: BTreeMap<Rule, [u32; 2]>,
}

/// A verdict as it enters the digest.
#[derive(Serialize)]
struct Line<'a> {
    blocks: Vec<Said<'a>>,
    warns: Vec<Said<'a>>,
    slots: Vec<Slot>,
}

#[derive(Serialize)]
struct Said<'a> {
    finding: &'a Finding,
    source: &'static str,
    sentence: String,
}

impl Report {
    /// Judges that many cases, the first of which has the seed.
    pub fn of(seed: u32, cases: u32) -> Self {
        let mut hasher = Sha256::new();
        let mut report = Self { cases, digest: String::new(), slots: 0, rules: BTreeMap::new() };
        for seed in (u64::from(seed)..).take_while(|number| *number < u64::from(seed) + u64::from(cases)) {
            let question = Question::of(seed);
            let verdict = question.judge();
            report.count(&verdict.blocks, 0);
            report.count(&verdict.warns, 1);
            let slots = if seed.is_multiple_of(SEARCHED) && question.action.plans() {
                suggest(question.action, &question.proposal, &question.around)
            } else {
                Vec::new()
            };
            report.slots += u32::try_from(slots.len()).unwrap_or(u32::MAX);
            let line = Line { blocks: said(&verdict.blocks), warns: said(&verdict.warns), slots };
            hasher.update(serde_json::to_vec(&line).unwrap_or_default());
            hasher.update(b"\n");
        }
        report.digest = hex::encode(hasher.finalize());
        report
    }

    fn count(&mut self, findings: &[Finding], column: usize) {
        let mut rules: Vec<Rule> = findings.iter().map(|finding| finding.rule).collect();
        rules.dedup();
        for rule in rules {
            self.rules.entry(rule).or_default()[column] += 1;
        }
    }

    /// The report as one line of JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

fn said(findings: &[Finding]) -> Vec<Said<'_>> {
    findings.iter().map(|finding| Said { finding, source: finding.source(), sentence: finding.sentence() }).collect()
}
