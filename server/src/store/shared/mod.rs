//! The repositories of one transaction, in the SQL that both databases share; compiled once for each, as `super::Db`.
//!
//! Statements are literals with bound parameters; where a condition depends on what is asked, `QueryBuilder` binds the values.

mod accounts;
mod activities;
mod audit;
mod calendar;
mod commands;
mod documents;
mod dossiers;
mod notices;
mod opals;
mod outbox;
mod payments;
mod persons;
mod providers;
mod requests;
mod rulebooks;
mod scope;
mod sessions;
mod worklists;

use async_trait::async_trait;
use sqlx::{Database, Transaction};

use super::Db;
use crate::store::{StoreResult, UnitOfWork};

/// A connection of the database.
type Connection = <Db as Database>::Connection;

/// A statement put together at run time.
type Sql = sqlx::QueryBuilder<Db>;

/// A transaction. Dropping it rolls back.
pub struct Tx {
    transaction: Transaction<'static, Db>,
}

impl Tx {
    pub fn new(transaction: Transaction<'static, Db>) -> Self {
        Self { transaction }
    }

    fn connection(&mut self) -> &mut Connection {
        &mut self.transaction
    }
}

#[async_trait]
impl UnitOfWork for Tx {
    async fn commit(self: Box<Self>) -> StoreResult<()> {
        Ok(self.transaction.commit().await?)
    }
}
