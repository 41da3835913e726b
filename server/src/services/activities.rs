//! Activities: one with its sessions, and its closing (Concludi attività, R36, R37).

use app::{
    domain::{
        activity::{ActivityPage, ActivityState, WeekHours, plan_closing, takes_sessions},
        audit::AuditAction,
        command::{Seen, Version},
        ids::OpalId,
        provider::{Actor, Coach, CoachName},
        rulebook::{ActivityCode, Refusal, Rule},
        session::{EndReason, Horizon, SessionRow},
        time::{Week, plus_days},
    },
    ports::{Activities, PortResult},
};
use async_trait::async_trait;
use serde::Serialize;

use super::{
    Services,
    audit::{ActivitySnapshot, Author, Chain, Event, Snapshot, changes},
    command::Command,
    dossiers::{DossierFacts, facts},
    policy, providers,
    sessions::{View, audit_action},
    transact::{Attempt, Failure, UseCase, Work},
};
use crate::store::records::{Closing, SessionRecord};

#[async_trait]
impl Activities for Services {
    async fn open(&self, actor: &Actor, id: OpalId, code: ActivityCode) -> PortResult<ActivityPage> {
        self.read(Open { actor: actor.clone(), id, code }).await
    }

    async fn close(&self, actor: &Actor, id: OpalId, code: ActivityCode, seen: Seen) -> PortResult<()> {
        self.command(actor, seen.key, Close { actor: actor.clone(), id, code, version: seen.version }).await
    }
}

struct Open {
    actor: Actor,
    id: OpalId,
    code: ActivityCode,
}

#[async_trait]
impl UseCase for Open {
    type Answer = ActivityPage;

    async fn run(&self, work: &mut Work) -> Attempt<ActivityPage> {
        let actor = &self.actor;
        let dossier = DossierFacts::open(work, actor, self.id).await?;
        let around = dossier.surroundings(work, actor, Horizon::week(None, work.now.today())).await?;
        let activity = dossier.activity(self.code)?;
        let view = View { actor, around: &around, site: dossier.opal.site };
        let sessions: Vec<_> = dossier
            .sessions_of(self.code)
            .filter(|session| policy::sees(actor, session.coach))
            .map(|session| view.row(session, &dossier.opal.opal_code, &dossier.opal.person_name, &activity.name))
            .collect();
        let summary = dossier.summary(activity);
        let status = dossier.status(work.rulebook(), work.now);
        let closing = if around.manages {
            let sessions: Vec<_> = dossier.sessions_of(self.code).map(facts).collect();
            plan_closing(work.rulebook(), work.now, dossier.frame, summary.state, activity.agreed, &sessions)
        } else {
            Err(Refusal::new(Rule::R13, "Solo la sede che ha ammesso la richiesta può concludere l'attività."))
        };
        let weeks = weeks(work, &dossier, &sessions).await?;
        let offered = |coach: &&Coach| around.manages && coach.active_to.is_none_or(|last| last >= work.now.today());
        Ok(ActivityPage {
            dossier: self.id,
            opal_code: dossier.opal.opal_code.clone(),
            voucher_id: dossier.opal.voucher.id.clone(),
            voucher_kind: dossier.opal.voucher.kind,
            frame: dossier.frame,
            status,
            told: dossier.frame.told(status, work.rulebook()),
            person: dossier.opal.person_name.clone(),
            employer_name: dossier.employer(work.now.today()).1.name.clone(),
            employer_town: dossier.employer(work.now.today()).1.town.clone(),
            may_enter: takes_sessions(around.manages, summary.state, &summary.hours, &dossier.frame, work.now.today()),
            at_employer: activity.at_employer,
            activity: summary,
            sessions,
            weeks,
            coaches: around.coaches.iter().filter(offered).map(|coach| CoachName { id: coach.id, name: coach.name.clone() }).collect(),
            manages: around.manages,
            closing,
            limits: around.limits,
            provider_warning: providers::warning(work, dossier.opal.provider).await?,
            now: work.now,
        })
    }
}

/// The person's hours in each week that has one of the sessions, over all its dossiers (R29).
async fn weeks(work: &mut Work, dossier: &DossierFacts, sessions: &[SessionRow]) -> Attempt<Vec<WeekHours>> {
    let mondays: Vec<_> = sessions.iter().map(|session| Week::of(session.span.on()).monday()).collect();
    let Some((first, last)) = mondays.iter().min().zip(mondays.iter().max()) else { return Ok(Vec::new()) };
    let found = work.uow.person_weeks(dossier.opal.person, *first, plus_days(*last, 6)).await?;
    // R29 goes by the version of the session's day: of two in one week, the later.
    let cap = |monday| {
        let days = sessions.iter().map(|session| session.span.on()).filter(|on| Week::of(*on).monday() == monday);
        work.rulebook().on(days.max().unwrap_or(monday)).week_cap
    };
    let hours = |(monday, minutes)| WeekHours { monday, minutes, cap: cap(monday) };
    Ok(found.into_iter().filter(|(monday, _)| mondays.contains(monday)).map(hours).collect())
}

/// Concludi attività: ends what is open, then nothing can change.
#[derive(Serialize)]
struct Close {
    #[serde(skip)]
    actor: Actor,
    id: OpalId,
    code: ActivityCode,
    version: Version,
}

impl Command for Close {
    const NAME: &'static str = "activities.close";
}

#[async_trait]
impl UseCase for Close {
    type Answer = ();

    async fn run(&self, work: &mut Work) -> Attempt<()> {
        let dossier = DossierFacts::open(work, &self.actor, self.id).await?;
        policy::manages(&self.actor, dossier.opal.site)?;
        let activity = dossier.activity(self.code)?;
        let (state, balance) = (dossier.state(activity), dossier.balance(activity));
        let (before, after) = (ActivitySnapshot::of(state, &balance), ActivitySnapshot::of(ActivityState::Closed, &balance));
        let conflict = || Failure::conflict(changes(Some(&before), Some(&after)));
        if activity.version != self.version {
            return Err(conflict());
        }
        let sessions: Vec<_> = dossier.sessions_of(self.code).collect();
        let known: Vec<_> = sessions.iter().map(|session| facts(session)).collect();
        let plan = plan_closing(work.rulebook(), work.now, dossier.frame, state, activity.agreed, &known)?;

        let chain = Chain::of(work, &dossier.opal).await?;
        let author = Author::Actor(&self.actor);
        for (id, action) in plan.ends {
            let Some(session) = sessions.iter().find(|session| session.id == id) else { continue };
            let state = session.state.after(action).map_err(|finding| Failure::refused(&[finding]))?;
            let ended = SessionRecord { state, end_reason: Some(EndReason::ActivityClosed), ..(*session).clone() };
            if !work.uow.update_session(&ended, session.version).await? {
                return Err(conflict());
            }
            let event =
                Event { subject: dossier.subject(session)?, before: Some(Snapshot::from(*session)), after: Some(Snapshot::from(&ended)) };
            chain.append(work, author, audit_action(action), &event).await?;
        }
        if !work
            .uow
            .close_activity(self.id, self.code, &Closing { by: &self.actor.name, at: work.at, on: work.now.today() }, self.version)
            .await?
        {
            return Err(conflict());
        }
        let event = Event { subject: activity.name.clone(), before: Some(before), after: Some(after) };
        chain.append(work, author, AuditAction::ActivityClosed, &event).await
    }
}
