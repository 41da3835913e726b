//! The five activities of a dossier, frozen at its admission.

use app::domain::{agenda::NEARLY_FULL_TENTHS, ids::OpalId, provider::Scope, rulebook::ActivityCode, session::SessionState};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{FromRow, query};
use uuid::Uuid;

use super::{Connection, Db, Sql, opals, scope};
use crate::store::{
    StoreError, StoreResult,
    column::{Place, rows},
    records::{ActivityRecord, OpalRecord},
};

#[derive(FromRow)]
struct ActivityRow {
    opal_id: Uuid,
    code: String,
    ordinal: i16,
    name: String,
    agreed_minutes: i64,
    rate_cents: i64,
    at_employer: bool,
    assumption: bool,
    closed_at: Option<DateTime<Utc>>,
    closed_on: Option<NaiveDate>,
    closed_by: Option<String>,
    version: i64,
}

impl TryFrom<ActivityRow> for ActivityRecord {
    type Error = StoreError;

    fn try_from(row: ActivityRow) -> StoreResult<Self> {
        let place = Place { table: "activity", row: format_args!("{} {}", row.opal_id, row.code) };
        Ok(Self {
            opal: OpalId(row.opal_id),
            code: place.word(&row.code)?,
            ordinal: row.ordinal,
            agreed: place.count(row.agreed_minutes)?,
            name: row.name,
            rate_cents: row.rate_cents,
            at_employer: row.at_employer,
            assumption: row.assumption,
            closed_at: row.closed_at,
            closed_on: row.closed_on,
            closed_by: row.closed_by,
            version: row.version,
        })
    }
}

pub(super) async fn insert(connection: &mut Connection, activities: &[ActivityRecord]) -> StoreResult<()> {
    for activity in activities {
        query::<Db>(
            "insert into activity (opal_id, code, ordinal, name, agreed_minutes, rate_cents, at_employer, assumption, closed_at, \
             closed_on, closed_by, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        )
        .bind(activity.opal.0)
        .bind(activity.code.as_str())
        .bind(activity.ordinal)
        .bind(&activity.name)
        .bind(i64::from(activity.agreed))
        .bind(activity.rate_cents)
        .bind(activity.at_employer)
        .bind(activity.assumption)
        .bind(activity.closed_at)
        .bind(activity.closed_on)
        .bind(&activity.closed_by)
        .bind(activity.version)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

pub(super) async fn of(connection: &mut Connection, opals: &[OpalId]) -> StoreResult<Vec<ActivityRecord>> {
    let mut sql = Sql::new(
        "select opal_id, code, ordinal, name, agreed_minutes, rate_cents, at_employer, assumption, closed_at, closed_on, closed_by, version \
         from activity where ",
    );
    scope::one_of(&mut sql, "opal_id", opals.iter().map(|id| id.0));
    sql.push(" order by opal_id, ordinal");
    sql.build_query_as::<ActivityRow>().fetch_all(connection).await?.into_iter().map(ActivityRecord::try_from).collect()
}

#[derive(FromRow)]
struct FullRow {
    opal_id: Uuid,
    code: String,
    total: i64,
}

/// Which hours count and from where on is the domain's to say; here it is only summed up.
pub(super) async fn nearly_full(
    connection: &mut Connection,
    scope: &Scope,
    ending_from: NaiveDate,
    limit: u32,
) -> StoreResult<(Vec<(OpalRecord, ActivityRecord)>, u64)> {
    let mut sql = Sql::new(
        "select activity.opal_id, activity.code, count(*) over () as total from opal \
         join activity on activity.opal_id = opal.id \
         join session on session.opal_id = activity.opal_id and session.activity_code = activity.code where",
    );
    scope::within(&mut sql, scope);
    sql.push(" and opal.state = 'admitted' and opal.interrupted_on is null and activity.closed_at is null and ");
    scope::in_states(&mut sql, SessionState::uses_hours);
    sql.push(" and opal.valid_to >= ").push_bind(ending_from);
    sql.push(
        " group by activity.opal_id, activity.code, activity.ordinal, activity.agreed_minutes \
         having sum(session.minutes) * 10 >= activity.agreed_minutes * ",
    );
    sql.push_bind(NEARLY_FULL_TENTHS);
    sql.push(
        " order by cast(sum(session.minutes) as bigint) * 10000 / activity.agreed_minutes desc, activity.opal_id, activity.ordinal limit ",
    );
    sql.push_bind(i64::from(limit));
    let found: Vec<FullRow> = sql.build_query_as().fetch_all(&mut *connection).await?;
    let total = found.first().map_or(0, |row| rows(row.total));

    let ids: Vec<_> = found.iter().map(|row| OpalId(row.opal_id)).collect();
    let opals = opals::by_ids(connection, &ids).await?;
    let activities = of(connection, &ids).await?;
    let pairs = found.iter().filter_map(|row| {
        let code = row.code.parse::<ActivityCode>().ok()?;
        let opal = opals.iter().find(|opal| opal.id.0 == row.opal_id)?;
        let activity = activities.iter().find(|activity| activity.opal == opal.id && activity.code == code)?;
        Some((opal.clone(), activity.clone()))
    });
    Ok((pairs.collect(), total))
}
