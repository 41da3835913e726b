//! The append-only log (R42): one row per change in the transaction that makes it, chained by hash per dossier, its payload sealed for the person.

mod chain;
mod snapshot;

use app::domain::{
    audit::{AuditAction, HistoryEntry},
    ids::AccountId,
    provider::Actor,
};
use serde::{Deserialize, Serialize};

pub(super) use snapshot::{ActivitySnapshot, Snapshot, changes, reason_in_words};

use super::{
    policy,
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

impl<'a> Author<'a> {
    /// The name in the history.
    pub fn name(self) -> &'a str {
        match self {
            Self::Actor(actor) => &actor.name,
            Self::Centre => "Centro per l'impiego",
            Self::System => "Sistema",
        }
    }

    fn account(self) -> Option<AccountId> {
        match self {
            Self::Actor(actor) => Some(actor.account),
            Self::Centre | Self::System => None,
        }
    }
}

/// What happened to what, as it is sealed.
#[derive(Serialize, Deserialize)]
pub(super) struct Event {
    /// To what, in words.
    pub subject: String,
    /// How it was.
    pub before: Option<Snapshot>,
    /// How it is.
    pub after: Option<Snapshot>,
}

/// The chain of one dossier, its request included.
pub(super) struct Chain {
    name: String,
    key: PersonKey,
}

impl Chain {
    /// The chain of a request or dossier.
    pub async fn of(work: &mut Work, opal: &OpalRecord) -> Attempt<Self> {
        Ok(Self { name: format!("opal:{}", opal.id), key: key_of(work, opal.person).await? })
    }

    /// Appends a row.
    pub async fn append(&self, work: &mut Work, author: Author<'_>, action: AuditAction, event: &Event) -> Attempt<()> {
        let last = work.uow.last_audit(&self.name).await?;
        let (number, previous) = last.map_or((1, chain::BEGINNING.to_vec()), |last| (last.number + 1, last.hash));
        let mut row = AuditRecord {
            chain: self.name.clone(),
            number,
            at: work.at,
            at_local: work.now,
            account: author.account(),
            actor: author.name().to_owned(),
            action,
            request_id: work.request_id.clone(),
            sealed: self.key.seal_json(&audit_context(&self.name, number), event)?,
            previous,
            hash: Vec::new(),
        };
        row.hash = chain::hash(&row);
        Ok(work.uow.insert_audit(&row).await?)
    }

    /// The history as far as the actor may read it, newest first, and whether the chain is whole.
    pub async fn history(&self, work: &mut Work, actor: &Actor) -> Attempt<(Vec<HistoryEntry>, bool)> {
        let rows = work.uow.audit_chain(&self.name).await?;
        let intact = chain::is_whole(&rows);
        let mut entries = Vec::with_capacity(rows.len());
        for row in rows.into_iter().rev() {
            // A row that does not open is shown for what is left of it: the history never hides that something happened, and the
            // chain covers the sealed bytes, so a person whose key was dropped does not break it.
            let event = self.key.open_json::<Event>(&audit_context(&row.chain, row.number), &row.sealed).ok();
            let coach = event.as_ref().and_then(|event| event.after.as_ref()).and_then(Snapshot::coach);
            if coach.is_some_and(|coach| !policy::sees(actor, coach)) {
                continue;
            }
            let (subject, changes) =
                event.map(|event| (event.subject, changes(event.before.as_ref(), event.after.as_ref()))).unwrap_or_default();
            entries.push(HistoryEntry {
                number: row.number,
                at: row.at,
                at_local: row.at_local,
                actor: row.actor,
                action: row.action,
                subject,
                changes,
            });
        }
        Ok((entries, intact))
    }
}
