//! Ammissione al servizio and Rifiuta la richiesta: one decision, no way back. The clock's own decision is in `lapse`.

use app::{
    domain::{
        audit::AuditAction,
        command::Version,
        ids::OpalId,
        provider::{Actor, Standing},
        request::{Decision, RefusalForm, RequestAction, RequestState, list_rank},
    },
    ports::PortError,
};
use async_trait::async_trait;
use serde::Serialize;

use super::{
    super::{
        audit::{Author, Chain, Event, Snapshot, changes},
        command::Command,
        policy,
        providers::standings,
        transact::{Attempt, Failure, UseCase, Work},
    },
    find,
};
use crate::store::records::{ActivityRecord, OpalRecord};

/// Ammissione al servizio: the composition is frozen from the catalogue of that day (R9).
#[derive(Serialize)]
pub(super) struct Admit {
    #[serde(skip)]
    pub actor: Actor,
    pub id: OpalId,
    pub version: Version,
}

impl Command for Admit {
    const NAME: &'static str = "requests.admit";
}

#[async_trait]
impl UseCase for Admit {
    type Answer = ();

    async fn run(&self, work: &mut Work) -> Attempt<()> {
        let stored = find(work, &self.actor, self.id).await?;
        let next = OpalRecord {
            admitted_on: Some(work.now.today()),
            ..decided(work, &self.actor, &stored, self.version, RequestAction::Admit).await?
        };
        write(work, Author::Actor(&self.actor), AuditAction::RequestAdmitted, &stored, &next).await?;
        let activities = freeze(work, &next);
        Ok(work.uow.insert_activities(&activities).await?)
    }
}

/// The five activities with their hours by the kind of voucher, from the catalogue of today.
fn freeze(work: &Work, opal: &OpalRecord) -> Vec<ActivityRecord> {
    let catalogue = &work.rulebook().on(work.now.today()).catalogue;
    let activities = catalogue.activities.iter().zip(1..);
    activities
        .map(|(line, ordinal)| ActivityRecord {
            opal: opal.id,
            code: line.code,
            ordinal,
            name: line.name.clone(),
            agreed: line.minutes.of(opal.voucher.kind),
            rate_cents: catalogue.rate_cents,
            at_employer: line.at_employer,
            assumption: line.assumption,
            outputs: line.outputs,
            closed_at: None,
            closed_on: None,
            closed_by: None,
            version: 1,
        })
        .collect()
}

/// Rifiuta la richiesta, with category and reason (R6, R8).
#[derive(Serialize)]
pub(super) struct Refuse {
    #[serde(skip)]
    pub actor: Actor,
    pub id: OpalId,
    pub version: Version,
    pub form: RefusalForm,
}

impl Command for Refuse {
    const NAME: &'static str = "requests.refuse";
}

#[async_trait]
impl UseCase for Refuse {
    type Answer = ();

    async fn run(&self, work: &mut Work) -> Attempt<()> {
        let stored = find(work, &self.actor, self.id).await?;
        let decided = decided(work, &self.actor, &stored, self.version, RequestAction::Refuse).await?;
        let shortest = work.rulebook().on(stored.notified_local.today()).refusal_reason_min;
        let refusal = self.form.check(shortest).map_err(PortError::Invalid)?;
        let next = OpalRecord { refusal: Some(refusal), ..decided };
        write(work, Author::Actor(&self.actor), AuditAction::RequestRefused, &stored, &next).await
    }
}

/// The request as the actor's decision leaves it. A term that is over says so whether or not the job has written it, before any talk of versions.
async fn decided(work: &mut Work, actor: &Actor, stored: &OpalRecord, seen: Version, action: RequestAction) -> Attempt<OpalRecord> {
    policy::manages(actor, stored.site)?;
    let (notified_on, today) = (stored.notified_local.today(), work.now.today());
    let lapsed = stored.state.on(work.rulebook(), notified_on, today) == RequestState::Lapsed;
    let provider_active = standings(work, stored.provider).await?.on(today) == Standing::Active;
    let decision = Decision { state: stored.state, notified_on, provider_active };
    let taken = decision.take(work.rulebook(), action, today);
    if stored.version != seen && !lapsed {
        let asked = if action == RequestAction::Admit { RequestState::Admitted } else { RequestState::Refused };
        return Err(conflict(stored, &OpalRecord { state: asked, ..stored.clone() }));
    }
    Ok(with_decision(work, stored, taken?, actor.name.clone()))
}

/// The request in its new state, with who decided it and when.
pub(in crate::services) fn with_decision(work: &Work, stored: &OpalRecord, state: RequestState, by: String) -> OpalRecord {
    OpalRecord {
        state,
        list_rank: list_rank(state, stored.notified_local.today(), stored.decide_by),
        decided_at: Some(work.at),
        decided_local: Some(work.now),
        decided_by: Some(by),
        ..stored.clone()
    }
}

/// Writes a decision and its event.
pub(in crate::services) async fn write(
    work: &mut Work,
    author: Author<'_>,
    action: AuditAction,
    stored: &OpalRecord,
    next: &OpalRecord,
) -> Attempt<()> {
    if !work.uow.update_opal(next, stored.version).await? {
        return Err(conflict(stored, next));
    }
    let event = Event { subject: stored.opal_code.clone(), before: Some(stored.into()), after: Some(next.into()) };
    Chain::of(work, stored).await?.append(work, author, action, &event).await
}

/// What is stored now against what was asked.
fn conflict(stored: &OpalRecord, asked: &OpalRecord) -> Failure {
    Failure::conflict(changes(Some(&Snapshot::from(stored)), Some(&Snapshot::from(asked))))
}
