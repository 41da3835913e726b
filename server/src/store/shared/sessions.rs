//! Sessions, and the time they take of persons and coaches.

use std::collections::BTreeMap;

use app::domain::{
    command::Version,
    ids::{CoachId, OpalId, PersonId, SessionId},
    session::{Busy, BusyWho, EndReason, SessionState},
    time::Week,
};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use sqlx::{FromRow, query, query_as};
use uuid::Uuid;

use super::{Connection, Db, Sql, Tx, scope};
use crate::store::{
    SessionStore, StoreError, StoreResult,
    column::{Place, local},
    records::{EngagementRecord, SessionRecord},
};

#[derive(FromRow)]
pub(super) struct SessionRow {
    id: Uuid,
    pub opal_id: Uuid,
    person_id: Uuid,
    activity_code: String,
    coach_id: Uuid,
    coach_name: String,
    on_date: NaiveDate,
    from_time: NaiveTime,
    to_time: NaiveTime,
    note: String,
    state: String,
    late_days: Option<i64>,
    entered_at: DateTime<Utc>,
    started_local: Option<NaiveDateTime>,
    completed_local: Option<NaiveDateTime>,
    description: Option<String>,
    end_reason: Option<String>,
    end_text: Option<String>,
    replaces: Option<Uuid>,
    replaced: bool,
    version: i64,
}

impl TryFrom<SessionRow> for SessionRecord {
    type Error = StoreError;

    fn try_from(row: SessionRow) -> StoreResult<Self> {
        let place = Place { table: "session", row: row.id };
        Ok(Self {
            id: SessionId(row.id),
            opal: OpalId(row.opal_id),
            person: PersonId(row.person_id),
            activity: place.word(&row.activity_code)?,
            coach: CoachId(row.coach_id),
            coach_name: row.coach_name,
            span: place.span(row.on_date, row.from_time, row.to_time)?,
            note: row.note,
            state: place.word(&row.state)?,
            late_days: row.late_days.map(|days| place.count(days)).transpose()?,
            entered_at: row.entered_at,
            started_local: local(row.started_local),
            completed_local: local(row.completed_local),
            description: row.description,
            end_reason: place.word_if(row.end_reason.as_deref())?,
            end_text: row.end_text,
            replaces: row.replaces.map(SessionId),
            replaced: row.replaced,
            version: row.version,
        })
    }
}

#[derive(FromRow)]
struct EngagementRow {
    id: Uuid,
    opal_id: Uuid,
    person_id: Uuid,
    coach_id: Uuid,
    on_date: NaiveDate,
    from_time: NaiveTime,
    to_time: NaiveTime,
}

impl TryFrom<EngagementRow> for EngagementRecord {
    type Error = StoreError;

    fn try_from(row: EngagementRow) -> StoreResult<Self> {
        let span = Place { table: "session", row: row.id }.span(row.on_date, row.from_time, row.to_time)?;
        Ok(Self { opal: OpalId(row.opal_id), person: PersonId(row.person_id), coach: CoachId(row.coach_id), span })
    }
}

/// Live time of some persons and coaches between two days, by date; not that of the dossier `beside`.
pub(super) async fn engagements(
    connection: &mut Connection,
    persons: &[PersonId],
    coaches: &[CoachId],
    (from, to): (NaiveDate, NaiveDate),
    beside: Option<OpalId>,
) -> StoreResult<Vec<EngagementRecord>> {
    let mut sql = Sql::new("select id, opal_id, person_id, coach_id, on_date, from_time, to_time from session where ");
    scope::in_states(&mut sql, SessionState::is_live);
    if let Some(opal) = beside {
        sql.push(" and opal_id <> ").push_bind(opal.0);
    }
    sql.push(" and on_date between ").push_bind(from).push(" and ").push_bind(to).push(" and (");
    scope::one_of(&mut sql, "person_id", persons.iter().map(|id| id.0));
    sql.push(" or ");
    scope::one_of(&mut sql, "coach_id", coaches.iter().map(|id| id.0));
    sql.push(") order by on_date, from_time, id");
    let found: Vec<EngagementRow> = sql.build_query_as().fetch_all(connection).await?;
    found.into_iter().map(EngagementRecord::try_from).collect()
}

macro_rules! select_sessions {
    ($more:literal, $rest:literal) => {
        concat!(
            "select session.id, session.opal_id, session.person_id, session.activity_code, session.coach_id, coach.name as coach_name, \
             session.on_date, session.from_time, session.to_time, session.note, session.state, session.late_days, session.entered_at, \
             session.started_local, session.completed_local, session.description, session.end_reason, session.end_text, session.replaces, \
             exists (select 1 from session as later where later.replaces = session.id) as replaced, session.version",
            $more,
            " from session join coach on coach.id = session.coach_id ",
            $rest
        )
    };
}

pub(super) use select_sessions;

#[async_trait]
impl SessionStore for Tx {
    async fn session(&mut self, id: SessionId) -> StoreResult<Option<SessionRecord>> {
        let found =
            query_as::<Db, SessionRow>(select_sessions!("", "where session.id = $1")).bind(id.0).fetch_optional(self.connection()).await?;
        found.map(SessionRecord::try_from).transpose()
    }

    async fn sessions_of(&mut self, opals: &[OpalId]) -> StoreResult<Vec<SessionRecord>> {
        let mut sql = Sql::new(select_sessions!("", "where "));
        scope::one_of(&mut sql, "session.opal_id", opals.iter().map(|id| id.0));
        sql.push(" order by session.on_date, session.from_time, session.id");
        sql.build_query_as::<SessionRow>().fetch_all(self.connection()).await?.into_iter().map(SessionRecord::try_from).collect()
    }

    async fn busy_elsewhere(
        &mut self,
        opal: OpalId,
        person: PersonId,
        coaches: &[CoachId],
        from: NaiveDate,
        to: NaiveDate,
    ) -> StoreResult<Vec<Busy>> {
        let found = engagements(self.connection(), &[person], coaches, (from, to), Some(opal)).await?;
        // One of the coaches may be with the same person in another dossier: both are taken.
        let busy = |found: EngagementRecord| {
            let person = (found.person == person).then_some(BusyWho::Person);
            let coach = coaches.contains(&found.coach).then_some(BusyWho::Coach(found.coach));
            person.into_iter().chain(coach).map(move |who| Busy { who, span: found.span })
        };
        Ok(found.into_iter().flat_map(busy).collect())
    }

    async fn person_weeks(&mut self, person: PersonId, from: NaiveDate, to: NaiveDate) -> StoreResult<Vec<(NaiveDate, u32)>> {
        let mut sql = Sql::new("select on_date, cast(sum(minutes) as bigint) from session where person_id = ");
        sql.push_bind(person.0).push(" and on_date between ").push_bind(from).push(" and ").push_bind(to).push(" and ");
        scope::in_states(&mut sql, SessionState::is_live);
        sql.push(" group by on_date");
        let days: Vec<(NaiveDate, i64)> = sql.build_query_as().fetch_all(self.connection()).await?;
        let place = Place { table: "session of person", row: person };
        let mut weeks = BTreeMap::<NaiveDate, u32>::new();
        for (on, minutes) in days {
            *weeks.entry(Week::of(on).monday()).or_default() += place.count(minutes)?;
        }
        Ok(weeks.into_iter().collect())
    }

    async fn insert_session(&mut self, session: &SessionRecord) -> StoreResult<()> {
        query::<Db>(
            "insert into session (id, opal_id, person_id, activity_code, coach_id, on_date, from_time, to_time, minutes, note, state, \
             late_days, entered_at, started_local, completed_local, description, end_reason, end_text, replaces, version) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
        )
        .bind(session.id.0)
        .bind(session.opal.0)
        .bind(session.person.0)
        .bind(session.activity.as_str())
        .bind(session.coach.0)
        .bind(session.span.on())
        .bind(session.span.from())
        .bind(session.span.to())
        .bind(i64::from(session.span.minutes()))
        .bind(&session.note)
        .bind(session.state.as_str())
        .bind(session.late_days.map(i64::from))
        .bind(session.entered_at)
        .bind(session.started_local.map(|at| at.0))
        .bind(session.completed_local.map(|at| at.0))
        .bind(&session.description)
        .bind(session.end_reason.map(EndReason::as_str))
        .bind(&session.end_text)
        .bind(session.replaces.map(|id| id.0))
        .bind(session.version)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    async fn update_session(&mut self, session: &SessionRecord, seen: Version) -> StoreResult<bool> {
        let written = query::<Db>(
            "update session set coach_id = $3, on_date = $4, from_time = $5, to_time = $6, minutes = $7, note = $8, state = $9, \
             late_days = $10, started_local = $11, completed_local = $12, description = $13, end_reason = $14, end_text = $15, \
             version = version + 1 where id = $1 and version = $2",
        )
        .bind(session.id.0)
        .bind(seen)
        .bind(session.coach.0)
        .bind(session.span.on())
        .bind(session.span.from())
        .bind(session.span.to())
        .bind(i64::from(session.span.minutes()))
        .bind(&session.note)
        .bind(session.state.as_str())
        .bind(session.late_days.map(i64::from))
        .bind(session.started_local.map(|at| at.0))
        .bind(session.completed_local.map(|at| at.0))
        .bind(&session.description)
        .bind(session.end_reason.map(EndReason::as_str))
        .bind(&session.end_text)
        .execute(self.connection())
        .await?;
        Ok(written.rows_affected() == 1)
    }
}
