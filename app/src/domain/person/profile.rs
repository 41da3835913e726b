//! What is known of a person, and how much of it each place shows.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{PersonLimits, TaxCode};
use crate::domain::ids::PersonId;

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
}

/// The profile page (Profilo del beneficiario, R5).
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonProfile {
    /// The person.
    pub id: PersonId,
    /// The name.
    pub name: PersonName,
    /// The rest.
    pub details: PersonDetails,
}

silent_debug!(PersonName, PersonDetails, PersonProfile);
