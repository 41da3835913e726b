//! What an event tells and how a chain keeps it. The chain covers the bytes as they are kept, sealed or clear.

use app::domain::{
    ids::CoachId,
    provider::{Provider, Standing, StandingEntry},
    request::intake::{EmploymentCentre, NewSite},
    rulebook::RulebookVersion,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    super::transact::{Attempt, Failure},
    Snapshot,
};
use crate::sealing::{PersonKey, Seal};

/// What happened to what.
#[derive(Serialize, Deserialize)]
pub(in crate::services) struct Event<T = Snapshot> {
    /// To what, in words.
    pub subject: String,
    /// How it was.
    pub before: Option<T>,
    /// How it is.
    pub after: Option<T>,
}

/// How a chain keeps its payloads; the type says what its events may be of, so that nothing personal gets into a clear one.
pub(in crate::services) trait Payload {
    /// What its events are of.
    type Of: Serialize;

    /// The bytes of an event at its place in the chain.
    fn write(&self, context: &[u8], event: &Event<Self::Of>) -> Attempt<Vec<u8>>;
}

/// Sealed under the key of the person it is about: dropping the key erases it.
impl Payload for PersonKey {
    type Of = Snapshot;

    fn write(&self, context: &[u8], event: &Event) -> Attempt<Vec<u8>> {
        Ok(self.seal_json(context, event)?)
    }
}

/// Clear JSON. It needs no key, and so outlives a change of the master key: a row that is never changed cannot be sealed anew.
pub(in crate::services) struct Clear;

impl Payload for Clear {
    type Of = Administered;

    fn write(&self, _: &[u8], event: &Event<Administered>) -> Attempt<Vec<u8>> {
        serde_json::to_vec(event).map_err(|_| Failure::defect("an event cannot be written down"))
    }
}

/// What is administered, at one moment. No field of it is about a beneficiary.
#[derive(Serialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub(in crate::services) enum Administered {
    /// A provider.
    Provider {
        /// Its code.
        code: String,
        /// Its name.
        name: String,
        /// Whether it may take requests (R40).
        active: bool,
    },
    /// A decision about a provider (R40).
    Standing {
        /// Its first day.
        from: NaiveDate,
        /// How the provider stands from then on.
        standing: Standing,
        /// Why.
        reason: String,
    },
    /// A site of a provider.
    Site {
        /// Its code.
        code: String,
        /// Its town.
        town: String,
        /// The two letters of its province.
        province: String,
    },
    /// An employment centre.
    Centre {
        /// Its code.
        code: String,
        /// Its name.
        name: String,
    },
    /// The link to a coach's calendar.
    CalendarFeed {
        /// The coach.
        coach: CoachId,
    },
    /// A version of the rulebook.
    Rulebook(Box<RulebookVersion>),
}

impl From<(&Provider, Standing)> for Administered {
    fn from((provider, standing): (&Provider, Standing)) -> Self {
        Self::Provider { code: provider.code.clone(), name: provider.name.clone(), active: standing == Standing::Active }
    }
}

impl From<&StandingEntry> for Administered {
    fn from(entry: &StandingEntry) -> Self {
        Self::Standing { from: entry.from, standing: entry.standing, reason: entry.reason.clone() }
    }
}

impl From<&NewSite> for Administered {
    fn from(site: &NewSite) -> Self {
        Self::Site { code: site.code.clone(), town: site.town.clone(), province: site.province.clone() }
    }
}

impl From<&EmploymentCentre> for Administered {
    fn from(centre: &EmploymentCentre) -> Self {
        Self::Centre { code: centre.code.clone(), name: centre.name.clone() }
    }
}

impl From<&RulebookVersion> for Administered {
    fn from(version: &RulebookVersion) -> Self {
        Self::Rulebook(Box::new(version.clone()))
    }
}
