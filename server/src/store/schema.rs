//! Whether a database's schema is the one this program was built with.

use std::collections::BTreeMap;

use sqlx::migrate::{MigrateError, Migrator};

use super::{StoreError, StoreResult};

/// A migration that was applied: its number and checksum.
pub(super) type Applied = (i64, Vec<u8>);

/// What a database is asked about its migrations.
pub(super) const APPLIED: &str = "select version, checksum from _sqlx_migrations where success";

/// Compares what was applied with what the program brings; more or less than that is not its schema.
pub(super) fn compare(migrations: &Migrator, applied: Result<Vec<Applied>, sqlx::Error>) -> StoreResult<()> {
    let mut applied: BTreeMap<_, _> = match applied.map_err(StoreError::from) {
        Ok(applied) => applied.into_iter().collect(),
        // The table of the migrations does not exist: nothing was applied yet.
        Err(StoreError::Defect(error)) => return Err(MigrateError::Execute(error).into()),
        Err(error) => return Err(error),
    };
    for migration in migrations.iter() {
        match applied.remove(&migration.version) {
            None => return Err(MigrateError::VersionNotPresent(migration.version).into()),
            Some(checksum) if checksum != *migration.checksum => return Err(MigrateError::VersionMismatch(migration.version).into()),
            Some(_) => {}
        }
    }
    match applied.into_keys().next() {
        Some(unknown) => Err(MigrateError::VersionMissing(unknown).into()),
        None => Ok(()),
    }
}
