//! Sessions: what the rules look at, entering one (R16), and each step of it (R17 to R24).

mod bulk;
mod enter;
mod many;
mod step;
mod view;

use app::{
    domain::{
        audit::AuditAction,
        command::Seen,
        ids::{OpalId, SessionId},
        provider::Actor,
        rulebook::{Refusal, Verdict},
        session::{
            Action, BulkAct, Busy, BusyWho, Chosen, Horizon, ManyScheduled, ManySteps, NewSeries, NewSession, SessionStep, StepOutcome,
            Surroundings,
        },
    },
    ports::{PortError, PortResult, Sessions},
};
use async_trait::async_trait;

pub(super) use view::View;

use super::{
    Services,
    dossiers::DossierFacts,
    policy,
    transact::{Attempt, Failure, UseCase, Work},
};

#[async_trait]
impl Sessions for Services {
    async fn surroundings(&self, actor: &Actor, dossier: OpalId, horizon: Horizon) -> PortResult<Surroundings> {
        self.read(Around { actor: actor.clone(), dossier, horizon }).await
    }

    async fn enter(&self, actor: &Actor, new: NewSession) -> PortResult<SessionId> {
        self.command(actor, new.key, enter::Enter { actor: actor.clone(), new }).await
    }

    async fn enter_series(&self, actor: &Actor, series: NewSeries) -> PortResult<Vec<SessionId>> {
        self.command(actor, series.key, many::EnterSeries { actor: actor.clone(), series }).await
    }

    async fn schedule_many(&self, actor: &Actor, many: ManyScheduled) -> PortResult<()> {
        self.command(actor, many.key, many::ScheduleMany { actor: actor.clone(), many }).await
    }

    async fn step(&self, actor: &Actor, id: SessionId, seen: Seen, step: SessionStep, confirmed: bool) -> PortResult<()> {
        self.command(actor, seen.key, step::Step { actor: actor.clone(), id, version: seen.version, asked: step, confirmed }).await
    }

    async fn rehearse(&self, actor: &Actor, act: BulkAct, sessions: Vec<Chosen>) -> PortResult<Vec<StepOutcome>> {
        self.read(bulk::Rehearse { actor: actor.clone(), act, sessions }).await
    }

    async fn step_many(&self, actor: &Actor, many: ManySteps) -> PortResult<Vec<StepOutcome>> {
        self.command(actor, many.key, bulk::StepMany { actor: actor.clone(), many }).await
    }
}

struct Around {
    actor: Actor,
    dossier: OpalId,
    horizon: Horizon,
}

#[async_trait]
impl UseCase for Around {
    type Answer = Surroundings;

    async fn run(&self, work: &mut Work) -> Attempt<Surroundings> {
        let dossier = DossierFacts::open(work, &self.actor, self.dossier).await?;
        let mut horizon = self.horizon.clone();
        if !self.actor.manages(dossier.opal.site) {
            // The time of other coaches is for those who plan.
            horizon.site = false;
            horizon.coaches.retain(|coach| policy::sees(&self.actor, *coach));
        }
        let around = dossier.surroundings(work, &self.actor, horizon).await?;
        Ok(if around.manages { around } else { own_sessions(&self.actor, around) })
    }
}

/// What a coach may know: its own sessions, and when the person is taken otherwise, but not with whom.
fn own_sessions(actor: &Actor, around: Surroundings) -> Surroundings {
    let (own, others): (Vec<_>, Vec<_>) = around.sessions.into_iter().partition(|session| policy::sees(actor, session.coach));
    let taken =
        others.into_iter().filter(|session| session.state.is_live()).map(|session| Busy { who: BusyWho::Person, span: session.span });
    Surroundings {
        elsewhere: around.elsewhere.into_iter().chain(taken).collect(),
        coaches: around.coaches.into_iter().filter(|coach| policy::sees(actor, coach.id)).collect(),
        sessions: own,
        ..around
    }
}

/// Goes on when nothing blocks and every warning was confirmed.
fn pass(verdict: &Verdict, confirmed: bool) -> Attempt<()> {
    if !verdict.allows() {
        return Err(Failure::refused(&verdict.blocks));
    }
    if !verdict.warns.is_empty() && !confirmed {
        return Err(PortError::Unconfirmed(verdict.warns.iter().map(Refusal::from).collect()).into());
    }
    Ok(())
}

/// How the history names an action.
pub(super) fn audit_action(action: Action) -> AuditAction {
    match action {
        Action::Enter => AuditAction::SessionEntered,
        Action::Modify => AuditAction::SessionModified,
        Action::Schedule => AuditAction::SessionScheduled,
        Action::Start => AuditAction::SessionStarted,
        Action::Complete => AuditAction::SessionCompleted,
        Action::Cancel => AuditAction::SessionCancelled,
        Action::CloseNegative => AuditAction::SessionClosedNegative,
    }
}
