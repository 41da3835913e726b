//! Refusing a request (R6, R8): the duty to take everyone, a category, and a reason in words.

use serde::{Deserialize, Serialize};

use crate::domain::{
    rulebook::{FieldProblem, Rule},
    words::words,
};

/// The text of the duty shown on the refusal form (manual 2; DGR 2238/2011 art. 13).
pub const DUTY: &str = "Gli enti accreditati ai servizi al lavoro sono tenuti alla presa in carico di tutti gli utenti, nel rispetto dei principi di non \
    discriminazione e di pari opportunità (D.G.R. 2238/11 e ss.mm.ii., art. 13). La richiesta può essere rifiutata esclusivamente in presenza di impedimenti oggettivi.";

/// The longest reason, in characters.
const REASON_MAX: usize = 2000;

words! {
    /// What kind of objective impediment.
    pub enum RefusalCategory else "not a category of refusal" {
        /// The provider's specialisation does not fit the person's needs.
        Mismatch = "mismatch", "Disallineamento tra la specializzazione dell'ente e i bisogni dell'utente";
        /// Another objective impediment.
        Other = "other", "Altro impedimento oggettivo";
    }
}

impl RefusalCategory {
    /// The first words of it, where there is no room for all.
    pub fn short(self) -> &'static str {
        match self {
            Self::Mismatch => "Disallineamento",
            Self::Other => "Altro impedimento",
        }
    }
}

/// The refusal form, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusalForm {
    /// The category's word, or empty.
    pub category: String,
    /// The reason.
    pub reason: String,
}

/// A refusal that may be confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusalReason {
    /// The category.
    pub category: RefusalCategory,
    /// The reason, trimmed.
    pub text: String,
}

impl RefusalForm {
    /// Makes the typed refusal; `shortest` is the rulebook's fewest characters.
    ///
    /// # Errors
    /// Every problem at once, in the order of the fields.
    pub fn check(&self, shortest: usize) -> Result<RefusalReason, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let category = self.category.parse().ok();
        if category.is_none() {
            problems.push(FieldProblem::new("category", Rule::R8, "Scegli il tipo di impedimento oggettivo."));
        }
        let text = self.reason.trim();
        let length = text.chars().count();
        if length < shortest {
            problems.push(FieldProblem::new(
                "reason",
                Rule::R6,
                format!("Scrivi la motivazione: servono almeno {shortest} caratteri, ce ne sono {length}."),
            ));
        } else if length > REASON_MAX {
            problems.push(FieldProblem::new(
                "reason",
                Rule::R6,
                format!("La motivazione ha {length} caratteri: accorciala entro {REASON_MAX}."),
            ));
        }
        match (category, problems.is_empty()) {
            (Some(category), true) => Ok(RefusalReason { category, text: text.to_owned() }),
            _ => Err(problems),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(category: &str, reason: &str) -> RefusalForm {
        RefusalForm { category: category.to_owned(), reason: reason.to_owned() }
    }

    #[test]
    fn r6_a_reason_of_spaces_is_no_reason() {
        let problems = form("other", "                              ").check(20).unwrap_err();
        assert_eq!(problems.len(), 1);
        assert_eq!((problems[0].field.as_str(), problems[0].rule), ("reason", Rule::R6));
    }

    #[test]
    fn r8_both_problems_of_an_empty_form_are_told_at_once() {
        let fields: Vec<_> = form("", "").check(20).unwrap_err().into_iter().map(|problem| problem.field).collect();
        assert_eq!(fields, ["category", "reason"]);
    }

    #[test]
    fn r6_a_reason_of_exactly_twenty_characters_is_enough() {
        assert!(form("mismatch", "12345678901234567890").check(20).is_ok());
        assert!(form("mismatch", "1234567890123456789").check(20).is_err());
    }
}
