//! How the store fails. Its text is for logs only and never crosses the wire.
//!
//! Log the chain by `Display`: the `Debug` of a database's error may show the row it refused, and with it personal data.

use sqlx::{error::DatabaseError, migrate::MigrateError, sqlite::SqliteError};

use super::{postgres, sqlite};

/// The result of a store operation.
pub type StoreResult<T> = Result<T, StoreError>;

/// Why the store did not answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another transaction was in the way: the whole unit of work may be tried again.
    #[error("the transaction lost against another one")]
    Busy(#[source] sqlx::Error),
    /// A unique value exists already.
    #[error("the value exists already: {constraint}")]
    Exists {
        /// The constraint (PostgreSQL) or table and column (SQLite): both contain the column's name, except for a primary key.
        constraint: String,
    },
    /// The database cannot be reached or has no room.
    #[error("the database does not answer")]
    Unavailable(#[source] sqlx::Error),
    /// A row does not hold what the program wrote.
    #[error("row {row} of table {table} cannot be read: {what}")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The row's key.
        row: String,
        /// What is wrong.
        what: String,
    },
    /// The schema is not the program's.
    #[error("the schema cannot be brought up to date")]
    Migration(#[from] MigrateError),
    /// A defect of ours.
    #[error("a statement failed")]
    Defect(#[source] sqlx::Error),
}

/// What an error code of a database means to whoever waits for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Busy,
    Unavailable,
    Defect,
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error::{Configuration, Database, Io, PoolClosed, PoolTimedOut, Tls, WorkerCrashed};
        let class = match &error {
            Database(cause) if cause.is_unique_violation() => return Self::Exists { constraint: constraint(cause.as_ref()) },
            Database(cause) => class(cause.as_ref()),
            Io(_) | Tls(_) | PoolTimedOut | PoolClosed | WorkerCrashed | Configuration(_) => Class::Unavailable,
            _ => Class::Defect,
        };
        match class {
            Class::Busy => Self::Busy(error),
            Class::Unavailable => Self::Unavailable(error),
            Class::Defect => Self::Defect(error),
        }
    }
}

/// By the code, which each database counts in its own way.
fn class(error: &dyn DatabaseError) -> Class {
    let code = error.code().unwrap_or_default();
    if error.try_downcast_ref::<SqliteError>().is_some() { sqlite::class(&code) } else { postgres::class(&code) }
}

/// SQLite has the columns in its message only: `UNIQUE constraint failed: opal.opal_code`.
fn constraint(error: &dyn DatabaseError) -> String {
    let name = error.constraint().or_else(|| error.message().rsplit_once(": ").map(|(_, columns)| columns));
    name.unwrap_or("unnamed").to_owned()
}
