//! Cruscotto: what needs the actor today.

use app::{
    domain::{
        activity::HoursBalance,
        agenda::{Dashboard, NearlyFull, WORKLIST_ROWS, Worklist},
        dossier::DossierFrame,
        provider::{Actor, Scope},
        request::{RequestFilter, RequestRow, RequestState},
        session::{SessionRow, Surroundings},
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
        let window = work.rulebook().on(today).regularisation_days;
        Ok(Dashboard {
            to_decide: self.to_decide(work).await?,
            today: self.open_sessions(work, &scope, today, today).await?,
            to_regularise: self.open_sessions(work, &scope, before(window), before(1)).await?,
            overdue: self.open_sessions(work, &scope, NaiveDate::default(), before(window + 1)).await?,
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

    /// Sessions that are still open, by date.
    async fn open_sessions(&self, work: &mut Work, scope: &Scope, from: NaiveDate, to: NaiveDate) -> Attempt<Worklist<SessionRow>> {
        let (found, total) = work.uow.open_sessions(scope, from, to, ROWS).await?;
        // The list does not know the dates of the vouchers: the page of the activity and the command itself judge those.
        let around = Surroundings {
            now: work.now,
            manages: true,
            supervises: self.actor.supervises(),
            dossier: DossierFrame { admitted_on: NaiveDate::MIN, valid_from: NaiveDate::MIN, valid_to: NaiveDate::MAX },
            activities: Vec::new(),
            sessions: Vec::new(),
            elsewhere: Vec::new(),
            coaches: Vec::new(),
        };
        let row = |found: &SessionListRecord| {
            let view = View { rulebook: work.rulebook(), actor: &self.actor, site: found.site, around: &around };
            view.row(&found.session, &found.opal_code, &found.person_name, &found.activity_name)
        };
        Ok(Worklist { rows: found.iter().map(row).collect(), total })
    }
}

/// An empty list.
fn nothing<T>() -> Worklist<T> {
    Worklist { rows: Vec::new(), total: 0 }
}

/// Activities about to use up their hours.
async fn nearly_full(work: &mut Work, scope: &Scope) -> Attempt<Worklist<NearlyFull>> {
    let (found, total) = work.uow.nearly_full(scope, ROWS).await?;
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
