//! How the store fails. Its text is for logs only and never crosses the wire.

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
        /// The constraint or column.
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
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A defect of ours.
    #[error("a statement failed")]
    Defect(#[source] sqlx::Error),
}
