//! The append-only log (R42): one row per change in the transaction that makes it, chained by hash. There is one chain per dossier, whose
//! payloads are sealed for the person, one per provider for its administration, and one for the system.

mod chain;
mod payload;
mod snapshot;

use app::domain::{
    audit::{AuditAction, Change, HistoryEntry},
    ids::{AccountId, ProviderId},
    provider::Actor,
    time::LocalInstant,
};
use chrono::{DateTime, Utc};
use serde::Serialize;

pub(super) use payload::{Administered, Event};
pub(super) use snapshot::{ActivitySnapshot, DocumentSnapshot, DossierSnapshot, Snapshot, changes, reason_in_words};

use self::payload::{Clear, Payload};
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

/// A row of a chain, as it leaves with its dossier.
#[derive(Serialize)]
pub(super) struct ChainedRow {
    chain: String,
    number: i64,
    at: DateTime<Utc>,
    at_local: LocalInstant,
    account: Option<AccountId>,
    actor: String,
    action: AuditAction,
    request_id: String,
    subject: String,
    changes: Vec<Change>,
    sealed: String,
    previous: String,
    hash: String,
}

/// A chain, by how it keeps its payloads.
pub(super) struct Chain<P> {
    name: String,
    payload: P,
}

impl Chain<Clear> {
    /// The chain of a provider: itself, its sites and who works there.
    pub fn of_provider(provider: ProviderId) -> Self {
        Self { name: format!("provider:{provider}"), payload: Clear }
    }

    /// The chain of what all providers share.
    pub fn of_system() -> Self {
        Self { name: "system".to_owned(), payload: Clear }
    }
}

impl<P: Payload> Chain<P> {
    /// Appends a row.
    pub async fn append(&self, work: &mut Work, author: Author<'_>, action: AuditAction, event: &Event<P::Of>) -> Attempt<()> {
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
            payload: self.payload.write(&audit_context(&self.name, number), event)?,
            previous,
            hash: Vec::new(),
        };
        row.hash = chain::hash(&row);
        Ok(work.uow.insert_audit(&row).await?)
    }
}

impl Chain<PersonKey> {
    /// The chain of a request or dossier.
    pub async fn of(work: &mut Work, opal: &OpalRecord) -> Attempt<Self> {
        Ok(Self { name: format!("opal:{}", opal.id), payload: key_of(work, opal.person).await? })
    }

    /// What a row tells. One that does not open is shown for what is left of it: the history never hides that something happened, and the
    /// chain covers the bytes as they are kept, so a person whose key was dropped does not break it.
    fn opened(&self, row: &AuditRecord) -> Option<Event> {
        self.payload.open_json(&audit_context(&row.chain, row.number), &row.payload).ok()
    }

    /// The rows as they are kept, oldest first, with what each tells where it still opens; and whether the chain is whole. Their hashes can
    /// be computed anew from what is here (`chain::hash`).
    pub async fn rows(&self, work: &mut Work) -> Attempt<(Vec<ChainedRow>, bool)> {
        let rows = work.uow.audit_chain(&self.name).await?;
        let whole = chain::is_whole(&rows);
        let told = |row: AuditRecord| {
            let (subject, changes) = in_words(self.opened(&row));
            ChainedRow {
                chain: row.chain,
                number: row.number,
                at: row.at,
                at_local: row.at_local,
                account: row.account,
                actor: row.actor,
                action: row.action,
                request_id: row.request_id,
                subject,
                changes,
                sealed: hex::encode(row.payload),
                previous: hex::encode(row.previous),
                hash: hex::encode(row.hash),
            }
        };
        Ok((rows.into_iter().map(told).collect(), whole))
    }

    /// The history as far as the actor may read it, newest first, and whether the chain is whole.
    pub async fn history(&self, work: &mut Work, actor: &Actor) -> Attempt<(Vec<HistoryEntry>, bool)> {
        let rows = work.uow.audit_chain(&self.name).await?;
        let intact = chain::is_whole(&rows);
        let mut entries = Vec::with_capacity(rows.len());
        for row in rows.into_iter().rev() {
            let event = self.opened(&row);
            let coach = event.as_ref().and_then(|event| event.after.as_ref()).and_then(Snapshot::coach);
            if coach.is_some_and(|coach| !policy::sees(actor, coach)) {
                continue;
            }
            let (subject, changes) = in_words(event);
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

/// To what it happened, and what it changed.
fn in_words(event: Option<Event>) -> (String, Vec<Change>) {
    event.map(|event| (event.subject, changes(event.before.as_ref(), event.after.as_ref()))).unwrap_or_default()
}
