//! One use case, one transaction: begun, run, committed, and begun anew when another transaction was in the way.

use std::time::Duration;

use app::{
    domain::{
        audit::Change,
        ids::FileId,
        rulebook::{Finding, Refusal, Rulebook},
        time::LocalInstant,
    },
    ports::{PortError, PortResult},
};
use async_trait::async_trait;
use chrono::{DateTime, SubsecRound, Utc};
use tracing::Instrument;

use super::Services;
use crate::{
    files::Pending,
    ids::{new_id, random_bytes},
    sealing::{MasterKey, PersonKey, SealError},
    store::{StoreError, StoreResult, UnitOfWork, documents::FileRecord},
};

/// How often a use case is begun anew.
const RETRIES: u32 = 5;
/// What evidence keeps of an instant: both databases give back microseconds.
const MICROSECONDS: u16 = 6;

tokio::task_local! {
    /// Finds the use cases of one request in the server's log.
    static REQUEST_ID: String;
}

/// Runs a future whose use cases are written down under a request's id.
pub async fn within_request<T>(id: String, future: impl Future<Output = T>) -> T {
    REQUEST_ID.scope(id, future).await
}

/// Why a use case did not happen; nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// It answers so.
    #[error(transparent)]
    Port(#[from] PortError),
    /// The store does.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The result of a use case within its transaction.
pub(super) type Attempt<T> = Result<T, Failure>;

/// A use case: what was asked, and how it is answered. It may run several times, so it has no effect outside the database but files that go again with it.
#[async_trait]
pub(super) trait UseCase: Send + Sync + 'static {
    /// What it answers.
    type Answer: Send + 'static;

    /// Answers within one transaction; an error rolls everything back.
    async fn run(&self, work: &mut Work) -> Attempt<Self::Answer>;
}

/// A transaction under way, with the one moment that the whole use case is judged by.
pub(super) struct Work {
    /// The transaction.
    pub uow: Box<dyn UnitOfWork>,
    /// The Rome wall clock.
    pub now: LocalInstant,
    /// The real instant, as evidence.
    pub at: DateTime<Utc>,
    /// The request under way.
    pub request_id: String,
    /// The services, for their keys.
    pub services: Services,
    /// The rules as this transaction sees them.
    rulebook: Rulebook,
    /// Files that the transaction tells of: they go again unless it is committed.
    files: Vec<Pending>,
}

impl Work {
    /// The rules.
    pub fn rulebook(&self) -> &Rulebook {
        &self.rulebook
    }

    /// Puts a file, sealed; it stays when the transaction does.
    pub async fn put(&mut self, key: &PersonKey, bytes: &[u8]) -> Attempt<FileRecord> {
        let put = self.services.papers.files.put(FileId(new_id()), key, bytes).await;
        let pending = put.map_err(|error| PortError::Unavailable(Box::new(error)))?;
        let known = pending.key();
        let record = FileRecord { id: known.id, sha256: known.sha256.to_vec(), size: known.size };
        self.files.push(pending);
        Ok(record)
    }

    /// The master key.
    pub fn master(&self) -> &MasterKey {
        &self.services.master
    }
}

impl Services {
    /// Runs a use case that only reads, over one consistent state.
    pub(super) async fn read<U: UseCase>(&self, case: U) -> PortResult<U::Answer> {
        self.detached(case, Access::Read).await
    }

    /// Runs a use case that writes: all of it is stored, or nothing.
    pub(super) async fn write<U: UseCase>(&self, case: U) -> PortResult<U::Answer> {
        self.detached(case, Access::Write).await
    }

    /// Runs in a task of its own: a dropped connection must neither leave a half-done use case nor a transaction that nobody ends.
    async fn detached<U: UseCase>(&self, case: U, access: Access) -> PortResult<U::Answer> {
        let services = self.clone();
        let request_id = REQUEST_ID.try_with(Clone::clone).unwrap_or_default();
        let task = async move { services.repeated(&case, access, request_id).await };
        tokio::spawn(task.in_current_span()).await.map_err(|error| PortError::Internal(Box::new(error)))?
    }

    async fn repeated<U: UseCase>(&self, case: &U, access: Access, request_id: String) -> PortResult<U::Answer> {
        let now = LocalInstant(self.clock.rome_now().0.trunc_subsecs(MICROSECONDS));
        let at = self.clock.now_utc().trunc_subsecs(MICROSECONDS);
        let mut tries = 0;
        loop {
            let attempt = async {
                let mut uow = access.begin(self).await?;
                let rulebook = self.rulebook.of(uow.as_mut()).await?;
                let mut work = Work { uow, now, at, request_id: request_id.clone(), services: self.clone(), rulebook, files: Vec::new() };
                let answer = case.run(&mut work).await?;
                // A commit may be answered by an error and stand nevertheless; a file too many goes with the sweep.
                for file in work.files.drain(..) {
                    file.keep();
                }
                work.uow.commit().await?;
                Ok::<_, Failure>(answer)
            };
            match attempt.await {
                Err(Failure::Store(error)) if tries < RETRIES && is_race(&error) => {
                    tokio::time::sleep(pause(tries)).await;
                    tries += 1;
                }
                result => return result.map_err(PortError::from),
            }
        }
    }
}

/// What a transaction may do.
#[derive(Clone, Copy)]
enum Access {
    Read,
    Write,
}

impl Access {
    async fn begin(self, services: &Services) -> StoreResult<Box<dyn UnitOfWork>> {
        match self {
            Self::Read => services.store.read().await,
            Self::Write => services.store.write().await,
        }
    }
}

/// Whether the same use case may find another state: two that add the same row at once show as a value that exists already.
fn is_race(error: &StoreError) -> bool {
    matches!(error, StoreError::Busy(_) | StoreError::Exists { .. })
}

/// Longer each time, and never the same for two that were in each other's way.
fn pause(tries: u32) -> Duration {
    let [jitter] = random_bytes::<1>();
    Duration::from_millis(10 << tries).mul_f64(0.5 + f64::from(jitter) / 256.0)
}

impl From<Failure> for PortError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Port(error) => error,
            Failure::Store(error @ (StoreError::Busy(_) | StoreError::Unavailable(_))) => Self::Unavailable(Box::new(error)),
            Failure::Store(error) => Self::Internal(Box::new(error)),
        }
    }
}

impl From<SealError> for Failure {
    fn from(error: SealError) -> Self {
        Self::Port(PortError::Internal(Box::new(error)))
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Port(PortError::Refused(vec![refusal]))
    }
}

impl Failure {
    /// What the rules found, all of it.
    pub fn refused(findings: &[Finding]) -> Self {
        Self::Port(PortError::Refused(findings.iter().map(Refusal::from).collect()))
    }

    /// Somebody was faster.
    pub fn conflict(changes: Vec<Change>) -> Self {
        Self::Port(PortError::Conflict(changes))
    }

    /// Stored data that contradict each other, or a value that cannot be written: a defect. Nothing personal belongs in `what`.
    pub fn defect(what: &'static str) -> Self {
        Self::Port(PortError::Internal(what.into()))
    }
}
