//! The agenda's sessions, and the links to a coach's.

use app::domain::{
    agenda::CalendarSession,
    ids::{CoachId, OpalId, SessionId},
    person::PersonName,
    provider::Scope,
    time::LocalInstant,
};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use sqlx::{FromRow, query, query_as, query_scalar};
use uuid::Uuid;

use super::{Db, Sql, Tx, scope};
use crate::store::{
    StoreError, StoreResult,
    calendar::{CalendarAsked, CalendarStore, FeedLink, FeedRecord},
    column::{Place, local},
};

#[derive(FromRow)]
struct CalendarRow {
    id: Uuid,
    opal_id: Uuid,
    opal_code: String,
    first_name: String,
    last_name: String,
    activity_code: String,
    activity_name: String,
    coach_id: Uuid,
    on_date: NaiveDate,
    from_time: NaiveTime,
    to_time: NaiveTime,
    state: String,
    version: i64,
}

impl TryFrom<CalendarRow> for CalendarSession {
    type Error = StoreError;

    fn try_from(row: CalendarRow) -> StoreResult<Self> {
        let place = Place { table: "session", row: row.id };
        Ok(Self {
            id: SessionId(row.id),
            dossier: OpalId(row.opal_id),
            opal_code: row.opal_code,
            person: PersonName { first: row.first_name, last: row.last_name },
            activity: place.word(&row.activity_code)?,
            activity_name: row.activity_name,
            coach: CoachId(row.coach_id),
            span: place.span(row.on_date, row.from_time, row.to_time)?,
            state: place.word(&row.state)?,
            version: row.version,
        })
    }
}

#[derive(FromRow)]
struct FeedRow {
    id: Uuid,
    opal_id: Uuid,
    version: i64,
    on_date: NaiveDate,
    from_time: NaiveTime,
    to_time: NaiveTime,
    state: String,
    first_name: String,
    last_name: String,
    activity_name: String,
    at_employer: bool,
    site_town: String,
    employer_town: String,
}

impl TryFrom<FeedRow> for FeedRecord {
    type Error = StoreError;

    fn try_from(row: FeedRow) -> StoreResult<Self> {
        let place = Place { table: "session", row: row.id };
        Ok(Self {
            id: SessionId(row.id),
            opal: OpalId(row.opal_id),
            version: row.version,
            span: place.span(row.on_date, row.from_time, row.to_time)?,
            state: place.word(&row.state)?,
            person_name: PersonName { first: row.first_name, last: row.last_name },
            activity_name: row.activity_name,
            at_employer: row.at_employer,
            site_town: row.site_town,
            employer_town: row.employer_town,
        })
    }
}

#[async_trait]
impl CalendarStore for Tx {
    async fn calendar(&mut self, scope: &Scope, asked: &CalendarAsked) -> StoreResult<Vec<CalendarSession>> {
        let mut sql = Sql::new(
            "select session.id, session.opal_id, opal.opal_code, person.first_name, person.last_name, session.activity_code, \
             activity.name as activity_name, session.coach_id, session.on_date, session.from_time, session.to_time, session.state, \
             session.version from session join opal on opal.id = session.opal_id join person on person.id = session.person_id \
             join activity on activity.opal_id = session.opal_id and activity.code = session.activity_code \
             where session.on_date between ",
        );
        sql.push_bind(asked.from).push(" and ").push_bind(asked.to).push(" and ");
        scope::within(&mut sql, scope);
        for coach in [scope.coach, asked.coach].into_iter().flatten() {
            sql.push(" and session.coach_id = ").push_bind(coach.0);
        }
        if let Some(person) = asked.person {
            sql.push(" and session.person_id = ").push_bind(person.0);
        }
        sql.push(" order by session.on_date, session.from_time, session.id");
        let found: Vec<CalendarRow> = sql.build_query_as().fetch_all(self.connection()).await?;
        found.into_iter().map(CalendarSession::try_from).collect()
    }

    async fn feed_sessions(&mut self, coach: CoachId, from: NaiveDate, to: NaiveDate) -> StoreResult<Vec<FeedRecord>> {
        let found = query_as::<Db, FeedRow>(
            "select session.id, session.opal_id, session.version, session.on_date, session.from_time, session.to_time, session.state, person.first_name, \
             person.last_name, activity.name as activity_name, activity.at_employer, site.town as site_town, opal.employer_town \
             from session join opal on opal.id = session.opal_id join site on site.id = opal.site_id \
             join person on person.id = session.person_id \
             join activity on activity.opal_id = session.opal_id and activity.code = session.activity_code \
             where session.coach_id = $1 and session.on_date between $2 and $3 order by session.on_date, session.from_time, session.id",
        )
        .bind(coach.0)
        .bind(from)
        .bind(to)
        .fetch_all(self.connection())
        .await?;
        found.into_iter().map(FeedRecord::try_from).collect()
    }

    async fn feed_of(&mut self, coach: CoachId) -> StoreResult<Option<FeedLink>> {
        let found = query_as::<Db, (NaiveDateTime, Option<NaiveDateTime>, i64)>(
            "select created_local, last_read_local, reads from calendar_feed where coach_id = $1",
        )
        .bind(coach.0)
        .fetch_optional(self.connection())
        .await?;
        Ok(found.map(|(since, last_read, reads)| FeedLink { since: LocalInstant(since), last_read: local(last_read), reads }))
    }

    async fn feed_by_hash(&mut self, hash: &[u8], today: NaiveDate) -> StoreResult<Option<CoachId>> {
        let found = query_scalar::<Db, Uuid>(
            "select coach.id from calendar_feed join coach on coach.id = calendar_feed.coach_id \
             where calendar_feed.hash = $1 and (coach.active_to is null or coach.active_to >= $2) \
             and not exists (select 1 from account where account.coach_id = coach.id and account.disabled)",
        )
        .bind(hash)
        .bind(today)
        .fetch_optional(self.connection())
        .await?;
        Ok(found.map(CoachId))
    }

    async fn put_feed(&mut self, coach: CoachId, hash: &[u8], at: DateTime<Utc>, local: LocalInstant) -> StoreResult<()> {
        self.delete_feed(coach).await?;
        query::<Db>("insert into calendar_feed (coach_id, hash, created_at, created_local) values ($1, $2, $3, $4)")
            .bind(coach.0)
            .bind(hash)
            .bind(at)
            .bind(local.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    async fn delete_feed(&mut self, coach: CoachId) -> StoreResult<bool> {
        let gone = query::<Db>("delete from calendar_feed where coach_id = $1").bind(coach.0).execute(self.connection()).await?;
        Ok(gone.rows_affected() == 1)
    }

    async fn note_feed_read(&mut self, coach: CoachId, at: DateTime<Utc>, local: LocalInstant) -> StoreResult<()> {
        query::<Db>("update calendar_feed set last_read_at = $2, last_read_local = $3, reads = reads + 1 where coach_id = $1")
            .bind(coach.0)
            .bind(at)
            .bind(local.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }
}
