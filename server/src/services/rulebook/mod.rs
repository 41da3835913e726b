//! Regole: the rulebook as the database has it, and the publication of its next version.

mod preview;

use std::sync::{Arc, PoisonError, RwLock};

use app::{
    domain::{
        audit::{AuditAction, Change},
        provider::Actor,
        request::{Deadline, RequestState, list_rank},
        rulebook::{NewVersion, Preview, Publication, Rulebook, RulebookDraft, RulebookOverview},
        text::date_long,
    },
    ports::{PortError, PortResult, Rulebooks},
};
use async_trait::async_trait;
use chrono::NaiveDate;
use serde::Serialize;

use super::{
    Services,
    audit::{Administered, Author, Chain, Event},
    command::Command,
    policy,
    transact::{Attempt, Failure, UseCase, Work},
};
use crate::store::{StoreResult, UnitOfWork, records::PublishedVersion};

/// The rulebook as it was read last, with the number of published versions it was made of. Versions are only ever added, so their number
/// says whether it is still the whole; any server process may have added one.
#[derive(Clone)]
pub(super) struct KnownRulebook(Arc<RwLock<(u64, Rulebook)>>);

impl Default for KnownRulebook {
    fn default() -> Self {
        Self(Arc::new(RwLock::new((0, Rulebook::builtin()))))
    }
}

impl KnownRulebook {
    /// The rulebook that a transaction sees: the version the program comes with, and every published one.
    pub async fn of(&self, uow: &mut dyn UnitOfWork) -> StoreResult<Rulebook> {
        let count = uow.count_rulebook_versions().await?;
        if let Some(known) = self.made_of(count) {
            return Ok(known);
        }
        let published = uow.rulebook_versions().await?;
        let rulebook = published.into_iter().fold(Rulebook::builtin(), |rulebook, published| rulebook.with(published.version));
        self.keep(count, &rulebook);
        Ok(rulebook)
    }

    fn made_of(&self, count: u64) -> Option<Rulebook> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        (known.0 == count).then(|| known.1.clone())
    }

    /// A transaction that began before a publication does not take it back.
    fn keep(&self, count: u64, rulebook: &Rulebook) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.0 < count {
            *known = (count, rulebook.clone());
        }
    }
}

#[async_trait]
impl Rulebooks for Services {
    async fn current(&self, _: &Actor) -> PortResult<RulebookOverview> {
        self.read(Current).await
    }

    async fn preview(&self, actor: &Actor, draft: RulebookDraft) -> PortResult<Preview> {
        self.read(preview::See { actor: actor.clone(), draft }).await
    }

    async fn publish(&self, actor: &Actor, new: NewVersion) -> PortResult<()> {
        self.command(actor, new.key, Publish { actor: actor.clone(), new }).await
    }
}

struct Current;

#[async_trait]
impl UseCase for Current {
    type Answer = RulebookOverview;

    async fn run(&self, work: &mut Work) -> Attempt<RulebookOverview> {
        let published = work.uow.rulebook_versions().await?;
        let publication = |published: PublishedVersion| Publication {
            valid_from: published.version.valid_from,
            at: published.published_local,
            by: published.published_by,
        };
        Ok(RulebookOverview {
            rulebook: work.rulebook().clone(),
            publications: published.into_iter().map(publication).collect(),
            now: work.now,
        })
    }
}

/// Adds a version, unless another one has come after the one its author saw.
#[derive(Serialize)]
struct Publish {
    #[serde(skip)]
    actor: Actor,
    new: NewVersion,
}

impl Command for Publish {
    const NAME: &'static str = "rulebook.publish";
}

#[async_trait]
impl UseCase for Publish {
    type Answer = ();

    async fn run(&self, work: &mut Work) -> Attempt<()> {
        policy::publishes_rulebook(&self.actor)?;
        let before = work.rulebook().latest().clone();
        if before.valid_from != self.new.follows {
            return Err(conflict(before.valid_from, self.new.follows));
        }
        let version = self.new.draft.check(work.rulebook(), work.now.today()).map_err(PortError::Invalid)?;
        let event = Event {
            subject: format!("Regole in vigore da {}", date_long(version.valid_from)),
            before: Some(Administered::from(&before)),
            after: Some(Administered::from(&version)),
        };
        // R7: requests that are notified under the new version, known already, have its term.
        let after = work.rulebook().with(version.clone());
        for day in work.uow.pending_days(version.valid_from).await? {
            let decide_by = Deadline::of(&after, day).last_day;
            work.uow.set_term(day, decide_by, list_rank(RequestState::Pending, day, decide_by)).await?;
        }
        let published =
            PublishedVersion { version, published_at: work.at, published_local: work.now, published_by: self.actor.name.clone() };
        work.uow.insert_rulebook_version(&published).await?;
        Chain::of_system().append(work, Author::Actor(&self.actor), AuditAction::RulebookPublished, &event).await
    }
}

/// Which version is the latest now, against the one that the author followed.
fn conflict(now: NaiveDate, seen: NaiveDate) -> Failure {
    let said = |on| Some(format!("in vigore da {}", date_long(on)));
    Failure::conflict(vec![Change { field: "Ultima versione".to_owned(), before: said(now), after: said(seen) }])
}
