//! The state machine of a session (domain.md 4.1): the one table of what leads where.

use crate::domain::{
    rulebook::{Finding, Reason, Rule},
    words::words,
};

words! {
    /// Where a session stands.
    pub enum SessionState else "not a state of a session" {
        /// Inserita: written down, still editable.
        Entered = "entered", "Inserita";
        /// Programmata: locked.
        Scheduled = "scheduled", "Programmata";
        /// Avviata.
        Started = "started", "Avviata";
        /// Erogata: final.
        Delivered = "delivered", "Erogata";
        /// Annullata: final, never programmed.
        Cancelled = "cancelled", "Annullata";
        /// Chiusa negativamente: final, programmed but not delivered.
        NotDelivered = "not_delivered", "Chiusa negativamente";
    }
}

words! {
    /// What can be done to a session.
    pub enum Action else "not an action on a session" {
        /// Invia a new session.
        Enter = "enter", "Invia";
        /// Modifica.
        Modify = "modify", "Modifica";
        /// Programma.
        Schedule = "schedule", "Programma";
        /// Avvia.
        Start = "start", "Avvia";
        /// Concludi erogazione.
        Complete = "complete", "Concludi erogazione";
        /// Annulla.
        Cancel = "cancel", "Annulla";
        /// Chiudi negativamente.
        CloseNegative = "close_negative", "Chiudi negativamente";
    }
}

impl SessionState {
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
            (state, action) => Err(Finding::new(action.rule_of_state(state), Reason::WrongState { action, state })),
        }
    }

    /// The action that ends a session which did not take place, when what it belongs to ends (R37, S18); a started one is for a person to end.
    pub fn release(self) -> Option<Action> {
        match self {
            Self::Entered => Some(Action::Cancel),
            Self::Scheduled => Some(Action::CloseNegative),
            Self::Started | Self::Delivered | Self::Cancelled | Self::NotDelivered => None,
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

impl Action {
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
