//! What is no longer needed goes: ended sign-ins, old searches, the answers of old commands, old notices and messages.

use std::collections::HashSet;

use app::{
    domain::{ids::FileId, time::LocalInstant},
    ports::{PortError, PortResult},
};
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};

use super::{
    Services,
    transact::{Attempt, UseCase, Work},
};
use crate::files::Swept;

/// A little shorter than the hour after which the job comes again, so that each time finds it free; real time.
const LEASE: TimeDelta = TimeDelta::minutes(59);
/// Files younger than this may belong to a transaction that is under way.
const FILES_REST: TimeDelta = TimeDelta::days(1);
/// Answers of commands are kept so long; searches as long as a sign-in.
const KEPT: TimeDelta = TimeDelta::days(60);

/// Drops what is old, in the one process that holds the lease.
///
/// # Errors
/// The store does not answer; nothing is dropped.
pub async fn run_once(services: &Services) -> PortResult<()> {
    let Some(files) = services.write(Purge).await? else { return Ok(()) };
    let swept = services.papers.files.sweep(&files.known, files.before).await.map_err(|error| PortError::Unavailable(Box::new(error)))?;
    if swept != Swept::default() {
        tracing::info!(files = swept.files, halves = swept.halves, "files that nothing tells of were deleted");
    }
    Ok(())
}

/// What is known of the files, for the sweep: it works outside the transaction, on files from before it.
struct KnownFiles {
    known: HashSet<FileId>,
    before: DateTime<Utc>,
}

struct Purge;

#[async_trait]
impl UseCase for Purge {
    /// What is known of the files, in the process that holds the lease.
    type Answer = Option<KnownFiles>;

    async fn run(&self, work: &mut Work) -> Attempt<Self::Answer> {
        let (now, limits) = (work.at, work.services.sign_ins);
        if !work.uow.take_lease("purge", work.services.process, now, now + LEASE).await? {
            return Ok(None);
        }
        work.uow.purge(now - limits.idle, now - limits.absolute, now - KEPT).await?;
        // Civil time, as they are. What still waits after so long is brought to mind once more.
        let civil = LocalInstant(work.now.0 - KEPT);
        work.uow.drop_notices(civil).await?;
        work.uow.drop_jobs(civil).await?;
        Ok(Some(KnownFiles { known: work.uow.known_files().await?, before: now - FILES_REST }))
    }
}
