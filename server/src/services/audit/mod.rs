//! The append-only log (R42): one row per change in the transaction that makes it, chained by hash per dossier, its payload sealed for the person.

mod chain;
mod snapshot;

use app::domain::{
    audit::{AuditAction, Change, HistoryEntry},
    ids::{AccountId, CoachId, OpalId},
    provider::Actor,
};
use serde::{Deserialize, Serialize};

pub(super) use snapshot::{ActivitySnapshot, RequestSnapshot, SessionSnapshot, Snapshot, changes};

use super::{
    sealed::{audit_context, key_of},
    transact::{Attempt, Work},
};
use crate::{
    sealing::{PersonKey, Seal},
    store::records::{AuditRecord, OpalRecord},
};

/// Who did it.
#[derive(Clone, Copy)]
pub(super) enum Author<'a> {
    /// Somebody signed in.
    Actor(&'a Actor),
    /// The employment centre, by its file.
    Centre,
    /// The clock.
    System,
}

impl Author<'_> {
    /// The name in the history.
    pub fn name(self) -> &'static str
    where
        Self: 'static,
    {
        match self {
            Author::Actor(actor) => &actor.name,
            Author::Centre => "Centro per l'impiego",
            Author::System => "Sistema",
        }
    }
}

/// What happened, as it is sealed.
#[derive(Serialize, Deserialize)]
pub(super) struct Event {
    /// To what, in words.
    pub subject: String,
    /// How it was.
    pub before: Option<Snapshot>,
    /// How it is.
    pub after: Option<Snapshot>,
}
