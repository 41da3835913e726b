//! Refusals by provider and category (R8): counts for those who look over a provider, about no person.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::RefusalCategory;
use crate::domain::{
    rulebook::{FieldProblem, Rule},
    time::LocalInstant,
};

/// The period as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusalsForm {
    /// The first day; empty for 1 January.
    pub from: String,
    /// The last day; empty for today.
    pub to: String,
}

/// The days looked at, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first.
    pub from: NaiveDate,
    /// The last.
    pub to: NaiveDate,
}

impl RefusalsForm {
    /// Makes the period; what is left empty is this year up to today.
    ///
    /// # Errors
    /// One problem for each value that cannot be read.
    pub fn check(&self, today: NaiveDate) -> Result<Period, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let mut day = |field: &'static str, value: &str| {
            let value = value.trim();
            let day = NaiveDate::parse_from_str(value, "%Y-%m-%d").ok();
            if day.is_none() && !value.is_empty() {
                problems.push(FieldProblem::new(field, Rule::R8, "La data non esiste: scrivila come giorno, mese e anno."));
            }
            day
        };
        let (from, to) = (day("from", &self.from), day("to", &self.to));
        let to = to.unwrap_or_else(|| today.max(from.unwrap_or(today)));
        let from = from.unwrap_or_else(|| NaiveDate::from_ymd_opt(to.year(), 1, 1).unwrap_or(to));
        if problems.is_empty() && from > to {
            problems.push(FieldProblem::new("to", Rule::R8, "La seconda data precede la prima: scambiale."));
        }
        if problems.is_empty() { Ok(Period { from, to }) } else { Err(problems) }
    }
}

/// What a provider decided in the period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderRefusals {
    /// The provider's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Requests admitted.
    pub admitted: u64,
    /// Requests refused, by category in the order of [`RefusalCategory::ALL`].
    pub refused: [u64; RefusalCategory::ALL.len()],
}

impl ProviderRefusals {
    /// Requests refused.
    pub fn refusals(&self) -> u64 {
        self.refused.iter().sum()
    }

    /// Requests decided by the provider.
    pub fn decisions(&self) -> u64 {
        self.admitted + self.refusals()
    }

    /// Refusals in a hundred decisions, rounded; none without decisions.
    pub fn percent(&self) -> u64 {
        let decisions = self.decisions();
        (200 * self.refusals() + decisions).checked_div(2 * decisions).unwrap_or_default()
    }
}

/// The page "Rifiuti per ente".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusalsReport {
    /// The days looked at.
    pub period: Period,
    /// The providers with decisions in them, by name.
    pub rows: Vec<ProviderRefusals>,
    /// The Rome wall clock, by the server.
    pub now: LocalInstant,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, to: &str) -> Result<[String; 2], Vec<String>> {
        let form = RefusalsForm { from: from.to_owned(), to: to.to_owned() };
        let checked = form.check("2026-11-23".parse().unwrap());
        checked
            .map(|period| [period.from, period.to].map(|day| day.to_string()))
            .map_err(|wrong| wrong.into_iter().map(|wrong| wrong.field).collect())
    }

    #[test]
    fn r8_the_period_is_this_year_unless_somebody_says_otherwise() {
        let is = |from: &str, to: &str| Ok([from.to_owned(), to.to_owned()]);
        assert_eq!(period("", ""), is("2026-01-01", "2026-11-23"));
        assert_eq!(period("2025-03-01", ""), is("2025-03-01", "2026-11-23"));
        assert_eq!(period("", "2025-03-31"), is("2025-01-01", "2025-03-31"));
        assert_eq!(period("2026-11-23", "2026-11-23"), is("2026-11-23", "2026-11-23"));
    }

    #[test]
    fn r8_a_period_that_cannot_be_is_told_beside_its_field() {
        assert_eq!(period("2026-02-30", "x"), Err(vec!["from".to_owned(), "to".to_owned()]));
        assert_eq!(period("2026-11-24", "2026-11-23"), Err(vec!["to".to_owned()]));
    }

    #[test]
    fn r8_the_share_is_of_the_decisions_and_rounded() {
        let percent = |admitted, refused| ProviderRefusals { code: String::new(), name: String::new(), admitted, refused }.percent();
        assert_eq!([percent(0, [0, 0]), percent(1, [1, 1]), percent(199, [1, 0]), percent(7, [0, 0])], [0, 67, 1, 0]);
    }
}
