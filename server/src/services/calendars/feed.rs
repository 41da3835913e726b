//! The link by which other programs read a coach's calendar: made, taken back, read. Only the hash of its secret is kept.

use std::{collections::BTreeSet, iter};

use app::{
    domain::{
        agenda::{FeedEvent, feed::Feed, feed_days},
        audit::AuditAction,
        dossier::{Workplace, employer::town_on},
        ids::CoachId,
        provider::Actor,
    },
    ports::PortError,
};
use async_trait::async_trait;
use chrono::NaiveDate;

use super::{
    super::{
        audit::{Administered, Author, Chain, Event},
        policy,
        transact::{Attempt, UseCase, Work},
    },
    coaches,
};
use crate::store::{calendar::FeedRecord, records::EmployerChangeRecord};

/// Makes a link in the place of the one before.
pub(super) struct Renew {
    pub actor: Actor,
    pub coach: CoachId,
    pub hash: Vec<u8>,
}

#[async_trait]
impl UseCase for Renew {
    type Answer = ();

    async fn run(&self, work: &mut Work) -> Attempt<()> {
        let name = shared(work, &self.actor, self.coach).await?;
        let had = work.uow.feed_of(self.coach).await?.is_some();
        work.uow.put_feed(self.coach, &self.hash, work.at, work.now).await?;
        let of = || Administered::CalendarFeed { coach: self.coach };
        let event = Event { subject: name, before: had.then(of), after: Some(of()) };
        write_down(work, &self.actor, AuditAction::CalendarShared, &event).await
    }
}

/// Takes the link back; where there is none, nothing happens.
pub(super) struct Withdraw {
    pub actor: Actor,
    pub coach: CoachId,
}

#[async_trait]
impl UseCase for Withdraw {
    type Answer = ();

    async fn run(&self, work: &mut Work) -> Attempt<()> {
        let name = shared(work, &self.actor, self.coach).await?;
        if !work.uow.delete_feed(self.coach).await? {
            return Ok(());
        }
        let event = Event { subject: name, before: Some(Administered::CalendarFeed { coach: self.coach }), after: None };
        write_down(work, &self.actor, AuditAction::CalendarWithdrawn, &event).await
    }
}

/// The name of a coach whose link the actor gives out. Others know the coach and may not.
async fn shared(work: &mut Work, actor: &Actor, id: CoachId) -> Attempt<String> {
    let coach = coaches(work, actor).await?.into_iter().find(|coach| coach.id == id).ok_or(PortError::NotFound)?;
    if actor.shares_calendar_of(id) { Ok(coach.name) } else { Err(PortError::Forbidden.into()) }
}

async fn write_down(work: &mut Work, actor: &Actor, action: AuditAction, event: &Event<Administered>) -> Attempt<()> {
    let provider = policy::reach(actor)?.provider;
    Chain::of_provider(provider).append(work, Author::Actor(actor), action, event).await
}

/// Whose link it is.
pub(super) struct Recognise {
    pub hash: Vec<u8>,
}

#[async_trait]
impl UseCase for Recognise {
    type Answer = CoachId;

    async fn run(&self, work: &mut Work) -> Attempt<CoachId> {
        Ok(work.uow.feed_by_hash(&self.hash, work.now.today()).await?.ok_or(PortError::NotFound)?)
    }
}

/// The coach's sessions, without a name; the reading is noted.
pub(super) struct Read {
    pub coach: CoachId,
}

#[async_trait]
impl UseCase for Read {
    type Answer = Feed;

    async fn run(&self, work: &mut Work) -> Attempt<Feed> {
        let (from, to) = feed_days(work.now.today());
        let sessions = work.uow.feed_sessions(self.coach, from, to).await?;
        let dossiers: BTreeSet<_> = sessions.iter().map(|session| session.opal).collect();
        let employers = work.uow.employer_changes(&dossiers.into_iter().collect::<Vec<_>>()).await?;
        work.uow.note_feed_read(self.coach, work.at, work.now).await?;
        Ok(Feed { events: sessions.iter().map(|session| event(session, &employers)).collect(), at: work.at })
    }
}

fn event(session: &FeedRecord, employers: &[EmployerChangeRecord]) -> FeedEvent {
    let first = Workplace { since: NaiveDate::MIN, town: session.employer_town.clone() };
    let later = employers.iter().filter(|change| change.opal == session.opal);
    let later = later.map(|change| Workplace { since: change.since, town: change.employer.town.clone() });
    let workplaces: Vec<_> = iter::once(first).chain(later).collect();
    let at_employer = if session.at_employer { town_on(&workplaces, session.span.on()) } else { None };
    let town = at_employer.unwrap_or(&session.site_town);
    FeedEvent::new(session.id, session.version, session.span, &session.person_name, &session.activity_name, town, session.state)
}
