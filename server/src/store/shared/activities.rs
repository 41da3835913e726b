//! The five activities of a dossier, frozen at its admission.

use app::domain::ids::OpalId;
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{FromRow, query};
use uuid::Uuid;

use super::{Connection, Db, Sql, scope};
use crate::store::{StoreError, StoreResult, column::Place, records::ActivityRecord};

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
    outputs: String,
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
            outputs: place.word(&row.outputs)?,
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
            "insert into activity (opal_id, code, ordinal, name, agreed_minutes, rate_cents, at_employer, assumption, outputs, \
             closed_at, closed_on, closed_by, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        )
        .bind(activity.opal.0)
        .bind(activity.code.as_str())
        .bind(activity.ordinal)
        .bind(&activity.name)
        .bind(i64::from(activity.agreed))
        .bind(activity.rate_cents)
        .bind(activity.at_employer)
        .bind(activity.assumption)
        .bind(activity.outputs.words())
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
        "select opal_id, code, ordinal, name, agreed_minutes, rate_cents, at_employer, assumption, outputs, closed_at, closed_on, closed_by, version \
         from activity where ",
    );
    scope::one_of(&mut sql, "opal_id", opals.iter().map(|id| id.0));
    sql.push(" order by opal_id, ordinal");
    sql.build_query_as::<ActivityRow>().fetch_all(connection).await?.into_iter().map(ActivityRecord::try_from).collect()
}
