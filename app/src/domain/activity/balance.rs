//! Hours of an activity: agreed, used, entered, remaining. The one place where they are added up.

use serde::{Deserialize, Serialize};

use crate::domain::session::SessionState;

/// Minutes of one activity, or of a whole dossier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursBalance {
    /// Ore concordate.
    pub agreed: u32,
    /// Inserite: written down, not yet counted.
    pub entered: u32,
    /// Programmate and avviate.
    pub planned: u32,
    /// Erogate.
    pub delivered: u32,
}

impl HoursBalance {
    /// Adds up sessions given as state and minutes.
    pub fn of(agreed: u32, sessions: impl IntoIterator<Item = (SessionState, u32)>) -> Self {
        sessions.into_iter().fold(Self { agreed, ..Self::default() }, |mut sum, (state, minutes)| {
            match state {
                SessionState::Entered => sum.entered += minutes,
                SessionState::Scheduled | SessionState::Started => sum.planned += minutes,
                SessionState::Delivered => sum.delivered += minutes,
                SessionState::Cancelled | SessionState::NotDelivered => {}
            }
            sum
        })
    }

    /// Programmate + avviate + erogate: what R19 holds against the agreed hours.
    pub fn used(&self) -> u32 {
        self.planned + self.delivered
    }

    /// Agreed less used.
    pub fn remaining(&self) -> u32 {
        self.agreed.saturating_sub(self.used())
    }

    /// Agreed less used and entered: what no session takes yet.
    pub fn unplanned(&self) -> u32 {
        self.remaining().saturating_sub(self.entered)
    }

    /// The sum over activities.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            agreed: self.agreed + other.agreed,
            entered: self.entered + other.entered,
            planned: self.planned + other.planned,
            delivered: self.delivered + other.delivered,
        }
    }
}

/// What minutes are worth at an hourly rate, in cents.
pub fn value_cents(minutes: u32, rate_cents: i64) -> i64 {
    i64::from(minutes) * rate_cents / 60
}
