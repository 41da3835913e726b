//! Requests and dossiers: one row each, from the notification on.

use app::domain::{
    command::Version,
    dossier::{DossierCursor, PoliciesFilter, Voucher},
    ids::{OpalId, PersonId, ProviderId, SiteId},
    person::PersonName,
    provider::{Scope, VatNumber},
    request::{RefusalReason, intake::Employer},
    rulebook::ActivityCode,
    time::LocalInstant,
};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use sqlx::{FromRow, query, query_as, query_scalar};
use uuid::Uuid;

use super::{Connection, Db, Sql, Tx, activities, requests, scope};
use crate::store::{
    OpalStore, StoreError, StoreResult,
    column::{Place, local, rows},
    records::{ActivityRecord, Closing, DossierEnding, InterruptionRecord, OpalRecord, RequestPage, RequestQuery},
};

#[derive(FromRow)]
pub(super) struct OpalRow {
    id: Uuid,
    opal_code: String,
    content_hash: Vec<u8>,
    voucher_id: String,
    voucher_kind: String,
    valid_from: NaiveDate,
    valid_to: NaiveDate,
    person_id: Uuid,
    first_name: String,
    last_name: String,
    provider_id: Uuid,
    site_id: Uuid,
    site_code: String,
    site_town: String,
    employer_name: String,
    employer_vat_number: String,
    employer_town: String,
    employer_contact: String,
    sealed_ground: Vec<u8>,
    centre_code: String,
    centre_name: String,
    notified_at: DateTime<Utc>,
    notified_local: NaiveDateTime,
    decide_by: NaiveDate,
    state: String,
    list_rank: i64,
    decided_at: Option<DateTime<Utc>>,
    decided_local: Option<NaiveDateTime>,
    decided_by: Option<String>,
    refusal_category: Option<String>,
    refusal_text: Option<String>,
    admitted_on: Option<NaiveDate>,
    interrupted_on: Option<NaiveDate>,
    interrupted_local: Option<NaiveDateTime>,
    interrupted_by: Option<String>,
    sealed_interruption: Option<Vec<u8>>,
    expired_at: Option<DateTime<Utc>>,
    archived_at: Option<DateTime<Utc>>,
    version: i64,
}

impl TryFrom<OpalRow> for OpalRecord {
    type Error = StoreError;

    fn try_from(row: OpalRow) -> StoreResult<Self> {
        let place = Place { table: "opal", row: row.id };
        let category = place.word_if(row.refusal_category.as_deref())?;
        let interruption = match (row.interrupted_on, row.interrupted_local, row.interrupted_by, row.sealed_interruption) {
            (None, ..) => None,
            (Some(on), Some(local), Some(by), Some(sealed)) => Some(InterruptionRecord { on, local: LocalInstant(local), by, sealed }),
            (Some(_), ..) => return Err(place.corrupt("it was interrupted by nobody")),
        };
        Ok(Self {
            id: OpalId(row.id),
            opal_code: row.opal_code,
            content_hash: row.content_hash,
            voucher: Voucher {
                id: row.voucher_id,
                kind: place.word(&row.voucher_kind)?,
                valid_from: row.valid_from,
                valid_to: row.valid_to,
            },
            person: PersonId(row.person_id),
            person_name: PersonName { first: row.first_name, last: row.last_name },
            provider: ProviderId(row.provider_id),
            site: SiteId(row.site_id),
            site_code: row.site_code,
            site_town: row.site_town,
            employer: Employer {
                name: row.employer_name,
                vat_number: VatNumber::parse(&row.employer_vat_number).map_err(|error| place.corrupt(error))?,
                town: row.employer_town,
                contact: row.employer_contact,
            },
            sealed_ground: row.sealed_ground,
            centre_code: row.centre_code,
            centre_name: row.centre_name,
            notified_at: row.notified_at,
            notified_local: LocalInstant(row.notified_local),
            decide_by: row.decide_by,
            state: place.word(&row.state)?,
            list_rank: row.list_rank,
            decided_at: row.decided_at,
            decided_local: local(row.decided_local),
            decided_by: row.decided_by,
            refusal: category.zip(row.refusal_text).map(|(category, text)| RefusalReason { category, text }),
            admitted_on: row.admitted_on,
            ending: DossierEnding { interruption, expired_at: row.expired_at, archived_at: row.archived_at },
            version: row.version,
        })
    }
}

/// `opal` with what every list shows of it.
macro_rules! from_opals {
    () => {
        " from opal join person on person.id = opal.person_id join site on site.id = opal.site_id \
         join centre on centre.code = opal.centre_code where "
    };
}

macro_rules! select_opals {
    ($condition:literal) => {
        concat!(
            "select opal.id, opal.opal_code, opal.content_hash, opal.voucher_id, opal.voucher_kind, opal.valid_from, opal.valid_to, \
             opal.person_id, person.first_name, person.last_name, opal.provider_id, opal.site_id, site.code as site_code, \
             site.town as site_town, opal.employer_name, opal.employer_vat_number, opal.employer_town, opal.employer_contact, \
             opal.sealed_ground, opal.centre_code, centre.name as centre_name, opal.notified_at, opal.notified_local, opal.decide_by, \
             opal.state, opal.list_rank, opal.decided_at, opal.decided_local, opal.decided_by, opal.refusal_category, opal.refusal_text, \
             opal.admitted_on, opal.interrupted_on, opal.interrupted_local, opal.interrupted_by, opal.sealed_interruption, opal.expired_at, \
             opal.archived_at, opal.version",
            from_opals!(),
            $condition
        )
    };
}
pub(super) use {from_opals, select_opals};

/// Reads the rows of a statement.
pub(super) async fn fetch(mut sql: Sql, connection: &mut Connection) -> StoreResult<Vec<OpalRecord>> {
    sql.build_query_as::<OpalRow>().fetch_all(connection).await?.into_iter().map(OpalRecord::try_from).collect()
}

#[async_trait]
impl OpalStore for Tx {
    async fn opal(&mut self, id: OpalId, scope: &Scope, today: NaiveDate) -> StoreResult<Option<OpalRecord>> {
        let mut sql = Sql::new(select_opals!("opal.id = "));
        sql.push_bind(id.0).push(" and (opal.state <> 'pending' or opal.notified_on <= ").push_bind(today).push(") and");
        scope::within(&mut sql, scope);
        Ok(fetch(sql, self.connection()).await?.pop())
    }

    async fn opal_by_code(&mut self, code: &str) -> StoreResult<Option<OpalRecord>> {
        let found = query_as::<Db, OpalRow>(select_opals!("opal.opal_code = $1")).bind(code).fetch_optional(self.connection()).await?;
        found.map(OpalRecord::try_from).transpose()
    }

    async fn opal_unscoped(&mut self, id: OpalId) -> StoreResult<Option<OpalRecord>> {
        let found = query_as::<Db, OpalRow>(select_opals!("opal.id = $1")).bind(id.0).fetch_optional(self.connection()).await?;
        found.map(OpalRecord::try_from).transpose()
    }

    async fn insert_opal(&mut self, opal: &OpalRecord) -> StoreResult<()> {
        query::<Db>(
            "insert into opal (id, opal_code, content_hash, voucher_id, voucher_kind, valid_from, valid_to, person_id, provider_id, \
             site_id, employer_name, employer_vat_number, employer_town, employer_contact, sealed_ground, centre_code, notified_at, \
             notified_local, notified_on, decide_by, state, list_rank, decided_at, decided_local, decided_by, refusal_category, \
             refusal_text, admitted_on, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, \
             $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29)",
        )
        .bind(opal.id.0)
        .bind(&opal.opal_code)
        .bind(&opal.content_hash)
        .bind(&opal.voucher.id)
        .bind(opal.voucher.kind.as_str())
        .bind(opal.voucher.valid_from)
        .bind(opal.voucher.valid_to)
        .bind(opal.person.0)
        .bind(opal.provider.0)
        .bind(opal.site.0)
        .bind(&opal.employer.name)
        .bind(opal.employer.vat_number.as_str())
        .bind(&opal.employer.town)
        .bind(&opal.employer.contact)
        .bind(&opal.sealed_ground)
        .bind(&opal.centre_code)
        .bind(opal.notified_at)
        .bind(opal.notified_local.0)
        .bind(opal.notified_local.today())
        .bind(opal.decide_by)
        .bind(opal.state.as_str())
        .bind(opal.list_rank)
        .bind(opal.decided_at)
        .bind(opal.decided_local.map(|at| at.0))
        .bind(&opal.decided_by)
        .bind(opal.refusal.as_ref().map(|refusal| refusal.category.as_str()))
        .bind(opal.refusal.as_ref().map(|refusal| &refusal.text))
        .bind(opal.admitted_on)
        .bind(opal.version)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    async fn update_opal(&mut self, opal: &OpalRecord, seen: Version) -> StoreResult<bool> {
        let written = query::<Db>(
            "update opal set state = $3, list_rank = $4, decided_at = $5, decided_local = $6, decided_by = $7, refusal_category = $8, \
             refusal_text = $9, admitted_on = $10, version = version + 1 where id = $1 and version = $2",
        )
        .bind(opal.id.0)
        .bind(seen)
        .bind(opal.state.as_str())
        .bind(opal.list_rank)
        .bind(opal.decided_at)
        .bind(opal.decided_local.map(|at| at.0))
        .bind(&opal.decided_by)
        .bind(opal.refusal.as_ref().map(|refusal| refusal.category.as_str()))
        .bind(opal.refusal.as_ref().map(|refusal| &refusal.text))
        .bind(opal.admitted_on)
        .execute(self.connection())
        .await?;
        Ok(written.rows_affected() == 1)
    }

    async fn pending_days(&mut self, from: NaiveDate) -> StoreResult<Vec<NaiveDate>> {
        let sql = "select distinct notified_on from opal where state = 'pending' and notified_on >= $1 order by notified_on";
        Ok(query_scalar::<Db, NaiveDate>(sql).bind(from).fetch_all(self.connection()).await?)
    }

    async fn set_term(&mut self, notified_on: NaiveDate, decide_by: NaiveDate, list_rank: i64) -> StoreResult<()> {
        query::<Db>("update opal set decide_by = $2, list_rank = $3 where state = 'pending' and notified_on = $1")
            .bind(notified_on)
            .bind(decide_by)
            .bind(list_rank)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    async fn requests(&mut self, query: &RequestQuery) -> StoreResult<RequestPage> {
        requests::page(self.connection(), query).await
    }

    async fn count_due(&mut self, scope: &Scope, on: NaiveDate) -> StoreResult<u64> {
        let mut sql = Sql::new("select count(*) from opal where opal.state = 'pending' and opal.decide_by = ");
        sql.push_bind(on).push(" and");
        scope::within(&mut sql, scope);
        Ok(rows(sql.build_query_scalar::<i64>().fetch_one(self.connection()).await?))
    }

    async fn overdue(&mut self, today: NaiveDate, limit: u32) -> StoreResult<Vec<OpalId>> {
        let found =
            query_scalar::<Db, Uuid>("select id from opal where state = 'pending' and decide_by < $1 order by decide_by, id limit $2")
                .bind(today)
                .bind(i64::from(limit))
                .fetch_all(self.connection())
                .await?;
        Ok(found.into_iter().map(OpalId).collect())
    }

    async fn dossiers(
        &mut self,
        scope: &Scope,
        filter: &PoliciesFilter,
        after: Option<&DossierCursor>,
        limit: u32,
    ) -> StoreResult<(Vec<OpalRecord>, u64)> {
        requests::dossiers(self.connection(), scope, filter, after, limit).await
    }

    async fn insert_activities(&mut self, activities: &[ActivityRecord]) -> StoreResult<()> {
        activities::insert(self.connection(), activities).await
    }

    async fn activities(&mut self, opals: &[OpalId]) -> StoreResult<Vec<ActivityRecord>> {
        activities::of(self.connection(), opals).await
    }

    async fn close_activity(&mut self, opal: OpalId, code: ActivityCode, closing: &Closing<'_>, seen: Version) -> StoreResult<bool> {
        let closed = query::<Db>(
            "update activity set closed_at = $4, closed_by = $5, closed_on = $6, version = version + 1 \
             where opal_id = $1 and code = $2 and version = $3 and closed_at is null",
        )
        .bind(opal.0)
        .bind(code.as_str())
        .bind(seen)
        .bind(closing.at)
        .bind(closing.by)
        .bind(closing.on)
        .execute(self.connection())
        .await?;
        Ok(closed.rows_affected() == 1)
    }

    async fn bump_activity(&mut self, opal: OpalId, code: ActivityCode) -> StoreResult<()> {
        query::<Db>("update activity set version = version + 1 where opal_id = $1 and code = $2")
            .bind(opal.0)
            .bind(code.as_str())
            .execute(self.connection())
            .await?;
        Ok(())
    }
}
