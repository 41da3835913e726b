//! The outbox: what is to happen outside is written in the transaction that wants it, and done afterwards at most once.
//!
//! A claim is committed before anything is sent, and the outcome is written after. When a process ends in between, nobody knows whether the
//! message left; it is then given up and never sent again (docs/decisions/0006). A refusal that the mail server states is certain, and is
//! tried again with growing pauses.

use app::{
    domain::{
        agenda::Digest,
        ids::AccountId,
        time::{LocalInstant, plus_days},
    },
    ports::PortResult,
};
use async_trait::async_trait;
use chrono::{NaiveDate, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Services,
    accounts::actor_of,
    notices::reach,
    transact::{Attempt, Failure, UseCase, Work},
};
use crate::{
    ids::new_id,
    store::{JobEnd, OutboxRecord},
};

/// When the message of a day leaves, on the Rome wall clock.
const DIGEST_AT: NaiveTime = match NaiveTime::from_hms_opt(7, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};
/// Longer than any attempt may take; real time.
const CLAIM: TimeDelta = TimeDelta::minutes(10);
/// How long to wait after each failed attempt, in minutes; after the last one the message is given up.
const PAUSES: [i64; 5] = [1, 5, 25, 120, 360];
/// Why a job without an outcome is given up.
const LOST: &str = "the process ended between claiming and noting the outcome";

/// A message to send: its id names it for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The id of its job.
    pub id: Uuid,
    /// The address it goes to.
    pub to: String,
    /// What it says.
    pub digest: Digest,
    /// Which attempt this is, from 1.
    pub attempt: u32,
}

/// What became of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Posted {
    /// The mail server took it.
    Sent,
    /// It certainly did not, and may later.
    NotYet(String),
    /// It never will, or nobody knows whether it did.
    GivenUp(String),
}

/// The payload of a digest.
#[derive(Serialize, Deserialize)]
struct DigestJob {
    account: AccountId,
    day: NaiveDate,
}

impl DigestJob {
    fn beginning(&self) -> String {
        format!("digest:{}:", self.account)
    }

    fn key(&self) -> String {
        format!("{}{}", self.beginning(), self.day)
    }
}

/// Sees to it that the account gets a message: today's, or tomorrow's when today's was sent or tried.
pub(super) async fn enqueue_digest(work: &mut Work, account: AccountId) -> Attempt<()> {
    let today = work.now.today();
    for day in [today, plus_days(today, 1)] {
        let digest = DigestJob { account, day };
        let key = digest.key();
        match work.uow.job(&key).await? {
            // It counts what is unread when it leaves.
            Some(waits) if waits.attempts == 0 => return Ok(()),
            Some(_) => {}
            None => {
                let payload = serde_json::to_string(&digest).map_err(|_| Failure::defect("a digest cannot be written"))?;
                let not_before = LocalInstant(day.and_time(DIGEST_AT));
                let job = OutboxRecord { id: new_id(), key, payload, not_before, attempts: 0, next_try: work.at };
                work.uow.enqueue(&job).await?;
                return Ok(());
            }
        }
    }
    Ok(())
}

impl Services {
    /// Gives up the letters of which nobody knows whether they left, and says which.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn give_up_lost_letters(&self) -> PortResult<Vec<Uuid>> {
        self.write(GiveUpLost).await
    }

    /// Whether a letter's time has come.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn a_letter_waits(&self) -> PortResult<bool> {
        self.read(Waits).await
    }

    /// The next letter whose time has come, claimed for this process; [`Services::end_letter`] must follow.
    ///
    /// # Errors
    /// The store does not answer; nothing is claimed.
    pub async fn next_letter(&self) -> PortResult<Option<Letter>> {
        loop {
            match self.write(Claim).await? {
                Claimed::Letter(letter) => return Ok(Some(letter)),
                Claimed::Nothing => return Ok(None),
                Claimed::Settled => {}
            }
        }
    }

    /// Writes down what became of a letter, and says whether it is given up.
    ///
    /// # Errors
    /// The store does not answer; the letter is then given up when its claim runs out.
    pub async fn end_letter(&self, letter: &Letter, posted: Posted) -> PortResult<bool> {
        self.write(End { id: letter.id, attempt: letter.attempt, posted }).await
    }
}

struct GiveUpLost;

#[async_trait]
impl UseCase for GiveUpLost {
    type Answer = Vec<Uuid>;

    async fn run(&self, work: &mut Work) -> Attempt<Vec<Uuid>> {
        Ok(work.uow.give_up_lost_jobs(LOST, work.at).await?)
    }
}

struct Waits;

#[async_trait]
impl UseCase for Waits {
    type Answer = bool;

    async fn run(&self, work: &mut Work) -> Attempt<bool> {
        Ok(!work.uow.due_jobs(work.now, work.at, 1).await?.is_empty())
    }
}

enum Claimed {
    Letter(Letter),
    /// There was a job, and nothing to send for it; there may be another.
    Settled,
    Nothing,
}

struct Claim;

#[async_trait]
impl UseCase for Claim {
    type Answer = Claimed;

    async fn run(&self, work: &mut Work) -> Attempt<Claimed> {
        let Some(job) = work.uow.due_jobs(work.now, work.at, 1).await?.pop() else { return Ok(Claimed::Nothing) };
        if !work.uow.claim_job(job.id, job.attempts, work.at + CLAIM).await? {
            return Ok(Claimed::Settled);
        }
        if let Some((to, digest)) = compose(work, &job).await? {
            return Ok(Claimed::Letter(Letter { id: job.id, to, digest, attempt: job.attempts + 1 }));
        }
        work.uow.end_job(job.id, &JobEnd::Done, work.at).await?;
        Ok(Claimed::Settled)
    }
}

/// What there is to say now, and to whom: nothing when all is read or settled, or when a later message says it.
async fn compose(work: &mut Work, job: &OutboxRecord) -> Attempt<Option<(String, Digest)>> {
    let digest: DigestJob = serde_json::from_str(&job.payload).map_err(|_| Failure::defect("a digest cannot be read"))?;
    if work.uow.later_job(&digest.beginning(), &job.key, work.now).await? {
        return Ok(None);
    }
    let Some(account) = work.uow.account(digest.account).await?.filter(|account| !account.disabled) else { return Ok(None) };
    let Some(to) = account.email.clone() else { return Ok(None) };
    let reach = reach(work, &actor_of(account));
    let unread = work.uow.unread(&reach).await?;
    Ok((!unread.is_empty()).then_some((to, Digest { unread })))
}

struct End {
    id: Uuid,
    attempt: u32,
    posted: Posted,
}

#[async_trait]
impl UseCase for End {
    type Answer = bool;

    async fn run(&self, work: &mut Work) -> Attempt<bool> {
        let pause = usize::try_from(self.attempt.saturating_sub(1)).ok().and_then(|failed| PAUSES.get(failed));
        let end = match (&self.posted, pause) {
            (Posted::Sent, _) => JobEnd::Done,
            (Posted::NotYet(error), Some(minutes)) => {
                JobEnd::Again { next_try: work.at + TimeDelta::minutes(*minutes), error: error.clone() }
            }
            (Posted::NotYet(error) | Posted::GivenUp(error), _) => JobEnd::GivenUp { error: error.clone() },
        };
        work.uow.end_job(self.id, &end, work.at).await?;
        Ok(matches!(end, JobEnd::GivenUp { .. }))
    }
}
