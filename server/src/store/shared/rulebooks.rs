//! The published versions of the rulebook, and what it takes to see what a new one would change.

use app::domain::{
    ids::{CoachId, OpalId, PersonId},
    provider::Coach,
    rulebook::RulebookVersion,
    session::SessionState,
    time::LocalInstant,
};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use sqlx::{FromRow, query, query_as, query_scalar};
use uuid::Uuid;

use super::{
    Db, Sql, Tx,
    opals::{self, from_opals, select_opals},
    providers::CoachRow,
    scope, sessions,
};
use crate::store::{
    RulebookStore, StoreError, StoreResult,
    column::{Place, rows},
    records::{EngagementRecord, OpalRecord, PublishedVersion},
};

#[derive(FromRow)]
struct VersionRow {
    valid_from: NaiveDate,
    body: String,
    published_at: DateTime<Utc>,
    published_local: NaiveDateTime,
    published_by: String,
}

impl TryFrom<VersionRow> for PublishedVersion {
    type Error = StoreError;

    fn try_from(row: VersionRow) -> StoreResult<Self> {
        let place = Place { table: "rulebook_version", row: row.valid_from };
        let version: RulebookVersion = serde_json::from_str(&row.body).map_err(|error| place.corrupt(error))?;
        if version.valid_from != row.valid_from {
            return Err(place.corrupt("its body begins on another day"));
        }
        Ok(Self {
            version,
            published_at: row.published_at,
            published_local: LocalInstant(row.published_local),
            published_by: row.published_by,
        })
    }
}

#[async_trait]
impl RulebookStore for Tx {
    async fn count_rulebook_versions(&mut self) -> StoreResult<u64> {
        Ok(rows(query_scalar::<Db, i64>("select count(*) from rulebook_version").fetch_one(self.connection()).await?))
    }

    async fn rulebook_versions(&mut self) -> StoreResult<Vec<PublishedVersion>> {
        let found = query_as::<Db, VersionRow>(
            "select valid_from, body, published_at, published_local, published_by from rulebook_version order by valid_from",
        )
        .fetch_all(self.connection())
        .await?;
        found.into_iter().map(PublishedVersion::try_from).collect()
    }

    async fn insert_rulebook_version(&mut self, published: &PublishedVersion) -> StoreResult<()> {
        let version = &published.version;
        let place = Place { table: "rulebook_version", row: version.valid_from };
        let body = serde_json::to_string(version).map_err(|error| place.corrupt(error))?;
        query::<Db>(
            "insert into rulebook_version (valid_from, body, citation, published_at, published_local, published_by) \
             values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(version.valid_from)
        .bind(body)
        .bind(&version.citation)
        .bind(published.published_at)
        .bind(published.published_local.0)
        .bind(&published.published_by)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    async fn planned_dossiers(&mut self, from: NaiveDate, after: Option<OpalId>, limit: u32) -> StoreResult<Vec<OpalRecord>> {
        let mut sql = Sql::new(select_opals!("opal.state = 'admitted' and opal.id > "));
        sql.push_bind(after.map_or(Uuid::nil(), |after| after.0));
        sql.push(" and exists (select 1 from session where session.opal_id = opal.id and ");
        scope::in_states(&mut sql, SessionState::is_open);
        sql.push(" and session.on_date >= ").push_bind(from).push(") order by opal.id limit ").push_bind(i64::from(limit));
        opals::fetch(sql, self.connection()).await
    }

    async fn engagements(
        &mut self,
        persons: &[PersonId],
        coaches: &[CoachId],
        from: NaiveDate,
        to: NaiveDate,
    ) -> StoreResult<Vec<EngagementRecord>> {
        sessions::engagements(self.connection(), persons, coaches, (from, to), None).await
    }

    async fn coaches_by_id(&mut self, ids: &[CoachId]) -> StoreResult<Vec<Coach>> {
        let mut sql = Sql::new("select id, name, site_id, active_from, active_to from coach where ");
        scope::one_of(&mut sql, "id", ids.iter().map(|id| id.0));
        let found: Vec<CoachRow> = sql.build_query_as().fetch_all(self.connection()).await?;
        Ok(found.into_iter().map(Coach::from).collect())
    }
}
