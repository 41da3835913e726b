//! The dashboard and the lists behind it: rows by date, and dossiers added up in one statement. What a sum means is the domain's to say.

use app::domain::{
    agenda::PlannedMinutes,
    dossier::DossierFrame,
    ids::{OpalId, SiteId},
    person::PersonName,
    provider::Scope,
    session::SessionState,
};
use async_trait::async_trait;
use chrono::NaiveDate;
use sqlx::FromRow;
use uuid::Uuid;

use super::{
    Sql, Tx,
    opals::{fetch, from_opals, select_opals},
    scope,
    sessions::{SessionRow, select_sessions},
};
use crate::store::{
    StoreError, StoreResult, WorklistStore,
    column::{Place, rows},
    records::{Days, OpalRecord, ProgressRecord, SessionCursor, SessionListRecord},
};

#[derive(FromRow)]
struct ListRow {
    #[sqlx(flatten)]
    session: SessionRow,
    opal_code: String,
    first_name: String,
    last_name: String,
    site_id: Uuid,
    admitted_on: Option<NaiveDate>,
    valid_from: NaiveDate,
    valid_to: NaiveDate,
    interrupted_on: Option<NaiveDate>,
    activity_name: String,
}

impl TryFrom<ListRow> for SessionListRecord {
    type Error = StoreError;

    fn try_from(row: ListRow) -> StoreResult<Self> {
        let place = Place { table: "opal", row: row.session.opal_id };
        let admitted_on = row.admitted_on.ok_or_else(|| place.corrupt("it has sessions and no day of admission"))?;
        Ok(Self {
            session: row.session.try_into()?,
            frame: DossierFrame { admitted_on, valid_from: row.valid_from, valid_to: row.valid_to, interrupted_on: row.interrupted_on },
            opal_code: row.opal_code,
            person_name: PersonName { first: row.first_name, last: row.last_name },
            site: SiteId(row.site_id),
            activity_name: row.activity_name,
        })
    }
}

#[derive(FromRow)]
struct ProgressRow {
    opal_id: Uuid,
    admitted_on: Option<NaiveDate>,
    valid_from: NaiveDate,
    valid_to: NaiveDate,
    interrupted_on: Option<NaiveDate>,
    code: String,
    name: String,
    agreed_minutes: i64,
    closed_on: Option<NaiveDate>,
    outputs: String,
    state: Option<String>,
    sessions: i64,
    minutes: i64,
}

impl TryFrom<ProgressRow> for ProgressRecord {
    type Error = StoreError;

    fn try_from(row: ProgressRow) -> StoreResult<Self> {
        let place = Place { table: "opal", row: row.opal_id };
        let admitted_on = row.admitted_on.ok_or_else(|| place.corrupt("it is admitted and has no day of admission"))?;
        Ok(Self {
            opal: OpalId(row.opal_id),
            frame: DossierFrame { admitted_on, valid_from: row.valid_from, valid_to: row.valid_to, interrupted_on: row.interrupted_on },
            activity: place.word(&row.code)?,
            name: row.name,
            agreed: place.count(row.agreed_minutes)?,
            closed_on: row.closed_on,
            outputs: place.word(&row.outputs)?,
            state: place.word_if(row.state.as_deref())?,
            sessions: place.count(row.sessions)?,
            minutes: place.count(row.minutes)?,
        })
    }
}

#[derive(FromRow)]
struct MinutesRow {
    on_date: NaiveDate,
    state: String,
    minutes: i64,
}

impl TryFrom<MinutesRow> for PlannedMinutes {
    type Error = StoreError;

    fn try_from(row: MinutesRow) -> StoreResult<Self> {
        let place = Place { table: "session on", row: row.on_date };
        Ok(Self { on: row.on_date, state: place.word(&row.state)?, minutes: place.count(row.minutes)? })
    }
}

/// A coach reads the dossiers it works in, and of their sessions has to do only its own.
fn own(sql: &mut Sql, scope: &Scope) {
    if let Some(coach) = scope.coach {
        sql.push(" and session.coach_id = ").push_bind(coach.0);
    }
}

fn open(sql: &mut Sql, scope: &Scope, days: &[Days], ending: &[Days]) {
    scope::within(sql, scope);
    own(sql, scope);
    sql.push(" and opal.state = 'admitted' and ");
    scope::in_states(sql, SessionState::is_open);
    sql.push(" and ");
    scope::dated(sql, "session.on_date", days);
    sql.push(" and ");
    scope::dated(sql, "opal.valid_to", ending);
}

#[async_trait]
impl WorklistStore for Tx {
    async fn open_sessions(
        &mut self,
        scope: &Scope,
        days: &[Days],
        ending: &[Days],
        after: Option<&SessionCursor>,
        limit: u32,
    ) -> StoreResult<Vec<SessionListRecord>> {
        let mut sql = Sql::new(select_sessions!(
            ", opal.opal_code, person.first_name, person.last_name, opal.site_id, opal.admitted_on, opal.valid_from, opal.valid_to, \
             opal.interrupted_on, activity.name as activity_name",
            "join opal on opal.id = session.opal_id join person on person.id = session.person_id \
             join activity on activity.opal_id = session.opal_id and activity.code = session.activity_code where"
        ));
        open(&mut sql, scope, days, ending);
        if let Some(SessionCursor { begins, id }) = after {
            sql.push(" and (session.on_date, session.from_time, session.id) > (").push_bind(begins.date());
            sql.push(", ").push_bind(begins.time()).push(", ").push_bind(id.0).push(")");
        }
        sql.push(" order by session.on_date, session.from_time, session.id limit ").push_bind(i64::from(limit));
        let found: Vec<ListRow> = sql.build_query_as().fetch_all(self.connection()).await?;
        found.into_iter().map(SessionListRecord::try_from).collect()
    }

    async fn count_open_sessions(&mut self, scope: &Scope, days: &[Days], ending: &[Days]) -> StoreResult<Vec<(OpalId, u32)>> {
        let mut sql = Sql::new("select session.opal_id, count(*) from session join opal on opal.id = session.opal_id where");
        open(&mut sql, scope, days, ending);
        sql.push(" group by session.opal_id");
        let found: Vec<(Uuid, i64)> = sql.build_query_as().fetch_all(self.connection()).await?;
        found.into_iter().map(|(id, count)| Ok((OpalId(id), Place { table: "opal", row: id }.count(count)?))).collect()
    }

    async fn all_progress(&mut self, scope: &Scope, ending: &[Days]) -> StoreResult<Vec<ProgressRecord>> {
        // Which dossiers is settled first, by their index: the sums would else be taken in the order of all there are.
        let mut sql = Sql::new(
            "with dossier as materialized (select opal.id, opal.admitted_on, opal.valid_from, opal.valid_to, opal.interrupted_on from opal where",
        );
        scope::within(&mut sql, scope);
        sql.push(" and opal.state = 'admitted' and ");
        scope::dated(&mut sql, "opal.valid_to", ending);
        sql.push(
            ") select dossier.id as opal_id, dossier.admitted_on, dossier.valid_from, dossier.valid_to, dossier.interrupted_on, \
             activity.code, activity.name, activity.agreed_minutes, activity.closed_on, activity.outputs, session.state, \
             coalesce(cast(sum(session.minutes) as bigint), 0) as minutes, ",
        );
        match scope.coach {
            Some(coach) => sql.push("count(case when session.coach_id = ").push_bind(coach.0).push(" then 1 end)"),
            None => sql.push("count(session.minutes)"),
        };
        sql.push(
            " as sessions from dossier join activity on activity.opal_id = dossier.id \
             left join session on session.opal_id = activity.opal_id and session.activity_code = activity.code \
             group by dossier.id, dossier.admitted_on, dossier.valid_from, dossier.valid_to, dossier.interrupted_on, activity.opal_id, \
             activity.code, session.state order by dossier.id, activity.ordinal",
        );
        let found: Vec<ProgressRow> = sql.build_query_as().fetch_all(self.connection()).await?;
        found.into_iter().map(ProgressRecord::try_from).collect()
    }

    async fn count_dossiers(&mut self, scope: &Scope) -> StoreResult<u64> {
        let mut sql = Sql::new("select count(*) from opal where");
        scope::within(&mut sql, scope);
        sql.push(" and opal.state = 'admitted'");
        Ok(rows(sql.build_query_scalar::<i64>().fetch_one(self.connection()).await?))
    }

    async fn dossiers_by_id(&mut self, scope: &Scope, ids: &[OpalId]) -> StoreResult<Vec<OpalRecord>> {
        let mut sql = Sql::new(select_opals!(""));
        scope::within(&mut sql, scope);
        sql.push(" and opal.state = 'admitted' and ");
        scope::one_of(&mut sql, "opal.id", ids.iter().map(|id| id.0));
        fetch(sql, self.connection()).await
    }

    async fn planned_minutes(&mut self, scope: &Scope, from: NaiveDate, to: NaiveDate) -> StoreResult<Vec<PlannedMinutes>> {
        let mut sql = Sql::new(
            "select session.on_date, session.state, cast(sum(session.minutes) as bigint) as minutes \
             from opal join session on session.opal_id = opal.id where",
        );
        scope::within(&mut sql, scope);
        own(&mut sql, scope);
        // R38: no session is dated after its voucher, so that dossiers of long ago need not be looked into.
        sql.push(" and opal.state = 'admitted' and opal.valid_to >= ").push_bind(from);
        sql.push(" and session.on_date between ").push_bind(from).push(" and ").push_bind(to).push(" and ");
        scope::in_states(&mut sql, SessionState::uses_hours);
        sql.push(" group by session.on_date, session.state");
        let found: Vec<MinutesRow> = sql.build_query_as().fetch_all(self.connection()).await?;
        found.into_iter().map(PlannedMinutes::try_from).collect()
    }
}
