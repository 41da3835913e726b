//! What "Rendicontazione" is narrowed to: as typed and kept in the address, and as it is applied. Nothing in it is about a person (R4).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::PaymentRow;
use crate::domain::{
    dossier::DossierStatus,
    rulebook::{FieldProblem, Rule},
    words::words,
};

words! {
    /// Whether a dossier can be paid.
    pub enum Readiness else "neither ready nor blocked" {
        /// Nothing keeps it from being paid.
        Ready = "ready", "Pronto";
        /// Something does.
        Blocked = "blocked", "Bloccato";
    }
}

/// The mask as typed: strings, so that nothing typed is lost. The fields of the address carry these names too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PaymentForm {
    /// Part of the OPAL code.
    pub opal_code: String,
    /// Code of the site.
    pub site: String,
    /// Word of a [`DossierStatus`].
    pub status: String,
    /// First day of the period.
    pub from: String,
    /// Last day of the period.
    pub to: String,
    /// Word of a [`Readiness`].
    pub only: String,
}

/// The days between which sessions were delivered, both included where given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
}

impl Period {
    /// Whether it leaves out nothing.
    pub fn is_all(self) -> bool {
        self == Self::default()
    }
}

/// The filter that the list, its totals and its files apply; all parts must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaymentFilter {
    /// Part of the OPAL code, upper-case.
    pub opal_code: Option<String>,
    /// The site's code.
    pub site: Option<String>,
    /// The period: only sessions dated in it count, and only dossiers with such a session are taken.
    pub period: Period,
    /// Where the dossier stands.
    pub status: Option<DossierStatus>,
    /// Whether it can be paid.
    pub only: Option<Readiness>,
}

impl PaymentFilter {
    /// Whether the row is taken, as far as that needs a rule; code, site and period the query has narrowed already.
    pub fn takes(&self, row: &PaymentRow) -> bool {
        self.status.is_none_or(|status| status == row.status) && self.only.is_none_or(|only| only == row.readiness())
    }
}

impl PaymentForm {
    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Makes the filter.
    ///
    /// # Errors
    /// One problem for each value that cannot be read.
    pub fn check(&self) -> Result<PaymentFilter, Vec<FieldProblem>> {
        let mut wrong = Vec::new();
        let mut problem = |field, sentence: &str| wrong.push(FieldProblem::new(field, Rule::R4, sentence));
        let text = |value: &str| Some(value.trim()).filter(|value| !value.is_empty()).map(str::to_owned);
        let mut day = |field, value: &str| {
            let value = text(value)?;
            let day = NaiveDate::parse_from_str(&value, "%Y-%m-%d").ok();
            if day.is_none() {
                problem(field, "La data non esiste: scrivila come giorno, mese e anno.");
            }
            day
        };
        let period = Period { from: day("from", &self.from), to: day("to", &self.to) };
        if period.from.zip(period.to).is_some_and(|(from, to)| from > to) {
            problem("to", "La seconda data precede la prima: scambiale.");
        }
        let status =
            text(&self.status).and_then(|word| word.parse().map_err(|_| problem("status", "Scegli uno degli stati elencati.")).ok());
        let only = text(&self.only).and_then(|word| word.parse().map_err(|_| problem("only", "Scegli solo pronti o solo bloccati.")).ok());
        if wrong.is_empty() {
            let opal_code = text(&self.opal_code).map(|code| code.to_uppercase());
            Ok(PaymentFilter { opal_code, site: text(&self.site), period, status, only })
        } else {
            Err(wrong)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_mask_takes_everything() {
        assert_eq!(PaymentForm::default().check(), Ok(PaymentFilter::default()));
        let spaces = PaymentForm { opal_code: "  ".to_owned(), from: " ".to_owned(), ..PaymentForm::default() };
        assert_eq!(spaces.check(), Ok(PaymentFilter::default()));
    }

    #[test]
    fn every_field_of_the_mask_reaches_the_filter() {
        let [opal_code, site, status, from, to, only] =
            ["jc-2026-11", "E001-PD", "concluded", "2026-10-01", "2026-10-31", "blocked"].map(str::to_owned);
        let filter = PaymentForm { opal_code, site, status, from, to, only }.check().unwrap();
        let day = |text: &str| text.parse().ok();
        assert_eq!(
            filter,
            PaymentFilter {
                opal_code: Some("JC-2026-11".to_owned()),
                site: Some("E001-PD".to_owned()),
                period: Period { from: day("2026-10-01"), to: day("2026-10-31") },
                status: Some(DossierStatus::Concluded),
                only: Some(Readiness::Blocked),
            }
        );
    }

    #[test]
    fn what_cannot_be_read_is_said_at_its_field() {
        let [status, from, to, only] = ["finito", "2026-02-30", "2026-01-01", "forse"].map(str::to_owned);
        let wrong = PaymentForm { status, from, to, only, ..PaymentForm::default() }.check().unwrap_err();
        assert_eq!(wrong.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>(), ["from", "status", "only"]);
        let turned = PaymentForm { from: "2026-02-02".to_owned(), to: "2026-02-01".to_owned(), ..PaymentForm::default() };
        assert_eq!(turned.check().unwrap_err()[0].field, "to");
    }
}
