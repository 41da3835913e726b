//! Providers, sites, coaches, employment centres.

use app::domain::{
    command::Version,
    ids::{CoachId, ProviderId, SiteId},
    provider::{Coach, Provider, Site, StandingEntry},
    request::intake::EmploymentCentre,
    text::fold,
    time::LocalInstant,
};
use async_trait::async_trait;
use chrono::{NaiveDate, NaiveDateTime};
use sqlx::{FromRow, query, query_as, query_scalar};
use uuid::Uuid;

use super::{Db, Sql, Tx, scope};
use crate::store::{
    ProviderStore, StoreResult,
    column::{Place, rows},
};

#[derive(FromRow)]
struct ProviderRow {
    id: Uuid,
    code: String,
    name: String,
}

impl From<ProviderRow> for Provider {
    fn from(row: ProviderRow) -> Self {
        Self { id: ProviderId(row.id), code: row.code, name: row.name }
    }
}

#[derive(FromRow)]
struct StandingRow {
    provider_id: Uuid,
    number: i64,
    from_on: NaiveDate,
    standing: String,
    reason: String,
    decided_by: String,
    decided_local: NaiveDateTime,
}

impl StandingRow {
    fn entry(self) -> StoreResult<(ProviderId, StandingEntry)> {
        let place = Place { table: "provider_standing", row: format_args!("{} {}", self.provider_id, self.number) };
        let standing = place.word(&self.standing)?;
        let at = LocalInstant(self.decided_local);
        Ok((ProviderId(self.provider_id), StandingEntry { from: self.from_on, standing, reason: self.reason, by: self.decided_by, at }))
    }
}

#[derive(FromRow)]
struct SiteRow {
    id: Uuid,
    provider_id: Uuid,
    code: String,
    town: String,
}

impl From<SiteRow> for Site {
    fn from(row: SiteRow) -> Self {
        Self { id: SiteId(row.id), provider: ProviderId(row.provider_id), code: row.code, town: row.town }
    }
}

#[derive(FromRow)]
pub(super) struct CoachRow {
    id: Uuid,
    name: String,
    site_id: Uuid,
    active_from: NaiveDate,
    active_to: Option<NaiveDate>,
}

impl From<CoachRow> for Coach {
    fn from(row: CoachRow) -> Self {
        Self { id: CoachId(row.id), name: row.name, site: SiteId(row.site_id), active_from: row.active_from, active_to: row.active_to }
    }
}

#[async_trait]
impl ProviderStore for Tx {
    async fn provider_by_code(&mut self, code: &str) -> StoreResult<Option<Provider>> {
        let found = query_as::<Db, ProviderRow>("select id, code, name from provider where code = $1")
            .bind(code)
            .fetch_optional(self.connection())
            .await?;
        Ok(found.map(Provider::from))
    }

    async fn provider(&mut self, id: ProviderId) -> StoreResult<Option<Provider>> {
        let found = query_as::<Db, ProviderRow>("select id, code, name from provider where id = $1")
            .bind(id.0)
            .fetch_optional(self.connection())
            .await?;
        Ok(found.map(Provider::from))
    }

    async fn insert_provider(&mut self, provider: &Provider, first: &StandingEntry) -> StoreResult<()> {
        query::<Db>("insert into provider (id, code, name) values ($1, $2, $3)")
            .bind(provider.id.0)
            .bind(&provider.code)
            .bind(&provider.name)
            .execute(self.connection())
            .await?;
        self.insert_standing(provider.id, 1, first).await
    }

    async fn providers(&mut self, after: Option<&str>, limit: u32) -> StoreResult<(Vec<Provider>, u64)> {
        let total = query_scalar::<Db, i64>("select count(*) from provider").fetch_one(self.connection()).await?;
        let found = query_as::<Db, ProviderRow>("select id, code, name from provider where code > $1 order by code limit $2")
            .bind(after.unwrap_or_default())
            .bind(i64::from(limit))
            .fetch_all(self.connection())
            .await?;
        Ok((found.into_iter().map(Provider::from).collect(), rows(total)))
    }

    async fn standings(&mut self, providers: &[ProviderId]) -> StoreResult<Vec<(ProviderId, StandingEntry)>> {
        let mut sql =
            Sql::new("select provider_id, number, from_on, standing, reason, decided_by, decided_local from provider_standing where ");
        scope::one_of(&mut sql, "provider_id", providers.iter().map(|id| id.0));
        sql.push(" order by provider_id, number");
        let found: Vec<StandingRow> = sql.build_query_as().fetch_all(self.connection()).await?;
        found.into_iter().map(StandingRow::entry).collect()
    }

    async fn insert_standing(&mut self, provider: ProviderId, number: Version, entry: &StandingEntry) -> StoreResult<()> {
        query::<Db>(
            "insert into provider_standing (provider_id, number, from_on, standing, reason, decided_by, decided_local) \
             values ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(provider.0)
        .bind(number)
        .bind(entry.from)
        .bind(entry.standing.as_str())
        .bind(&entry.reason)
        .bind(&entry.by)
        .bind(entry.at.0)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    async fn site_by_code(&mut self, code: &str) -> StoreResult<Option<Site>> {
        let found = query_as::<Db, SiteRow>("select id, provider_id, code, town from site where code = $1")
            .bind(code)
            .fetch_optional(self.connection())
            .await?;
        Ok(found.map(Site::from))
    }

    async fn sites(&mut self, provider: ProviderId) -> StoreResult<Vec<Site>> {
        let found = query_as::<Db, SiteRow>("select id, provider_id, code, town from site where provider_id = $1 order by code")
            .bind(provider.0)
            .fetch_all(self.connection())
            .await?;
        Ok(found.into_iter().map(Site::from).collect())
    }

    async fn insert_site(&mut self, site: &Site, province: &str) -> StoreResult<()> {
        query::<Db>("insert into site (id, provider_id, code, town, province) values ($1, $2, $3, $4, $5)")
            .bind(site.id.0)
            .bind(site.provider.0)
            .bind(&site.code)
            .bind(&site.town)
            .bind(province)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    async fn coaches(&mut self, provider: ProviderId) -> StoreResult<Vec<Coach>> {
        let found = query_as::<Db, CoachRow>("select id, name, site_id, active_from, active_to from coach where provider_id = $1")
            .bind(provider.0)
            .fetch_all(self.connection())
            .await?;
        let mut coaches: Vec<_> = found.into_iter().map(Coach::from).collect();
        // The order of names is the program's, and a provider has few of them.
        coaches.sort_by_cached_key(|coach| (fold(&coach.name), coach.id));
        Ok(coaches)
    }

    async fn insert_coach(&mut self, provider: ProviderId, coach: &Coach) -> StoreResult<()> {
        query::<Db>("insert into coach (id, provider_id, site_id, name, active_from, active_to) values ($1, $2, $3, $4, $5, $6)")
            .bind(coach.id.0)
            .bind(provider.0)
            .bind(coach.site.0)
            .bind(&coach.name)
            .bind(coach.active_from)
            .bind(coach.active_to)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    async fn centre(&mut self, code: &str) -> StoreResult<Option<EmploymentCentre>> {
        let found = query_as::<Db, (String, String)>("select code, name from centre where code = $1")
            .bind(code)
            .fetch_optional(self.connection())
            .await?;
        Ok(found.map(|(code, name)| EmploymentCentre { code, name }))
    }

    async fn keep_centre(&mut self, code: &str, name: &str) -> StoreResult<()> {
        query::<Db>(
            "insert into centre (code, name, code_folded, name_folded) values ($1, $2, $3, $4) \
             on conflict (code) do update set name = excluded.name, name_folded = excluded.name_folded",
        )
        .bind(code)
        .bind(name)
        .bind(fold(code))
        .bind(fold(name))
        .execute(self.connection())
        .await?;
        Ok(())
    }
}
