//! The providers and sites at the head of a file.

use app::domain::{
    audit::AuditAction,
    ids::{ProviderId, SiteId},
    provider::{Provider, Site, Standing, StandingEntry},
    request::intake::{NewProvider, NewSite},
};
use async_trait::async_trait;

use super::super::{
    audit::{Administered, Author, Chain, Event},
    transact::{Attempt, UseCase, Work},
};
use crate::ids::new_id;

/// Adds providers and sites where they are missing. A site that belongs to another provider stays there: its records say so.
pub(super) struct Head {
    pub providers: Vec<NewProvider>,
}

#[async_trait]
impl UseCase for Head {
    type Answer = ();

    async fn run(&self, work: &mut Work) -> Attempt<()> {
        for new in &self.providers {
            let provider = match work.uow.provider_by_code(&new.code).await? {
                Some(known) => known.id,
                None => add_provider(work, new).await?,
            };
            for site in &new.sites {
                if work.uow.site_by_code(&site.code).await?.is_none() {
                    add_site(work, provider, site).await?;
                }
            }
        }
        Ok(())
    }
}

async fn add_provider(work: &mut Work, new: &NewProvider) -> Attempt<ProviderId> {
    let added = Provider { id: ProviderId(new_id()), code: new.code.clone(), name: new.name.clone() };
    // R40: whom an employment centre's file names is on the list, until somebody decides otherwise.
    let listed = StandingEntry {
        from: work.now.today(),
        standing: Standing::Active,
        reason: "Presente nell'elenco trasmesso dal CPI".to_owned(),
        by: Author::Centre.name().to_owned(),
        at: work.now,
    };
    work.uow.insert_provider(&added, &listed).await?;
    note(work, added.id, AuditAction::ProviderAdded, &added.code, Administered::from((&added, listed.standing))).await?;
    Ok(added.id)
}

async fn add_site(work: &mut Work, provider: ProviderId, new: &NewSite) -> Attempt<()> {
    let added = Site { id: SiteId(new_id()), provider, code: new.code.clone(), town: new.town.clone() };
    work.uow.insert_site(&added, &new.province).await?;
    note(work, provider, AuditAction::SiteAdded, &new.code, Administered::from(new)).await
}

/// Writes down what the provider has now.
async fn note(work: &mut Work, provider: ProviderId, action: AuditAction, code: &str, after: Administered) -> Attempt<()> {
    let event = Event { subject: code.to_owned(), before: None, after: Some(after) };
    Chain::of_provider(provider).append(work, Author::Centre, action, &event).await
}
