//! What is no longer needed goes: ended sign-ins, old searches, the answers of old commands, old notices and messages.

use app::{domain::time::LocalInstant, ports::PortResult};
use async_trait::async_trait;
use chrono::TimeDelta;

use super::{
    Services,
    transact::{Attempt, UseCase, Work},
};

/// A little shorter than the hour after which the job comes again, so that each time finds it free; real time.
const LEASE: TimeDelta = TimeDelta::minutes(59);
/// Answers of commands are kept so long; searches as long as a sign-in.
const KEPT: TimeDelta = TimeDelta::days(60);

/// Drops what is old, in the one process that holds the lease.
///
/// # Errors
/// The store does not answer; nothing is dropped.
pub async fn run_once(services: &Services) -> PortResult<()> {
    services.write(Purge).await
}

struct Purge;

#[async_trait]
impl UseCase for Purge {
    type Answer = ();

    async fn run(&self, work: &mut Work) -> Attempt<()> {
        let (now, limits) = (work.at, work.services.sign_ins);
        if work.uow.take_lease("purge", work.services.process, now, now + LEASE).await? {
            work.uow.purge(now - limits.idle, now - limits.absolute, now - KEPT).await?;
            // Civil time, as they are. What still waits after so long is brought to mind once more.
            let civil = LocalInstant(work.now.0 - KEPT);
            work.uow.drop_notices(civil).await?;
            work.uow.drop_jobs(civil).await?;
        }
        Ok(())
    }
}
