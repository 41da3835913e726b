//! One act on several sessions of any dossiers: what can be done is done, the rest stays, and each is told its own outcome.

use serde::{Deserialize, Serialize};

use super::{Action, CompletionForm, SessionStep};
use crate::domain::{
    audit::Change,
    command::Version,
    ids::{CommandKey, OpalId, SessionId},
    rulebook::{Refusal, Verdict},
    words::words,
};

words! {
    /// The acts that bring a session of a past day to its end, in their order (R23).
    pub enum BulkAct else "not an act on several sessions" {
        /// Programma the *inserite*.
        Schedule = "schedule", "Programma";
        /// Avvia the *programmate*.
        Start = "start", "Avvia";
        /// Concludi the *avviate*.
        Complete = "complete", "Concludi";
    }
}

impl BulkAct {
    /// The action that the rules judge.
    pub fn action(self) -> Action {
        match self {
            Self::Schedule => Action::Schedule,
            Self::Start => Action::Start,
            Self::Complete => Action::Complete,
        }
    }

    /// The step of one session; the description counts only at Concludi (R31).
    pub fn step(self, description: &str) -> SessionStep {
        match self {
            Self::Schedule => SessionStep::Schedule,
            Self::Start => SessionStep::Start,
            Self::Complete => SessionStep::Complete { form: CompletionForm { description: description.to_owned() } },
        }
    }
}

/// A session that was chosen, as its author saw it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// Its dossier.
    pub dossier: OpalId,
    /// The session.
    pub session: SessionId,
    /// The version seen.
    pub version: Version,
    /// The description for the register, at Concludi.
    pub description: String,
    /// Whether its warnings were seen and confirmed.
    pub confirmed: bool,
}

/// The command: one transaction for all of them, and the same answer to every repeat of its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManySteps {
    /// The same for every repeat of one intention.
    pub key: CommandKey,
    /// What is done.
    pub act: BulkAct,
    /// To which, in the order in which hours go to them (R19).
    pub sessions: Vec<Chosen>,
}

/// What became of one of them; in a preview, what would.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepOutcome {
    /// It was done.
    Done,
    /// It can be done once these warnings are confirmed.
    Unconfirmed(Vec<Refusal>),
    /// The rules forbid it.
    Refused(Vec<Refusal>),
    /// Somebody else was faster.
    Changed(Vec<Change>),
    /// It is not there any more for this actor.
    Gone,
}

impl StepOutcome {
    /// By what the rules say of it.
    pub fn of(verdict: &Verdict, confirmed: bool) -> Self {
        let told = |findings: &[_]| findings.iter().map(Refusal::from).collect();
        if !verdict.allows() {
            Self::Refused(told(&verdict.blocks))
        } else if !confirmed && !verdict.warns.is_empty() {
            Self::Unconfirmed(told(&verdict.warns))
        } else {
            Self::Done
        }
    }

    /// Whether it was done, or can be.
    pub fn fits(&self) -> bool {
        matches!(self, Self::Done | Self::Unconfirmed(_))
    }
}
