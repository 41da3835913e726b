//! PostgreSQL: many servers on one database; writers are serializable, and who loses tries again.

use std::{str::FromStr, sync::Arc, time::Duration};

use async_trait::async_trait;
use sqlx::{
    PgPool,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use self::shared::Tx;
use super::{Store, StoreResult, UnitOfWork, error::Class, schema};

#[expect(clippy::duplicate_mod, reason = "the same SQL compiled for each database: only `Db` differs")]
#[path = "../shared/mod.rs"]
mod shared;

type Db = sqlx::Postgres;

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

/// A connection whose client went away mid-transaction gives its locks back after this time.
const IDLE_IN_TRANSACTION: &str = "60s";
const STATEMENT: &str = "30s";
/// How long anyone waits for a connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
const CONNECTIONS: u32 = 10;

struct PostgresStore {
    pool: PgPool,
}

/// Opens `postgres://…`.
pub(super) async fn open(url: &str) -> StoreResult<Arc<dyn Store>> {
    let options = PgConnectOptions::from_str(url)?
        .application_name("affianco")
        .options([("idle_in_transaction_session_timeout", IDLE_IN_TRANSACTION), ("statement_timeout", STATEMENT)]);
    let pool = PgPoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(ACQUIRE_TIMEOUT).connect_with(options).await?;
    Ok(Arc::new(PostgresStore { pool }))
}

#[async_trait]
impl Store for PostgresStore {
    async fn write(&self) -> StoreResult<Box<dyn UnitOfWork>> {
        Ok(Box::new(Tx::new(self.pool.begin_with("begin isolation level serializable").await?)))
    }

    async fn read(&self) -> StoreResult<Box<dyn UnitOfWork>> {
        // One snapshot for the whole transaction; a reader that can't lose needs no second try.
        Ok(Box::new(Tx::new(self.pool.begin_with("begin isolation level repeatable read read only").await?)))
    }

    async fn migrate(&self) -> StoreResult<()> {
        // On a connection of its own: a migration over many rows may take as long as it needs.
        let options = self.pool.connect_options().as_ref().clone().options([("statement_timeout", "0")]);
        let alone = PgPoolOptions::new().max_connections(1).connect_with(options).await?;
        let run = MIGRATIONS.run(&alone).await;
        alone.close().await;
        Ok(run?)
    }

    async fn ready(&self) -> StoreResult<()> {
        schema::compare(&MIGRATIONS, sqlx::query_as(schema::APPLIED).fetch_all(&self.pool).await)
    }

    async fn close(&self) {
        self.pool.close().await;
    }
}

/// By the SQLSTATE: its first two characters are the class.
pub(super) fn class(code: &str) -> Class {
    const SERIALIZATION_FAILURE: &str = "40001";
    const DEADLOCK_DETECTED: &str = "40P01";
    // Connection exceptions, insufficient resources, and what an administrator, a shutdown or a timeout ended.
    const UNAVAILABLE: [&str; 5] = ["08", "53", "57P", "57014", "25P03"];
    match code {
        SERIALIZATION_FAILURE | DEADLOCK_DETECTED => Class::Busy,
        _ if UNAVAILABLE.iter().any(|class| code.starts_with(class)) => Class::Unavailable,
        _ => Class::Defect,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_serialization_failure_and_a_deadlock_are_lost_races() {
        assert_eq!(["40001", "40P01"].map(class), [Class::Busy; 2]);
    }

    #[test]
    fn a_shutdown_or_full_disk_is_not_our_defect_but_a_wrong_statement_is() {
        assert_eq!(["08006", "57P01", "53100", "57014"].map(class), [Class::Unavailable; 4]);
        assert_eq!(["42601", "23503", "23514", ""].map(class), [Class::Defect; 4]);
    }
}
