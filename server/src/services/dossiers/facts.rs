//! A dossier with its activities and sessions, as every page and every rule about it needs them; read in a fixed number of queries.

use std::collections::HashMap;

use super::super::{
    documents::{due, proof},
    policy,
    sealed::limits_of,
    transact::{Attempt, Failure, Work},
};
use crate::store::documents::EvidenceQuery;
use crate::store::records::{ActivityRecord, EmployerChangeRecord, OpalRecord, SessionRecord};
use app::{
    domain::{
        activity::{ActivityFrame, ActivityState, ActivitySummary, HoursBalance, value_cents},
        dossier::{DossierFrame, DossierStatus, Evidence, Ledger, Owed, Workplace, owed},
        ids::OpalId,
        provider::Actor,
        request::{RequestState, intake::Employer},
        rulebook::{ActivityCode, Refusal, Rule, Rulebook},
        session::{Horizon, SessionFacts, SessionState, Surroundings},
        text::{date_long, time_hm},
        time::LocalInstant,
    },
    ports::PortError,
};
use chrono::NaiveDate;

/// A dossier as it is stored.
pub(in crate::services) struct DossierFacts {
    /// The OPAL.
    pub opal: OpalRecord,
    /// Its dates.
    pub frame: DossierFrame,
    /// Its five activities in order.
    pub activities: Vec<ActivityRecord>,
    /// All its sessions by date and time.
    pub sessions: Vec<SessionRecord>,
    /// The changes of employer by first day (S17).
    pub employers: Vec<EmployerChangeRecord>,
    /// What proof there is of what was delivered.
    pub evidence: Evidence,
}

impl DossierFacts {
    /// A dossier within the actor's reach; R10 refuses a request that was not admitted.
    pub async fn open(work: &mut Work, actor: &Actor, id: OpalId) -> Attempt<Self> {
        let scope = policy::reach(actor)?;
        let opal = work.uow.opal(id, &scope, work.now.today()).await?.ok_or(PortError::NotFound)?;
        if opal.state != RequestState::Admitted {
            return Err(Refusal::new(Rule::R10, "La richiesta non è ammessa al servizio: le attività si aprono dopo l'ammissione.").into());
        }
        Self::of_all(work, vec![opal]).await?.pop().ok_or_else(|| Failure::defect("a dossier was lost"))
    }

    /// Some dossiers, in their order.
    pub async fn of_all(work: &mut Work, opals: Vec<OpalRecord>) -> Attempt<Vec<Self>> {
        let ids: Vec<_> = opals.iter().map(|opal| opal.id).collect();
        let mut activities = group(work.uow.activities(&ids).await?, |activity| activity.opal);
        let mut sessions = group(work.uow.sessions_of(&ids).await?, |session| session.opal);
        let mut employers = group(work.uow.employer_changes(&ids).await?, |change| change.opal);
        let evidence = proof(work, &EvidenceQuery::of(&ids)).await?;
        opals
            .into_iter()
            .map(|opal| {
                let admitted_on = opal.admitted_on.ok_or_else(|| Failure::defect("a dossier has no day of admission"))?;
                Ok(Self {
                    frame: DossierFrame {
                        admitted_on,
                        valid_from: opal.voucher.valid_from,
                        valid_to: opal.voucher.valid_to,
                        interrupted_on: opal.ending.interruption.as_ref().map(|made| made.on),
                    },
                    employers: employers.remove(&opal.id).unwrap_or_default(),
                    activities: activities.remove(&opal.id).unwrap_or_default(),
                    sessions: sessions.remove(&opal.id).unwrap_or_default(),
                    evidence: evidence.get(&opal.id).copied().unwrap_or_default(),
                    opal,
                })
            })
            .collect()
    }

    /// One of its activities.
    pub fn activity(&self, code: ActivityCode) -> Attempt<&ActivityRecord> {
        self.activities
            .iter()
            .find(|activity| activity.code == code)
            .ok_or_else(|| Failure::defect("a dossier lacks one of its activities"))
    }

    /// The sessions of an activity.
    pub fn sessions_of(&self, code: ActivityCode) -> impl Iterator<Item = &SessionRecord> {
        self.sessions.iter().filter(move |session| session.activity == code)
    }

    /// The hours of an activity.
    pub fn balance(&self, activity: &ActivityRecord) -> HoursBalance {
        HoursBalance::of(activity.agreed, self.sessions_of(activity.code).map(|session| (session.state, session.span.minutes())))
    }

    /// Where an activity stands.
    pub fn state(&self, activity: &ActivityRecord) -> ActivityState {
        ActivityState::of(activity.closed_at.is_some(), self.sessions_of(activity.code).next().is_some())
    }

    /// An activity with its hours and value.
    pub fn summary(&self, activity: &ActivityRecord) -> ActivitySummary {
        let hours = self.balance(activity);
        ActivitySummary {
            code: activity.code,
            name: activity.name.clone(),
            assumption: activity.assumption,
            state: self.state(activity),
            hours,
            value_cents: value_cents(activity.agreed, activity.rate_cents),
            delivered_cents: value_cents(hours.delivered.min(activity.agreed), activity.rate_cents),
            version: activity.version,
        }
    }

    /// The five activities with their hours and value.
    pub fn summaries(&self) -> Vec<ActivitySummary> {
        self.activities.iter().map(|activity| self.summary(activity)).collect()
    }

    /// Where the dossier stands.
    pub fn status(&self, rulebook: &Rulebook, now: LocalInstant) -> DossierStatus {
        self.frame.status(rulebook, now.today(), self.concluded_on().is_some())
    }

    /// The day on which the last of its activities became *Terminata*.
    pub fn concluded_on(&self) -> Option<NaiveDate> {
        let closed: Option<Vec<_>> = self.activities.iter().map(|activity| activity.closed_on).collect();
        closed?.into_iter().max()
    }

    /// What proof it owes by that day.
    pub fn owed(&self, today: NaiveDate) -> Vec<Owed> {
        let delivered = self.sessions.iter().filter(|session| session.state == SessionState::Delivered).count();
        let closed_from = self.frame.closed_from();
        owed(&Ledger {
            delivered: u32::try_from(delivered).unwrap_or(u32::MAX),
            due: due(self.activities.iter().map(|activity| (activity.closed_on, activity.outputs))),
            concluded_on: self.concluded_on(),
            interrupted_on: self.frame.interrupted_on,
            expired_on: (today >= closed_from).then_some(closed_from),
            evidence: self.evidence,
        })
    }

    /// The employer of a day, and its first day: that of the admission for the one of the request.
    pub fn employer(&self, on: NaiveDate) -> (NaiveDate, &Employer) {
        let changed = self.employers.iter().rev().find(|change| change.since <= on);
        changed.map_or((self.frame.admitted_on, &self.opal.employer), |change| (change.since, &change.employer))
    }

    /// The newest employer, whether it is already or will be, and its first day.
    pub fn last_employer(&self) -> (NaiveDate, &Employer) {
        self.employer(NaiveDate::MAX)
    }

    /// Where the person works, by first day.
    pub fn workplaces(&self) -> Vec<Workplace> {
        let first = Workplace { since: self.frame.admitted_on, town: self.opal.employer.town.clone() };
        let later = self.employers.iter().map(|change| Workplace { since: change.since, town: change.employer.town.clone() });
        std::iter::once(first).chain(later).collect()
    }

    /// What rules look at, with the time taken elsewhere within the horizon: of the person, and of the provider's coaches that it names.
    pub async fn surroundings(&self, work: &mut Work, actor: &Actor, asked: Horizon) -> Attempt<Surroundings> {
        // Beyond the voucher and the days of a search around it there is nothing to plan.
        let (first, last) = (Horizon::search(None, self.frame.valid_from).from, Horizon::search(None, self.frame.valid_to).to);
        let horizon = Horizon { from: asked.from.clamp(first, last), to: asked.to.clamp(first, last), ..asked };
        let coaches = work.uow.coaches(self.opal.provider).await?;
        // Another provider's coach is no one's business here, not even as busy time.
        let known: Vec<_> = coaches.iter().filter(|coach| horizon.includes(coach, self.opal.site)).map(|coach| coach.id).collect();
        let elsewhere = work.uow.busy_elsewhere(self.opal.id, self.opal.person, &known, horizon.from, horizon.to).await?;
        let manages = actor.manages(self.opal.site);
        Ok(Surroundings {
            rulebook: work.rulebook().since(self.frame.admitted_on.min(self.frame.valid_from)),
            now: work.now,
            manages,
            supervises: actor.supervises(),
            dossier: self.frame,
            activities: self.activities.iter().map(frame).collect(),
            sessions: self.sessions.iter().map(facts).collect(),
            // Health data: only those who plan need them.
            limits: if manages { limits_of(work, self.opal.person).await? } else { None },
            site: self.opal.site,
            site_town: self.opal.site_town.clone(),
            workplaces: self.workplaces(),
            horizon,
            elsewhere,
            coaches,
        })
    }

    /// What a session is, in words for the history: `Piano di coaching, mar 24 nov 2026 09:00–12:00`.
    pub fn subject(&self, session: &SessionRecord) -> Attempt<String> {
        let (name, span) = (&self.activity(session.activity)?.name, session.span);
        Ok(format!("{name}, {} {}–{}", date_long(span.on()), time_hm(span.from()), time_hm(span.to())))
    }
}

/// The part of an activity that rules look at.
pub(in crate::services) fn frame(activity: &ActivityRecord) -> ActivityFrame {
    ActivityFrame { code: activity.code, agreed: activity.agreed, at_employer: activity.at_employer, closed: activity.closed_at.is_some() }
}

/// The part of a session that rules look at.
pub(in crate::services) fn facts(session: &SessionRecord) -> SessionFacts {
    SessionFacts { id: session.id, activity: session.activity, coach: session.coach, span: session.span, state: session.state }
}

/// Rows by what they belong to, each group in the order of the rows.
pub(in crate::services) fn group<T>(rows: Vec<T>, key: impl Fn(&T) -> OpalId) -> HashMap<OpalId, Vec<T>> {
    let mut groups: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        groups.entry(key(&row)).or_default().push(row);
    }
    groups
}
