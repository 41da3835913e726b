//! The append-only log.

use app::domain::{ids::AccountId, time::LocalInstant};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDateTime, Utc};
use sqlx::{FromRow, query, query_as};
use uuid::Uuid;

use super::{Db, Tx};
use crate::store::{AuditStore, StoreError, StoreResult, column::Place, records::AuditRecord};

#[derive(FromRow)]
struct AuditRow {
    chain: String,
    number: i64,
    at: DateTime<Utc>,
    at_local: NaiveDateTime,
    account_id: Option<Uuid>,
    actor: String,
    action: String,
    request_id: String,
    payload: Vec<u8>,
    previous: Vec<u8>,
    hash: Vec<u8>,
}

impl TryFrom<AuditRow> for AuditRecord {
    type Error = StoreError;

    fn try_from(row: AuditRow) -> StoreResult<Self> {
        let place = Place { table: "audit", row: format_args!("{} {}", row.chain, row.number) };
        Ok(Self {
            action: place.word(&row.action)?,
            number: row.number,
            at: row.at,
            at_local: LocalInstant(row.at_local),
            account: row.account_id.map(AccountId),
            actor: row.actor,
            request_id: row.request_id,
            payload: row.payload,
            previous: row.previous,
            hash: row.hash,
            chain: row.chain,
        })
    }
}

macro_rules! select_audit {
    ($rest:literal) => {
        concat!(
            "select chain, number, at, at_local, account_id, actor, action, request_id, payload, previous, hash \
             from audit where chain = $1 ",
            $rest
        )
    };
}

#[async_trait]
impl AuditStore for Tx {
    async fn last_audit(&mut self, chain: &str) -> StoreResult<Option<AuditRecord>> {
        let found =
            query_as::<Db, AuditRow>(select_audit!("order by number desc limit 1")).bind(chain).fetch_optional(self.connection()).await?;
        found.map(AuditRecord::try_from).transpose()
    }

    async fn insert_audit(&mut self, row: &AuditRecord) -> StoreResult<()> {
        query::<Db>(
            "insert into audit (chain, number, at, at_local, account_id, actor, action, request_id, payload, previous, hash) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .bind(&row.chain)
        .bind(row.number)
        .bind(row.at)
        .bind(row.at_local.0)
        .bind(row.account.map(|id| id.0))
        .bind(&row.actor)
        .bind(row.action.as_str())
        .bind(&row.request_id)
        .bind(&row.payload)
        .bind(&row.previous)
        .bind(&row.hash)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    async fn audit_chain(&mut self, chain: &str) -> StoreResult<Vec<AuditRecord>> {
        let found = query_as::<Db, AuditRow>(select_audit!("order by number")).bind(chain).fetch_all(self.connection()).await?;
        found.into_iter().map(AuditRecord::try_from).collect()
    }
}
