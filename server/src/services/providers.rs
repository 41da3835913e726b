//! Enti: which providers are on the list, and from which day on (R40).

use std::collections::HashMap;

use app::{
    domain::{
        audit::{AuditAction, Change},
        command::{Seen, Version},
        ids::ProviderId,
        page::{PAGE_SIZE, Page},
        provider::{Actor, Provider, ProviderList, ProviderPage, ProviderStanding, Standing, StandingEntry, StandingForm, Standings},
        rulebook::Refusal,
        text::date_long,
    },
    ports::{PortError, PortResult, Providers},
};
use async_trait::async_trait;
use serde::Serialize;

use super::{
    Services,
    audit::{Administered, Author, Chain, Event},
    command::Command,
    cursor, policy,
    transact::{Attempt, Failure, UseCase, Work},
};

#[async_trait]
impl Providers for Services {
    async fn list(&self, actor: &Actor, after: Option<&str>) -> PortResult<ProviderList> {
        self.read(List { actor: actor.clone(), after: after.map(ToOwned::to_owned) }).await
    }

    async fn open(&self, actor: &Actor, id: ProviderId) -> PortResult<ProviderPage> {
        self.read(Open { actor: actor.clone(), id }).await
    }

    async fn set_standing(&self, actor: &Actor, id: ProviderId, seen: Seen, form: StandingForm) -> PortResult<()> {
        self.command(actor, seen.key, SetStanding { actor: actor.clone(), id, version: seen.version, form }).await
    }
}

/// All that was decided about a provider.
pub(super) async fn standings(work: &mut Work, provider: ProviderId) -> Attempt<Standings> {
    Ok(work.uow.standings(&[provider]).await?.into_iter().map(|(_, entry)| entry).collect())
}

/// What a provider's own people are told of its standing.
pub(super) async fn warning(work: &mut Work, provider: ProviderId) -> Attempt<Option<Refusal>> {
    Ok(standings(work, provider).await?.warning(work.now.today()))
}

struct List {
    actor: Actor,
    after: Option<String>,
}

#[async_trait]
impl UseCase for List {
    type Answer = ProviderList;

    async fn run(&self, work: &mut Work) -> Attempt<ProviderList> {
        policy::keeps_providers(&self.actor)?;
        let (found, total) = work.uow.providers(self.after.as_deref(), PAGE_SIZE + 1).await?;
        let Page { rows, next, total } = cursor::page(found, PAGE_SIZE, total, |provider| provider.code.clone());
        let ids: Vec<_> = rows.iter().map(|provider| provider.id).collect();
        let mut decided = HashMap::<_, Vec<_>>::new();
        for (provider, entry) in work.uow.standings(&ids).await? {
            decided.entry(provider).or_default().push(entry);
        }
        let row = |provider: Provider| {
            let standings = decided.remove(&provider.id).into_iter().flatten().collect();
            ProviderStanding { provider, standings }
        };
        Ok(ProviderList { page: Page { rows: rows.into_iter().map(row).collect(), next, total }, now: work.now })
    }
}

struct Open {
    actor: Actor,
    id: ProviderId,
}

#[async_trait]
impl UseCase for Open {
    type Answer = ProviderPage;

    async fn run(&self, work: &mut Work) -> Attempt<ProviderPage> {
        policy::keeps_providers(&self.actor)?;
        let provider = work.uow.provider(self.id).await?.ok_or(PortError::NotFound)?;
        let standings = standings(work, provider.id).await?;
        Ok(ProviderPage { row: ProviderStanding { provider, standings }, now: work.now })
    }
}

/// Cambia stato: one decision more.
#[derive(Serialize)]
struct SetStanding {
    #[serde(skip)]
    actor: Actor,
    id: ProviderId,
    version: Version,
    form: StandingForm,
}

impl Command for SetStanding {
    const NAME: &'static str = "providers.set_standing";
}

#[async_trait]
impl UseCase for SetStanding {
    type Answer = ();

    async fn run(&self, work: &mut Work) -> Attempt<()> {
        policy::keeps_providers(&self.actor)?;
        let provider = work.uow.provider(self.id).await?.ok_or(PortError::NotFound)?;
        let known = standings(work, provider.id).await?;
        if known.version() != self.version {
            return Err(conflict(work, &known, &self.form));
        }
        let new = self.form.check(&known, work.now.today()).map_err(PortError::Invalid)?;
        let entry = StandingEntry { from: new.from, standing: new.standing, reason: new.reason, by: self.actor.name.clone(), at: work.now };
        work.uow.insert_standing(provider.id, known.version() + 1, &entry).await?;
        let action = match entry.standing {
            Standing::Active => AuditAction::ProviderActivated,
            Standing::Suspended => AuditAction::ProviderSuspended,
        };
        let before = known.entry_on(entry.from).map(Administered::from);
        let event = Event { subject: provider.code, before, after: Some(Administered::from(&entry)) };
        Chain::of_provider(provider.id).append(work, Author::Actor(&self.actor), action, &event).await
    }
}

/// How the provider stands now from that day on, against what was asked.
fn conflict(work: &Work, known: &Standings, form: &StandingForm) -> Failure {
    let from = form.from.parse().unwrap_or(work.now.today());
    let said = |standing: Standing| format!("{} da {}", standing.label().to_lowercase(), date_long(from));
    let asked = form.standing.parse().ok().map(said);
    Failure::conflict(vec![Change { field: "Stato".to_owned(), before: Some(said(known.on(from))), after: asked }])
}
