//! Gestione politiche attive: the dossiers of an actor, one with its history, and what is done to it as a whole.

mod change;
mod facts;
mod page;

use app::{
    domain::{
        activity::HoursBalance,
        command::Seen,
        dossier::{DossierCursor, DossierPage, DossierRow, EmployerForm, InterruptionForm, PoliciesFilter},
        ids::OpalId,
        page::{PAGE_SIZE, Page},
        provider::Actor,
        request::SiteChoice,
    },
    ports::{Dossiers, PortResult},
};
use async_trait::async_trait;

pub(super) use facts::{DossierFacts, facts, frame, group};
pub(super) use page::employers;

use self::{
    change::{ChangeEmployer, Interrupt},
    page::Open,
};
use super::{
    Services, cursor,
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

    async fn interrupt(&self, actor: &Actor, id: OpalId, seen: Seen, form: InterruptionForm) -> PortResult<()> {
        self.command(actor, seen.key, Interrupt { actor: actor.clone(), id, version: seen.version, form }).await
    }

    async fn change_employer(&self, actor: &Actor, id: OpalId, seen: Seen, form: EmployerForm) -> PortResult<()> {
        self.command(actor, seen.key, ChangeEmployer { actor: actor.clone(), id, version: seen.version, form }).await
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
        days_left: dossier.frame.days_left(work.now.today()),
        site_town: opal.site_town.clone(),
        status: dossier.status(work.rulebook(), work.now),
        hours: activities.iter().map(|activity| activity.hours).fold(HoursBalance::default(), HoursBalance::plus),
        activities,
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
