//! Providers, sites and coaches as other areas see them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::ids::{CoachId, ProviderId, SiteId};

/// An accredited body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Provider {
    /// Its id.
    pub id: ProviderId,
    /// The code the employment centres use, such as `E001`.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// A site (sede territoriale) of a provider.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Site {
    /// Its id.
    pub id: SiteId,
    /// The provider it belongs to.
    pub provider: ProviderId,
    /// The code the employment centres use, such as `E001-PD`.
    pub code: String,
    /// The town.
    pub town: String,
}

/// A coach: an operator of the provider who may deliver sessions (S16).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coach {
    /// Its id.
    pub id: CoachId,
    /// The name shown.
    pub name: String,
    /// The site where the coach works.
    pub site: SiteId,
    /// First day as a coach.
    pub active_from: NaiveDate,
    /// Last day as a coach, when known.
    pub active_to: Option<NaiveDate>,
}

impl Coach {
    /// Whether the coach may deliver on that day (S16).
    pub fn is_active_on(&self, on: NaiveDate) -> bool {
        self.active_from <= on && self.active_to.is_none_or(|last| on <= last)
    }
}

/// A coach in a list of choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoachName {
    /// Its id.
    pub id: CoachId,
    /// The name shown.
    pub name: String,
}
