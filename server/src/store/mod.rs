//! What the services need of a database: a unit of work is one transaction, and nothing persists before its commit.
//!
//! The same SQL serves SQLite and PostgreSQL (`shared/`, compiled twice); only opening, locking and migrations differ.
//! Reads that an actor sees carry its `Scope`, so that no list and no lookup can leak.

pub mod calendar;
mod column;
pub mod documents;
mod error;
mod notices;
mod pattern;
pub mod payments;
mod postgres;
pub mod records;
mod schema;
mod sqlite;

use std::sync::Arc;

use app::domain::{
    agenda::PlannedMinutes,
    command::Version,
    dossier::{DossierCursor, PoliciesFilter},
    ids::{AccountId, CoachId, CommandKey, OpalId, PersonId, ProviderId, SessionId},
    provider::{Coach, Provider, Scope, Site, StandingEntry},
    request::intake::EmploymentCentre,
    rulebook::ActivityCode,
    session::Busy,
};
use async_trait::async_trait;
use calendar::CalendarStore;
use chrono::{DateTime, NaiveDate, Utc};
use documents::DocumentStore;
pub use error::{StoreError, StoreResult};
pub use notices::{
    DecidedRecord, JobEnd, MatterRecord, NoticeListRecord, NoticeReach, NoticeRecord, NoticeStore, NoticeSubject, OutboxRecord,
    OutboxStore, RaisedRecord, Waiting,
};
use payments::PaymentStore;
use records::{
    AccountRecord, ActivityRecord, AuditRecord, Closing, Days, DossierEnding, EmployerChangeRecord, EngagementRecord, IdempotencyRecord,
    NewAccount, OpalRecord, PersonRecord, ProgressRecord, PublishedVersion, RequestPage, RequestQuery, SessionCursor, SessionListRecord,
    SessionRecord, SignInRecord,
};
use uuid::Uuid;

/// Opens the database of the URL, `sqlite:path` (created when there is none) or `postgres://…`; its schema is not touched yet.
///
/// # Errors
/// [`StoreError::Unavailable`] when it can't be reached, or the URL is not one of these.
pub async fn open(url: &str) -> StoreResult<Arc<dyn Store>> {
    match url.split_once(':') {
        Some(("sqlite", _)) => sqlite::open(url).await,
        Some(("postgres" | "postgresql", _)) => postgres::open(url).await,
        _ => Err(StoreError::Unavailable(sqlx::Error::Configuration("the URL begins neither with sqlite: nor with postgres:".into()))),
    }
}

/// A database.
#[async_trait]
pub trait Store: Send + Sync {
    /// Begins a transaction that may write: `BEGIN IMMEDIATE`, or serializable.
    async fn write(&self) -> StoreResult<Box<dyn UnitOfWork>>;
    /// Begins a transaction that only reads one consistent state.
    async fn read(&self) -> StoreResult<Box<dyn UnitOfWork>>;
    /// Brings the schema up to date.
    async fn migrate(&self) -> StoreResult<()>;
    /// Answers when the database does and its schema is the program's own.
    async fn ready(&self) -> StoreResult<()>;
    /// Ends all connections; transactions under way finish first.
    async fn close(&self);
}

/// One transaction with all repositories. Dropping it without `commit` rolls back.
#[async_trait]
pub trait UnitOfWork:
    ProviderStore
    + AccountStore
    + PersonStore
    + OpalStore
    + DossierStore
    + SessionStore
    + AuditStore
    + CommandStore
    + RulebookStore
    + WorklistStore
    + PaymentStore
    + NoticeStore
    + OutboxStore
    + CalendarStore
    + DocumentStore
    + Send
{
    /// Makes it permanent.
    async fn commit(self: Box<Self>) -> StoreResult<()>;
}

/// Providers, sites, coaches, employment centres.
#[async_trait]
pub trait ProviderStore {
    /// A provider by its code.
    async fn provider_by_code(&mut self, code: &str) -> StoreResult<Option<Provider>>;
    /// A provider.
    async fn provider(&mut self, id: ProviderId) -> StoreResult<Option<Provider>>;
    /// Adds a provider with the first decision about it.
    async fn insert_provider(&mut self, provider: &Provider, first: &StandingEntry) -> StoreResult<()>;
    /// Providers by code, after one of them, with the count of all.
    async fn providers(&mut self, after: Option<&str>, limit: u32) -> StoreResult<(Vec<Provider>, u64)>;
    /// What was decided about some providers, in one query, each provider's decisions in the order in which they were written.
    async fn standings(&mut self, providers: &[ProviderId]) -> StoreResult<Vec<(ProviderId, StandingEntry)>>;
    /// Adds the decision of that number; a second one of it is [`StoreError::Exists`].
    async fn insert_standing(&mut self, provider: ProviderId, number: Version, entry: &StandingEntry) -> StoreResult<()>;
    /// A site by its code, whichever its provider.
    async fn site_by_code(&mut self, code: &str) -> StoreResult<Option<Site>>;
    /// The sites of a provider by code.
    async fn sites(&mut self, provider: ProviderId) -> StoreResult<Vec<Site>>;
    /// Adds a site.
    async fn insert_site(&mut self, site: &Site, province: &str) -> StoreResult<()>;
    /// The coaches of a provider by name, active or not.
    async fn coaches(&mut self, provider: ProviderId) -> StoreResult<Vec<Coach>>;
    /// Adds a coach.
    async fn insert_coach(&mut self, provider: ProviderId, coach: &Coach) -> StoreResult<()>;
    /// An employment centre by its code.
    async fn centre(&mut self, code: &str) -> StoreResult<Option<EmploymentCentre>>;
    /// Adds an employment centre or renews its name.
    async fn keep_centre(&mut self, code: &str, name: &str) -> StoreResult<()>;
}

/// Accounts, sign-ins and remembered searches.
#[async_trait]
pub trait AccountStore {
    /// An account by its login.
    async fn account_by_login(&mut self, login: &str) -> StoreResult<Option<AccountRecord>>;
    /// An account, with what makes its actor.
    async fn account(&mut self, id: AccountId) -> StoreResult<Option<AccountRecord>>;
    /// All accounts that may sign in.
    async fn active_accounts(&mut self) -> StoreResult<Vec<AccountRecord>>;
    /// Adds an account with its sites.
    async fn insert_account(&mut self, account: &NewAccount) -> StoreResult<()>;
    /// Sets the count of failures in a row and until when sign-in is locked.
    async fn set_failures(&mut self, id: AccountId, failures: i32, locked_until: Option<DateTime<Utc>>) -> StoreResult<()>;
    /// Whether any account of the demonstration exists.
    async fn has_demo_accounts(&mut self) -> StoreResult<bool>;
    /// Whether anything of anybody is here: an account or a provider.
    async fn holds_data(&mut self) -> StoreResult<bool>;
    /// Adds a sign-in.
    async fn insert_sign_in(&mut self, sign_in: &SignInRecord) -> StoreResult<()>;
    /// A sign-in by the hash of its secret.
    async fn sign_in(&mut self, hash: &[u8]) -> StoreResult<Option<SignInRecord>>;
    /// Notes a visit.
    async fn touch_sign_in(&mut self, hash: &[u8], at: DateTime<Utc>) -> StoreResult<()>;
    /// Ends a sign-in, with its remembered searches.
    async fn delete_sign_in(&mut self, hash: &[u8]) -> StoreResult<()>;
    /// Ends sign-ins not used since `idle`; sign-ins and searches begun before `begun`; idempotency rows older than `kept`.
    async fn purge(&mut self, idle: DateTime<Utc>, begun: DateTime<Utc>, kept: DateTime<Utc>) -> StoreResult<()>;
    /// Keeps a sealed search of an account.
    async fn insert_search(&mut self, id: Uuid, account: AccountId, sealed: &[u8], at: DateTime<Utc>) -> StoreResult<()>;
    /// A sealed search, when it is this account's.
    async fn search(&mut self, id: Uuid, account: AccountId) -> StoreResult<Option<Vec<u8>>>;
}

/// Persons.
#[async_trait]
pub trait PersonStore {
    /// A person by the keyed hash of the tax code.
    async fn person_by_hash(&mut self, hash: &[u8]) -> StoreResult<Option<PersonRecord>>;
    /// A person.
    async fn person(&mut self, id: PersonId) -> StoreResult<Option<PersonRecord>>;
    /// Adds a person.
    async fn insert_person(&mut self, person: &PersonRecord) -> StoreResult<()>;
    /// Writes name and details; `false` when the version is no longer `seen`. The stored version becomes `seen + 1`.
    async fn update_person(&mut self, person: &PersonRecord, seen: Version) -> StoreResult<bool>;
    /// When the newest request for a person was notified, whichever its provider.
    async fn last_notified(&mut self, person: PersonId) -> StoreResult<Option<DateTime<Utc>>>;
    /// Notes that somebody opened a profile (R42).
    async fn log_profile_read(&mut self, person: PersonId, opal: OpalId, account: AccountId, at: DateTime<Utc>) -> StoreResult<()>;
}

/// Requests, dossiers and their activities.
#[async_trait]
pub trait OpalStore {
    /// A request or dossier within the scope and, for a pending one, notified by `today`; for a coach only with a session of its own.
    async fn opal(&mut self, id: OpalId, scope: &Scope, today: NaiveDate) -> StoreResult<Option<OpalRecord>>;
    /// One by its code, without a scope: for imports only.
    async fn opal_by_code(&mut self, code: &str) -> StoreResult<Option<OpalRecord>>;
    /// One without a scope: for jobs only.
    async fn opal_unscoped(&mut self, id: OpalId) -> StoreResult<Option<OpalRecord>>;
    /// Adds a request.
    async fn insert_opal(&mut self, opal: &OpalRecord) -> StoreResult<()>;
    /// Writes state, decision, admission and rank; `false` when the version is no longer `seen`. The stored version becomes `seen + 1`.
    async fn update_opal(&mut self, opal: &OpalRecord, seen: Version) -> StoreResult<bool>;
    /// The days on which requests that are still to be decided were or will be notified, from one day on.
    async fn pending_days(&mut self, from: NaiveDate) -> StoreResult<Vec<NaiveDate>>;
    /// Writes the term and the rank of the pending requests notified on a day.
    async fn set_term(&mut self, notified_on: NaiveDate, decide_by: NaiveDate, list_rank: i64) -> StoreResult<()>;
    /// A page of requests.
    async fn requests(&mut self, query: &RequestQuery) -> StoreResult<RequestPage>;
    /// How many pending requests of the scope must be decided on that very day.
    async fn count_due(&mut self, scope: &Scope, on: NaiveDate) -> StoreResult<u64>;
    /// Pending requests whose last day is before `today`, oldest first.
    async fn overdue(&mut self, today: NaiveDate, limit: u32) -> StoreResult<Vec<OpalId>>;
    /// A page of admitted dossiers, newest admission first, and how many there are in all; `filter.concluded` false hides those whose five
    /// activities are closed and those that were interrupted.
    async fn dossiers(
        &mut self,
        scope: &Scope,
        filter: &PoliciesFilter,
        after: Option<&DossierCursor>,
        limit: u32,
    ) -> StoreResult<(Vec<OpalRecord>, u64)>;
    /// Adds the five activities of an admission.
    async fn insert_activities(&mut self, activities: &[ActivityRecord]) -> StoreResult<()>;
    /// The activities of some dossiers, in one query, in order.
    async fn activities(&mut self, opals: &[OpalId]) -> StoreResult<Vec<ActivityRecord>>;
    /// Closes an activity; `false` when the version is no longer `seen`.
    async fn close_activity(&mut self, opal: OpalId, code: ActivityCode, closing: &Closing<'_>, seen: Version) -> StoreResult<bool>;
    /// Counts a change of one of its sessions: who closes an activity must have seen what the closing ends (R37).
    async fn bump_activity(&mut self, opal: OpalId, code: ActivityCode) -> StoreResult<()>;
}

/// How dossiers end, and who the person works for meanwhile.
#[async_trait]
pub trait DossierStore {
    /// Writes the ending; `false` when the version is no longer `seen`. The stored version becomes `seen + 1`.
    async fn keep_ending(&mut self, opal: OpalId, ending: &DossierEnding, seen: Version) -> StoreResult<bool>;
    /// Counts a change of a dossier; `false` when the version is no longer `seen`.
    async fn bump_opal(&mut self, opal: OpalId, seen: Version) -> StoreResult<bool>;
    /// Admitted dossiers whose voucher ended before `today` and of whom nobody has written it down yet, oldest first: for jobs only.
    async fn expiring(&mut self, today: NaiveDate, limit: u32) -> StoreResult<Vec<OpalId>>;
    /// Admitted dossiers whose voucher ended on one of the days and of whom nobody has written down yet that they are read-only: for jobs only.
    async fn archiving(&mut self, ended: &[Days], limit: u32) -> StoreResult<Vec<OpalId>>;
    /// The changes of employer of some dossiers, each by first day, in one query.
    async fn employer_changes(&mut self, opals: &[OpalId]) -> StoreResult<Vec<EmployerChangeRecord>>;
    /// Adds a change of employer.
    async fn insert_employer_change(&mut self, change: &EmployerChangeRecord) -> StoreResult<()>;
}

/// Sessions.
#[async_trait]
pub trait SessionStore {
    /// One session, without a scope: the service opens its dossier with the actor's.
    async fn session(&mut self, id: SessionId) -> StoreResult<Option<SessionRecord>>;
    /// All sessions of some dossiers, by date and time, in one query.
    async fn sessions_of(&mut self, opals: &[OpalId]) -> StoreResult<Vec<SessionRecord>>;
    /// Live time outside the dossier between two days: of the person in its other dossiers (any provider), and of the coaches.
    async fn busy_elsewhere(
        &mut self,
        opal: OpalId,
        person: PersonId,
        coaches: &[CoachId],
        from: NaiveDate,
        to: NaiveDate,
    ) -> StoreResult<Vec<Busy>>;
    /// Live minutes of a person in each ISO week between two days, over all dossiers: Monday and minutes.
    async fn person_weeks(&mut self, person: PersonId, from: NaiveDate, to: NaiveDate) -> StoreResult<Vec<(NaiveDate, u32)>>;
    /// Adds a session.
    async fn insert_session(&mut self, session: &SessionRecord) -> StoreResult<()>;
    /// Writes everything but ids and origin; `false` when the version is no longer `seen`. The stored version becomes `seen + 1`.
    async fn update_session(&mut self, session: &SessionRecord, seen: Version) -> StoreResult<bool>;
}

/// What the dashboard and the lists behind it ask for: each answer is one statement, however many dossiers there are.
#[async_trait]
pub trait WorklistStore {
    /// Sessions of the scope that are open and dated on one of the days, of vouchers that end on one of those of `ending`, by date, after one of
    /// them; for a coach its own.
    async fn open_sessions(
        &mut self,
        scope: &Scope,
        days: &[Days],
        ending: &[Days],
        after: Option<&SessionCursor>,
        limit: u32,
    ) -> StoreResult<Vec<SessionListRecord>>;
    /// How many of these there are in each dossier.
    async fn count_open_sessions(&mut self, scope: &Scope, days: &[Days], ending: &[Days]) -> StoreResult<Vec<(OpalId, u32)>>;
    /// The activities of the scope's dossiers whose vouchers end on one of those days, with their sessions added up by state; by dossier and in order.
    async fn all_progress(&mut self, scope: &Scope, ending: &[Days]) -> StoreResult<Vec<ProgressRecord>>;
    /// How many dossiers the scope has.
    async fn count_dossiers(&mut self, scope: &Scope) -> StoreResult<u64>;
    /// Some dossiers of the scope, in any order.
    async fn dossiers_by_id(&mut self, scope: &Scope, ids: &[OpalId]) -> StoreResult<Vec<OpalRecord>>;
    /// Minutes that use hours (R19), by day and state, between two days; for a coach its own.
    async fn planned_minutes(&mut self, scope: &Scope, from: NaiveDate, to: NaiveDate) -> StoreResult<Vec<PlannedMinutes>>;
}

/// The append-only log.
#[async_trait]
pub trait AuditStore {
    /// The last row of a chain.
    async fn last_audit(&mut self, chain: &str) -> StoreResult<Option<AuditRecord>>;
    /// Appends a row.
    async fn insert_audit(&mut self, row: &AuditRecord) -> StoreResult<()>;
    /// A whole chain, oldest first.
    async fn audit_chain(&mut self, chain: &str) -> StoreResult<Vec<AuditRecord>>;
}

/// Commands already answered, leases of jobs, and what the database knows about itself.
#[async_trait]
pub trait CommandStore {
    /// The answer given to a command of this account.
    async fn answered(&mut self, key: CommandKey, account: AccountId) -> StoreResult<Option<IdempotencyRecord>>;
    /// Keeps the answer of a command.
    async fn keep_answer(&mut self, answer: &IdempotencyRecord) -> StoreResult<()>;
    /// Takes the lease of a job until `until` unless somebody else holds it at `now`; real time, not the test clock.
    async fn take_lease(&mut self, job: &str, holder: Uuid, now: DateTime<Utc>, until: DateTime<Utc>) -> StoreResult<bool>;
    /// What the database says under that key.
    async fn setting(&mut self, key: &str) -> StoreResult<Option<String>>;
    /// Keeps a new setting; an existing one is [`StoreError::Exists`].
    async fn keep_setting(&mut self, key: &str, value: &str) -> StoreResult<()>;
}

/// The rulebook: versions are only ever added.
#[async_trait]
pub trait RulebookStore {
    /// How many versions were published.
    async fn count_rulebook_versions(&mut self) -> StoreResult<u64>;
    /// All of them, oldest first.
    async fn rulebook_versions(&mut self) -> StoreResult<Vec<PublishedVersion>>;
    /// Adds a version; a second one from the same day is [`StoreError::Exists`].
    async fn insert_rulebook_version(&mut self, published: &PublishedVersion) -> StoreResult<()>;
    /// Dossiers of every provider with a session that is open and dated on `from` or later, by id, after one of them.
    async fn planned_dossiers(&mut self, from: NaiveDate, after: Option<OpalId>, limit: u32) -> StoreResult<Vec<OpalRecord>>;
    /// Live time of some persons and coaches between two days, over all dossiers.
    async fn engagements(
        &mut self,
        persons: &[PersonId],
        coaches: &[CoachId],
        from: NaiveDate,
        to: NaiveDate,
    ) -> StoreResult<Vec<EngagementRecord>>;
    /// Some coaches, whichever their provider, in any order.
    async fn coaches_by_id(&mut self, ids: &[CoachId]) -> StoreResult<Vec<Coach>>;
}
