//! The form "Carica un output": what must be said of an output that was made elsewhere (R33).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    kind::DocumentKind,
    written::{WritingFrame, drafting_date},
};
use crate::domain::rulebook::{ActivityCode, FieldProblem, Rule};

/// The longest title, in characters.
pub const TITLE_LIMIT: usize = 120;

/// What is said of an output made elsewhere, as typed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputForm {
    /// What it is: a word.
    pub kind: String,
    /// The activity: a word.
    pub activity: String,
    /// What it is, in words.
    pub title: String,
    /// Data di redazione: `2026-11-26`.
    pub drafted_on: String,
    /// The code of the site that keeps the original.
    pub kept_at: String,
}

/// What was said, once it holds.
#[derive(Clone, PartialEq, Eq)]
pub struct OutputInput {
    /// What it is.
    pub kind: DocumentKind,
    /// The activity.
    pub activity: ActivityCode,
    /// What it is, in words; the kind's where nothing was typed.
    pub title: String,
    /// The drafting date.
    pub drafted_on: NaiveDate,
    /// The code of the site that keeps the original.
    pub kept_at: String,
}

silent_debug!(OutputForm, OutputInput);

impl OutputForm {
    /// Makes the output; `sites` are the codes of the provider's own.
    ///
    /// # Errors
    /// Every problem at once, in the order of the fields (R33).
    pub fn check<'a>(&self, frame: &WritingFrame, mut sites: impl Iterator<Item = &'a str>) -> Result<OutputInput, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let kind = self.kind.trim().parse().ok().filter(|kind: &DocumentKind| kind.is_output());
        if kind.is_none() {
            problems.push(FieldProblem::new("kind", Rule::R33, "Scegli che cosa stai caricando."));
        }
        let activity = self.activity.trim().parse().ok();
        if activity.is_none() {
            problems.push(FieldProblem::new("activity", Rule::R33, "Scegli l'attività di cui è output."));
        }
        let title = self.title.trim();
        let length = title.chars().count();
        if kind == Some(DocumentKind::OtherOutput) && length == 0 {
            problems.push(FieldProblem::new("title", Rule::R33, "Scrivi che documento è, per esempio «Verbale di verifica»."));
        } else if length > TITLE_LIMIT {
            let sentence = format!("Il titolo ha {length} caratteri: accorcialo entro {TITLE_LIMIT}.");
            problems.push(FieldProblem::new("title", Rule::R33, sentence));
        }
        let drafted_on = drafting_date(&self.drafted_on, frame).map_err(|problem| problems.push(problem)).ok();
        let kept_at = sites.find(|code| *code == self.kept_at.trim());
        if kept_at.is_none() {
            let sentence = "Scegli la sede dell'ente che conserva l'originale.";
            problems.push(FieldProblem::new("kept_at", Rule::R33, sentence));
        }
        match (kind, activity, drafted_on, kept_at) {
            (Some(kind), Some(activity), Some(drafted_on), Some(kept_at)) if problems.is_empty() => Ok(OutputInput {
                kind,
                activity,
                title: if title.is_empty() { kind.label() } else { title }.to_owned(),
                drafted_on,
                kept_at: kept_at.to_owned(),
            }),
            _ => Err(problems),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::dossier::{DossierFrame, DossierStatus};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn check(form: &OutputForm) -> Result<OutputInput, Vec<FieldProblem>> {
        let dossier = DossierFrame {
            admitted_on: day("2026-11-02"),
            valid_from: day("2026-11-01"),
            valid_to: day("2027-10-31"),
            interrupted_on: None,
        };
        let frame = WritingFrame { dossier, status: DossierStatus::Running, today: day("2026-11-23") };
        form.check(&frame, ["PD01", "PD02"].into_iter())
    }

    fn form(kind: &str, title: &str, drafted_on: &str, kept_at: &str) -> OutputForm {
        OutputForm {
            kind: kind.to_owned(),
            activity: "coaching_plan".to_owned(),
            title: title.to_owned(),
            drafted_on: drafted_on.to_owned(),
            kept_at: kept_at.to_owned(),
        }
    }

    #[test]
    fn r33_an_output_says_what_it_is_when_it_was_drafted_and_who_keeps_the_original() {
        let made = check(&form("coaching_plan", "", "2026-11-23", " PD02 ")).unwrap();
        assert_eq!((made.title.as_str(), made.kept_at.as_str(), made.drafted_on), ("Piano di coaching", "PD02", day("2026-11-23")));
        assert_eq!(check(&form("other_output", " Verbale ", "2026-11-02", "PD01")).unwrap().title, "Verbale");
    }

    #[test]
    fn r33_all_that_is_wrong_with_it_is_told_at_once() {
        let fields = |form: OutputForm| check(&form).err().unwrap_or_default().into_iter().map(|problem| problem.field).collect::<Vec<_>>();
        assert_eq!(fields(OutputForm::default()), ["kind", "activity", "drafted_on", "kept_at"]);
        assert_eq!(fields(form("register", "", "2026-11-24", "VE01")), ["kind", "drafted_on", "kept_at"]);
        assert_eq!(fields(form("other_output", " ", "2026-11-01", "PD01")), ["title", "drafted_on"]);
        assert_eq!(fields(form("coaching_plan", &"x".repeat(121), "2026-11-20", "PD01")), ["title"]);
    }
}
