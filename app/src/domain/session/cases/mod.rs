//! Cases of planning in a file of the format `affianco/schedule-cases@1`: each a proposal with all that surrounds it, judged by the rules of this module.
//!
//! Keys that begin with `_` are ignored at any depth; other unknown keys are told and change nothing. Nothing that an error says comes from the
//! values of the file, and no case bears a tax code in its name.

mod object;
mod read;
#[cfg(test)]
mod tests;

use std::fmt;

use serde::Serialize;

use super::{Action, Proposal, SessionState, Surroundings, Words, check};
use crate::domain::rulebook::{Finding, Rule, Verdict};

/// A file of cases.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseFile {
    /// Its cases, in their order.
    pub cases: Vec<Case>,
    /// One line for each key that the format does not have.
    pub unknown_keys: Vec<String>,
}

/// Why a file of cases cannot be judged at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CaseFileError {
    /// Not JSON, or nested too deeply to be read.
    #[error("not JSON that can be read: {0}")]
    NotJson(String),
    /// JSON, but not of this format.
    #[error("the file does not say \"format\": \"affianco/schedule-cases@1\"")]
    WrongFormat,
    /// Something in it.
    #[error("{place}: {wrong}")]
    Wrong {
        /// Where, such as `case 3: proposal: from`; positions count from 1.
        place: String,
        /// What.
        wrong: &'static str,
    },
}

/// One case: what somebody wants to do to a session, judged as an operator of the site by the built-in rulebook.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// What is to be done.
    pub action: Action,
    /// The session's state before it.
    pub state: SessionState,
    /// The session as it is to be.
    pub proposal: Proposal,
    /// The description for the register (R31).
    pub description: String,
    /// Whether a reason is given (R22).
    pub has_reason: bool,
    /// All the rest.
    pub around: Surroundings,
    /// What the file says the answer is.
    pub expected: Option<Outcome>,
}

/// Which rules speak: each once, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Those that refuse.
    pub blocks: Vec<Rule>,
    /// Those that want a confirmation.
    pub warns: Vec<Rule>,
}

/// A case with its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JudgedCase {
    /// The case's name.
    pub name: String,
    /// The rules.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// The sentences of what blocks, then of what warns.
    pub sentences: Vec<String>,
}

impl CaseFile {
    /// Reads a file's text.
    ///
    /// # Errors
    /// The first thing that is wrong with it, and where.
    pub fn parse(text: &str) -> Result<Self, CaseFileError> {
        read::file(text)
    }
}

impl Case {
    /// Judges the case.
    pub fn judge(&self) -> JudgedCase {
        let words = Words { description: &self.description, has_reason: self.has_reason };
        let verdict = check(self.action, self.state, &self.proposal, words, &self.around);
        let sentences = verdict.blocks.iter().chain(&verdict.warns).map(Finding::sentence).collect();
        JudgedCase { name: self.name.clone(), outcome: Outcome::of(&verdict), sentences }
    }
}

impl Outcome {
    /// The rules of a verdict.
    pub fn of(verdict: &Verdict) -> Self {
        let rules = |findings: &[Finding]| findings.iter().map(|finding| finding.rule).collect();
        Self::new(rules(&verdict.blocks), rules(&verdict.warns))
    }

    /// The same rules once each, in their order.
    fn new(blocks: Vec<Rule>, warns: Vec<Rule>) -> Self {
        let settled = |mut rules: Vec<Rule>| {
            rules.sort_unstable();
            rules.dedup();
            rules
        };
        Self { blocks: settled(blocks), warns: settled(warns) }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |rules: &[Rule]| rules.iter().map(Rule::to_string).collect::<Vec<_>>().join(" ");
        write!(f, "blocks [{}] warns [{}]", list(&self.blocks), list(&self.warns))
    }
}
