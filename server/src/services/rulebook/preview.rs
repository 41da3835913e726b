//! Vedi cosa cambia: every planned session judged by the rulebook as it is and as a draft would make it. Dossiers are read many at a time,
//! so that the number of queries hangs on pages and not on sessions.

use std::collections::{BTreeSet, HashMap};

use app::{
    domain::{
        ids::{CoachId, PersonId},
        provider::{Actor, Coach},
        rulebook::{ChangedVerdict, Finding, Preview, Refusal, Rule, Rulebook, RulebookDraft, Verdict},
        session::{Action, Busy, BusyWho, Horizon, Proposal, SessionState, Surroundings, Words, check},
        time::{LocalInstant, Week},
    },
    ports::PortError,
};
use async_trait::async_trait;
use chrono::NaiveDate;

use super::super::{
    dossiers::{DossierFacts, facts, frame},
    policy,
    transact::{Attempt, UseCase, Work},
};
use crate::store::records::{EngagementRecord, OpalRecord, SessionRecord};

/// How many dossiers are read at a time.
const PAGE: u32 = 200;
/// How many sessions are told; all are counted.
const SHOWN: usize = 200;

/// Judges all planned sessions twice.
pub(super) struct See {
    pub actor: Actor,
    pub draft: RulebookDraft,
}

#[async_trait]
impl UseCase for See {
    type Answer = Preview;

    async fn run(&self, work: &mut Work) -> Attempt<Preview> {
        policy::publishes_rulebook(&self.actor)?;
        let new = self.draft.check(work.rulebook(), work.now.today()).map_err(PortError::Invalid)?;
        let from = new.valid_from;
        let change = RulebookChange { now: work.now, from, before: work.rulebook().clone(), after: work.rulebook().with(new) };
        let mut preview = Preview::default();
        let mut last = None;
        loop {
            let opals = work.uow.planned_dossiers(from, last, PAGE).await?;
            let Some(opal) = opals.last() else { return Ok(preview) };
            last = Some(opal.id);
            let page = Page::read(work, opals, from).await?;
            for dossier in &page.dossiers {
                page.judge(dossier, &change, &mut preview);
                // Judging is work for the processor: others have their turn.
                tokio::task::yield_now().await;
            }
            preview.changed.sort_by(|one, other| {
                let key = |row: &ChangedVerdict| (row.span.on(), row.span.from());
                key(one).cmp(&key(other)).then_with(|| one.opal_code.cmp(&other.opal_code))
            });
            preview.changed.truncate(SHOWN);
        }
    }
}

/// The rulebook before and after, and the first day on which they differ.
struct RulebookChange {
    now: LocalInstant,
    from: NaiveDate,
    before: Rulebook,
    after: Rulebook,
}

/// Some dossiers, with all that the rules look at.
struct Page {
    dossiers: Vec<DossierFacts>,
    coaches: HashMap<CoachId, Coach>,
    of_person: HashMap<PersonId, Vec<EngagementRecord>>,
    /// By coach and Monday: no rule looks beyond the week of a session.
    of_coach: HashMap<(CoachId, NaiveDate), Vec<EngagementRecord>>,
}

/// The sessions of a dossier that a version from that day on is about.
fn planned(dossier: &DossierFacts, from: NaiveDate) -> impl Iterator<Item = &SessionRecord> {
    dossier.sessions.iter().filter(move |session| session.state.is_open() && session.span.on() >= from)
}

impl Page {
    async fn read(work: &mut Work, opals: Vec<OpalRecord>, from: NaiveDate) -> Attempt<Self> {
        let dossiers = DossierFacts::of_all(work, opals).await?;
        let planned = || dossiers.iter().flat_map(|dossier| planned(dossier, from));
        let persons: Vec<_> = dossiers.iter().map(|dossier| dossier.opal.person).collect::<BTreeSet<_>>().into_iter().collect();
        let coaches: Vec<_> = planned().map(|session| session.coach).collect::<BTreeSet<_>>().into_iter().collect();
        let last = planned().map(|session| session.span.on()).max().unwrap_or(from);
        let horizon = Horizon::days([], from, last);

        let engagements = work.uow.engagements(&persons, &coaches, horizon.from, horizon.to).await?;
        let known = work.uow.coaches_by_id(&coaches).await?;
        let (mut of_person, mut of_coach) = (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
        for engagement in engagements {
            of_person.entry(engagement.person).or_default().push(engagement);
            of_coach.entry((engagement.coach, Week::of(engagement.span.on()).monday())).or_default().push(engagement);
        }
        Ok(Self { dossiers, coaches: known.into_iter().map(|coach| (coach.id, coach)).collect(), of_person, of_coach })
    }

    /// Adds what changes in a dossier to the preview.
    fn judge(&self, dossier: &DossierFacts, change: &RulebookChange, preview: &mut Preview) {
        let mut around = self.around(dossier, change);
        let judge = |around: &Surroundings| -> Vec<_> { planned(dossier, change.from).map(|session| verdict(session, around)).collect() };
        let before = judge(&around);
        around.rulebook = change.after.clone();
        let after = judge(&around);
        for ((session, before), after) in planned(dossier, change.from).zip(before).zip(after) {
            preview.judged += 1;
            if spoken(&before) != spoken(&after) {
                preview.total += 1;
                preview.changed.push(changed(dossier, session, &before, &after));
            }
        }
    }

    /// What the rules look at. Personal limits stay sealed: R30 only warns, and no rulebook says anything of it.
    fn around(&self, dossier: &DossierFacts, change: &RulebookChange) -> Surroundings {
        let coaches: BTreeSet<_> = planned(dossier, change.from).map(|session| session.coach).collect();
        let busy = |who: BusyWho, engagements: Option<&Vec<EngagementRecord>>| -> Vec<Busy> {
            let elsewhere = engagements.into_iter().flatten().filter(|engagement| engagement.opal != dossier.opal.id);
            elsewhere.map(|engagement| Busy { who, span: engagement.span }).collect()
        };
        let mut elsewhere = busy(BusyWho::Person, self.of_person.get(&dossier.opal.person));
        let weeks: BTreeSet<_> =
            planned(dossier, change.from).map(|session| (session.coach, Week::of(session.span.on()).monday())).collect();
        for week in &weeks {
            elsewhere.extend(busy(BusyWho::Coach(week.0), self.of_coach.get(week)));
        }
        let last = planned(dossier, change.from).map(|session| session.span.on()).max().unwrap_or(change.from);
        Surroundings {
            rulebook: change.before.clone(),
            now: change.now,
            manages: true,
            supervises: false,
            dossier: dossier.frame,
            activities: dossier.activities.iter().map(frame).collect(),
            sessions: dossier.sessions.iter().map(facts).collect(),
            limits: None,
            site: dossier.opal.site,
            site_town: dossier.opal.site_town.clone(),
            workplaces: dossier.workplaces(),
            horizon: Horizon::days(coaches.iter().copied(), change.from, last),
            elsewhere,
            coaches: coaches.iter().filter_map(|coach| self.coaches.get(coach)).cloned().collect(),
        }
    }
}

/// A session's content, as if it were to be programmed: where it stands already has nothing to do with its times.
fn verdict(session: &SessionRecord, around: &Surroundings) -> Verdict {
    let proposal = Proposal::of(session.id, session.activity, session.coach, session.span, &session.note);
    check(Action::Schedule, SessionState::Entered, &proposal, Words::default(), around)
}

/// The rules that block and those that warn.
fn spoken(verdict: &Verdict) -> [Vec<Rule>; 2] {
    [&verdict.blocks, &verdict.warns].map(|findings| findings.iter().map(|finding| finding.rule).collect())
}

fn changed(dossier: &DossierFacts, session: &SessionRecord, before: &Verdict, after: &Verdict) -> ChangedVerdict {
    let told = |findings: &[Finding]| findings.iter().map(Refusal::from).collect();
    let activity = dossier.activities.iter().find(|activity| activity.code == session.activity);
    ChangedVerdict {
        span: session.span,
        state: session.state,
        opal_code: dossier.opal.opal_code.clone(),
        site_town: dossier.opal.site_town.clone(),
        activity_name: activity.map(|activity| activity.name.clone()).unwrap_or_default(),
        before: spoken(before).concat(),
        blocks: told(&after.blocks),
        warns: told(&after.warns),
    }
}
