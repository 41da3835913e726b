//! Persons, and who opened their profiles.

use app::domain::{
    command::Version,
    ids::{AccountId, OpalId, PersonId},
    person::PersonName,
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sqlx::{FromRow, query, query_as, query_scalar};
use uuid::Uuid;

use super::{Db, Tx};
use crate::store::{PersonStore, StoreResult, records::PersonRecord};

#[derive(FromRow)]
struct PersonRow {
    id: Uuid,
    tax_code_hash: Vec<u8>,
    first_name: String,
    last_name: String,
    last_name_folded: String,
    wrapped_key: Vec<u8>,
    sealed_details: Vec<u8>,
    version: i64,
}

impl From<PersonRow> for PersonRecord {
    fn from(row: PersonRow) -> Self {
        Self {
            id: PersonId(row.id),
            tax_code_hash: row.tax_code_hash,
            name: PersonName { first: row.first_name, last: row.last_name },
            last_name_folded: row.last_name_folded,
            wrapped_key: row.wrapped_key,
            sealed_details: row.sealed_details,
            version: row.version,
        }
    }
}

macro_rules! select_person {
    ($rest:literal) => {
        concat!(
            "select id, tax_code_hash, first_name, last_name, last_name_folded, wrapped_key, sealed_details, version from person ",
            $rest
        )
    };
}

#[async_trait]
impl PersonStore for Tx {
    async fn person_by_hash(&mut self, hash: &[u8]) -> StoreResult<Option<PersonRecord>> {
        let found =
            query_as::<Db, PersonRow>(select_person!("where tax_code_hash = $1")).bind(hash).fetch_optional(self.connection()).await?;
        Ok(found.map(PersonRecord::from))
    }

    async fn person(&mut self, id: PersonId) -> StoreResult<Option<PersonRecord>> {
        let found = query_as::<Db, PersonRow>(select_person!("where id = $1")).bind(id.0).fetch_optional(self.connection()).await?;
        Ok(found.map(PersonRecord::from))
    }

    async fn insert_person(&mut self, person: &PersonRecord) -> StoreResult<()> {
        query::<Db>(
            "insert into person (id, tax_code_hash, first_name, last_name, last_name_folded, wrapped_key, sealed_details, version) \
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(person.id.0)
        .bind(&person.tax_code_hash)
        .bind(&person.name.first)
        .bind(&person.name.last)
        .bind(&person.last_name_folded)
        .bind(&person.wrapped_key)
        .bind(&person.sealed_details)
        .bind(person.version)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    async fn update_person(&mut self, person: &PersonRecord, seen: Version) -> StoreResult<bool> {
        let written = query::<Db>(
            "update person set first_name = $3, last_name = $4, last_name_folded = $5, sealed_details = $6, version = version + 1 \
             where id = $1 and version = $2",
        )
        .bind(person.id.0)
        .bind(seen)
        .bind(&person.name.first)
        .bind(&person.name.last)
        .bind(&person.last_name_folded)
        .bind(&person.sealed_details)
        .execute(self.connection())
        .await?;
        Ok(written.rows_affected() == 1)
    }

    async fn last_notified(&mut self, person: PersonId) -> StoreResult<Option<DateTime<Utc>>> {
        Ok(query_scalar::<Db, DateTime<Utc>>("select notified_at from opal where person_id = $1 order by notified_at desc limit 1")
            .bind(person.0)
            .fetch_optional(self.connection())
            .await?)
    }

    async fn log_profile_read(&mut self, person: PersonId, opal: OpalId, account: AccountId, at: DateTime<Utc>) -> StoreResult<()> {
        query::<Db>("insert into profile_read (person_id, opal_id, account_id, at) values ($1, $2, $3, $4)")
            .bind(person.0)
            .bind(opal.0)
            .bind(account.0)
            .bind(at)
            .execute(self.connection())
            .await?;
        Ok(())
    }
}
