//! Decisions that are not the provider's: the clock's, when the seven days are over (R7), and the employment centre's.
//!
//! Commands and lists judge by the clock already; the job only writes it down, so that the history says it too.

use app::{
    domain::{
        audit::AuditAction,
        ids::OpalId,
        request::{Decision, RequestAction},
    },
    ports::{PortError, PortResult},
};
use async_trait::async_trait;
use chrono::TimeDelta;

use super::{
    Services,
    audit::Author,
    requests::{with_decision, write},
    transact::{Attempt, Failure, UseCase, Work},
};

/// How many requests are looked up at a time.
const BATCH: u32 = 100;
/// How long one process has the job to itself; real time.
const LEASE: TimeDelta = TimeDelta::seconds(60);

/// Cancels the requests whose term is over, in the one process that holds the lease, and says how many.
///
/// # Errors
/// The store does not answer; what was cancelled before stays.
pub async fn run_once(services: &Services) -> PortResult<u64> {
    if services.write(Lease).await? { services.lapse_overdue().await } else { Ok(0) }
}

impl Services {
    /// Cancels the requests whose term is over and says how many. Harmless at any time: each is judged again in the transaction that writes it.
    ///
    /// # Errors
    /// The store does not answer; what was cancelled before stays.
    pub async fn lapse_overdue(&self) -> PortResult<u64> {
        let mut lapsed = 0;
        loop {
            let before = lapsed;
            for id in self.read(Overdue).await? {
                lapsed += u64::from(self.write(Lapse { id }).await?);
            }
            if lapsed == before {
                return Ok(lapsed);
            }
        }
    }

    /// The employment centre takes back a request that was not decided yet.
    ///
    /// # Errors
    /// `NotFound`; R7 and R10 as for any decision.
    pub async fn withdraw(&self, id: OpalId) -> PortResult<()> {
        self.write(Withdraw { id }).await
    }
}

/// Spares several processes the same work; it is not what makes the work safe.
struct Lease;

#[async_trait]
impl UseCase for Lease {
    type Answer = bool;

    async fn run(&self, work: &mut Work) -> Attempt<bool> {
        Ok(work.uow.take_lease("lapse", work.services.process, work.at, work.at + LEASE).await?)
    }
}

struct Overdue;

#[async_trait]
impl UseCase for Overdue {
    type Answer = Vec<OpalId>;

    async fn run(&self, work: &mut Work) -> Attempt<Vec<OpalId>> {
        Ok(work.uow.overdue(work.now.today(), BATCH).await?)
    }
}

/// Cancels one request, unless somebody decided it meanwhile.
struct Lapse {
    id: OpalId,
}

#[async_trait]
impl UseCase for Lapse {
    type Answer = bool;

    async fn run(&self, work: &mut Work) -> Attempt<bool> {
        match decide(work, self.id, RequestAction::Lapse, Author::System, AuditAction::RequestLapsed).await {
            Ok(()) => Ok(true),
            Err(Failure::Port(PortError::Refused(_))) => Ok(false),
            Err(failure) => Err(failure),
        }
    }
}

struct Withdraw {
    id: OpalId,
}

#[async_trait]
impl UseCase for Withdraw {
    type Answer = ();

    async fn run(&self, work: &mut Work) -> Attempt<()> {
        decide(work, self.id, RequestAction::Withdraw, Author::Centre, AuditAction::RequestWithdrawn).await
    }
}

/// A decision that is not the provider's. It refuses before it writes anything.
async fn decide(work: &mut Work, id: OpalId, action: RequestAction, author: Author<'_>, event: AuditAction) -> Attempt<()> {
    let stored = work.uow.opal_unscoped(id).await?.ok_or(PortError::NotFound)?;
    let decision = Decision { state: stored.state, notified_on: stored.notified_local.today(), provider_active: true };
    let state = decision.take(work.rulebook(), action, work.now.today())?;
    let next = with_decision(work, &stored, state, author.name().to_owned());
    write(work, author, event, &stored, &next).await
}
