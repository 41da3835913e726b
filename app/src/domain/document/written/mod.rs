//! What is written here, part by part: the form as typed, saved while it is written, and the document that one check makes of it.

mod paper;
mod parts;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use paper::{Author, paper};
pub use parts::{Needed, Part};

use super::{facts::ServiceFacts, kind::DocumentKind, outcome::Outcome};
use crate::domain::{
    audit::Change,
    dossier::{DossierFrame, DossierStatus},
    rulebook::{FieldProblem, Refusal, Rule},
    text::date_long,
};

/// The longest text of a part, in characters.
pub const PART_LIMIT: usize = 6000;
/// The name of the field with the drafting date.
pub const DRAFTED_ON: &str = "drafted_on";
/// The name of the field with the outcome.
pub const OUTCOME: &str = "outcome";

/// A document being written, as typed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenForm {
    /// Data di redazione: `2026-11-26`.
    pub drafted_on: String,
    /// The outcome's word, for the final report.
    pub outcome: String,
    /// The text of each part, by its name.
    pub texts: BTreeMap<String, String>,
}

impl WrittenForm {
    /// What was typed upon `base`, put upon what somebody else has made of it meanwhile. A field that only one of the two changed is that one's;
    /// where both did, it stays as typed, and is named.
    pub fn upon(mut self, base: &Self, theirs: &Self) -> (Self, Vec<String>) {
        let mut both = Vec::new();
        let mut put = |name: &str, mine: &mut String, base: &str, theirs: &str| {
            if mine.as_str() == base {
                theirs.clone_into(mine);
            } else if theirs != base && theirs != mine.as_str() {
                both.push(name.to_owned());
            }
        };
        put(DRAFTED_ON, &mut self.drafted_on, &base.drafted_on, &theirs.drafted_on);
        put(OUTCOME, &mut self.outcome, &base.outcome, &theirs.outcome);
        let text = |form: &Self, name: &str| form.texts.get(name).cloned().unwrap_or_default();
        for name in theirs.texts.keys() {
            put(name, self.texts.entry(name.clone()).or_default(), &text(base, name), &text(theirs, name));
        }
        (self, both)
    }
}

/// A document that may be issued.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The drafting date (R33).
    pub drafted_on: NaiveDate,
    /// How the service ended, in a final report (R34).
    pub outcome: Option<Outcome>,
    /// The parts in order: name and text.
    pub texts: Vec<(String, String)>,
}

silent_debug!(WrittenForm, Written);

/// What the check of a document looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WritingFrame {
    /// The dossier's dates.
    pub dossier: DossierFrame,
    /// Where the dossier stands.
    pub status: DossierStatus,
    /// Today.
    pub today: NaiveDate,
}

impl WrittenForm {
    /// The form that a document begins with.
    pub fn begun(kind: DocumentKind, facts: &ServiceFacts, today: NaiveDate) -> Self {
        let texts = kind.parts().iter().map(|part| (part.name.to_owned(), parts::beginning(part, kind, facts)));
        Self { drafted_on: today.to_string(), outcome: String::new(), texts: texts.collect() }
    }

    /// The form as a draft keeps it: only the kind's own parts.
    #[must_use]
    pub fn kept(mut self, kind: DocumentKind) -> Self {
        self.texts.retain(|name, _| kind.parts().iter().any(|part| part.name == name));
        self
    }

    /// What keeps even a draft from being saved: a text that is too long.
    pub fn overlong(&self, kind: DocumentKind) -> Vec<FieldProblem> {
        kind.parts().iter().filter_map(|part| too_long(kind, part, self.text(part))).collect()
    }

    /// The outcome that was chosen.
    pub fn chosen(&self) -> Option<Outcome> {
        self.outcome.trim().parse().ok()
    }

    /// Whether a part must be filled in, as the form stands.
    pub fn needs(&self, part: &Part) -> bool {
        part.needed == Needed::Always || self.chosen() == Some(Outcome::Failure)
    }

    /// The document, ready to be issued.
    ///
    /// # Errors
    /// Every problem at once, in the order of the fields: R33 for the drafting date, R34 and R35 for the report.
    pub fn check(&self, kind: DocumentKind, frame: &WritingFrame) -> Result<Written, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let drafted_on = drafting_date(&self.drafted_on, frame).map_err(|problem| problems.push(problem)).ok();
        let outcome = (kind == DocumentKind::FinalReport).then(|| self.chosen());
        match outcome {
            Some(None) => problems.push(FieldProblem::new(OUTCOME, Rule::R34, "Scegli l'esito del percorso: successo o insuccesso.")),
            Some(Some(Outcome::Success)) if frame.status == DossierStatus::Interrupted => problems.push(FieldProblem::new(
                OUTCOME,
                Rule::R35,
                "Il servizio è stato interrotto: l'esito è «Insuccesso», con l'analisi di criticità, motivazioni e azioni intraprese.",
            )),
            _ => {}
        }
        let mut texts = Vec::new();
        for part in kind.parts() {
            let text = self.text(part);
            let needed = self.needs(part);
            if let Some(problem) = too_long(kind, part, text) {
                problems.push(problem);
            } else if text.is_empty() && needed {
                problems.push(FieldProblem::new(part.name, rule_of(kind, part), format!("Compila «{}». {}", part.title, part.hint)));
            } else if needed {
                // What was written for a failure says nothing of a success.
                texts.push((part.name.to_owned(), text.to_owned()));
            }
        }
        match drafted_on {
            Some(drafted_on) if problems.is_empty() => Ok(Written { drafted_on, outcome: outcome.flatten(), texts }),
            _ => Err(problems),
        }
    }

    /// The document as far as it was written, for a look at it: nothing is checked, and what is empty is left out.
    pub fn so_far(&self, kind: DocumentKind, today: NaiveDate) -> Written {
        let parts = kind.parts().iter().filter(|part| self.needs(part));
        let texts = parts.map(|part| (part.name.to_owned(), self.text(part).to_owned())).filter(|(_, text)| !text.is_empty());
        Written { drafted_on: self.drafted_on.trim().parse().unwrap_or(today), outcome: self.chosen(), texts: texts.collect() }
    }

    /// What another form would change of this one, part by part.
    pub fn changes(&self, other: &Self, kind: DocumentKind) -> Vec<Change> {
        let said = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let outcome = |form: &Self| form.chosen().map(|outcome| outcome.label().to_owned());
        let fields =
            [("Data di redazione", said(&self.drafted_on), said(&other.drafted_on)), ("Esito del percorso", outcome(self), outcome(other))];
        let parts = kind.parts().iter().map(|part| (part.title, said(self.text(part)), said(other.text(part))));
        let all = fields.into_iter().chain(parts).filter(|(_, before, after)| before != after);
        all.map(|(field, before, after)| Change { field: field.to_owned(), before, after }).collect()
    }

    fn text(&self, part: &Part) -> &str {
        self.texts.get(part.name).map_or("", |text| text.trim())
    }
}

/// R33: the day on which an output was drafted, which is no day to come and none before the admission.
///
/// # Errors
/// The problem of the field.
pub fn drafting_date(typed: &str, frame: &WritingFrame) -> Result<NaiveDate, FieldProblem> {
    let sentence = match typed.trim().parse::<NaiveDate>() {
        Err(_) => "Indica la data di redazione: va riportata sull'output.".to_owned(),
        Ok(on) if on > frame.today => {
            format!("La data di redazione, {}, è nel futuro: indica un giorno fino a oggi, {}.", date_long(on), date_long(frame.today))
        }
        Ok(on) if on < frame.dossier.admitted_on => format!(
            "La data di redazione, {}, precede l'ammissione al servizio: indica un giorno dal {}.",
            date_long(on),
            date_long(frame.dossier.admitted_on)
        ),
        Ok(on) => return Ok(on),
    };
    Err(FieldProblem::new(DRAFTED_ON, Rule::R33, sentence))
}

/// R34: the report comes at the end of the service.
///
/// # Errors
/// While the service still runs.
pub fn deliverable(kind: DocumentKind, status: DossierStatus) -> Result<(), Refusal> {
    match (kind, status) {
        (DocumentKind::FinalReport, DossierStatus::Running) => Err(Refusal::new(
            Rule::R34,
            "La relazione si consegna a conclusione del servizio: concludi prima le cinque attività, o registra l'interruzione.",
        )),
        _ => Ok(()),
    }
}

/// The rule that asks for a part.
fn rule_of(kind: DocumentKind, part: &Part) -> Rule {
    match (kind, part.needed) {
        (DocumentKind::FinalReport, Needed::OnFailure) => Rule::R35,
        (DocumentKind::FinalReport, Needed::Always) => Rule::R34,
        _ => Rule::R33,
    }
}

fn too_long(kind: DocumentKind, part: &Part, text: &str) -> Option<FieldProblem> {
    let length = text.chars().count();
    let sentence = || format!("«{}» ha {length} caratteri: accorcia il testo entro {PART_LIMIT}.", part.title);
    (length > PART_LIMIT).then(|| FieldProblem::new(part.name, rule_of(kind, part), sentence()))
}
