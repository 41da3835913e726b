//! Cruscotto: what needs the actor today.

mod progress;

use std::iter;

use app::{
    domain::{
        agenda::{Dashboard, LackingDossiers, LackingPlace, LateSessions, Plots, WORKLIST_ROWS, Worklist},
        page::{PAGE_SIZE, Page},
        provider::{Actor, Scope},
        request::{RequestFilter, RequestRow, RequestState},
        rulebook::{Rulebook, RulebookVersion},
        session::{Horizon, SessionRow, Surroundings},
        time::minus_days,
    },
    ports::{Agenda, PortResult},
};
use async_trait::async_trait;
use chrono::NaiveDate;
use progress::{all_progress, lacking_page, lacking_worklist, plots, read_place};

use super::{
    Services, cursor, providers, requests,
    sessions::View,
    transact::{Attempt, UseCase, Work},
};
use crate::store::records::{Days, SessionCursor, SessionListRecord};

/// Rows of a list, as the store counts them.
#[expect(clippy::cast_possible_truncation, reason = "a list of the dashboard has a handful of rows")]
const ROWS: u32 = WORKLIST_ROWS as u32;

#[async_trait]
impl Agenda for Services {
    async fn dashboard(&self, actor: &Actor) -> PortResult<Dashboard> {
        self.read(Today { actor: actor.clone() }).await
    }

    async fn to_regularise(&self, actor: &Actor, after: Option<&str>) -> PortResult<LateSessions> {
        let after = cursor::read(after).map(|(begins, id)| SessionCursor { begins, id });
        self.read(Late { actor: actor.clone(), after }).await
    }

    async fn lacking(&self, actor: &Actor, after: Option<&str>) -> PortResult<LackingDossiers> {
        self.read(Lacking { actor: actor.clone(), after: read_place(after) }).await
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
                to_decide: Worklist::default(),
                today: Worklist::default(),
                to_regularise: Worklist::default(),
                lacking: Worklist::default(),
                plots: Plots::default(),
                provider_warning: None,
                now: work.now,
            });
        };
        let today = work.now.today();
        let all_progress = all_progress(work, &scope).await?;
        Ok(Dashboard {
            to_decide: self.to_decide(work).await?,
            today: self.open_sessions(work, &scope, &[Days { from: today, to: Some(today) }]).await?,
            to_regularise: self.open_sessions(work, &scope, &past_days(work, true)).await?,
            lacking: lacking_worklist(work, &scope, &all_progress).await?,
            plots: plots(work, &scope, &all_progress).await?,
            provider_warning: providers::warning(work, scope.provider).await?,
            now: work.now,
        })
    }
}

impl Today {
    /// Requests to decide, fewest days left first; none for a coach.
    async fn to_decide(&self, work: &mut Work) -> Attempt<Worklist<RequestRow>> {
        if !self.actor.reads_requests() {
            return Ok(Worklist::default());
        }
        let pending = RequestFilter { states: vec![RequestState::Pending], ..RequestFilter::default() };
        let query = requests::query(work, &self.actor, pending, None, ROWS)?;
        let found = work.uow.requests(&query).await?;
        Ok(Worklist { rows: requests::rows(work, &found.rows).await?, total: found.total })
    }

    async fn open_sessions(&self, work: &mut Work, scope: &Scope, days: &[Days]) -> Attempt<Worklist<SessionRow>> {
        let ending = still_writable(work.rulebook(), work.now.today());
        let found = work.uow.open_sessions(scope, days, &ending, None, ROWS).await?;
        let total = count_open(work, scope, days, &ending).await?;
        Ok(Worklist { rows: session_rows(work, &self.actor, found), total })
    }
}

/// Da regolarizzare: a page of all of them.
struct Late {
    actor: Actor,
    after: Option<SessionCursor>,
}

#[async_trait]
impl UseCase for Late {
    type Answer = LateSessions;

    async fn run(&self, work: &mut Work) -> Attempt<LateSessions> {
        let now = work.now;
        let Some(scope) = self.actor.scope() else {
            return Ok(LateSessions { page: Page { rows: Vec::new(), next: None, total: 0 }, now });
        };
        let (days, ending) = (past_days(work, true), still_writable(work.rulebook(), now.today()));
        let found = work.uow.open_sessions(&scope, &days, &ending, self.after.as_ref(), PAGE_SIZE + 1).await?;
        let total = count_open(work, &scope, &days, &ending).await?;
        let cursor = |row: &SessionRow| cursor::write(format_args!("{:?}", row.span.on().and_time(row.span.from())), row.id);
        Ok(LateSessions { page: cursor::page(session_rows(work, &self.actor, found), PAGE_SIZE, total, cursor), now })
    }
}

/// Manca qualcosa: a page of all of them.
struct Lacking {
    actor: Actor,
    after: Option<LackingPlace>,
}

#[async_trait]
impl UseCase for Lacking {
    type Answer = LackingDossiers;

    async fn run(&self, work: &mut Work) -> Attempt<LackingDossiers> {
        let now = work.now;
        let page = match self.actor.scope() {
            Some(scope) => lacking_page(work, &scope, self.after).await?,
            None => Page { rows: Vec::new(), next: None, total: 0 },
        };
        Ok(LackingDossiers { page, now })
    }
}

async fn count_open(work: &mut Work, scope: &Scope, days: &[Days], ending: &[Days]) -> Attempt<u64> {
    let counts = work.uow.count_open_sessions(scope, days, ending).await?;
    Ok(counts.into_iter().map(|(_, count)| u64::from(count)).sum())
}

/// Sessions that are still open. In a dossier that is not read-only each can be ended, if only by the provider's administrator: also where this
/// actor can do nothing, somebody of the office must.
fn session_rows(work: &Work, actor: &Actor, found: Vec<SessionListRecord>) -> Vec<SessionRow> {
    let row = |found: SessionListRecord| {
        // What an open session offers hangs on the dossier's dates alone; an activity is closed with all its sessions.
        let around = Surroundings {
            rulebook: work.rulebook().clone(),
            now: work.now,
            manages: actor.manages(found.site),
            supervises: actor.supervises(),
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
        let view = View { actor, site: found.site, around: &around };
        view.row(&found.session, &found.opal_code, &found.person_name, &found.activity_name)
    };
    found.into_iter().map(row).collect()
}

/// R23: the days before today whose sessions can still be started and completed, or those whose term is over.
fn past_days(work: &Work, running: bool) -> Vec<Days> {
    let today = work.now.today();
    let past = Days { from: NaiveDate::default(), to: Some(minus_days(today, 1)) };
    terms(work.rulebook(), today, running).into_iter().filter_map(|days| days.and(past)).collect()
}

/// The days on which each version of the rules holds: the first one also on all before it. A term goes by the version of its own day, so
/// that the days of those that still run are not always next to each other.
fn periods(rulebook: &Rulebook) -> impl Iterator<Item = (&RulebookVersion, Days)> {
    let versions = rulebook.versions();
    let firsts = iter::once(NaiveDate::default()).chain(versions.iter().skip(1).map(|version| version.valid_from));
    let lasts = versions.iter().skip(1).map(|next| Some(minus_days(next.valid_from, 1))).chain([None]);
    versions.iter().zip(firsts.zip(lasts)).map(|(version, (from, to))| (version, Days { from, to }))
}

/// R23: the days whose sessions can still be started and completed, or those whose term is over.
fn terms(rulebook: &Rulebook, today: NaiveDate, running: bool) -> Vec<Days> {
    let of_term = |version: &RulebookVersion| {
        let first = minus_days(today, version.regularisation_days);
        if running { Days { from: first, to: None } } else { Days { from: NaiveDate::default(), to: Some(minus_days(first, 1)) } }
    };
    periods(rulebook).filter_map(|(version, days)| days.and(of_term(version))).collect()
}

/// R38: the days on which a voucher may end so that its dossier is not read-only yet.
pub(super) fn still_writable(rulebook: &Rulebook, today: NaiveDate) -> Vec<Days> {
    periods(rulebook).filter_map(|(version, days)| days.and(Days { from: minus_days(today, version.tail_days), to: None })).collect()
}

/// R38: the days on which a voucher ended so that its dossier is read-only.
pub(super) fn read_only(rulebook: &Rulebook, today: NaiveDate) -> Vec<Days> {
    let ended =
        |version: &RulebookVersion| Days { from: NaiveDate::default(), to: Some(minus_days(today, version.tail_days.saturating_add(1))) };
    periods(rulebook).filter_map(|(version, days)| days.and(ended(version))).collect()
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
