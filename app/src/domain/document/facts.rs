//! What the documents of a dossier show, before any layout: their hash tells whether the data have changed since one was issued.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::domain::{ids::SessionId, rulebook::ActivityCode, time::Span};

/// Who a document is about and whose it is: the head of every document (R31), and the references that R33 asks of an output.
///
/// The serialised form is hashed and kept for years: fields are only ever added, and left out of it while they say nothing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The provider's name.
    pub provider: String,
    /// The site addressed: its code and town.
    pub site: String,
    /// The OPAL's code.
    pub opal_code: String,
    /// Id voucher.
    pub voucher_id: String,
    /// First and last name of the person.
    pub person: String,
    /// The person's tax code.
    pub tax_code: String,
    /// The employer's name and town.
    pub employer: String,
    /// The employment centre's name.
    pub centre: String,
    /// The reference to the measure, of the rules on the first day of the voucher (R33).
    pub measure: String,
}

/// A delivered session, as a row of the register.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveredRow {
    /// The session.
    pub session: SessionId,
    /// The day.
    pub on: NaiveDate,
    /// The start, as planned.
    pub from: NaiveTime,
    /// The end, as planned.
    pub to: NaiveTime,
    /// What was done, said at the conclusion.
    pub description: String,
    /// Where.
    pub place: String,
    /// The coach's name.
    pub coach: String,
}

impl DeliveredRow {
    /// Its length in minutes.
    pub fn minutes(&self) -> u32 {
        Span::new(self.on, self.from, self.to).map_or(0, Span::minutes)
    }
}

/// An activity with what was delivered in it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityFacts {
    /// Which one.
    pub code: ActivityCode,
    /// Its name.
    pub name: String,
    /// Minutes agreed.
    pub agreed: u32,
    /// Whether it is *Terminata*.
    pub closed: bool,
    /// Its delivered sessions by day and time.
    pub rows: Vec<DeliveredRow>,
}

impl ActivityFacts {
    /// Minutes delivered.
    pub fn delivered(&self) -> u32 {
        self.rows.iter().map(DeliveredRow::minutes).sum()
    }
}

/// All that was delivered in a dossier.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceFacts {
    /// Whose it is.
    pub head: Head,
    /// The five activities in order.
    pub activities: Vec<ActivityFacts>,
}

impl ServiceFacts {
    /// Whether nothing of it can change any more: all activities are *Terminata*.
    pub fn is_closed(&self) -> bool {
        self.activities.iter().all(|activity| activity.closed)
    }

    /// Minutes delivered.
    pub fn delivered(&self) -> u32 {
        self.activities.iter().map(ActivityFacts::delivered).sum()
    }

    /// Minutes agreed.
    pub fn agreed(&self) -> u32 {
        self.activities.iter().map(|activity| activity.agreed).sum()
    }

    /// The delivered sessions, activity by activity.
    pub fn rows(&self) -> impl Iterator<Item = &DeliveredRow> {
        self.activities.iter().flat_map(|activity| &activity.rows)
    }
}

silent_debug!(Head, DeliveredRow, ActivityFacts, ServiceFacts);
