//! Where an activity stands.

use serde::{Deserialize, Serialize};

use crate::domain::rulebook::ActivityCode;

/// The state of an activity; only *Terminata* is in the manual, the first two names are ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivityState {
    /// Da avviare: no session yet.
    NotStarted,
    /// In corso: at least one session was entered.
    InProgress,
    /// Terminata: final.
    Closed,
}

impl ActivityState {
    /// All states.
    pub const ALL: [Self; 3] = [Self::NotStarted, Self::InProgress, Self::Closed];

    /// By what is stored: closed or not, and whether any session was ever entered.
    pub fn of(closed: bool, has_sessions: bool) -> Self {
        match (closed, has_sessions) {
            (true, _) => Self::Closed,
            (false, true) => Self::InProgress,
            (false, false) => Self::NotStarted,
        }
    }

    /// The word on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::NotStarted => "Da avviare",
            Self::InProgress => "In corso",
            Self::Closed => "Terminata",
        }
    }
}

/// The part of an activity that rules look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityFrame {
    /// Which one.
    pub code: ActivityCode,
    /// Agreed minutes, frozen at admission (R9).
    pub agreed: u32,
    /// Whether it takes place at the employer's (R15).
    pub at_employer: bool,
    /// Whether it is *Terminata* (R37).
    pub closed: bool,
}
