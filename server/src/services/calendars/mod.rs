//! Agenda: the calendar of sessions, what a free hour of it needs, and the link to a coach's.

mod feed;
mod open;

use app::{
    domain::{
        activity::takes_sessions,
        agenda::{ActivityChoice, Calendar, CalendarQuery, DossierChoice, feed::Feed},
        dossier::{DossierStatus, PoliciesFilter},
        ids::{CoachId, OpalId},
        provider::Actor,
    },
    ports::{Calendars, PortResult},
};
use async_trait::async_trait;

use super::{
    Services,
    accounts::hash_of,
    dossiers::DossierFacts,
    policy,
    transact::{Attempt, UseCase, Work},
};
use crate::{ids::random_token, store::records::OpalRecord};

#[async_trait]
impl Calendars for Services {
    async fn open(&self, actor: &Actor, query: CalendarQuery) -> PortResult<Calendar> {
        self.read(open::Open { actor: actor.clone(), query }).await
    }

    async fn dossiers(&self, actor: &Actor) -> PortResult<Vec<DossierChoice>> {
        self.read(Dossiers { actor: actor.clone() }).await
    }

    async fn activities(&self, actor: &Actor, dossier: OpalId) -> PortResult<Vec<ActivityChoice>> {
        self.read(Activities { actor: actor.clone(), dossier }).await
    }

    async fn renew_feed(&self, actor: &Actor, coach: CoachId) -> PortResult<String> {
        // Not a command with a key: its answer would be kept, and the secret must not be. A repeat makes another link, the only one that works.
        let secret = random_token();
        self.write(feed::Renew { actor: actor.clone(), coach, hash: hash_of(&secret) }).await?;
        Ok(secret)
    }

    async fn withdraw_feed(&self, actor: &Actor, coach: CoachId) -> PortResult<()> {
        self.write(feed::Withdraw { actor: actor.clone(), coach }).await
    }

    async fn feed(&self, secret: &str) -> PortResult<Feed> {
        let hash = hash_of(secret);
        // A guess takes no turn among the writers.
        let coach = self.read(feed::Recognise { hash }).await?;
        self.write(feed::Read { coach }).await
    }
}

/// More dossiers than a site has in progress at once.
const MOST: u32 = 500;

/// The dossiers to choose from.
struct Dossiers {
    actor: Actor,
}

#[async_trait]
impl UseCase for Dossiers {
    type Answer = Vec<DossierChoice>;

    async fn run(&self, work: &mut Work) -> Attempt<Self::Answer> {
        let Some(scope) = self.actor.scope() else { return Ok(Vec::new()) };
        let (opals, _) = work.uow.dossiers(&scope, &PoliciesFilter::default(), None, MOST).await?;
        let today = work.now.today();
        let running = opals.into_iter().filter(|opal| today <= opal.voucher.valid_to);
        let mut choices: Vec<_> = running.map(|opal| choice(&opal)).collect();
        choices.sort_by_cached_key(|choice| (app::domain::text::fold(&choice.person.last_first()), choice.id));
        Ok(choices)
    }
}

/// A dossier by what tells it from others.
fn choice(opal: &OpalRecord) -> DossierChoice {
    DossierChoice { id: opal.id, opal_code: opal.opal_code.clone(), person: opal.person_name.clone() }
}

/// The activities to choose from.
struct Activities {
    actor: Actor,
    dossier: OpalId,
}

#[async_trait]
impl UseCase for Activities {
    type Answer = Vec<ActivityChoice>;

    async fn run(&self, work: &mut Work) -> Attempt<Self::Answer> {
        let dossier = DossierFacts::open(work, &self.actor, self.dossier).await?;
        let manages = self.actor.manages(dossier.opal.site);
        let running = dossier.status(work.rulebook(), work.now) == DossierStatus::Running;
        let today = work.now.today();
        let open = dossier
            .summaries()
            .into_iter()
            .filter(|activity| running && takes_sessions(manages, activity.state, &activity.hours, &dossier.frame, today));
        Ok(open.map(|activity| ActivityChoice { code: activity.code, name: activity.name }).collect())
    }
}

/// The coaches that an actor may name: all of its provider, or itself.
async fn coaches(work: &mut Work, actor: &Actor) -> Attempt<Vec<app::domain::provider::Coach>> {
    let scope = policy::reach(actor)?;
    let mut coaches = work.uow.coaches(scope.provider).await?;
    coaches.retain(|coach| policy::sees(actor, coach.id));
    Ok(coaches)
}
