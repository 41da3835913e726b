//! SQLite: one file, one writer at a time and several readers, who see the last committed state meanwhile.

use std::{str::FromStr, sync::Arc, time::Duration};

use async_trait::async_trait;
use sqlx::{
    SqlitePool,
    migrate::Migrator,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use self::shared::Tx;
use super::{Store, StoreResult, UnitOfWork, error::Class, schema};

#[expect(clippy::duplicate_mod, reason = "the same SQL compiled for each database: only `Db` differs")]
#[path = "../shared/mod.rs"]
mod shared;

type Db = sqlx::Sqlite;

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

/// How long a writer of this process waits for one of another process.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long anyone waits for a connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
const READERS: u32 = 4;

struct SqliteStore {
    writer: SqlitePool,
    readers: SqlitePool,
}

/// Opens `sqlite:path` and creates the file when there is none.
pub(super) async fn open(url: &str) -> StoreResult<Arc<dyn Store>> {
    let options = SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY_TIMEOUT);
    let pool = |connections| SqlitePoolOptions::new().max_connections(connections).acquire_timeout(ACQUIRE_TIMEOUT);
    let writer = pool(1).connect_with(options.clone()).await?;
    let readers = pool(READERS).connect_lazy_with(options.create_if_missing(false).pragma("query_only", "on"));
    Ok(Arc::new(SqliteStore { writer, readers }))
}

#[async_trait]
impl Store for SqliteStore {
    async fn write(&self) -> StoreResult<Box<dyn UnitOfWork>> {
        // Begun by reading, it would be refused at its first write, without waiting, when another one wrote meanwhile.
        Ok(Box::new(Tx::new(self.writer.begin_with("begin immediate").await?)))
    }

    async fn read(&self) -> StoreResult<Box<dyn UnitOfWork>> {
        Ok(Box::new(Tx::new(self.readers.begin().await?)))
    }

    async fn migrate(&self) -> StoreResult<()> {
        Ok(MIGRATIONS.run(&self.writer).await?)
    }

    async fn ready(&self) -> StoreResult<()> {
        schema::compare(&MIGRATIONS, sqlx::query_as(schema::APPLIED).fetch_all(&self.readers).await)
    }

    async fn close(&self) {
        // The writer last: who closes last folds the write-ahead log into the file, and readers may not.
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// By the primary result code, the lowest byte; the others tell why.
pub(super) fn class(code: &str) -> Class {
    const BUSY: i32 = 5;
    const LOCKED: i32 = 6;
    const READONLY: i32 = 8;
    const IOERR: i32 = 10;
    const FULL: i32 = 13;
    const CANTOPEN: i32 = 14;
    match code.parse::<i32>().map(|code| code & 0xff) {
        Ok(BUSY | LOCKED) => Class::Busy,
        Ok(READONLY | IOERR | FULL | CANTOPEN) => Class::Unavailable,
        _ => Class::Defect,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snapshot_that_is_too_old_to_write_is_a_lost_race() {
        assert_eq!(["5", "6", "517"].map(class), [Class::Busy; 3]);
    }

    #[test]
    fn a_full_disk_is_not_our_defect_but_a_broken_constraint_is() {
        assert_eq!(["13", "14", "1032", "522"].map(class), [Class::Unavailable; 4]);
        assert_eq!(["1", "19", "275", ""].map(class), [Class::Defect; 4]);
    }
}
