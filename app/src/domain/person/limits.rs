//! What a person can sustain (R30): a help for planning, health data, never a diagnosis.

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

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
}

silent_debug!(PersonLimits);
