//! Commands already answered, leases of jobs, and settings.

use app::domain::ids::{AccountId, CommandKey};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sqlx::{FromRow, query, query_as, query_scalar};
use uuid::Uuid;

use super::{Db, Tx};
use crate::store::{CommandStore, StoreResult, records::IdempotencyRecord};

#[derive(FromRow)]
struct AnswerRow {
    fingerprint: Vec<u8>,
    reply: String,
    at: DateTime<Utc>,
}

#[async_trait]
impl CommandStore for Tx {
    async fn answered(&mut self, key: CommandKey, account: AccountId) -> StoreResult<Option<IdempotencyRecord>> {
        let found = query_as::<Db, AnswerRow>("select fingerprint, reply, at from answer where command_key = $1 and account_id = $2")
            .bind(key.0)
            .bind(account.0)
            .fetch_optional(self.connection())
            .await?;
        Ok(found.map(|row| IdempotencyRecord { key, account, fingerprint: row.fingerprint, reply: row.reply, at: row.at }))
    }

    async fn keep_answer(&mut self, answer: &IdempotencyRecord) -> StoreResult<()> {
        query::<Db>("insert into answer (command_key, account_id, fingerprint, reply, at) values ($1, $2, $3, $4, $5)")
            .bind(answer.key.0)
            .bind(answer.account.0)
            .bind(&answer.fingerprint)
            .bind(&answer.reply)
            .bind(answer.at)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    async fn take_lease(&mut self, job: &str, holder: Uuid, now: DateTime<Utc>, until: DateTime<Utc>) -> StoreResult<bool> {
        let taken = query::<Db>(
            "insert into lease (job, holder, until_at) values ($1, $2, $3) \
             on conflict (job) do update set holder = excluded.holder, until_at = excluded.until_at \
             where lease.until_at <= $4 or lease.holder = excluded.holder",
        )
        .bind(job)
        .bind(holder)
        .bind(until)
        .bind(now)
        .execute(self.connection())
        .await?;
        Ok(taken.rows_affected() == 1)
    }

    async fn setting(&mut self, key: &str) -> StoreResult<Option<String>> {
        Ok(query_scalar::<Db, String>("select value from setting where key = $1").bind(key).fetch_optional(self.connection()).await?)
    }

    async fn keep_setting(&mut self, key: &str, value: &str) -> StoreResult<()> {
        query::<Db>("insert into setting (key, value) values ($1, $2)").bind(key).bind(value).execute(self.connection()).await?;
        Ok(())
    }
}
