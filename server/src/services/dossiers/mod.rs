//! Gestione politiche attive: the dossiers of an actor, and one with its history.

mod facts;

use app::{
    domain::{
        activity::HoursBalance,
        dossier::{DossierCursor, DossierPage, DossierRow, PoliciesFilter},
        ids::OpalId,
        page::{PAGE_SIZE, Page},
        provider::Actor,
        request::SiteChoice,
    },
    ports::{Dossiers, PortResult},
};
use async_trait::async_trait;

pub(super) use facts::{DossierFacts, facts, frame, group};

use super::{
    Services,
    audit::Chain,
    cursor, providers,
    transact::{Attempt, UseCase, Work},
};

#[async_trait]
impl Dossiers for Services {
    async fn list(&self, actor: &Actor, filter: &PoliciesFilter, after: Option<&str>) -> PortResult<Page<DossierRow>> {
        let after = cursor::read(after).map(|(admitted_on, id)| DossierCursor { admitted_on, id });
        self.read(List { actor: actor.clone(), filter: filter.clone(), after }).await
    }

    async fn open(&self, actor: &Actor, id: OpalId) -> PortResult<DossierPage> {
        self.read(Open { actor: actor.clone(), id }).await
    }

    async fn sites(&self, actor: &Actor) -> PortResult<Vec<SiteChoice>> {
        self.read(Sites { actor: actor.clone() }).await
    }
}

struct List {
    actor: Actor,
    filter: PoliciesFilter,
    after: Option<DossierCursor>,
}

#[async_trait]
impl UseCase for List {
    type Answer = Page<DossierRow>;

    async fn run(&self, work: &mut Work) -> Attempt<Self::Answer> {
        let Some(scope) = self.actor.scope() else { return Ok(Page { rows: Vec::new(), next: None, total: 0 }) };
        let (opals, total) = work.uow.dossiers(&scope, &self.filter, self.after.as_ref(), PAGE_SIZE + 1).await?;
        let dossiers = DossierFacts::of_all(work, opals).await?;
        let cursor = |dossier: &DossierFacts| cursor::write(dossier.frame.admitted_on, dossier.opal.id);
        let page = cursor::page(dossiers, PAGE_SIZE, total, cursor);
        Ok(Page { rows: page.rows.iter().map(|dossier| row(work, dossier)).collect(), next: page.next, total: page.total })
    }
}

/// A dossier with its five activities.
fn row(work: &Work, dossier: &DossierFacts) -> DossierRow {
    let activities = dossier.summaries();
    let opal = &dossier.opal;
    DossierRow {
        id: opal.id,
        opal_code: opal.opal_code.clone(),
        person: opal.person_name.clone(),
        voucher_kind: opal.voucher.kind,
        valid_to: opal.voucher.valid_to,
        site_town: opal.site_town.clone(),
        status: dossier.status(work.rulebook(), work.now),
        hours: activities.iter().map(|activity| activity.hours).fold(HoursBalance::default(), HoursBalance::plus),
        activities,
    }
}

struct Open {
    actor: Actor,
    id: OpalId,
}

#[async_trait]
impl UseCase for Open {
    type Answer = DossierPage;

    async fn run(&self, work: &mut Work) -> Attempt<DossierPage> {
        let dossier = DossierFacts::open(work, &self.actor, self.id).await?;
        let (history, history_intact) = Chain::of(work, &dossier.opal).await?.history(work, &self.actor).await?;
        let provider_warning = providers::warning(work, dossier.opal.provider).await?;
        let row = row(work, &dossier);
        let opal = dossier.opal;
        Ok(DossierPage {
            row,
            voucher_id: opal.voucher.id,
            frame: dossier.frame,
            notified_at: opal.notified_local,
            centre: opal.centre_name,
            employer_name: opal.employer.name,
            employer_town: opal.employer.town,
            history,
            history_intact,
            provider_warning,
            now: work.now,
        })
    }
}

struct Sites {
    actor: Actor,
}

#[async_trait]
impl UseCase for Sites {
    type Answer = Vec<SiteChoice>;

    async fn run(&self, work: &mut Work) -> Attempt<Self::Answer> {
        sites_of(work, &self.actor).await
    }
}

/// The sites an actor may narrow lists to.
pub(super) async fn sites_of(work: &mut Work, actor: &Actor) -> Attempt<Vec<SiteChoice>> {
    let Some(provider) = actor.provider else { return Ok(Vec::new()) };
    let sites = work.uow.sites(provider).await?;
    Ok(sites
        .into_iter()
        .filter(|site| actor.sites.contains(&site.id))
        .map(|site| SiteChoice { code: site.code, town: site.town })
        .collect())
}
