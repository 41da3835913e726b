//! The agenda of a coach, of a person or of the site: its sessions, what is taken besides, and the days.

use std::collections::{BTreeSet, HashSet};

use app::{
    domain::{
        agenda::{Calendar, CalendarBusy, CalendarDay, CalendarQuery, CalendarSession, FeedState, Whose},
        ids::{CoachId, PersonId},
        provider::{Actor, Coach, CoachName, Scope},
        request::RequestState,
    },
    ports::PortError,
};
use async_trait::async_trait;
use chrono::NaiveDate;

use super::{
    super::{
        policy,
        transact::{Attempt, UseCase, Work},
    },
    choice, coaches,
};
use crate::store::{calendar::CalendarAsked, records::OpalRecord};

pub(super) struct Open {
    pub actor: Actor,
    pub query: CalendarQuery,
}

#[async_trait]
impl UseCase for Open {
    type Answer = Calendar;

    async fn run(&self, work: &mut Work) -> Attempt<Calendar> {
        let scope = policy::reach(&self.actor)?;
        let (view, on, whose) = self.query.resolve(&self.actor, work.now.today());
        let coaches = coaches(work, &self.actor).await?;
        let dossier = self.dossier(work, &scope, whose).await?;
        let coach = match whose {
            Whose::Coach(id) => Some(coaches.iter().find(|coach| coach.id == id).ok_or(PortError::NotFound)?.id),
            _ => None,
        };
        let days = view.days(on);
        let (from, to) = (days.first().copied().unwrap_or(on), days.last().copied().unwrap_or(on));
        let person = dossier.as_ref().map(|opal| opal.person);
        let sessions = work.uow.calendar(&scope, &CalendarAsked { from, to, coach, person }).await?;
        let columns = if whose == Whose::Site { columns(&scope, &coaches, &sessions, (from, to)) } else { Vec::new() };
        let shown = coach.map_or(columns.clone(), |coach| vec![coach]);
        let busy = busy(work, person, &shown, &sessions, (from, to)).await?;
        let feed = match coach.filter(|coach| self.actor.shares_calendar_of(*coach)) {
            Some(coach) => Some(match work.uow.feed_of(coach).await? {
                Some(link) => FeedState::On { since: link.since, last_read: link.last_read, reads: link.reads },
                None => FeedState::Off,
            }),
            None => None,
        };
        let rulebook = work.rulebook();
        let books: Vec<_> = days.iter().map(|on| rulebook.on(*on)).collect();
        Ok(Calendar {
            view,
            on,
            whose,
            earliest: books.iter().map(|book| book.earliest).min().unwrap_or_default(),
            latest: books.iter().map(|book| book.latest).max().unwrap_or_default(),
            days: days
                .iter()
                .zip(&books)
                .map(|(on, book)| CalendarDay { on: *on, holiday: book.holiday(*on).map(|(name, _)| name.to_owned()) })
                .collect(),
            coaches: coaches.into_iter().map(|coach| CoachName { id: coach.id, name: coach.name }).collect(),
            columns,
            sessions,
            busy,
            dossier: dossier.as_ref().map(choice),
            plans: self.actor.reads_requests(),
            feed,
            now: work.now,
        })
    }
}

impl Open {
    /// The dossier whose person is shown, when it is one within reach.
    async fn dossier(&self, work: &mut Work, scope: &Scope, whose: Whose) -> Attempt<Option<OpalRecord>> {
        let Whose::Dossier(id) = whose else { return Ok(None) };
        let found = work.uow.opal(id, scope, work.now.today()).await?.filter(|opal| opal.state == RequestState::Admitted);
        Ok(Some(found.ok_or(PortError::NotFound)?))
    }
}

/// The coaches of the site's agenda, in the order of their names: those who work at its sites in these days, and those who have a session.
fn columns(scope: &Scope, coaches: &[Coach], sessions: &[CalendarSession], (from, to): (NaiveDate, NaiveDate)) -> Vec<CoachId> {
    let engaged: BTreeSet<_> = sessions.iter().map(|session| session.coach).collect();
    let works =
        |coach: &Coach| scope.sites.contains(&coach.site) && coach.active_from <= to && coach.active_to.is_none_or(|last| from <= last);
    coaches.iter().filter(|coach| engaged.contains(&coach.id) || works(coach)).map(|coach| coach.id).collect()
}

/// When the person or the coaches are taken by what the actor does not see: only that they are.
async fn busy(
    work: &mut Work,
    person: Option<PersonId>,
    coaches: &[CoachId],
    sessions: &[CalendarSession],
    (from, to): (NaiveDate, NaiveDate),
) -> Attempt<Vec<CalendarBusy>> {
    let persons: Vec<_> = person.into_iter().collect();
    let known: HashSet<_> = sessions.iter().map(|session| (session.dossier, session.coach, session.span)).collect();
    let found = work.uow.engagements(&persons, coaches, from, to).await?;
    let unknown = found.into_iter().filter(|taken| !known.contains(&(taken.opal, taken.coach, taken.span)));
    Ok(unknown.map(|taken| CalendarBusy { coach: person.is_none().then_some(taken.coach), span: taken.span }).collect())
}
