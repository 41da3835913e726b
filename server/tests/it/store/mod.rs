//! What every store promises: each test runs on SQLite and on PostgreSQL.

/// Makes two tests of each function, one for each database.
macro_rules! contract {
    ($($(#[$attribute:meta])* async fn $name:ident($database:ident) $body:block)*) => {
        $($(#[$attribute])* async fn $name($database: $crate::support::databases::TestDatabase) $body)*

        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                $crate::support::databases::on_sqlite(super::$name).await;
            })*
        }

        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                $crate::support::databases::on_postgres(super::$name).await;
            })*
        }
    };
}

pub(crate) use contract;

mod accounts;
mod audit;
mod commands;
mod documents;
mod dossiers;
mod notices;
mod opals;
mod payments;
mod persons;
mod providers;
mod requests;
mod rulebook;
mod sample;
mod sessions;
mod standings;
mod transactions;
mod worklists;
