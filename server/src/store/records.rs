//! Rows as the services see them: typed, parsed by the store, never sent over the wire.
//!
//! Instants are kept to the microsecond, which is as fine as PostgreSQL goes.

use app::domain::{
    audit::AuditAction,
    command::Version,
    document::KindSet,
    dossier::{DossierFrame, Voucher},
    ids::{AccountId, CoachId, CommandKey, OpalId, PersonId, ProviderId, SessionId, SiteId},
    person::PersonName,
    provider::{Role, Scope},
    request::{RefusalReason, RequestFilter, RequestState, intake::Employer},
    rulebook::{ActivityCode, RulebookVersion},
    session::{EndReason, SessionState},
    time::{LocalInstant, Span},
};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

/// An account with what makes its actor.
#[derive(Clone, Debug, PartialEq)]
pub struct AccountRecord {
    /// Its id.
    pub id: AccountId,
    /// The argon2 hash of the password.
    pub password_hash: String,
    /// The name shown.
    pub name: String,
    /// What it is.
    pub role: Role,
    /// The provider it works for, with its name.
    pub provider: Option<(ProviderId, String)>,
    /// The sites it works at, with their towns; all of the provider's for its administrator.
    pub sites: Vec<(SiteId, String)>,
    /// The coach it is.
    pub coach: Option<CoachId>,
    /// Where it gets mail.
    pub email: Option<String>,
    /// Whether it may sign in at all.
    pub disabled: bool,
    /// Failed attempts in a row.
    pub failures: i32,
    /// Until when sign-in is locked.
    pub locked_until: Option<DateTime<Utc>>,
}

/// An account to add.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Its id.
    pub id: AccountId,
    /// What is typed to sign in.
    pub login: String,
    /// The argon2 hash of the password.
    pub password_hash: String,
    /// The name shown.
    pub name: String,
    /// What it is.
    pub role: Role,
    /// The provider it works for.
    pub provider: Option<ProviderId>,
    /// The sites it works at.
    pub sites: Vec<SiteId>,
    /// The coach it is.
    pub coach: Option<CoachId>,
    /// Where it gets mail.
    pub email: Option<String>,
    /// Whether it belongs to the demonstration.
    pub demo: bool,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// A sign-in; its secret is kept nowhere.
#[derive(Clone, Debug, PartialEq)]
pub struct SignInRecord {
    /// SHA-256 of the secret.
    pub hash: Vec<u8>,
    /// Whose it is.
    pub account: AccountId,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// The last visit.
    pub last_seen_at: DateTime<Utc>,
}

/// A person; all but the name is sealed.
#[derive(Clone, PartialEq)]
pub struct PersonRecord {
    /// Its id.
    pub id: PersonId,
    /// Keyed hash of the tax code.
    pub tax_code_hash: Vec<u8>,
    /// The name, clear for search.
    pub name: PersonName,
    /// The last name folded, for order and search.
    pub last_name_folded: String,
    /// The person's key, wrapped by the master key.
    pub wrapped_key: Vec<u8>,
    /// `PersonDetails`, sealed under the person's key.
    pub sealed_details: Vec<u8>,
    /// Counts its changes.
    pub version: Version,
}

/// A request and, once admitted, its dossier.
#[derive(Clone, Debug, PartialEq)]
pub struct OpalRecord {
    /// Its id.
    pub id: OpalId,
    /// Its code.
    pub opal_code: String,
    /// Keyed hash of the content received: tells a known request from a changed one.
    pub content_hash: Vec<u8>,
    /// The voucher.
    pub voucher: Voucher,
    /// The person.
    pub person: PersonId,
    /// The person's name (joined; not written by `insert_opal`).
    pub person_name: PersonName,
    /// The provider addressed.
    pub provider: ProviderId,
    /// The site addressed.
    pub site: SiteId,
    /// The site's code (joined).
    pub site_code: String,
    /// The site's town (joined).
    pub site_town: String,
    /// The employer.
    pub employer: Employer,
    /// The ground of the request, sealed under the person's key.
    pub sealed_ground: Vec<u8>,
    /// The employment centre's code.
    pub centre_code: String,
    /// The employment centre's name (joined).
    pub centre_name: String,
    /// When it was notified.
    pub notified_at: DateTime<Utc>,
    /// The same on the Rome wall clock.
    pub notified_local: LocalInstant,
    /// The last day for deciding, by the rulebook of the notification day (R7).
    pub decide_by: NaiveDate,
    /// The stored state; `RequestState::on` says what it is today.
    pub state: RequestState,
    /// Its place in the list (`list_rank`).
    pub list_rank: i64,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// The same on the Rome wall clock.
    pub decided_local: Option<LocalInstant>,
    /// The name of who decided; "Sistema" for the clock.
    pub decided_by: Option<String>,
    /// Why it was refused.
    pub refusal: Option<RefusalReason>,
    /// Day of the admission.
    pub admitted_on: Option<NaiveDate>,
    /// How the dossier ended, as far as it has.
    pub ending: DossierEnding,
    /// Counts its changes.
    pub version: Version,
}

/// How a dossier ended. The state on a day is the domain's to say (`DossierFrame::status`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DossierEnding {
    /// The Interruzione (S18).
    pub interruption: Option<InterruptionRecord>,
    /// When it was written down that the voucher closed (R38).
    pub expired_at: Option<DateTime<Utc>>,
    /// When it was written down that the days after it are over (R38).
    pub archived_at: Option<DateTime<Utc>>,
}

/// An Interruzione.
#[derive(Clone, Debug, PartialEq)]
pub struct InterruptionRecord {
    /// The day.
    pub on: NaiveDate,
    /// When it was recorded, on the Rome wall clock.
    pub local: LocalInstant,
    /// The name of who recorded it.
    pub by: String,
    /// `Interruption`, sealed under the person's key.
    pub sealed: Vec<u8>,
}

/// Who the person works for from a day on (S17).
#[derive(Clone, Debug, PartialEq)]
pub struct EmployerChangeRecord {
    /// The dossier.
    pub opal: OpalId,
    /// The first day.
    pub since: NaiveDate,
    /// The employer.
    pub employer: Employer,
    /// Why, sealed under the person's key.
    pub sealed_reason: Vec<u8>,
    /// When it was recorded.
    pub changed_at: DateTime<Utc>,
}

/// What the list of requests is asked.
#[derive(Clone)]
pub struct RequestQuery {
    /// The actor's reach.
    pub scope: Scope,
    /// The mask; `filter.tax_code` is ignored here.
    pub filter: RequestFilter,
    /// Keyed hash of the tax code asked for.
    pub tax_code_hash: Option<Vec<u8>>,
    /// The Rome day: pending requests whose `decide_by` is before it count as lapsed, later notifications are not seen.
    pub today: NaiveDate,
    /// Rank and id of the last row seen.
    pub after: Option<(i64, OpalId)>,
    /// Most rows.
    pub limit: u32,
}

/// A page of requests, by `list_rank` and id, and how many the filter finds in all.
#[derive(Clone, Debug)]
pub struct RequestPage {
    /// The rows.
    pub rows: Vec<OpalRecord>,
    /// All that match.
    pub total: u64,
}

/// One of the five activities of a dossier, frozen at admission.
#[derive(Clone, Debug, PartialEq)]
pub struct ActivityRecord {
    /// The dossier.
    pub opal: OpalId,
    /// Which one.
    pub code: ActivityCode,
    /// Its place among the five, from 1.
    pub ordinal: i16,
    /// Its name.
    pub name: String,
    /// Agreed minutes.
    pub agreed: u32,
    /// Cents an hour.
    pub rate_cents: i64,
    /// Whether it takes place at the employer's.
    pub at_employer: bool,
    /// Whether name and hours are our assumption.
    pub assumption: bool,
    /// The outputs that it owes (R33).
    pub outputs: KindSet,
    /// When it became *Terminata*.
    pub closed_at: Option<DateTime<Utc>>,
    /// The same as a day on the Rome wall clock.
    pub closed_on: Option<NaiveDate>,
    /// Who closed it.
    pub closed_by: Option<String>,
    /// Counts its changes.
    pub version: Version,
}

/// How an activity becomes *Terminata*.
#[derive(Clone, Copy, Debug)]
pub struct Closing<'a> {
    /// The name of who closes it.
    pub by: &'a str,
    /// When.
    pub at: DateTime<Utc>,
    /// The same as a day on the Rome wall clock.
    pub on: NaiveDate,
}

/// A session.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionRecord {
    /// Its id.
    pub id: SessionId,
    /// The dossier.
    pub opal: OpalId,
    /// The person, for the rules that look across dossiers.
    pub person: PersonId,
    /// The activity.
    pub activity: ActivityCode,
    /// The coach.
    pub coach: CoachId,
    /// The coach's name (joined).
    pub coach_name: String,
    /// When.
    pub span: Span,
    /// The note.
    pub note: String,
    /// Where it stands.
    pub state: SessionState,
    /// Days by which it was entered late (R24).
    pub late_days: Option<u32>,
    /// When it was entered.
    pub entered_at: DateTime<Utc>,
    /// When it was started, on the Rome wall clock.
    pub started_local: Option<LocalInstant>,
    /// When it was completed, on the Rome wall clock.
    pub completed_local: Option<LocalInstant>,
    /// The description for the register.
    pub description: Option<String>,
    /// Why it ended without being delivered.
    pub end_reason: Option<EndReason>,
    /// More about it.
    pub end_text: Option<String>,
    /// The session it takes the place of.
    pub replaces: Option<SessionId>,
    /// Whether another session took its place (joined).
    pub replaced: bool,
    /// Counts its changes.
    pub version: Version,
}

/// A session with what a list over dossiers shows.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionListRecord {
    /// The session.
    pub session: SessionRecord,
    /// The dossier's code.
    pub opal_code: String,
    /// The person's name.
    pub person_name: PersonName,
    /// The dossier's site.
    pub site: SiteId,
    /// The dossier's dates.
    pub frame: DossierFrame,
    /// The activity's name.
    pub activity_name: String,
}

/// Where a page of sessions starts, by date and time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionCursor {
    /// When the last row seen begins.
    pub begins: NaiveDateTime,
    /// Its id.
    pub id: SessionId,
}

/// The sessions of one activity in one state, added up; an activity without sessions has one row that says so.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgressRecord {
    /// The dossier.
    pub opal: OpalId,
    /// Its dates.
    pub frame: DossierFrame,
    /// The activity.
    pub activity: ActivityCode,
    /// Its name.
    pub name: String,
    /// Its agreed minutes.
    pub agreed: u32,
    /// The day on which it became *Terminata*.
    pub closed_on: Option<NaiveDate>,
    /// The outputs that it owes (R33).
    pub outputs: KindSet,
    /// The state; `None` without sessions.
    pub state: Option<SessionState>,
    /// How many; for a coach its own.
    pub sessions: u32,
    /// Their minutes, of all coaches.
    pub minutes: u32,
}

/// One row of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditRecord {
    /// The chain: `opal:<id>`, `provider:<id>` or `system`.
    pub chain: String,
    /// Its number in the chain, from 1.
    pub number: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// The same on the Rome wall clock.
    pub at_local: LocalInstant,
    /// Who.
    pub account: Option<AccountId>,
    /// Who, by name; "Sistema" for the clock.
    pub actor: String,
    /// What happened.
    pub action: AuditAction,
    /// The request under way, to find it in the server's log.
    pub request_id: String,
    /// Subject, before and after, as JSON: sealed under the person's key in the chain of a dossier, else clear.
    pub payload: Vec<u8>,
    /// Hash of the row before; 32 zero bytes for the first.
    pub previous: Vec<u8>,
    /// SHA-256 over the canonical form of this row and `previous`.
    pub hash: Vec<u8>,
}

/// A command already answered.
#[derive(Clone, Debug, PartialEq)]
pub struct IdempotencyRecord {
    /// The command.
    pub key: CommandKey,
    /// Whose.
    pub account: AccountId,
    /// SHA-256 of what was asked: the same key with another content is a mistake of the client.
    pub fingerprint: Vec<u8>,
    /// The answer as JSON.
    pub reply: String,
    /// When it was answered.
    pub at: DateTime<Utc>,
}

/// A version of the rulebook with its publication.
#[derive(Clone, Debug, PartialEq)]
pub struct PublishedVersion {
    /// The version.
    pub version: RulebookVersion,
    /// When it was published.
    pub published_at: DateTime<Utc>,
    /// The same on the Rome wall clock.
    pub published_local: LocalInstant,
    /// The name of who did.
    pub published_by: String,
}

/// Days from one to another, both included; without a last one, all from the first on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first.
    pub from: NaiveDate,
    /// The last.
    pub to: Option<NaiveDate>,
}

impl Days {
    /// Those that are among both.
    pub fn and(self, other: Self) -> Option<Self> {
        let to = self.to.into_iter().chain(other.to).min();
        let both = Self { from: self.from.max(other.from), to };
        to.is_none_or(|to| both.from <= to).then_some(both)
    }
}

/// Time that a live session takes of its person and its coach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EngagementRecord {
    /// The dossier.
    pub opal: OpalId,
    /// The person.
    pub person: PersonId,
    /// The coach.
    pub coach: CoachId,
    /// When.
    pub span: Span,
}
