//! The page of a dossier: where it stands, its line of time, people, what it owes, and its history.

use std::collections::BTreeMap;

use app::domain::{
    dossier::{CoachHours, DossierAction, DossierPage, EmployerPeriod, InterruptionView, Timeline, plan_interruption},
    ids::OpalId,
    provider::Actor,
};
use async_trait::async_trait;

use super::{
    super::{
        audit::Chain,
        policy, providers,
        sealed::{employer_context, interruption_context, key_of},
        transact::{Attempt, UseCase, Work},
    },
    DossierFacts, facts, row,
};
use crate::sealing::{PersonKey, Seal};

pub(super) struct Open {
    pub actor: Actor,
    pub id: OpalId,
}

#[async_trait]
impl UseCase for Open {
    type Answer = DossierPage;

    async fn run(&self, work: &mut Work) -> Attempt<DossierPage> {
        let dossier = DossierFacts::open(work, &self.actor, self.id).await?;
        let (history, history_intact) = Chain::of(work, &dossier.opal).await?.history(work, &self.actor).await?;
        let provider_warning = providers::warning(work, dossier.opal.provider).await?;
        let manages = self.actor.manages(dossier.opal.site);
        // Reasons may tell of health: only those who manage read them.
        let key = if manages { Some(key_of(work, dossier.opal.person).await?) } else { None };
        let (today, rulebook, frame) = (work.now.today(), work.rulebook(), dossier.frame);
        let status = dossier.status(rulebook, work.now);
        let sessions: Vec<_> = dossier.sessions.iter().map(facts).collect();
        Ok(DossierPage {
            row: row(work, &dossier),
            version: dossier.opal.version,
            timeline: Timeline::of(&frame, dossier.opal.notified_local.today(), dossier.concluded_on(), rulebook, today),
            employers: employers(&dossier, key.as_ref())?,
            coaches: coaches(&dossier, &self.actor),
            owed: if manages { dossier.owed(today) } else { Vec::new() },
            told: frame.told(status, rulebook),
            interruption: key.as_ref().and_then(|key| interruption(&dossier, key).transpose()).transpose()?,
            interrupting: manages.then(|| plan_interruption(&frame, status, rulebook, &sessions, today)),
            changing_employer: manages.then(|| frame.permit(DossierAction::ChangeEmployer, status, rulebook)),
            voucher_id: dossier.opal.voucher.id,
            frame,
            notified_at: dossier.opal.notified_local,
            centre: dossier.opal.centre_name,
            history,
            history_intact,
            provider_warning,
            now: work.now,
        })
    }
}

/// The employers by first day, with why they changed for who has the key.
pub(in crate::services) fn employers(dossier: &DossierFacts, key: Option<&PersonKey>) -> Attempt<Vec<EmployerPeriod>> {
    let first = EmployerPeriod { since: dossier.frame.admitted_on, employer: dossier.opal.employer.clone(), reason: None };
    let mut periods = vec![first];
    for change in &dossier.employers {
        let context = employer_context(dossier.opal.id, change.since);
        let reason = key.map(|key| key.open_json::<String>(&context, &change.sealed_reason)).transpose()?;
        periods.push(EmployerPeriod { since: change.since, employer: change.employer.clone(), reason });
    }
    Ok(periods)
}

/// The part of each coach that the actor sees, by name.
fn coaches(dossier: &DossierFacts, actor: &Actor) -> Vec<CoachHours> {
    let mut by_name: BTreeMap<_, CoachHours> = BTreeMap::new();
    for session in dossier.sessions.iter().filter(|session| session.state.is_live() && policy::sees(actor, session.coach)) {
        let coach = by_name.entry((&session.coach_name, session.coach.0)).or_insert_with(|| CoachHours {
            name: session.coach_name.clone(),
            delivered: 0,
            planned: 0,
        });
        let minutes = if session.state.is_open() { &mut coach.planned } else { &mut coach.delivered };
        *minutes += session.span.minutes();
    }
    by_name.into_values().collect()
}

fn interruption(dossier: &DossierFacts, key: &PersonKey) -> Attempt<Option<InterruptionView>> {
    let Some(made) = &dossier.opal.ending.interruption else { return Ok(None) };
    let interruption = key.open_json(&interruption_context(dossier.opal.id), &made.sealed)?;
    Ok(Some(InterruptionView { interruption, recorded_at: made.local, recorded_by: made.by.clone() }))
}
