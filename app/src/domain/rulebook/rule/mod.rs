//! The rules R1 to R43: their numbers, and what each is called, rests on, does and lives in.

mod table;

pub use table::Rule;

use crate::domain::words::words;

words! {
    /// What a rule does when it speaks.
    pub enum Kind else "not a kind of rule" {
        /// Refuses the action.
        Hard = "hard", "blocco";
        /// Wants a confirmation.
        Soft = "soft", "avviso";
        /// Is applied by the calendar, without anybody asking.
        Auto = "auto", "automatica";
        /// Says what a document holds.
        Doc = "doc", "documento";
    }
}

impl std::fmt::Display for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Rule {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|rule| rule.as_str() == text).ok_or("a rule is R1 to R43")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_written_and_read_as_the_manual_analysis_numbers_it() {
        for (rule, number) in Rule::ALL.into_iter().zip(1..) {
            assert_eq!(rule.to_string(), format!("R{number}"));
            assert_eq!(rule.as_str().parse(), Ok(rule));
            assert_eq!(serde_json::to_value(rule).unwrap(), rule.as_str());
        }
        assert_eq!(Rule::ALL.len(), 43);
        for wrong in ["R0", "R44", "R07", "r7", "7", ""] {
            assert!(wrong.parse::<Rule>().is_err() && serde_json::from_value::<Rule>(wrong.into()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn rules_are_ordered_by_number() {
        assert!(Rule::ALL.is_sorted() && Rule::R9 < Rule::R10);
    }

    #[test]
    fn every_rule_is_described_and_says_where_it_lives_or_why_it_does_not_yet() {
        for rule in Rule::ALL {
            assert!(!rule.title().is_empty() && rule.title().chars().count() <= 60 && !rule.title().ends_with('.'), "{rule}");
            assert!(!rule.kinds().is_empty() && rule.kinds().is_sorted() && !rule.source().is_empty(), "{rule}");
            assert!(!rule.places().is_empty() || rule.remark().is_some(), "{rule}");
        }
    }
}
