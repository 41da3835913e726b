//! What a person can sustain (R30): a help for planning, health data, never a diagnosis.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::domain::weekdays::Weekdays;

/// Personal limits; what is `None` is not limited beyond the rules for everyone.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonLimits {
    /// Most minutes in a day.
    pub max_minutes_per_day: Option<u32>,
    /// Most minutes in an ISO week.
    pub max_minutes_per_week: Option<u32>,
    /// Not before this time of day.
    pub earliest: Option<NaiveTime>,
    /// Not after this time of day.
    pub latest: Option<NaiveTime>,
    /// Only on these days of the week. Left out while there are none: the hash of a request that came before them stays what it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weekdays: Option<Weekdays>,
}

impl PersonLimits {
    /// Whether that day of the week suits the person.
    pub fn suits(&self, on: NaiveDate) -> bool {
        self.weekdays.is_none_or(|weekdays| weekdays.holds(on))
    }
}

silent_debug!(PersonLimits);
