//! Providers, sites, coaches, employment centres.

use app::domain::{
    ids::{CoachId, ProviderId, SiteId},
    provider::{Coach, Provider, Site},
    request::intake::EmploymentCentre,
    text::fold,
};
use async_trait::async_trait;
use chrono::NaiveDate;
use sqlx::{FromRow, query, query_as};
use uuid::Uuid;

use super::{Db, Tx};
use crate::store::{ProviderStore, StoreResult};

#[derive(FromRow)]
struct ProviderRow {
    id: Uuid,
    code: String,
    name: String,
    active: bool,
}

impl From<ProviderRow> for Provider {
    fn from(row: ProviderRow) -> Self {
        Self { id: ProviderId(row.id), code: row.code, name: row.name, active: row.active }
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
        let found = query_as::<Db, ProviderRow>("select id, code, name, active from provider where code = $1")
            .bind(code)
            .fetch_optional(self.connection())
            .await?;
        Ok(found.map(Provider::from))
    }

    async fn provider(&mut self, id: ProviderId) -> StoreResult<Option<Provider>> {
        let found = query_as::<Db, ProviderRow>("select id, code, name, active from provider where id = $1")
            .bind(id.0)
            .fetch_optional(self.connection())
            .await?;
        Ok(found.map(Provider::from))
    }

    async fn insert_provider(&mut self, provider: &Provider) -> StoreResult<()> {
        query::<Db>("insert into provider (id, code, name, active) values ($1, $2, $3, $4)")
            .bind(provider.id.0)
            .bind(&provider.code)
            .bind(&provider.name)
            .bind(provider.active)
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
