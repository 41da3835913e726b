//! What an act would do to the chosen sessions, or did: by the outcomes that the server tells, one for each.

use crate::domain::{
    audit::Change,
    rulebook::{Refusal, Rule},
    session::{BulkAct, Chosen, SessionRow, StepOutcome},
};

/// An act on several sessions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan<R = SessionRow> {
    /// The act.
    pub act: BulkAct,
    /// It can be done to these, with what wants a confirmation.
    pub fits: Vec<(R, Vec<Refusal>)>,
    /// It cannot to these, and why.
    pub left: Vec<(R, Vec<Why>)>,
    /// So many others that were chosen stand at another step.
    pub others: usize,
}

/// Why a session stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// The sentence.
    pub sentence: String,
    /// The rule, where one speaks.
    pub rule: Option<Rule>,
}

impl From<Refusal> for Why {
    fn from(refusal: Refusal) -> Self {
        Self { sentence: refusal.sentence, rule: Some(refusal.rule) }
    }
}

impl<R> Plan<R> {
    /// Nothing to do.
    pub fn nothing(act: BulkAct) -> Self {
        Self { act, fits: Vec::new(), left: Vec::new(), others: 0 }
    }

    /// What the preview of the act says.
    pub fn of(act: BulkAct, rows: Vec<R>, outcomes: Vec<StepOutcome>) -> Self {
        let mut plan = Self::nothing(act);
        for (row, outcome) in rows.into_iter().zip(outcomes) {
            match outcome {
                StepOutcome::Done => plan.fits.push((row, Vec::new())),
                outcome => plan.sort(row, outcome),
            }
        }
        plan
    }

    /// Takes what was done out of those that fitted, and answers it; what was not stays, with the reason that it has now.
    pub fn after(self, outcomes: Vec<StepOutcome>) -> (Vec<R>, Self) {
        let mut done = Vec::new();
        let mut plan = Self { act: self.act, fits: Vec::new(), left: self.left, others: self.others };
        for ((row, _), outcome) in self.fits.into_iter().zip(outcomes) {
            match outcome {
                StepOutcome::Done => done.push(row),
                outcome => plan.sort(row, outcome),
            }
        }
        (done, plan)
    }

    fn sort(&mut self, row: R, outcome: StepOutcome) {
        match outcome {
            StepOutcome::Done => self.fits.push((row, Vec::new())),
            StepOutcome::Unconfirmed(warns) => self.fits.push((row, warns)),
            StepOutcome::Refused(why) => self.left.push((row, why.into_iter().map(Why::from).collect())),
            StepOutcome::Changed(changes) => self.left.push((row, vec![Why { sentence: changed(&changes), rule: Some(Rule::R43) }])),
            StepOutcome::Gone => {
                self.left.push((row, vec![Why { sentence: "Non è più tra le tue erogazioni.".to_owned(), rule: None }]));
            }
        }
    }
}

impl Plan {
    /// The command's sessions, with their descriptions and with their warnings as seen.
    pub fn chosen(&self, description: impl Fn(&SessionRow) -> String) -> Vec<Chosen> {
        self.fits.iter().map(|(row, warns)| chosen(row, description(row), !warns.is_empty())).collect()
    }
}

/// A session as its author sees it.
pub fn chosen(row: &SessionRow, description: String, confirmed: bool) -> Chosen {
    Chosen { dossier: row.dossier, session: row.id, version: row.version, description, confirmed }
}

/// `Nel frattempo è cambiata: ora Stato è «Programmata».`
fn changed(changes: &[Change]) -> String {
    let value = |change: &Change| change.before.clone().unwrap_or_else(|| "nessun valore".to_owned());
    let now: Vec<_> = changes.iter().map(|change| format!("{} è «{}»", change.field, value(change))).collect();
    if now.is_empty() { "Nel frattempo è cambiata.".to_owned() } else { format!("Nel frattempo è cambiata: ora {}.", now.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal() -> Refusal {
        Refusal::new(Rule::R19, "Ore superate.")
    }

    #[test]
    fn a_preview_parts_what_fits_from_what_stays() {
        let outcomes = vec![
            StepOutcome::Done,
            StepOutcome::Refused(vec![refusal()]),
            StepOutcome::Unconfirmed(vec![refusal()]),
            StepOutcome::Changed(vec![Change { field: "Stato".to_owned(), before: Some("Erogata".to_owned()), after: None }]),
            StepOutcome::Gone,
        ];
        let plan = Plan::of(BulkAct::Schedule, vec!["a", "b", "c", "d", "e"], outcomes);
        assert_eq!(plan.fits, [("a", vec![]), ("c", vec![refusal()])]);
        let why: Vec<_> = plan.left.iter().map(|(row, why)| (*row, why[0].sentence.as_str())).collect();
        let expected =
            [("b", "Ore superate."), ("d", "Nel frattempo è cambiata: ora Stato è «Erogata»."), ("e", "Non è più tra le tue erogazioni.")];
        assert_eq!(why, expected);
    }

    #[test]
    fn after_the_command_only_what_was_not_done_is_left_to_do_or_to_explain() {
        let plan = Plan::of(
            BulkAct::Start,
            vec!["a", "b", "c", "d"],
            vec![StepOutcome::Done, StepOutcome::Done, StepOutcome::Done, StepOutcome::Gone],
        );
        let outcomes = vec![StepOutcome::Done, StepOutcome::Unconfirmed(vec![refusal()]), StepOutcome::Refused(vec![refusal()])];
        let (done, plan) = plan.after(outcomes);
        assert_eq!((done, &plan.fits), (vec!["a"], &vec![("b", vec![refusal()])]));
        assert_eq!(plan.left.iter().map(|(row, _)| *row).collect::<Vec<_>>(), ["d", "c"]);
    }
}
