//! What the office does to a whole dossier: Interruzione (S18) and Cambio datore di lavoro (S17).

use app::{
    domain::{
        audit::AuditAction,
        command::Version,
        dossier::{DossierAction, EmployerForm, InterruptionForm, plan_interruption},
        ids::OpalId,
        provider::Actor,
        session::EndReason,
    },
    ports::PortError,
};
use async_trait::async_trait;
use serde::Serialize;

use super::{
    super::{
        audit::{Author, Chain, DossierSnapshot, Event, Snapshot, changes},
        command::Command,
        policy,
        sealed::{employer_context, interruption_context, key_of},
        sessions::audit_action,
        transact::{Attempt, Failure, UseCase, Work},
    },
    DossierFacts, facts,
};
use crate::{
    sealing::Seal,
    store::records::{DossierEnding, EmployerChangeRecord, InterruptionRecord, SessionRecord},
};

/// Ends the service early, and with it its open sessions.
#[derive(Serialize)]
pub(super) struct Interrupt {
    #[serde(skip)]
    pub actor: Actor,
    pub id: OpalId,
    pub version: Version,
    pub form: InterruptionForm,
}

impl Command for Interrupt {
    const NAME: &'static str = "dossiers.interrupt";
}

#[async_trait]
impl UseCase for Interrupt {
    type Answer = ();

    async fn run(&self, work: &mut Work) -> Attempt<()> {
        let dossier = opened(work, &self.actor, self.id).await?;
        let today = work.now.today();
        let status = dossier.status(work.rulebook(), work.now);
        let sessions: Vec<_> = dossier.sessions.iter().map(facts).collect();
        let plan = plan_interruption(&dossier.frame, status, work.rulebook(), &sessions, today)?;
        let interruption = self.form.check(&dossier.frame, today).map_err(PortError::Invalid)?;
        let before = DossierSnapshot::of(status);
        let after = before.clone().interrupted(&interruption);
        let (before, after) = (Snapshot::Dossier(before), Snapshot::Dossier(after));
        let conflict = || Failure::conflict(changes(Some(&before), Some(&after)));
        if dossier.opal.version != self.version {
            return Err(conflict());
        }

        let chain = Chain::of(work, &dossier.opal).await?;
        let author = Author::Actor(&self.actor);
        for (id, action) in plan.ends {
            let Some(session) = dossier.sessions.iter().find(|session| session.id == id) else { continue };
            let state = session.state.after(action).map_err(|finding| Failure::refused(&[finding]))?;
            let ended = SessionRecord { state, end_reason: Some(EndReason::ServiceInterrupted), ..session.clone() };
            if !work.uow.update_session(&ended, session.version).await? {
                return Err(conflict());
            }
            work.uow.bump_activity(self.id, session.activity).await?;
            let event =
                Event { subject: dossier.subject(session)?, before: Some(Snapshot::from(session)), after: Some(Snapshot::from(&ended)) };
            chain.append(work, author, audit_action(action), &event).await?;
        }
        let key = key_of(work, dossier.opal.person).await?;
        let made = InterruptionRecord {
            on: interruption.on,
            local: work.now,
            by: self.actor.name.clone(),
            sealed: key.seal_json(&interruption_context(self.id), &interruption)?,
        };
        let ending = DossierEnding { interruption: Some(made), ..dossier.opal.ending.clone() };
        if !work.uow.keep_ending(self.id, &ending, self.version).await? {
            return Err(conflict());
        }
        let event = Event { subject: dossier.opal.opal_code.clone(), before: Some(before), after: Some(after) };
        chain.append(work, author, AuditAction::ServiceInterrupted, &event).await
    }
}

/// Records that the person works for another employer from a day on.
#[derive(Serialize)]
pub(super) struct ChangeEmployer {
    #[serde(skip)]
    pub actor: Actor,
    pub id: OpalId,
    pub version: Version,
    pub form: EmployerForm,
}

impl Command for ChangeEmployer {
    const NAME: &'static str = "dossiers.change_employer";
}

#[async_trait]
impl UseCase for ChangeEmployer {
    type Answer = ();

    async fn run(&self, work: &mut Work) -> Attempt<()> {
        let dossier = opened(work, &self.actor, self.id).await?;
        let status = dossier.status(work.rulebook(), work.now);
        dossier.frame.permit(DossierAction::ChangeEmployer, status, work.rulebook())?;
        let (since, present) = dossier.last_employer();
        let change = self.form.check(&dossier.frame, since, present).map_err(PortError::Invalid)?;
        let before = Snapshot::Dossier(DossierSnapshot::of(status).employed(since, present, None));
        let after = Snapshot::Dossier(DossierSnapshot::of(status).employed(change.since, &change.employer, Some(&change.reason)));
        if dossier.opal.version != self.version || !work.uow.bump_opal(self.id, self.version).await? {
            return Err(Failure::conflict(changes(Some(&before), Some(&after))));
        }
        let key = key_of(work, dossier.opal.person).await?;
        let record = EmployerChangeRecord {
            opal: self.id,
            since: change.since,
            employer: change.employer,
            sealed_reason: key.seal_json(&employer_context(self.id, change.since), &change.reason)?,
            changed_at: work.at,
        };
        work.uow.insert_employer_change(&record).await?;
        let event = Event { subject: dossier.opal.opal_code.clone(), before: Some(before), after: Some(after) };
        Chain::of(work, &dossier.opal).await?.append(work, Author::Actor(&self.actor), AuditAction::EmployerChanged, &event).await
    }
}

/// The dossier, for one who manages it.
async fn opened(work: &mut Work, actor: &Actor, id: OpalId) -> Attempt<DossierFacts> {
    let dossier = DossierFacts::open(work, actor, id).await?;
    policy::manages(actor, dossier.opal.site)?;
    Ok(dossier)
}
