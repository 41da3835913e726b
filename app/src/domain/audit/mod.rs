//! What happened: one append-only event per change, with who, when, before and after (R42).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::time::LocalInstant;

/// What happened to something, as the history names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditAction {
    /// The employment centre's request arrived.
    RequestReceived,
    /// Ammissione al servizio.
    RequestAdmitted,
    /// Rifiuta la richiesta.
    RequestRefused,
    /// The seven days passed.
    RequestLapsed,
    /// The employment centre took it back.
    RequestWithdrawn,
    /// A session was entered.
    SessionEntered,
    /// A session was modified.
    SessionModified,
    /// A session was programmed.
    SessionScheduled,
    /// A session was started.
    SessionStarted,
    /// A session was completed.
    SessionCompleted,
    /// A session was cancelled.
    SessionCancelled,
    /// A session was closed negatively.
    SessionClosedNegative,
    /// An activity was closed.
    ActivityClosed,
}

impl AuditAction {
    /// All actions.
    pub const ALL: [Self; 13] = [
        Self::RequestReceived,
        Self::RequestAdmitted,
        Self::RequestRefused,
        Self::RequestLapsed,
        Self::RequestWithdrawn,
        Self::SessionEntered,
        Self::SessionModified,
        Self::SessionScheduled,
        Self::SessionStarted,
        Self::SessionCompleted,
        Self::SessionCancelled,
        Self::SessionClosedNegative,
        Self::ActivityClosed,
    ];

    /// The words of the history.
    pub fn label(self) -> &'static str {
        match self {
            Self::RequestReceived => "Richiesta ricevuta dal CPI",
            Self::RequestAdmitted => "Ammissione al servizio",
            Self::RequestRefused => "Richiesta rifiutata",
            Self::RequestLapsed => "Richiesta cancellata (termine scaduto)",
            Self::RequestWithdrawn => "Richiesta ritirata dal CPI",
            Self::SessionEntered => "Erogazione inserita",
            Self::SessionModified => "Erogazione modificata",
            Self::SessionScheduled => "Erogazione programmata",
            Self::SessionStarted => "Erogazione avviata",
            Self::SessionCompleted => "Erogazione conclusa",
            Self::SessionCancelled => "Erogazione annullata",
            Self::SessionClosedNegative => "Erogazione chiusa negativamente",
            Self::ActivityClosed => "Attività conclusa",
        }
    }

    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RequestReceived => "request_received",
            Self::RequestAdmitted => "request_admitted",
            Self::RequestRefused => "request_refused",
            Self::RequestLapsed => "request_lapsed",
            Self::RequestWithdrawn => "request_withdrawn",
            Self::SessionEntered => "session_entered",
            Self::SessionModified => "session_modified",
            Self::SessionScheduled => "session_scheduled",
            Self::SessionStarted => "session_started",
            Self::SessionCompleted => "session_completed",
            Self::SessionCancelled => "session_cancelled",
            Self::SessionClosedNegative => "session_closed_negative",
            Self::ActivityClosed => "activity_closed",
        }
    }
}

impl std::str::FromStr for AuditAction {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|action| action.as_str() == text).ok_or("not an action of the audit")
    }
}

/// One value that an event changed, in words for the history; opened from the sealed payload.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What, in Italian: `Data`, `Operatore`.
    pub field: String,
    /// The value before, where there was one.
    pub before: Option<String>,
    /// The value after, where there is one.
    pub after: Option<String>,
}

impl std::fmt::Debug for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Change({})", self.field)
    }
}

/// One line of a history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// Its number in the chain, from 1.
    pub number: i64,
    /// When, as evidence.
    pub at: DateTime<Utc>,
    /// When, on the Rome wall clock.
    pub at_local: LocalInstant,
    /// Who; "Sistema" for the clock.
    pub actor: String,
    /// What happened.
    pub action: AuditAction,
    /// What it happened to, such as an activity's name and a session's date.
    pub subject: String,
    /// What changed.
    pub changes: Vec<Change>,
}
