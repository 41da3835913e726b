//! Several sessions in one transaction, all or none: a series is entered, several *inserite* are programmed. Each is judged as if those before it were done.

use std::collections::BTreeSet;

use app::{
    domain::{
        ids::SessionId,
        provider::Actor,
        rulebook::{FieldProblem, Finding, Rule, Verdict},
        session::{Action, BATCH_LIMIT, Horizon, ManyScheduled, NewSeries, Proposal, SessionForm, Surroundings, judge_each, proposals},
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
        transact::{Attempt, Failure, UseCase, Work},
    },
    enter::{Entering, complete},
    pass,
    step::{conflict, write},
};
use crate::store::records::SessionRecord;

/// Enters a series.
#[derive(Serialize)]
pub(super) struct EnterSeries {
    #[serde(skip)]
    pub actor: Actor,
    pub series: NewSeries,
}

impl Command for EnterSeries {
    const NAME: &'static str = "sessions.enter_series";
}

#[async_trait]
impl UseCase for EnterSeries {
    type Answer = Vec<SessionId>;

    async fn run(&self, work: &mut Work) -> Attempt<Vec<SessionId>> {
        let NewSeries { dossier, activity, sessions, confirmed, .. } = &self.series;
        within_limit(sessions.len())?;
        let dossier = DossierFacts::open(work, &self.actor, *dossier).await?;
        policy::manages(&self.actor, dossier.opal.site)?;
        let proposals = proposals(*activity, sessions);
        let around = surroundings(work, &self.actor, &dossier, &proposals).await?;
        pass_each(&judge_each(Action::Enter, &proposals, &around), *confirmed)?;
        let chain = Chain::of(work, &dossier.opal).await?;
        let entering = Entering { actor: &self.actor, dossier: &dossier, coaches: &around.coaches, chain: &chain };
        let mut entered = Vec::with_capacity(sessions.len());
        for draft in sessions.iter().map(SessionForm::read).map(complete) {
            entered.push(entering.write(work, *activity, draft?, None).await?);
        }
        work.uow.bump_activity(dossier.opal.id, *activity).await?;
        Ok(entered)
    }
}

/// Programs several *inserite* of one activity.
#[derive(Serialize)]
pub(super) struct ScheduleMany {
    #[serde(skip)]
    pub actor: Actor,
    pub many: ManyScheduled,
}

impl Command for ScheduleMany {
    const NAME: &'static str = "sessions.schedule_many";
}

#[async_trait]
impl UseCase for ScheduleMany {
    type Answer = ();

    async fn run(&self, work: &mut Work) -> Attempt<()> {
        let ManyScheduled { dossier, activity, sessions, confirmed, .. } = &self.many;
        within_limit(sessions.len())?;
        let dossier = DossierFacts::open(work, &self.actor, *dossier).await?;
        policy::manages(&self.actor, dossier.opal.site)?;
        let mut chosen = Vec::with_capacity(sessions.len());
        for (id, seen) in sessions {
            let stored = dossier.sessions_of(*activity).find(|session| session.id == *id).ok_or(PortError::NotFound)?;
            if stored.version != *seen {
                return Err(conflict(stored, None));
            }
            chosen.push(stored);
        }
        let proposal = |session: &&SessionRecord| Proposal::of(session.id, session.activity, session.coach, session.span, &session.note);
        let proposals: Vec<_> = chosen.iter().map(proposal).collect();
        let around = surroundings(work, &self.actor, &dossier, &proposals).await?;
        pass_each(&judge_each(Action::Schedule, &proposals, &around), *confirmed)?;
        let chain = Chain::of(work, &dossier.opal).await?;
        for stored in chosen {
            let state = stored.state.after(Action::Schedule).map_err(|finding| Failure::refused(&[finding]))?;
            let next = SessionRecord { state, ..stored.clone() };
            if !write(work, &self.actor, &dossier, &chain, Action::Schedule, stored, &next).await? {
                return Err(conflict(stored, Some(&next)));
            }
        }
        Ok(work.uow.bump_activity(dossier.opal.id, *activity).await?)
    }
}

/// One form is not a means to write without end.
pub(super) fn within_limit(count: usize) -> Attempt<()> {
    let sentence = match count {
        0 => "Nessuna erogazione scelta: scegline almeno una.".to_owned(),
        count if count > BATCH_LIMIT => format!("Le erogazioni sono {count}: inseriscine al massimo {BATCH_LIMIT} per volta."),
        _ => return Ok(()),
    };
    Err(PortError::Invalid(vec![FieldProblem::new("sessions", Rule::R16, sentence)]).into())
}

/// The facts around all of them: their weeks and those between, with the time of every coach they name.
pub(super) async fn surroundings(work: &mut Work, actor: &Actor, dossier: &DossierFacts, proposals: &[Proposal]) -> Attempt<Surroundings> {
    let days = || proposals.iter().filter_map(|proposal| proposal.on);
    let (first, last) = days().min().zip(days().max()).unwrap_or((work.now.today(), work.now.today()));
    let coaches: BTreeSet<_> = proposals.iter().filter_map(|proposal| proposal.coach).collect();
    dossier.surroundings(work, actor, Horizon::days(coaches, first, last)).await
}

/// Goes on when nothing blocks any of them and every warning was confirmed; what blocks is told by the place in the list, from 1.
fn pass_each(verdicts: &[Verdict], confirmed: bool) -> Attempt<()> {
    let of = |(place, verdict): (usize, &Verdict)| {
        let problem = |finding: &Finding| FieldProblem::new(&format!("item-{place}"), finding.rule, finding.sentence());
        verdict.blocks.iter().map(problem).collect::<Vec<_>>()
    };
    let problems: Vec<_> = (1..).zip(verdicts).flat_map(of).collect();
    if !problems.is_empty() {
        return Err(PortError::Invalid(problems).into());
    }
    let mut warns: Vec<Finding> = verdicts.iter().flat_map(|verdict| verdict.warns.iter().cloned()).collect();
    warns.sort_by_key(|finding| finding.rule);
    pass(&Verdict { blocks: Vec::new(), warns }, confirmed)
}
