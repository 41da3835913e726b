//! What the services need of a database for notices and for the outbox.

use app::domain::{
    agenda::NoticeKind,
    ids::{AccountId, CoachId, NoticeId, OpalId, ProviderId, SessionId, SiteId},
    person::PersonName,
    provider::{Oversight, Scope},
    request::{Period, RefusalCategory},
    rulebook::ActivityCode,
    session::SessionState,
    time::{LocalInstant, Span},
};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{StoreResult, records::Days};

/// Which matters still wait: what was settled meanwhile is neither raised nor shown.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The Rome day.
    pub today: NaiveDate,
    /// The days on which a voucher may end so that sessions of its dossier can still be ended.
    pub ending: Vec<Days>,
}

/// A request, session or dossier that may have to be brought to mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MatterRecord {
    /// The request, session or dossier.
    pub subject: Uuid,
    /// The day on which it hangs.
    pub on: NaiveDate,
    /// Its OPAL.
    pub opal: OpalId,
    /// The OPAL's site.
    pub site: SiteId,
    /// The session's coach.
    pub coach: Option<CoachId>,
}

/// A notice to raise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoticeRecord {
    /// Its id.
    pub id: NoticeId,
    /// Whose it is.
    pub account: AccountId,
    /// What it is about.
    pub kind: NoticeKind,
    /// Which request, session, dossier or provider.
    pub subject: Uuid,
    /// The OPAL, where there is one.
    pub opal: Option<OpalId>,
    /// The day on which the matter hangs.
    pub on: NaiveDate,
    /// How far it has come.
    pub stage: u32,
    /// When, on the Rome wall clock.
    pub raised: LocalInstant,
}

/// A notice that an account has already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RaisedRecord {
    /// Whose.
    pub account: AccountId,
    /// About which thing.
    pub subject: Uuid,
    /// Its day.
    pub on: NaiveDate,
    /// Its stage.
    pub stage: u32,
}

/// Whose notices are read, and what this reader may know of today.
#[derive(Clone, Debug)]
pub struct NoticeReach {
    /// The account.
    pub account: AccountId,
    /// Its reach over requests and dossiers; a coach's is narrowed to its own sessions.
    pub scope: Option<Scope>,
    /// The providers it looks over.
    pub oversight: Option<Oversight>,
    /// What still waits.
    pub waiting: Waiting,
}

/// A notice with what its reader sees.
#[derive(Clone, Debug, PartialEq)]
pub struct NoticeListRecord {
    /// Its id.
    pub id: NoticeId,
    /// When it was raised, on the Rome wall clock.
    pub raised: LocalInstant,
    /// Whether it is not read.
    pub unread: bool,
    /// How far the matter had come.
    pub stage: u32,
    /// The day on which the matter hangs.
    pub on: NaiveDate,
    /// What it is about.
    pub about: NoticeSubject,
}

/// What a notice is about, joined.
#[derive(Clone, Debug, PartialEq)]
pub enum NoticeSubject {
    /// A request.
    Request {
        /// Its id.
        id: OpalId,
        /// Its code.
        opal_code: String,
        /// The person.
        person: PersonName,
    },
    /// A session.
    Session {
        /// Its id.
        id: SessionId,
        /// The dossier.
        dossier: OpalId,
        /// The person.
        person: PersonName,
        /// The activity.
        activity: ActivityCode,
        /// The activity's name.
        activity_name: String,
        /// When.
        span: Span,
        /// Where it stands.
        state: SessionState,
    },
    /// A voucher.
    Voucher {
        /// The dossier.
        id: OpalId,
        /// Its code.
        opal_code: String,
        /// The person.
        person: PersonName,
    },
    /// A provider's refusals.
    Refusals {
        /// The provider's name.
        provider: String,
    },
}

/// Decisions of a provider.
#[derive(Clone, Debug, PartialEq)]
pub struct DecidedRecord {
    /// The provider's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Why they were refused; `None`: admitted.
    pub refused: Option<RefusalCategory>,
    /// How many.
    pub count: u64,
}

/// Notices.
#[async_trait]
pub trait NoticeStore {
    /// Matters of a kind that wait and hang on one of the days, by day, after one of them. There is none of `Refusals`.
    async fn matters(
        &mut self,
        kind: NoticeKind,
        days: Days,
        waiting: &Waiting,
        after: Option<(NaiveDate, Uuid)>,
        limit: u32,
    ) -> StoreResult<Vec<MatterRecord>>;
    /// Refusals of some days: provider and day, one row for each.
    async fn refusals(&mut self, days: Period) -> StoreResult<Vec<(ProviderId, NaiveDate)>>;
    /// Notices of a kind about some things, whosever.
    async fn raised(&mut self, kind: NoticeKind, subjects: &[Uuid]) -> StoreResult<Vec<RaisedRecord>>;
    /// Raises notices: a thing's earlier notice becomes the new one, unless it is as far already.
    async fn raise(&mut self, notices: &[NoticeRecord]) -> StoreResult<()>;
    /// A page of what still waits within the reach, newest first, and how many there are in all.
    async fn notices(
        &mut self,
        reach: &NoticeReach,
        after: Option<(LocalInstant, NoticeId)>,
        limit: u32,
    ) -> StoreResult<(Vec<NoticeListRecord>, u64)>;
    /// How many of them are not read, by kind.
    async fn unread(&mut self, reach: &NoticeReach) -> StoreResult<Vec<(NoticeKind, u64)>>;
    /// Marks a notice of the account as read.
    async fn mark_read(&mut self, account: AccountId, id: NoticeId, at: DateTime<Utc>) -> StoreResult<()>;
    /// Marks those of the account that were raised until then.
    async fn mark_all_read(&mut self, account: AccountId, raised_until: LocalInstant, at: DateTime<Utc>) -> StoreResult<()>;
    /// Drops what was raised before.
    async fn drop_notices(&mut self, raised_before: LocalInstant) -> StoreResult<()>;
    /// What providers, or one of them, decided on some days (R8).
    async fn decided(&mut self, provider: Option<ProviderId>, days: Period) -> StoreResult<Vec<DecidedRecord>>;
}

/// A job that reaches outside.
#[derive(Clone, Debug, PartialEq)]
pub struct OutboxRecord {
    /// Its id: with it who is outside can tell a repeat.
    pub id: Uuid,
    /// What is to be done once.
    pub key: String,
    /// What is to be done, as JSON about no person.
    pub payload: String,
    /// Not before this time of Rome.
    pub not_before: LocalInstant,
    /// How often it was tried.
    pub attempts: u32,
    /// Not before this instant.
    pub next_try: DateTime<Utc>,
}

/// How a claimed job ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobEnd {
    /// It is done, or there was nothing to do.
    Done,
    /// It failed and is tried again.
    Again {
        /// When.
        next_try: DateTime<Utc>,
        /// Why it failed.
        error: String,
    },
    /// It is not tried again.
    GivenUp {
        /// Why.
        error: String,
    },
}

/// Jobs that reach outside.
#[async_trait]
pub trait OutboxStore {
    /// Adds a job; `false` when its key is known.
    async fn enqueue(&mut self, job: &OutboxRecord) -> StoreResult<bool>;
    /// A job by its key.
    async fn job(&mut self, key: &str) -> StoreResult<Option<OutboxRecord>>;
    /// Jobs whose time has come and that nobody has claimed, the longest waiting first.
    async fn due_jobs(&mut self, now: LocalInstant, at: DateTime<Utc>, limit: u32) -> StoreResult<Vec<OutboxRecord>>;
    /// Claims a job for an attempt until then; `false` when somebody else was faster.
    async fn claim_job(&mut self, id: Uuid, attempts: u32, until: DateTime<Utc>) -> StoreResult<bool>;
    /// Whether the time has come for a job with a later key of the same beginning, done or not.
    async fn later_job(&mut self, beginning: &str, key: &str, now: LocalInstant) -> StoreResult<bool>;
    /// Writes down how a claimed job ended.
    async fn end_job(&mut self, id: Uuid, end: &JobEnd, at: DateTime<Utc>) -> StoreResult<()>;
    /// Gives up the jobs whose claim has run out without an outcome, and says which.
    async fn give_up_lost_jobs(&mut self, error: &str, at: DateTime<Utc>) -> StoreResult<Vec<Uuid>>;
    /// Drops jobs, ended or not, from before.
    async fn drop_jobs(&mut self, before: LocalInstant) -> StoreResult<()>;
}
