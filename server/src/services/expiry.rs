//! The end of a voucher (R38), written down: the closure on the day after its last, and the read-only state once the days after it are over.
//!
//! Rules and pages judge by the dates already; the job only makes the history say it. Harmless at any time, in any number of processes: each
//! dossier is judged again in the transaction that writes it.

use app::{
    domain::{audit::AuditAction, dossier::DossierStatus, ids::OpalId},
    ports::{PortError, PortResult},
};
use async_trait::async_trait;
use chrono::TimeDelta;

use super::{
    Services,
    agenda::read_only,
    audit::{Author, Chain, DossierSnapshot, Event, Snapshot},
    dossiers::DossierFacts,
    transact::{Attempt, Failure, UseCase, Work},
};
use crate::store::records::{DossierEnding, OpalRecord};

/// How many dossiers are looked up at a time.
const BATCH: u32 = 100;
/// How long one process has the job to itself; real time.
const LEASE: TimeDelta = TimeDelta::minutes(4);

/// Writes down what has ended, in the one process that holds the lease, and says how many events that made.
///
/// # Errors
/// The store does not answer; what was written before stays.
pub async fn run_once(services: &Services) -> PortResult<u64> {
    if services.write(Lease).await? { services.expire_vouchers().await } else { Ok(0) }
}

impl Services {
    /// Writes down what has ended and says how many events that made: also what days of standstill have left undone.
    ///
    /// # Errors
    /// The store does not answer; what was written before stays.
    pub async fn expire_vouchers(&self) -> PortResult<u64> {
        let mut written = 0;
        for step in [Step::Expire, Step::Archive] {
            loop {
                let before = written;
                for id in self.read(Due { step }).await? {
                    written += u64::from(self.write(End { id, step }).await?);
                }
                if written == before {
                    break;
                }
            }
        }
        Ok(written)
    }
}

/// What is written down.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// The voucher has ended.
    Expire,
    /// Nothing may change any more.
    Archive,
}

/// Spares several processes the same work; it is not what makes the work safe.
struct Lease;

#[async_trait]
impl UseCase for Lease {
    type Answer = bool;

    async fn run(&self, work: &mut Work) -> Attempt<bool> {
        Ok(work.uow.take_lease("expiry", work.services.process, work.at, work.at + LEASE).await?)
    }
}

struct Due {
    step: Step,
}

#[async_trait]
impl UseCase for Due {
    type Answer = Vec<OpalId>;

    async fn run(&self, work: &mut Work) -> Attempt<Vec<OpalId>> {
        let today = work.now.today();
        Ok(match self.step {
            Step::Expire => work.uow.expiring(today, BATCH).await?,
            Step::Archive => {
                let ended = read_only(work.rulebook(), today);
                work.uow.archiving(&ended, BATCH).await?
            }
        })
    }
}

/// Writes down one end, unless it is written already or the day has not come.
struct End {
    id: OpalId,
    step: Step,
}

#[async_trait]
impl UseCase for End {
    type Answer = bool;

    async fn run(&self, work: &mut Work) -> Attempt<bool> {
        let opal = work.uow.opal_unscoped(self.id).await?.ok_or(PortError::NotFound)?;
        let Some(dossier) = DossierFacts::of_all(work, vec![opal]).await?.pop() else { return Err(Failure::defect("a dossier was lost")) };
        let (today, frame) = (work.now.today(), dossier.frame);
        let OpalRecord { ending, version, opal_code, .. } = &dossier.opal;
        let (event, from, written) = match self.step {
            Step::Expire => (AuditAction::DossierExpired, frame.closed_from(), ending.expired_at),
            Step::Archive => (AuditAction::DossierArchived, frame.read_only_from(work.rulebook()), ending.archived_at),
        };
        if today < from || written.is_some() {
            return Ok(false);
        }
        let next = match self.step {
            Step::Expire => DossierEnding { expired_at: Some(work.at), ..ending.clone() },
            Step::Archive => DossierEnding { archived_at: Some(work.at), ..ending.clone() },
        };
        if !work.uow.keep_ending(self.id, &next, *version).await? {
            return Ok(false);
        }
        // By its dates it was so before: what it was until then is what the history tells.
        let concluded = dossier.concluded_on().is_some();
        let before = frame.status(work.rulebook(), from.pred_opt().unwrap_or(from), concluded);
        let after = if self.step == Step::Archive { DossierStatus::ReadOnly } else { frame.status(work.rulebook(), from, concluded) };
        let snapshot = |status| Some(Snapshot::Dossier(DossierSnapshot::of(status)));
        let event_of = Event { subject: opal_code.clone(), before: snapshot(before), after: snapshot(after) };
        Chain::of(work, &dossier.opal).await?.append(work, Author::System, event, &event_of).await?;
        Ok(true)
    }
}
