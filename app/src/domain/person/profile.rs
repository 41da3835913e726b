//! What is known of a person, and how much of it each place shows.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{LimitBounds, PersonLimits, TaxCode};
use crate::domain::{command::Version, ids::PersonId, request::intake::Ground, rulebook::Refusal};

/// The part of a person that lists show.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonName {
    /// First name.
    pub first: String,
    /// Last name.
    pub last: String,
}

impl PersonName {
    /// `Rossi Maria`, the order of lists.
    pub fn last_first(&self) -> String {
        format!("{} {}", self.last, self.first)
    }

    /// `Maria Rossi`, the order of sentences.
    pub fn full(&self) -> String {
        format!("{} {}", self.first, self.last)
    }
}

/// The sealed part of a person: written and read only by those who open the profile.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonDetails {
    /// Tax code (codice fiscale).
    pub tax_code: TaxCode,
    /// Day of birth.
    pub birth_date: NaiveDate,
    /// Place of birth.
    pub birth_place: String,
    /// Telephone.
    pub phone: String,
    /// E-mail, when there is one.
    pub email: Option<String>,
    /// What the person can sustain (R30).
    pub limits: Option<PersonLimits>,
    /// What the employment centre said last of that: told again it is no news, and what an operator has set since then stays.
    #[serde(default)]
    pub centre_limits: Option<PersonLimits>,
}

impl PersonDetails {
    /// The details as a newer request tells them: what it leaves out stays, and limits that the employment centre only repeats are no news.
    #[must_use]
    pub fn renewed(self, told: Self) -> Self {
        let news = told.limits.filter(|limits| Some(*limits) != self.centre_limits);
        Self { email: told.email.or(self.email), limits: news.or(self.limits), centre_limits: told.limits.or(self.centre_limits), ..told }
    }
}

/// The profile page (Profilo del beneficiario, R5), for those who manage the site of the request.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonProfile {
    /// The person.
    pub id: PersonId,
    /// The name.
    pub name: PersonName,
    /// The rest.
    pub details: PersonDetails,
    /// Why the service is asked (R39).
    pub ground: Ground,
    /// What looks odd about that.
    pub ground_warning: Option<Refusal>,
    /// Counts the person's changes.
    pub version: Version,
    /// What limits may be typed; `None` once the request leads to no session any more.
    pub bounds: Option<LimitBounds>,
}

silent_debug!(PersonName, PersonDetails, PersonProfile);

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(minutes: u32) -> PersonLimits {
        PersonLimits { max_minutes_per_day: Some(minutes), ..PersonLimits::default() }
    }

    /// The limits after a request that tells `told`, when these are stored and the employment centre had said `centre`.
    fn after(stored: Option<PersonLimits>, centre: Option<PersonLimits>, told: Option<PersonLimits>) -> Option<PersonLimits> {
        let details = |limits, centre_limits| PersonDetails {
            tax_code: TaxCode::parse("RSSMRA80A01H501U").unwrap(),
            birth_date: NaiveDate::default(),
            birth_place: "Roma".to_owned(),
            phone: "1".to_owned(),
            email: None,
            limits,
            centre_limits,
        };
        let renewed = details(stored, centre).renewed(details(told, told));
        assert!(renewed.centre_limits == told.or(centre));
        renewed.limits
    }

    #[test]
    fn r30_what_an_operator_has_set_stays_until_the_employment_centre_says_something_new() {
        let cases = [
            ("never told, never set", None, None, None, None),
            ("told for the first time", None, None, Some(limits(240)), Some(limits(240))),
            ("left out", Some(limits(180)), Some(limits(240)), None, Some(limits(180))),
            ("told again", Some(limits(180)), Some(limits(240)), Some(limits(240)), Some(limits(180))),
            ("taken away by the operator and told again", None, Some(limits(240)), Some(limits(240)), None),
            ("told anew", Some(limits(180)), Some(limits(240)), Some(limits(300)), Some(limits(300))),
        ];
        for (name, stored, centre, told, expected) in cases {
            assert!(after(stored, centre, told) == expected, "{name}");
        }
    }
}
