//! A step of an existing session: the rules judge it by what this transaction sees, then it is written with its event.

use app::{
    domain::{
        audit::Change,
        command::Version,
        ids::SessionId,
        provider::Actor,
        session::{Action, Horizon, SessionDraft, SessionInput, SessionStep, Surroundings, Words, check, late_days},
        time::LocalInstant,
    },
    ports::PortError,
};
use async_trait::async_trait;
use serde::Serialize;

use super::{
    super::{
        audit::{Author, Chain, Event, Snapshot, changes},
        command::Command,
        dossiers::DossierFacts,
        policy,
        transact::{Attempt, Failure, UseCase, Work},
    },
    audit_action,
    enter::complete,
    pass,
};
use crate::{sealing::PersonKey, store::records::SessionRecord};

/// Takes a step.
#[derive(Serialize)]
pub(super) struct Step {
    #[serde(skip)]
    pub actor: Actor,
    pub id: SessionId,
    pub version: Version,
    pub asked: SessionStep,
    pub confirmed: bool,
}

impl Command for Step {
    const NAME: &'static str = "sessions.step";
}

#[async_trait]
impl UseCase for Step {
    type Answer = ();

    async fn run(&self, work: &mut Work) -> Attempt<()> {
        let action = self.asked.action();
        let stored = work.uow.session(self.id).await?.ok_or(PortError::NotFound)?;
        let dossier = DossierFacts::open(work, &self.actor, stored.opal).await?;
        if !policy::sees(&self.actor, stored.coach) {
            return Err(PortError::NotFound.into());
        }
        if !policy::may(&self.actor, action, dossier.opal.site, stored.coach) {
            return Err(PortError::Forbidden.into());
        }
        let input = input(&self.asked, &stored);
        let on = input.on.unwrap_or(stored.span.on());
        let around = dossier.surroundings(work, &self.actor, Horizon::week(input.coach, on)).await?;
        if stored.version != self.version {
            let asked = input.draft().map(|draft| apply(&self.asked, &stored, draft, &around, work.now));
            return Err(conflict(&stored, asked.as_ref()));
        }

        let proposal = input.proposal(Some(stored.id), stored.activity);
        let verdict = check(action, stored.state, &proposal, words(&self.asked), &around);
        pass(&verdict, self.confirmed)?;
        let next = apply(&self.asked, &stored, complete(input)?, &around, work.now);
        let chain = Chain::of(work, &dossier.opal).await?;
        if !write(work, &self.actor, &dossier, &chain, action, &stored, &next).await? {
            return Err(conflict(&stored, Some(&next)));
        }
        Ok(work.uow.bump_activity(stored.opal, stored.activity).await?)
    }
}

/// Writes what became of a session, with its event; `false` when somebody was faster.
pub(super) async fn write(
    work: &mut Work,
    actor: &Actor,
    dossier: &DossierFacts,
    chain: &Chain<PersonKey>,
    action: Action,
    stored: &SessionRecord,
    next: &SessionRecord,
) -> Attempt<bool> {
    if !work.uow.update_session(next, stored.version).await? {
        return Ok(false);
    }
    let event = Event { subject: dossier.subject(stored)?, before: Some(Snapshot::from(stored)), after: Some(Snapshot::from(next)) };
    chain.append(work, Author::Actor(actor), audit_action(action), &event).await?;
    Ok(true)
}

/// What the session is to be: what was typed, or what it is.
pub(super) fn input(asked: &SessionStep, stored: &SessionRecord) -> SessionInput {
    match asked {
        SessionStep::Modify { form } => form.read(),
        _ => SessionInput {
            coach: Some(stored.coach),
            on: Some(stored.span.on()),
            from: Some(stored.span.from()),
            to: Some(stored.span.to()),
            note: stored.note.clone(),
        },
    }
}

/// What comes with the step.
pub(super) fn words(asked: &SessionStep) -> Words<'_> {
    match asked {
        SessionStep::Complete { form } => Words { description: &form.description, has_reason: false },
        SessionStep::Cancel { form } | SessionStep::CloseNegative { form } => Words { description: "", has_reason: form.read().is_some() },
        SessionStep::Modify { .. } | SessionStep::Schedule | SessionStep::Start => Words::default(),
    }
}

/// The session after the step; whether it may be taken was judged before.
pub(super) fn apply(
    asked: &SessionStep,
    stored: &SessionRecord,
    draft: SessionDraft,
    around: &Surroundings,
    now: LocalInstant,
) -> SessionRecord {
    let state = stored.state.after(asked.action()).unwrap_or(stored.state);
    let mut next = SessionRecord { state, ..stored.clone() };
    match asked {
        SessionStep::Modify { .. } => {
            if draft.span.on() != stored.span.on() {
                next.late_days = late_days(draft.span.on(), now.today());
            }
            if let Some(coach) = around.coaches.iter().find(|coach| coach.id == draft.coach) {
                next.coach_name.clone_from(&coach.name);
            }
            (next.coach, next.span, next.note) = (draft.coach, draft.span, draft.note);
        }
        SessionStep::Schedule => {}
        SessionStep::Start => next.started_local = Some(now),
        SessionStep::Complete { form } => {
            next.completed_local = Some(now);
            next.description = Some(form.description.trim().to_owned());
        }
        SessionStep::Cancel { form } | SessionStep::CloseNegative { form } => {
            let (reason, text) = form.read().unzip();
            next.end_reason = reason;
            next.end_text = text.filter(|text| !text.is_empty());
        }
    }
    next
}

/// What is stored now against what was asked; the state is told even when both agree on it.
pub(super) fn differences(stored: &SessionRecord, asked: Option<&SessionRecord>) -> Vec<Change> {
    let (before, after) = (Snapshot::from(stored), asked.map(Snapshot::from));
    let mut differ = after.map(|after| changes(Some(&before), Some(&after))).unwrap_or_default();
    if differ.is_empty() {
        let state = stored.state.label().to_owned();
        differ.push(Change { field: "Stato".to_owned(), before: Some(state.clone()), after: Some(state) });
    }
    differ
}

/// Somebody was faster.
pub(super) fn conflict(stored: &SessionRecord, asked: Option<&SessionRecord>) -> Failure {
    Failure::conflict(differences(stored, asked))
}
