//! The state machine of a session (domain.md 4.1): the one table of what leads where.

use serde::{Deserialize, Serialize};

use crate::domain::rulebook::{Finding, Reason, Rule};

/// Where a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionState {
    /// Inserita: written down, still editable.
    Entered,
    /// Programmata: locked.
    Scheduled,
    /// Avviata.
    Started,
    /// Erogata: final.
    Delivered,
    /// Annullata: final, never programmed.
    Cancelled,
    /// Chiusa negativamente: final, programmed but not delivered.
    NotDelivered,
}

/// What can be done to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Invia a new session.
    Enter,
    /// Modifica.
    Modify,
    /// Programma.
    Schedule,
    /// Avvia.
    Start,
    /// Concludi erogazione.
    Complete,
    /// Annulla.
    Cancel,
    /// Chiudi negativamente.
    CloseNegative,
}

impl SessionState {
    /// All states, in the order of a session's life.
    pub const ALL: [Self; 6] = [Self::Entered, Self::Scheduled, Self::Started, Self::Delivered, Self::Cancelled, Self::NotDelivered];

    /// The word on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Entered => "Inserita",
            Self::Scheduled => "Programmata",
            Self::Started => "Avviata",
            Self::Delivered => "Erogata",
            Self::Cancelled => "Annullata",
            Self::NotDelivered => "Chiusa negativamente",
        }
    }

    /// The word in files, URLs and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Entered => "entered",
            Self::Scheduled => "scheduled",
            Self::Started => "started",
            Self::Delivered => "delivered",
            Self::Cancelled => "cancelled",
            Self::NotDelivered => "not_delivered",
        }
    }

    /// Whether it occupies its time (R26, R29, R41): everything but what was given up.
    pub fn is_live(self) -> bool {
        !matches!(self, Self::Cancelled | Self::NotDelivered)
    }

    /// Whether its hours count as used (R19).
    pub fn uses_hours(self) -> bool {
        matches!(self, Self::Scheduled | Self::Started | Self::Delivered)
    }

    /// Whether it can still change.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Entered | Self::Scheduled | Self::Started)
    }

    /// The state after the action.
    ///
    /// # Errors
    /// The finding that refuses it: the rule of the action and the state found.
    pub fn after(self, action: Action) -> Result<Self, Finding> {
        use Action::{Cancel, CloseNegative, Complete, Enter, Modify, Schedule, Start};
        use SessionState::{Cancelled, Delivered, Entered, NotDelivered, Scheduled, Started};
        match (self, action) {
            (Entered, Enter | Modify) => Ok(Entered),
            (Entered, Schedule) => Ok(Scheduled),
            (Entered, Cancel) => Ok(Cancelled),
            (Scheduled, Start) => Ok(Started),
            (Scheduled | Started, CloseNegative) => Ok(NotDelivered),
            (Started, Complete) => Ok(Delivered),
            (state, action) => Err(Finding::new(
                action.rule_of_state(state),
                Reason::WrongState { action: action.label().to_owned(), state: state.label().to_lowercase() },
            )),
        }
    }

    /// The actions that the state offers, in the order of the buttons; `supervisor` adds the way back from a mistaken start (R22).
    pub fn offers(self, supervisor: bool) -> Vec<Action> {
        [Action::Modify, Action::Schedule, Action::Start, Action::Complete, Action::Cancel, Action::CloseNegative]
            .into_iter()
            .filter(|action| self.after(*action).is_ok())
            .filter(|action| supervisor || !(self == Self::Started && *action == Action::CloseNegative))
            .collect()
    }
}

impl std::str::FromStr for SessionState {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|state| state.as_str() == text).ok_or("not a state of a session")
    }
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 7] = [Self::Enter, Self::Modify, Self::Schedule, Self::Start, Self::Complete, Self::Cancel, Self::CloseNegative];

    /// The label of the button, in the manual's words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Enter => "Invia",
            Self::Modify => "Modifica",
            Self::Schedule => "Programma",
            Self::Start => "Avvia",
            Self::Complete => "Concludi erogazione",
            Self::Cancel => "Annulla",
            Self::CloseNegative => "Chiudi negativamente",
        }
    }

    /// The word in files, URLs and the audit.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enter => "enter",
            Self::Modify => "modify",
            Self::Schedule => "schedule",
            Self::Start => "start",
            Self::Complete => "complete",
            Self::Cancel => "cancel",
            Self::CloseNegative => "close_negative",
        }
    }

    /// Whether it judges the content of the session: the later actions trust what was locked (C2).
    pub fn plans(self) -> bool {
        matches!(self, Self::Enter | Self::Modify | Self::Schedule)
    }

    /// The rule that speaks when the state does not allow the action.
    fn rule_of_state(self, state: SessionState) -> Rule {
        match self {
            Self::Modify if state != SessionState::Scheduled => Rule::R17,
            Self::Enter | Self::Modify | Self::Schedule => Rule::R18,
            Self::Start => Rule::R20,
            Self::Complete => Rule::R21,
            Self::Cancel | Self::CloseNegative => Rule::R22,
        }
    }
}

impl std::str::FromStr for Action {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|action| action.as_str() == text).ok_or("not an action on a session")
    }
}
