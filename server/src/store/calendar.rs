//! The agenda, and the links by which other programs read a coach's: what is asked of the store, and its rows.

use app::domain::{
    agenda::CalendarSession,
    ids::{CoachId, OpalId, PersonId, SessionId},
    person::PersonName,
    provider::Scope,
    session::SessionState,
    time::{LocalInstant, Span},
};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};

use super::StoreResult;

/// Which sessions an agenda shows.
#[derive(Clone, Copy, Debug)]
pub struct CalendarAsked {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Only those of this coach.
    pub coach: Option<CoachId>,
    /// Only those of this person.
    pub person: Option<PersonId>,
}

/// A session as the feed of its coach needs it.
#[derive(Clone, Debug)]
pub struct FeedRecord {
    /// Its id.
    pub id: SessionId,
    /// The dossier.
    pub opal: OpalId,
    /// Counts its changes.
    pub version: i64,
    /// When.
    pub span: Span,
    /// Where it stands.
    pub state: SessionState,
    /// The person.
    pub person_name: PersonName,
    /// The activity's name.
    pub activity_name: String,
    /// Whether it takes place at the employer's.
    pub at_employer: bool,
    /// The site's town.
    pub site_town: String,
    /// The town of the request's employer; empty when it is not known.
    pub employer_town: String,
}

/// A link to a coach's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeedLink {
    /// Since when, on the Rome wall clock.
    pub since: LocalInstant,
    /// When it was read last, on the same.
    pub last_read: Option<LocalInstant>,
    /// How often it was read.
    pub reads: i64,
}

/// The agenda and its links.
#[async_trait]
pub trait CalendarStore {
    /// Sessions of the scope between two days, by date, each with its dossier's person and activity; for a coach only its own.
    async fn calendar(&mut self, scope: &Scope, asked: &CalendarAsked) -> StoreResult<Vec<CalendarSession>>;
    /// The sessions of a coach between two days, without a scope: for its feed only.
    async fn feed_sessions(&mut self, coach: CoachId, from: NaiveDate, to: NaiveDate) -> StoreResult<Vec<FeedRecord>>;
    /// The link to a coach's calendar.
    async fn feed_of(&mut self, coach: CoachId) -> StoreResult<Option<FeedLink>>;
    /// The coach whose link has that hash, unless it has stopped working before `today` or may not sign in any more.
    async fn feed_by_hash(&mut self, hash: &[u8], today: NaiveDate) -> StoreResult<Option<CoachId>>;
    /// Puts a link in the place of the coach's one before.
    async fn put_feed(&mut self, coach: CoachId, hash: &[u8], at: DateTime<Utc>, local: LocalInstant) -> StoreResult<()>;
    /// Takes a coach's link back; `false` when there was none.
    async fn delete_feed(&mut self, coach: CoachId) -> StoreResult<bool>;
    /// Notes a reading.
    async fn note_feed_read(&mut self, coach: CoachId, at: DateTime<Utc>, local: LocalInstant) -> StoreResult<()>;
}
