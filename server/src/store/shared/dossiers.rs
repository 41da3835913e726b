//! How dossiers end (S18, R38), and the employers of the person meanwhile (S17).

use app::domain::{command::Version, ids::OpalId, provider::VatNumber, request::intake::Employer};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{FromRow, query, query_scalar};
use uuid::Uuid;

use super::{Db, Sql, Tx, scope};
use crate::store::{
    DossierStore, StoreError, StoreResult,
    column::Place,
    records::{Days, DossierEnding, EmployerChangeRecord},
};

#[derive(FromRow)]
struct EmployerRow {
    opal_id: Uuid,
    since: NaiveDate,
    name: String,
    vat_number: String,
    town: String,
    contact: String,
    sealed_reason: Vec<u8>,
    changed_at: DateTime<Utc>,
}

impl TryFrom<EmployerRow> for EmployerChangeRecord {
    type Error = StoreError;

    fn try_from(row: EmployerRow) -> StoreResult<Self> {
        let place = Place { table: "employer_change", row: format_args!("{} {}", row.opal_id, row.since) };
        Ok(Self {
            opal: OpalId(row.opal_id),
            since: row.since,
            employer: Employer {
                vat_number: VatNumber::parse(&row.vat_number).map_err(|error| place.corrupt(error))?,
                name: row.name,
                town: row.town,
                contact: row.contact,
            },
            sealed_reason: row.sealed_reason,
            changed_at: row.changed_at,
        })
    }
}

#[async_trait]
impl DossierStore for Tx {
    async fn keep_ending(&mut self, opal: OpalId, ending: &DossierEnding, seen: Version) -> StoreResult<bool> {
        let interruption = ending.interruption.as_ref();
        let written = query::<Db>(
            "update opal set interrupted_on = $3, interrupted_local = $4, interrupted_by = $5, sealed_interruption = $6, expired_at = $7, \
             archived_at = $8, version = version + 1 where id = $1 and version = $2 and state = 'admitted'",
        )
        .bind(opal.0)
        .bind(seen)
        .bind(interruption.map(|made| made.on))
        .bind(interruption.map(|made| made.local.0))
        .bind(interruption.map(|made| &made.by))
        .bind(interruption.map(|made| &made.sealed))
        .bind(ending.expired_at)
        .bind(ending.archived_at)
        .execute(self.connection())
        .await?;
        Ok(written.rows_affected() == 1)
    }

    async fn bump_opal(&mut self, opal: OpalId, seen: Version) -> StoreResult<bool> {
        let written = query::<Db>("update opal set version = version + 1 where id = $1 and version = $2")
            .bind(opal.0)
            .bind(seen)
            .execute(self.connection())
            .await?;
        Ok(written.rows_affected() == 1)
    }

    async fn expiring(&mut self, today: NaiveDate, limit: u32) -> StoreResult<Vec<OpalId>> {
        let sql = "select id from opal where state = 'admitted' and expired_at is null and valid_to < $1 order by valid_to, id limit $2";
        let found = query_scalar::<Db, Uuid>(sql).bind(today).bind(i64::from(limit)).fetch_all(self.connection()).await?;
        Ok(found.into_iter().map(OpalId).collect())
    }

    async fn archiving(&mut self, ended: &[Days], limit: u32) -> StoreResult<Vec<OpalId>> {
        let mut sql = Sql::new("select id from opal where state = 'admitted' and archived_at is null and ");
        scope::dated(&mut sql, "valid_to", ended);
        sql.push(" order by valid_to, id limit ").push_bind(i64::from(limit));
        Ok(sql.build_query_scalar::<Uuid>().fetch_all(self.connection()).await?.into_iter().map(OpalId).collect())
    }

    async fn employer_changes(&mut self, opals: &[OpalId]) -> StoreResult<Vec<EmployerChangeRecord>> {
        let mut sql =
            Sql::new("select opal_id, since, name, vat_number, town, contact, sealed_reason, changed_at from employer_change where ");
        scope::one_of(&mut sql, "opal_id", opals.iter().map(|id| id.0));
        sql.push(" order by opal_id, since");
        let found: Vec<EmployerRow> = sql.build_query_as().fetch_all(self.connection()).await?;
        found.into_iter().map(EmployerChangeRecord::try_from).collect()
    }

    async fn insert_employer_change(&mut self, change: &EmployerChangeRecord) -> StoreResult<()> {
        query::<Db>(
            "insert into employer_change (opal_id, since, name, vat_number, town, contact, sealed_reason, changed_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(change.opal.0)
        .bind(change.since)
        .bind(&change.employer.name)
        .bind(change.employer.vat_number.as_str())
        .bind(&change.employer.town)
        .bind(&change.employer.contact)
        .bind(&change.sealed_reason)
        .bind(change.changed_at)
        .execute(self.connection())
        .await?;
        Ok(())
    }
}
