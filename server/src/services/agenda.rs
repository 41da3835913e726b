//! Cruscotto: what needs the actor today.

use app::{
    domain::{
        activity::HoursBalance,
        agenda::{Dashboard, NearlyFull, WORKLIST_ROWS, Worklist},
        dossier::DossierFrame,
        provider::{Actor, Scope},
        request::{RequestFilter, RequestRow, RequestState},
        rulebook::Rulebook,
        session::{Horizon, SessionRow, Surroundings, last_day},
        time::plus_days,
    },
    ports::{Agenda, PortResult},
};
use async_trait::async_trait;
use chrono::{Days, NaiveDate};

use super::{
    Services,
    dossiers::group,
    requests,
    sessions::View,
    transact::{Attempt, UseCase, Work},
};
use crate::store::records::{ActivityRecord, OpalRecord, SessionListRecord};

/// Rows of a list, as the store counts them.
#[expect(clippy::cast_possible_truncation, reason = "a list of the dashboard has a handful of rows")]
const ROWS: u32 = WORKLIST_ROWS as u32;

#[async_trait]
impl Agenda for Services {
    async fn dashboard(&self, actor: &Actor) -> PortResult<Dashboard> {
        self.read(Today { actor: actor.clone() }).await
    }
}

struct Today {
    actor: Actor,
}

#[async_trait]
impl UseCase for Today {
    type Answer = Dashboard;

    async fn run(&self, work: &mut Work) -> Attempt<Dashboard> {
        let Some(scope) = self.actor.scope() else {
            return Ok(Dashboard {
                to_decide: nothing(),
                today: nothing(),
                to_regularise: nothing(),
                overdue: nothing(),
                nearly_full: nothing(),
                now: work.now,
            });
        };
        let today = work.now.today();
        let before = |days: u32| today.checked_sub_days(Days::new(days.into())).unwrap_or(today);
        let first = first_in_term(work.rulebook(), today);
        Ok(Dashboard {
            to_decide: self.to_decide(work).await?,
            today: self.open_sessions(work, &scope, today, today).await?,
            to_regularise: self.open_sessions(work, &scope, first, before(1)).await?,
            overdue: self.open_sessions(work, &scope, NaiveDate::default(), first.pred_opt().unwrap_or(first)).await?,
            nearly_full: nearly_full(work, &scope).await?,
            now: work.now,
        })
    }
}

impl Today {
    /// Requests to decide, fewest days left first; none for a coach.
    async fn to_decide(&self, work: &mut Work) -> Attempt<Worklist<RequestRow>> {
        if !self.actor.reads_requests() {
            return Ok(nothing());
        }
        let pending = RequestFilter { states: vec![RequestState::Pending], ..RequestFilter::default() };
        let query = requests::query(work, &self.actor, pending, None, ROWS)?;
        let found = work.uow.requests(&query).await?;
        Ok(Worklist { rows: requests::rows(work, &found.rows).await?, total: found.total })
    }

    /// Sessions that are still open, by date. In a dossier that is not read-only each can be ended, if only by the provider's administrator:
    /// also where this actor can do nothing, somebody of the office must.
    async fn open_sessions(&self, work: &mut Work, scope: &Scope, from: NaiveDate, to: NaiveDate) -> Attempt<Worklist<SessionRow>> {
        let ending_from = still_writable(work.rulebook(), work.now.today());
        let (found, total) = work.uow.open_sessions(scope, from, to, ending_from, ROWS).await?;
        let row = |found: &SessionListRecord| {
            // What an open session offers hangs on the dossier's dates alone; an activity is closed with all its sessions.
            let around = Surroundings {
                rulebook: work.rulebook().clone(),
                now: work.now,
                manages: self.actor.manages(found.site),
                supervises: self.actor.supervises(),
                dossier: found.frame,
                activities: Vec::new(),
                sessions: Vec::new(),
                limits: None,
                site: found.site,
                site_town: String::new(),
                employer_town: String::new(),
                horizon: Horizon::week(None, found.session.span.on()),
                elsewhere: Vec::new(),
                coaches: Vec::new(),
            };
            let view = View { actor: &self.actor, site: found.site, around: &around };
            view.row(&found.session, &found.opal_code, &found.person_name, &found.activity_name)
        };
        Ok(Worklist { rows: found.iter().map(row).collect(), total })
    }
}

/// R23: the first day whose sessions can still be started and completed, each by the version of its own day; today when no earlier one can.
fn first_in_term(rulebook: &Rulebook, today: NaiveDate) -> NaiveDate {
    let longest = rulebook.versions().iter().map(|version| version.regularisation_days).max().unwrap_or_default();
    let first = today.checked_sub_days(Days::new(longest.into())).unwrap_or(today);
    first.iter_days().take_while(|on| *on < today).find(|on| today <= last_day(rulebook, *on)).unwrap_or(today)
}

/// R38: the first day on which a voucher may have ended so that its dossier is not read-only yet.
fn still_writable(rulebook: &Rulebook, today: NaiveDate) -> NaiveDate {
    let longest_tail = rulebook.versions().iter().map(|version| version.tail_days).max().unwrap_or_default();
    let writable = |end: &NaiveDate| {
        let frame = DossierFrame { admitted_on: *end, valid_from: *end, valid_to: *end };
        today < frame.read_only_from(rulebook)
    };
    let first = today.checked_sub_days(Days::new(longest_tail.into())).unwrap_or(today);
    (0..longest_tail).map(|days| plus_days(first, days)).find(writable).unwrap_or(today)
}

/// An empty list.
fn nothing<T>() -> Worklist<T> {
    Worklist { rows: Vec::new(), total: 0 }
}

/// Activities about to use up their hours.
async fn nearly_full(work: &mut Work, scope: &Scope) -> Attempt<Worklist<NearlyFull>> {
    let (found, total) = work.uow.nearly_full(scope, work.now.today(), ROWS).await?;
    let ids: Vec<_> = found.iter().map(|(opal, _)| opal.id).collect();
    let sessions = group(work.uow.sessions_of(&ids).await?, |session| session.opal);
    let row = |(opal, activity): (OpalRecord, ActivityRecord)| {
        let own = sessions.get(&opal.id).into_iter().flatten().filter(|session| session.activity == activity.code);
        NearlyFull {
            dossier: opal.id,
            hours: HoursBalance::of(activity.agreed, own.map(|session| (session.state, session.span.minutes()))),
            opal_code: opal.opal_code,
            person: opal.person_name,
            activity: activity.code,
            activity_name: activity.name,
        }
    };
    Ok(Worklist { rows: found.into_iter().map(row).collect(), total })
}

#[cfg(test)]
mod tests {
    use app::domain::rulebook::RulebookVersion;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn r38_a_dossier_is_writable_for_sixty_days_after_the_day_that_closed_its_voucher() {
        // Ended on 31 May it is read-only from 31 July.
        let rulebook = Rulebook::builtin();
        assert_eq!(still_writable(&rulebook, day("2026-07-30")), day("2026-05-31"));
        assert_eq!(still_writable(&rulebook, day("2026-07-31")), day("2026-06-01"));
    }

    #[test]
    fn r38_the_days_are_those_of_the_version_in_which_the_voucher_ends() {
        let longer = Rulebook::builtin();
        let longer = longer.with(RulebookVersion { valid_from: day("2026-06-01"), tail_days: 90, ..longer.on(day("2026-06-01")).clone() });
        assert_eq!(still_writable(&longer, day("2026-07-31")), day("2026-06-01"));
        assert_eq!(still_writable(&longer, day("2026-08-30")), day("2026-06-01"));
        let none = Rulebook::builtin().adjusted(|version| version.tail_days = 0);
        assert_eq!(still_writable(&none, day("2026-07-31")), day("2026-07-31"));
    }
}
