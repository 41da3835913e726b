//! Signing in and out: a password, then a random secret of which only the hash is kept. Sign-ins and locks live in real time, not by the test clock.

use app::{
    domain::{ids::AccountId, provider::Actor},
    ports::{Accounts, PortError, PortResult, SignedIn},
};
use async_trait::async_trait;
use chrono::TimeDelta;
use sha2::{Digest, Sha256};

use super::{
    Services,
    transact::{Attempt, Failure, UseCase, Work},
};
use crate::{
    ids::random_token,
    store::records::{AccountRecord, SignInRecord},
};

/// Failures in a row that lock an account.
const MOST_FAILURES: i32 = 5;
/// How long it stays locked.
const LOCK: TimeDelta = TimeDelta::minutes(15);
/// A visit is noted at most this often.
const VISIT: TimeDelta = TimeDelta::minutes(1);
/// The same for every failure: it must not tell which accounts exist.
const FAILED: &str = "Nome utente o password non corretti, oppure troppi tentativi: dopo 5 di fila l'accesso si blocca per 15 minuti.";

#[async_trait]
impl Accounts for Services {
    async fn sign_in(&self, login: &str, password: &str) -> PortResult<SignedIn> {
        let account = self.write(Try { login: login.trim().to_lowercase() }).await?;
        let hash = account.as_ref().map(|account| account.password_hash.clone());
        let right = self.passwords.verify(password.to_owned(), hash).await.map_err(|error| PortError::Internal(Box::new(error)))?;
        match account {
            Some(account) if right => {
                let secret = random_token();
                self.write(Begin { account: account.id, hash: hash_of(&secret) }).await?;
                Ok(SignedIn { secret, actor: actor_of(account) })
            }
            _ => Err(PortError::SignInFailed(FAILED.to_owned())),
        }
    }

    async fn sign_out(&self, secret: &str) -> PortResult<()> {
        self.write(End { hash: hash_of(secret) }).await
    }

    async fn actor(&self, secret: &str) -> PortResult<Option<Actor>> {
        let hash = hash_of(secret);
        let Some(visitor) = self.read(Recognise { hash: hash.clone() }).await? else { return Ok(None) };
        if visitor.unnoted {
            self.write(Visit { hash }).await?;
        }
        Ok(Some(visitor.actor))
    }
}

/// What is kept of a secret.
pub(super) fn hash_of(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// Counts an attempt before its password is judged, so that guesses made at the same time cannot outrun the lock; success takes the count back.
/// Answers the account only while it may sign in.
struct Try {
    login: String,
}

#[async_trait]
impl UseCase for Try {
    type Answer = Option<AccountRecord>;

    async fn run(&self, work: &mut Work) -> Attempt<Self::Answer> {
        let Some(account) = work.uow.account_by_login(&self.login).await?.filter(|account| !account.disabled) else { return Ok(None) };
        let failures = match account.locked_until {
            Some(until) if work.at < until => return Ok(None),
            Some(_) => 1,
            None => account.failures + 1,
        };
        let locked_until = (failures >= MOST_FAILURES).then(|| work.at + LOCK);
        work.uow.set_failures(account.id, failures, locked_until).await?;
        Ok(Some(account))
    }
}

/// Begins a sign-in after a right password.
struct Begin {
    account: AccountId,
    hash: Vec<u8>,
}

#[async_trait]
impl UseCase for Begin {
    type Answer = ();

    async fn run(&self, work: &mut Work) -> Attempt<()> {
        work.uow.set_failures(self.account, 0, None).await?;
        let sign_in = SignInRecord { hash: self.hash.clone(), account: self.account, created_at: work.at, last_seen_at: work.at };
        Ok(work.uow.insert_sign_in(&sign_in).await?)
    }
}

struct End {
    hash: Vec<u8>,
}

#[async_trait]
impl UseCase for End {
    type Answer = ();

    async fn run(&self, work: &mut Work) -> Attempt<()> {
        Ok(work.uow.delete_sign_in(&self.hash).await?)
    }
}

/// Somebody with a valid sign-in.
struct Visitor {
    actor: Actor,
    /// Whether this visit is worth noting.
    unnoted: bool,
}

struct Recognise {
    hash: Vec<u8>,
}

#[async_trait]
impl UseCase for Recognise {
    type Answer = Option<Visitor>;

    async fn run(&self, work: &mut Work) -> Attempt<Self::Answer> {
        let Some(sign_in) = work.uow.sign_in(&self.hash).await? else { return Ok(None) };
        let limits = work.services.sign_ins;
        if work.at >= sign_in.last_seen_at + limits.idle || work.at >= sign_in.created_at + limits.absolute {
            return Ok(None);
        }
        let account = work.uow.account(sign_in.account).await?.ok_or_else(|| Failure::defect("a sign-in has no account"))?;
        let unnoted = work.at >= sign_in.last_seen_at + VISIT;
        Ok(Some(account).filter(|account| !account.disabled).map(|account| Visitor { actor: actor_of(account), unnoted }))
    }
}

struct Visit {
    hash: Vec<u8>,
}

#[async_trait]
impl UseCase for Visit {
    type Answer = ();

    async fn run(&self, work: &mut Work) -> Attempt<()> {
        Ok(work.uow.touch_sign_in(&self.hash, work.at).await?)
    }
}

/// Who an account is.
pub(super) fn actor_of(account: AccountRecord) -> Actor {
    let (provider, provider_name) = account.provider.unzip();
    let (sites, site_names) = account.sites.into_iter().unzip();
    Actor { account: account.id, name: account.name, role: account.role, provider, provider_name, sites, site_names, coach: account.coach }
}
