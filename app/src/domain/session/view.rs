//! A session as pages show it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Action, SessionState};
use crate::domain::{
    command::Version,
    ids::{CoachId, OpalId, SessionId},
    person::PersonName,
    rulebook::ActivityCode,
    time::{LocalInstant, Span},
};

/// One session in a list, with what may be done to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Its id.
    pub id: SessionId,
    /// The dossier.
    pub dossier: OpalId,
    /// The dossier's OPAL code.
    pub opal_code: String,
    /// The person.
    pub person: PersonName,
    /// The activity.
    pub activity: ActivityCode,
    /// The activity's name.
    pub activity_name: String,
    /// The coach.
    pub coach: CoachId,
    /// The coach's name.
    pub coach_name: String,
    /// When.
    pub span: Span,
    /// The note (place).
    pub note: String,
    /// Where it stands.
    pub state: SessionState,
    /// Counts its changes.
    pub version: Version,
    /// Days by which it was entered late; `None` when entered in time (R24).
    pub late_days: Option<u32>,
    /// When it was started.
    pub started_at: Option<LocalInstant>,
    /// When it was completed.
    pub completed_at: Option<LocalInstant>,
    /// The description for the register.
    pub description: Option<String>,
    /// Why it was cancelled or closed negatively.
    pub end_reason: Option<String>,
    /// The session it takes the place of.
    pub replaces: Option<SessionId>,
    /// Whether another session has taken its place.
    pub replaced: bool,
    /// The last day for acting on it (R23).
    pub last_day: NaiveDate,
    /// What this actor may do to it now.
    pub actions: Vec<Action>,
}
