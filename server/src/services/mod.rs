//! The use cases, written once over the store's traits: each is one transaction with its policy check, rules, change and audit event.
//!
//! A use case is a struct with what was asked and a `run` over one [`Work`](transact::Work). `transact` begins, repeats and commits it,
//! `command` makes a repeated command harmless (R43), `audit` appends to the chain. Nothing here keeps state between two use cases, but for a
//! copy of the rulebook that every transaction compares with the database.

mod accounts;
mod activities;
mod agenda;
mod audit;
mod calendars;
mod command;
mod cursor;
mod documents;
mod dossiers;
pub mod expiry;
mod intake;
pub mod lapse;
pub mod notices;
pub mod outbox;
mod payments;
mod persons;
mod policy;
mod providers;
pub mod purge;
mod requests;
mod rulebook;
mod sealed;
mod sessions;
mod transact;

use std::sync::Arc;

use app::ports::{Backend, PortResult};
use chrono::Duration;
use uuid::Uuid;

use self::rulebook::KnownRulebook;
use crate::{clock::Clock, ids::new_id, passwords::Passwords, sealing::MasterKey, store::Store};

pub use documents::Papers;
pub use intake::{ImportError, ImportReport, Outcome, RecordOutcome};
pub use transact::within_request;

/// Everything the use cases work with. Clones share it.
#[derive(Clone)]
pub struct Services {
    store: Arc<dyn Store>,
    clock: Clock,
    passwords: Passwords,
    master: Arc<MasterKey>,
    rulebook: KnownRulebook,
    sign_ins: SignInLimits,
    papers: Papers,
    /// Who this process is to the leases of jobs.
    process: Uuid,
}

/// How long sign-ins last.
#[derive(Clone, Copy, Debug)]
pub struct SignInLimits {
    /// A sign-in not used for this long ends.
    pub idle: Duration,
    /// A sign-in ends after this long in any case.
    pub absolute: Duration,
}

impl Services {
    /// The services of one process.
    pub fn new(
        store: Arc<dyn Store>,
        clock: Clock,
        passwords: Passwords,
        master: MasterKey,
        sign_ins: SignInLimits,
        papers: Papers,
    ) -> Self {
        Self { store, clock, passwords, master: Arc::new(master), rulebook: KnownRulebook::default(), sign_ins, papers, process: new_id() }
    }

    /// The same services by another clock.
    #[must_use]
    pub fn on_clock(&self, clock: Clock) -> Self {
        Self { clock, ..self.clone() }
    }

    /// What the civil clock has brought about by now, as the jobs would write it down one after the other.
    ///
    /// # Errors
    /// The store does not answer; what was written before stays.
    pub async fn catch_up(&self) -> PortResult<()> {
        self.lapse_overdue().await?;
        self.expire_vouchers().await?;
        self.raise_notices().await?;
        Ok(())
    }

    /// The ports that the server functions call.
    pub fn backend(self) -> Backend {
        let services = Arc::new(self);
        Backend {
            accounts: services.clone(),
            requests: services.clone(),
            dossiers: services.clone(),
            activities: services.clone(),
            sessions: services.clone(),
            agenda: services.clone(),
            rulebooks: services.clone(),
            calendars: services.clone(),
            payments: services.clone(),
            notices: services.clone(),
            persons: services.clone(),
            documents: services.clone(),
            providers: services,
        }
    }
}
