//! Cruscotto: what needs the actor today.

use std::iter;

use app::{
    domain::{
        activity::HoursBalance,
        agenda::{Dashboard, NearlyFull, WORKLIST_ROWS, Worklist},
        provider::{Actor, Scope},
        request::{RequestFilter, RequestRow, RequestState},
        rulebook::{Rulebook, RulebookVersion},
        session::{Horizon, SessionRow, Surroundings},
    },
    ports::{Agenda, PortResult},
};
use async_trait::async_trait;
use chrono::NaiveDate;

use super::{
    Services,
    dossiers::group,
    providers, requests,
    sessions::View,
    transact::{Attempt, UseCase, Work},
};
use crate::store::records::{ActivityRecord, Days, OpalRecord, SessionListRecord};

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
                provider_warning: None,
                now: work.now,
            });
        };
        let today = work.now.today();
        let past = Days { from: NaiveDate::default(), to: Some(back(today, 1)) };
        let within = |running| terms(work.rulebook(), today, running).into_iter().filter_map(|days| days.and(past)).collect::<Vec<_>>();
        let [in_term, over] = [true, false].map(within);
        Ok(Dashboard {
            to_decide: self.to_decide(work).await?,
            today: self.open_sessions(work, &scope, &[Days { from: today, to: Some(today) }]).await?,
            to_regularise: self.open_sessions(work, &scope, &in_term).await?,
            overdue: self.open_sessions(work, &scope, &over).await?,
            nearly_full: nearly_full(work, &scope).await?,
            provider_warning: providers::warning(work, scope.provider).await?,
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
    async fn open_sessions(&self, work: &mut Work, scope: &Scope, days: &[Days]) -> Attempt<Worklist<SessionRow>> {
        let ending = still_writable(work.rulebook(), work.now.today());
        let (found, total) = work.uow.open_sessions(scope, days, &ending, ROWS).await?;
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
                workplaces: Vec::new(),
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

/// The day `days` earlier, or the day itself where there is none.
fn back(on: NaiveDate, days: u32) -> NaiveDate {
    on.checked_sub_days(chrono::Days::new(days.into())).unwrap_or(on)
}

/// The days on which each version of the rules holds: the first one also on all before it. A term goes by the version of its own day, so
/// that the days of those that still run are not always next to each other.
fn periods(rulebook: &Rulebook) -> impl Iterator<Item = (&RulebookVersion, Days)> {
    let versions = rulebook.versions();
    let firsts = iter::once(NaiveDate::default()).chain(versions.iter().skip(1).map(|version| version.valid_from));
    let lasts = versions.iter().skip(1).map(|next| Some(back(next.valid_from, 1))).chain([None]);
    versions.iter().zip(firsts.zip(lasts)).map(|(version, (from, to))| (version, Days { from, to }))
}

/// R23: the days whose sessions can still be started and completed, or those whose term is over.
fn terms(rulebook: &Rulebook, today: NaiveDate, running: bool) -> Vec<Days> {
    let of_term = |version: &RulebookVersion| {
        let first = back(today, version.regularisation_days);
        if running { Days { from: first, to: None } } else { Days { from: NaiveDate::default(), to: Some(back(first, 1)) } }
    };
    periods(rulebook).filter_map(|(version, days)| days.and(of_term(version))).collect()
}

/// R38: the days on which a voucher may end so that its dossier is not read-only yet.
fn still_writable(rulebook: &Rulebook, today: NaiveDate) -> Vec<Days> {
    periods(rulebook).filter_map(|(version, days)| days.and(Days { from: back(today, version.tail_days), to: None })).collect()
}

/// R38: the days on which a voucher ended so that its dossier is read-only.
pub(super) fn read_only(rulebook: &Rulebook, today: NaiveDate) -> Vec<Days> {
    let ended = |version: &RulebookVersion| Days { from: NaiveDate::default(), to: Some(back(today, version.tail_days.saturating_add(1))) };
    periods(rulebook).filter_map(|(version, days)| days.and(ended(version))).collect()
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
    use app::domain::{dossier::DossierFrame, session::last_day};

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn among(days: &[Days], on: NaiveDate) -> bool {
        days.iter().any(|days| days.from <= on && days.to.is_none_or(|to| on <= to))
    }

    /// The terms grow with the one version, shrink with the next.
    fn changing() -> Rulebook {
        let first = Rulebook::builtin();
        let version = |valid_from, regularisation_days, tail_days| RulebookVersion {
            valid_from: day(valid_from),
            regularisation_days,
            tail_days,
            ..first.latest().clone()
        };
        first.with(version("2026-06-01", 12, 90)).with(version("2027-01-01", 3, 0))
    }

    #[test]
    fn r23_r38_each_day_is_where_its_own_version_puts_it() {
        let rulebook = changing();
        for today in day("2026-05-25").iter_days().take(300) {
            let (running, over) = (terms(&rulebook, today, true), terms(&rulebook, today, false));
            let (writable, ended) = (still_writable(&rulebook, today), read_only(&rulebook, today));
            for on in day("2026-01-01").iter_days().take(500) {
                let in_term = today <= last_day(&rulebook, on);
                assert_eq!((among(&running, on), among(&over, on)), (in_term, !in_term), "{on} on {today}");
                let frame = DossierFrame { admitted_on: on, valid_from: on, valid_to: on, interrupted_on: None };
                let is_read_only = today >= frame.read_only_from(&rulebook);
                assert_eq!((among(&writable, on), among(&ended, on)), (!is_read_only, is_read_only), "{on} on {today}");
            }
        }
    }

    #[test]
    fn r23_a_shorter_term_leaves_older_sessions_in_theirs() {
        let running = terms(&changing(), day("2027-01-06"), true);
        let in_term = |on| among(&running, day(on));
        assert_eq!(["2026-12-24", "2026-12-25", "2027-01-02", "2027-01-03"].map(in_term), [false, true, false, true]);
    }
}
