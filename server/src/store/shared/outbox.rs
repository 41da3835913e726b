//! Jobs that reach outside: added once by their key, claimed by one process at a time, ended once.

use app::domain::time::LocalInstant;
use async_trait::async_trait;
use chrono::{DateTime, NaiveDateTime, Utc};
use sqlx::{FromRow, query, query_as, query_scalar};
use uuid::Uuid;

use super::{Db, Tx};
use crate::store::{JobEnd, OutboxRecord, OutboxStore, StoreError, StoreResult, column::Place, pattern::after_prefix};

#[derive(FromRow)]
struct JobRow {
    id: Uuid,
    key: String,
    payload: String,
    not_before: NaiveDateTime,
    attempts: i64,
    next_try: DateTime<Utc>,
}

impl TryFrom<JobRow> for OutboxRecord {
    type Error = StoreError;

    fn try_from(row: JobRow) -> StoreResult<Self> {
        let attempts = Place { table: "outbox", row: row.id }.count(row.attempts)?;
        let (not_before, next_try) = (LocalInstant(row.not_before), row.next_try);
        Ok(Self { id: row.id, key: row.key, payload: row.payload, not_before, attempts, next_try })
    }
}

macro_rules! select_jobs {
    ($rest:literal) => {
        concat!("select id, key, payload, not_before, attempts, next_try from outbox where ", $rest)
    };
}

#[async_trait]
impl OutboxStore for Tx {
    async fn enqueue(&mut self, job: &OutboxRecord) -> StoreResult<bool> {
        let added = query::<Db>(
            "insert into outbox (id, kind, key, payload, not_before, attempts, next_try) values ($1, 'digest', $2, $3, $4, $5, $6) \
             on conflict (key) do nothing",
        )
        .bind(job.id)
        .bind(&job.key)
        .bind(&job.payload)
        .bind(job.not_before.0)
        .bind(i64::from(job.attempts))
        .bind(job.next_try)
        .execute(self.connection())
        .await?;
        Ok(added.rows_affected() == 1)
    }

    async fn job(&mut self, key: &str) -> StoreResult<Option<OutboxRecord>> {
        let found = query_as::<Db, JobRow>(select_jobs!("key = $1")).bind(key).fetch_optional(self.connection()).await?;
        found.map(OutboxRecord::try_from).transpose()
    }

    async fn due_jobs(&mut self, now: LocalInstant, at: DateTime<Utc>, limit: u32) -> StoreResult<Vec<OutboxRecord>> {
        let found = query_as::<Db, JobRow>(select_jobs!(
            "done_at is null and given_up_at is null and claimed_until is null and not_before <= $1 and next_try <= $2 \
             order by next_try, id limit $3"
        ))
        .bind(now.0)
        .bind(at)
        .bind(i64::from(limit))
        .fetch_all(self.connection())
        .await?;
        found.into_iter().map(OutboxRecord::try_from).collect()
    }

    async fn claim_job(&mut self, id: Uuid, attempts: u32, until: DateTime<Utc>) -> StoreResult<bool> {
        let claimed = query::<Db>(
            "update outbox set claimed_until = $3, attempts = attempts + 1 where id = $1 and attempts = $2 \
             and done_at is null and given_up_at is null and claimed_until is null",
        )
        .bind(id)
        .bind(i64::from(attempts))
        .bind(until)
        .execute(self.connection())
        .await?;
        Ok(claimed.rows_affected() == 1)
    }

    async fn later_job(&mut self, beginning: &str, key: &str, now: LocalInstant) -> StoreResult<bool> {
        let end = after_prefix(beginning).unwrap_or_default();
        Ok(query_scalar::<Db, bool>("select exists (select 1 from outbox where key > $1 and key < $2 and not_before <= $3)")
            .bind(key)
            .bind(end)
            .bind(now.0)
            .fetch_one(self.connection())
            .await?)
    }

    async fn end_job(&mut self, id: Uuid, end: &JobEnd, at: DateTime<Utc>) -> StoreResult<()> {
        let (done, given_up, next_try, error) = match end {
            JobEnd::Done => (Some(at), None, None, None),
            JobEnd::Again { next_try, error } => (None, None, Some(*next_try), Some(error)),
            JobEnd::GivenUp { error } => (None, Some(at), None, Some(error)),
        };
        query::<Db>(
            "update outbox set done_at = $2, given_up_at = $3, next_try = coalesce($4, next_try), last_error = $5, claimed_until = null \
             where id = $1 and done_at is null and given_up_at is null",
        )
        .bind(id)
        .bind(done)
        .bind(given_up)
        .bind(next_try)
        .bind(error)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    async fn give_up_lost_jobs(&mut self, error: &str, at: DateTime<Utc>) -> StoreResult<Vec<Uuid>> {
        Ok(query_scalar::<Db, Uuid>(
            "update outbox set given_up_at = $2, last_error = $1, claimed_until = null \
             where done_at is null and given_up_at is null and claimed_until < $2 returning id",
        )
        .bind(error)
        .bind(at)
        .fetch_all(self.connection())
        .await?)
    }

    async fn drop_jobs(&mut self, before: LocalInstant) -> StoreResult<()> {
        query::<Db>("delete from outbox where not_before < $1").bind(before.0).execute(self.connection()).await?;
        Ok(())
    }
}
