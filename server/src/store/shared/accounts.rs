//! Accounts, sign-ins and remembered searches.

use std::collections::BTreeMap;

use app::domain::{
    ids::{AccountId, CoachId, ProviderId, SiteId},
    provider::Role,
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sqlx::{FromRow, query, query_as, query_scalar};
use uuid::Uuid;

use super::{Db, Tx};
use crate::store::{
    AccountStore, StoreResult,
    column::{Place, role, role_word},
    records::{AccountRecord, NewAccount, SignInRecord},
};

#[derive(FromRow)]
struct AccountRow {
    id: Uuid,
    password_hash: String,
    name: String,
    role: String,
    provider_id: Option<Uuid>,
    provider_name: Option<String>,
    coach_id: Option<Uuid>,
    email: Option<String>,
    disabled: bool,
    failures: i32,
    locked_until: Option<DateTime<Utc>>,
}

impl AccountRow {
    fn into_record(self, sites: Vec<(SiteId, String)>) -> StoreResult<AccountRecord> {
        let place = Place { table: "account", row: self.id };
        Ok(AccountRecord {
            id: AccountId(self.id),
            password_hash: self.password_hash,
            name: self.name,
            role: role(&self.role).ok_or_else(|| place.corrupt("not a role"))?,
            provider: self.provider_id.map(ProviderId).zip(self.provider_name),
            sites,
            coach: self.coach_id.map(CoachId),
            email: self.email,
            disabled: self.disabled,
            failures: self.failures,
            locked_until: self.locked_until,
        })
    }
}

#[derive(FromRow)]
struct SignInRow {
    hash: Vec<u8>,
    account_id: Uuid,
    created_at: DateTime<Utc>,
    last_seen_at: DateTime<Utc>,
}

macro_rules! select_account {
    ($rest:literal) => {
        concat!(
            "select account.id, account.password_hash, account.name, account.role, account.provider_id, provider.name as provider_name, \
             account.coach_id, account.email, account.disabled, account.failures, account.locked_until \
             from account left join provider on provider.id = account.provider_id ",
            $rest
        )
    };
}

/// Accounts with the sites they work at; `$1` is the word of the provider's administrator.
macro_rules! sites_of_accounts {
    () => {
        " from account join site on site.provider_id = account.provider_id where (account.role = $1 \
         or exists (select 1 from account_site where account_site.account_id = account.id and account_site.site_id = site.id)) "
    };
}

impl Tx {
    /// An administrator answers for all sites of the provider, also for those opened later; the others work where they were put.
    async fn with_sites(&mut self, row: Option<AccountRow>) -> StoreResult<Option<AccountRecord>> {
        let Some(row) = row else { return Ok(None) };
        let sites = query_as::<Db, (Uuid, String)>(concat!(
            "select site.id, site.town",
            sites_of_accounts!(),
            "and account.id = $2 order by site.code"
        ))
        .bind(role_word(Role::ProviderAdministrator))
        .bind(row.id)
        .fetch_all(self.connection())
        .await?;
        row.into_record(sites.into_iter().map(|(id, town)| (SiteId(id), town)).collect()).map(Some)
    }
}

#[async_trait]
impl AccountStore for Tx {
    async fn account_by_login(&mut self, login: &str) -> StoreResult<Option<AccountRecord>> {
        let row = query_as(select_account!("where account.login = $1")).bind(login).fetch_optional(self.connection()).await?;
        self.with_sites(row).await
    }

    async fn account(&mut self, id: AccountId) -> StoreResult<Option<AccountRecord>> {
        let row = query_as(select_account!("where account.id = $1")).bind(id.0).fetch_optional(self.connection()).await?;
        self.with_sites(row).await
    }

    async fn active_accounts(&mut self) -> StoreResult<Vec<AccountRecord>> {
        let found: Vec<AccountRow> = query_as(select_account!("where not account.disabled")).fetch_all(self.connection()).await?;
        let sites = query_as::<Db, (Uuid, Uuid, String)>(concat!(
            "select account.id, site.id, site.town",
            sites_of_accounts!(),
            "and not account.disabled order by site.code"
        ))
        .bind(role_word(Role::ProviderAdministrator))
        .fetch_all(self.connection())
        .await?;
        let mut of = BTreeMap::<Uuid, Vec<(SiteId, String)>>::new();
        for (account, site, town) in sites {
            of.entry(account).or_default().push((SiteId(site), town));
        }
        let record = |row: AccountRow| {
            let sites = of.remove(&row.id).unwrap_or_default();
            row.into_record(sites)
        };
        found.into_iter().map(record).collect()
    }

    async fn insert_account(&mut self, account: &NewAccount) -> StoreResult<()> {
        query::<Db>(
            "insert into account (id, login, password_hash, name, role, provider_id, coach_id, demo, created_at, email) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(account.id.0)
        .bind(&account.login)
        .bind(&account.password_hash)
        .bind(&account.name)
        .bind(role_word(account.role))
        .bind(account.provider.map(|id| id.0))
        .bind(account.coach.map(|id| id.0))
        .bind(account.demo)
        .bind(account.created_at)
        .bind(&account.email)
        .execute(self.connection())
        .await?;
        for site in &account.sites {
            query::<Db>("insert into account_site (account_id, site_id) values ($1, $2)")
                .bind(account.id.0)
                .bind(site.0)
                .execute(self.connection())
                .await?;
        }
        Ok(())
    }

    async fn set_failures(&mut self, id: AccountId, failures: i32, locked_until: Option<DateTime<Utc>>) -> StoreResult<()> {
        query::<Db>("update account set failures = $2, locked_until = $3 where id = $1")
            .bind(id.0)
            .bind(failures)
            .bind(locked_until)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    async fn has_demo_accounts(&mut self) -> StoreResult<bool> {
        Ok(query_scalar::<Db, bool>("select exists (select 1 from account where demo)").fetch_one(self.connection()).await?)
    }

    async fn holds_data(&mut self) -> StoreResult<bool> {
        Ok(query_scalar::<Db, bool>("select exists (select 1 from account) or exists (select 1 from provider)")
            .fetch_one(self.connection())
            .await?)
    }

    async fn insert_sign_in(&mut self, sign_in: &SignInRecord) -> StoreResult<()> {
        query::<Db>("insert into sign_in (hash, account_id, created_at, last_seen_at) values ($1, $2, $3, $4)")
            .bind(&sign_in.hash)
            .bind(sign_in.account.0)
            .bind(sign_in.created_at)
            .bind(sign_in.last_seen_at)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    async fn sign_in(&mut self, hash: &[u8]) -> StoreResult<Option<SignInRecord>> {
        let found = query_as::<Db, SignInRow>("select hash, account_id, created_at, last_seen_at from sign_in where hash = $1")
            .bind(hash)
            .fetch_optional(self.connection())
            .await?;
        Ok(found.map(|row| SignInRecord {
            hash: row.hash,
            account: AccountId(row.account_id),
            created_at: row.created_at,
            last_seen_at: row.last_seen_at,
        }))
    }

    async fn touch_sign_in(&mut self, hash: &[u8], at: DateTime<Utc>) -> StoreResult<()> {
        query::<Db>("update sign_in set last_seen_at = $2 where hash = $1").bind(hash).bind(at).execute(self.connection()).await?;
        Ok(())
    }

    async fn delete_sign_in(&mut self, hash: &[u8]) -> StoreResult<()> {
        // Searches belong to the account: they go with the last of its sign-ins.
        query::<Db>(
            "delete from search where account_id in (select account_id from sign_in where hash = $1) \
             and not exists (select 1 from sign_in where sign_in.account_id = search.account_id and sign_in.hash <> $1)",
        )
        .bind(hash)
        .execute(self.connection())
        .await?;
        query::<Db>("delete from sign_in where hash = $1").bind(hash).execute(self.connection()).await?;
        Ok(())
    }

    async fn purge(&mut self, idle: DateTime<Utc>, begun: DateTime<Utc>, kept: DateTime<Utc>) -> StoreResult<()> {
        query::<Db>("delete from sign_in where last_seen_at < $1 or created_at < $2")
            .bind(idle)
            .bind(begun)
            .execute(self.connection())
            .await?;
        query::<Db>("delete from search where created_at < $1").bind(begun).execute(self.connection()).await?;
        query::<Db>("delete from answer where at < $1").bind(kept).execute(self.connection()).await?;
        Ok(())
    }

    async fn insert_search(&mut self, id: Uuid, account: AccountId, sealed: &[u8], at: DateTime<Utc>) -> StoreResult<()> {
        query::<Db>("insert into search (id, account_id, sealed, created_at) values ($1, $2, $3, $4)")
            .bind(id)
            .bind(account.0)
            .bind(sealed)
            .bind(at)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    async fn search(&mut self, id: Uuid, account: AccountId) -> StoreResult<Option<Vec<u8>>> {
        Ok(query_scalar::<Db, Vec<u8>>("select sealed from search where id = $1 and account_id = $2")
            .bind(id)
            .bind(account.0)
            .fetch_optional(self.connection())
            .await?)
    }
}
