//! One act on several sessions of any dossiers: one transaction in which all that the rules allow is done and the rest stays, each with its outcome.
//!
//! All or none would let one session hold up a whole week's work, and one transaction for each would leave no single answer to repeat. What was
//! refused, changed meanwhile or warned about anew changes nothing of the others, so a preview that has aged does no harm.

use std::collections::{BTreeMap, BTreeSet};

use app::{
    domain::{
        ids::{OpalId, SessionId},
        provider::Actor,
        rulebook::Verdict,
        session::{Batch, BulkAct, Chosen, ManySteps, Proposal, StepOutcome, Words},
    },
    ports::PortError,
};
use async_trait::async_trait;
use serde::Serialize;

use super::{
    super::{
        audit::Chain,
        command::Command,
        dossiers::DossierFacts,
        policy,
        transact::{Attempt, UseCase, Work},
    },
    enter::complete,
    many::{surroundings, within_limit},
    step::{apply, differences, input, words, write},
};
use crate::{sealing::PersonKey, store::records::SessionRecord};

/// Says what an act would do.
pub(super) struct Rehearse {
    pub actor: Actor,
    pub act: BulkAct,
    pub sessions: Vec<Chosen>,
}

#[async_trait]
impl UseCase for Rehearse {
    type Answer = Vec<StepOutcome>;

    async fn run(&self, work: &mut Work) -> Attempt<Vec<StepOutcome>> {
        Acting { actor: &self.actor, act: self.act, writes: false }.on_all(work, &self.sessions).await
    }
}

/// Takes the steps.
#[derive(Serialize)]
pub(super) struct StepMany {
    #[serde(skip)]
    pub actor: Actor,
    pub many: ManySteps,
}

impl Command for StepMany {
    const NAME: &'static str = "sessions.step_many";
}

#[async_trait]
impl UseCase for StepMany {
    type Answer = Vec<StepOutcome>;

    async fn run(&self, work: &mut Work) -> Attempt<Vec<StepOutcome>> {
        Acting { actor: &self.actor, act: self.many.act, writes: true }.on_all(work, &self.many.sessions).await
    }
}

/// An act under way.
struct Acting<'a> {
    actor: &'a Actor,
    act: BulkAct,
    /// Whether it is done, or only judged.
    writes: bool,
}

impl Acting<'_> {
    /// The outcomes in the order asked. Dossiers are taken in the order of their ids, so that two commands at once wait for each other and do
    /// not lock each other out; within one, the order asked says which sessions get the hours.
    async fn on_all(&self, work: &mut Work, chosen: &[Chosen]) -> Attempt<Vec<StepOutcome>> {
        within_limit(chosen.len())?;
        let scope = policy::reach(self.actor)?;
        let mut by_dossier: BTreeMap<OpalId, Vec<usize>> = BTreeMap::new();
        for (place, chosen) in chosen.iter().enumerate() {
            by_dossier.entry(chosen.dossier).or_default().push(place);
        }
        let ids: Vec<_> = by_dossier.keys().copied().collect();
        let found = work.uow.dossiers_by_id(&scope, &ids).await?;
        let dossiers: BTreeMap<_, _> =
            DossierFacts::of_all(work, found).await?.into_iter().map(|dossier| (dossier.opal.id, dossier)).collect();
        let mut outcomes = vec![StepOutcome::Gone; chosen.len()];
        for (id, dossier) in &dossiers {
            let places = by_dossier.get(id).into_iter().flatten();
            let here: Vec<_> = places.filter_map(|place| Some((*place, chosen.get(*place)?))).collect();
            self.on_dossier(work, dossier, &here, &mut outcomes).await?;
        }
        Ok(outcomes)
    }

    async fn on_dossier(
        &self,
        work: &mut Work,
        dossier: &DossierFacts,
        here: &[(usize, &Chosen)],
        outcomes: &mut [StepOutcome],
    ) -> Attempt<()> {
        let visible = |id: SessionId| {
            let found = dossier.sessions.iter().find(|session| session.id == id);
            found.filter(|session| policy::sees(self.actor, session.coach))
        };
        let here: Vec<_> = here.iter().filter_map(|(place, chosen)| Some((*place, *chosen, visible(chosen.session)?))).collect();
        if here.iter().any(|(_, _, stored)| !policy::may(self.actor, self.act.action(), dossier.opal.site, stored.coach)) {
            return Err(PortError::Forbidden.into());
        }
        let proposals: Vec<_> = here.iter().map(|(_, _, stored)| proposal(stored)).collect();
        let batch = Batch::new(surroundings(work, self.actor, dossier, &proposals).await?);
        let chain = if self.writes { Some(Chain::of(work, &dossier.opal).await?) } else { None };
        let mut turns = Turns { acting: self, dossier, batch, chain };
        let mut touched = BTreeSet::new();
        for (place, chosen, stored) in here {
            let outcome = turns.take(work, chosen, stored).await?;
            if self.writes && outcome == StepOutcome::Done {
                touched.insert(stored.activity);
            }
            if let Some(known) = outcomes.get_mut(place) {
                *known = outcome;
            }
        }
        for activity in touched {
            work.uow.bump_activity(dossier.opal.id, activity).await?;
        }
        Ok(())
    }
}

/// The sessions of one dossier, one after the other: each is judged as if those before it were done, by what this transaction sees, also of what it
/// wrote in the dossiers before.
struct Turns<'a> {
    acting: &'a Acting<'a>,
    dossier: &'a DossierFacts,
    batch: Batch,
    /// Where what is done is written down; `None` when it is only judged.
    chain: Option<Chain<PersonKey>>,
}

impl Turns<'_> {
    async fn take(&mut self, work: &mut Work, chosen: &Chosen, stored: &SessionRecord) -> Attempt<StepOutcome> {
        let step = self.acting.act.step(&chosen.description);
        let next = apply(&step, stored, complete(input(&step, stored))?, self.batch.around(), work.now);
        if stored.version != chosen.version {
            return Ok(StepOutcome::Changed(differences(stored, Some(&next))));
        }
        let action = self.acting.act.action();
        let Some(chain) = &self.chain else {
            // A preview is asked for before the descriptions are written, and before anything is confirmed.
            let verdict = self.batch.judge_if(action, &proposal(stored), Words { description: "-", has_reason: false }, Verdict::allows);
            return Ok(StepOutcome::of(&verdict, false));
        };
        let outcome = |verdict: &Verdict| StepOutcome::of(verdict, chosen.confirmed);
        let verdict = self.batch.judge_if(action, &proposal(stored), words(&step), |verdict| outcome(verdict) == StepOutcome::Done);
        let outcome = outcome(&verdict);
        if outcome == StepOutcome::Done && !write(work, self.acting.actor, self.dossier, chain, action, stored, &next).await? {
            return Ok(StepOutcome::Changed(differences(stored, Some(&next))));
        }
        Ok(outcome)
    }
}

fn proposal(session: &SessionRecord) -> Proposal {
    Proposal::of(session.id, session.activity, session.coach, session.span, &session.note)
}
