//! Where an activity stands.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::HoursBalance;
use crate::domain::{dossier::DossierFrame, rulebook::ActivityCode};

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

/// R14: whether "Nuova erogazione" is offered: not by another site, not when *Terminata*, with the voucher closed, or without hours left.
pub fn takes_sessions(manages: bool, state: ActivityState, hours: &HoursBalance, dossier: &DossierFrame, today: NaiveDate) -> bool {
    manages && state != ActivityState::Closed && hours.remaining() > 0 && dossier.runs(today)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r14_a_new_session_is_offered_while_the_site_manages_hours_are_left_and_the_voucher_runs() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let dossier = DossierFrame {
            admitted_on: day("2026-01-08"),
            valid_from: day("2026-01-07"),
            valid_to: day("2026-05-31"),
            interrupted_on: None,
        };
        let hours = HoursBalance { agreed: 240, planned: 180, ..HoursBalance::default() };
        let full = HoursBalance { planned: 240, ..hours };
        let (running, ended) = (day("2026-05-31"), day("2026-06-01"));
        assert!(takes_sessions(true, ActivityState::NotStarted, &hours, &dossier, running));
        assert!(takes_sessions(true, ActivityState::InProgress, &hours, &dossier, running));
        assert!(!takes_sessions(false, ActivityState::InProgress, &hours, &dossier, running));
        assert!(!takes_sessions(true, ActivityState::Closed, &hours, &dossier, running));
        assert!(!takes_sessions(true, ActivityState::InProgress, &full, &dossier, running));
        assert!(!takes_sessions(true, ActivityState::InProgress, &hours, &dossier, ended));
    }
}
