//! What is accepted one after the other never exceeds a cap, added up a second time by the ledger.

use app::domain::{
    dossier::DossierFrame,
    ids::SessionId,
    rulebook::ActivityCode,
    session::{
        Action, Horizon, Proposal, SeriesEnd, SeriesForm, SessionFacts, SessionForm, SessionState, Surroundings, generated::Question,
        judge_each, plan_series,
    },
    time::Span,
    weekdays::DayOfWeek,
};
use chrono::{TimeDelta, Timelike};
use proptest::prelude::*;

use crate::{ledger::Ledger, seeds};

const TAKEN: [SessionState; 4] = [SessionState::Entered, SessionState::Scheduled, SessionState::Started, SessionState::Delivered];

fn whole(span: Span) -> bool {
    span.from().second() == 0 && span.to().second() == 0
}

/// A dossier that takes sessions for months to come, with only whole minutes in it: the ledger has no seconds.
fn open_dossier(seed: u64) -> Question {
    let mut question = Question::of(seed);
    let around = &mut question.around;
    let today = around.now.today();
    around.manages = true;
    around.activities.iter_mut().for_each(|activity| activity.closed = false);
    around.coaches.iter_mut().for_each(|coach| (coach.active_from, coach.active_to) = (today - TimeDelta::days(900), None));
    let begun = today - TimeDelta::days(60);
    around.dossier = DossierFrame { admitted_on: begun, valid_from: begun, valid_to: today + TimeDelta::days(150), interrupted_on: None };
    around.horizon = Horizon { site: true, ..Horizon::days([], begun, today + TimeDelta::days(180)) };
    around.sessions.retain(|session| whole(session.span));
    around.elsewhere.retain(|busy| whole(busy.span));
    question
}

fn open_dossiers() -> impl Strategy<Value = Question> {
    any::<u64>().prop_map(open_dossier)
}

/// Judges proposals one after the other, writes those accepted into the ledger, and names what is broken then; beside it, how many were accepted.
fn broken(action: Action, proposals: &[Proposal], around: &Surroundings) -> Result<u32, String> {
    let mut ledger = Ledger::of(around);
    let mut accepted = 0;
    for (n, (proposal, verdict)) in (0..).zip(proposals.iter().zip(judge_each(action, proposals, around))) {
        let (true, Some(coach), Some(span)) = (verdict.allows(), proposal.coach, proposal.span()) else { continue };
        let id = proposal.id.unwrap_or(SessionId(uuid::Uuid::from_u128(1_000_000 + n)));
        let state = if action == Action::Schedule { SessionState::Scheduled } else { SessionState::Entered };
        let session = SessionFacts { id, activity: proposal.activity, coach, span, state };
        ledger.write(session);
        accepted += 1;
        if let Some(cap) = ledger.broken_by(&session, around) {
            return Err(cap);
        }
        let agreed = around.activity(session.activity).map_or(0, |activity| activity.agreed);
        if action == Action::Schedule && ledger.minutes_of(session.activity, &TAKEN[1..]) > agreed {
            return Err(format!("R19: the agreed hours, {session:?}"));
        }
    }
    Ok(accepted)
}

/// All sessions waiting to be programmed.
fn all_entered(mut around: Surroundings) -> Surroundings {
    around.sessions.iter_mut().for_each(|session| session.state = SessionState::Entered);
    around
}

fn again(session: &SessionFacts) -> Proposal {
    Proposal::of(session.id, session.activity, session.coach, session.span, "presso il datore di lavoro")
}

proptest! {
    #![proptest_config(seeds(512))]

    #[test]
    fn sessions_entered_one_after_the_other_break_no_cap(question in open_dossiers()) {
        let mut around = question.around;
        let proposals: Vec<_> = around.sessions.drain(..).map(|session| Proposal { id: None, ..again(&session) }).collect();
        prop_assert_eq!(broken(Action::Enter, &proposals, &around).err(), None);
    }

    #[test]
    fn sessions_programmed_one_after_the_other_break_no_cap(question in open_dossiers()) {
        let around = all_entered(question.around);
        let proposals: Vec<_> = around.sessions.iter().map(again).collect();
        prop_assert_eq!(broken(Action::Schedule, &proposals, &around).err(), None);
    }

    #[test]
    fn sessions_moved_onto_each_others_times_break_no_cap(question in open_dossiers()) {
        let sessions = &question.around.sessions;
        let proposals: Vec<_> = sessions.iter().zip(sessions.iter().cycle().skip(1)).map(|(one, next)| again(one).at(next.coach, next.span)).collect();
        prop_assert_eq!(broken(Action::Modify, &proposals, &question.around).err(), None);
    }

    #[test]
    fn a_series_breaks_no_cap_and_stops_exactly_at_the_agreed_hours(question in open_dossiers(), days in 1u8..127, hours in 1i64..=8) {
        let (around, activity) = (&question.around, ActivityCode::OnTheJobTraining);
        let weekdays = DayOfWeek::ALL.into_iter().filter(|day| days & (1 << *day as u8) != 0).collect();
        let start = question.proposal.from.filter(|from| from.hour() < 15).unwrap_or_default();
        let first = around.now.today() + TimeDelta::days(1);
        let (Some(coach), Some(whole)) = (around.coaches.first().map(|coach| coach.id), Span::new(first, start, start + TimeDelta::hours(hours))) else {
            return Ok(());
        };
        let form = SeriesForm { session: SessionForm::of(coach, whole, "presso il datore di lavoro"), weekdays };
        let Some(plan) = plan_series(activity, &form, &[], around) else { return Ok(()) };
        let agreed = around.activity(activity).map_or(0, |activity| activity.agreed);
        let mut ledger = Ledger::of(around);
        let taken_before = ledger.minutes_of(activity, &TAKEN);
        for (n, planned) in (0..).zip(&plan.planned) {
            let id = SessionId(uuid::Uuid::from_u128(1_000_000 + n));
            let session = SessionFacts { id, activity, coach, span: planned.span, state: SessionState::Entered };
            ledger.write(session);
            prop_assert_eq!(ledger.broken_by(&session, around), None);
            prop_assert!(planned.span.on() <= around.dossier.valid_to);
        }
        let taken = ledger.minutes_of(activity, &TAKEN);
        prop_assert!(taken <= agreed.max(taken_before));
        prop_assert_eq!(plan.end == SeriesEnd::AgreedHours, taken >= agreed);
        let (last, before) = plan.planned.split_last().map_or((None, [].as_slice()), |(last, before)| (Some(last), before));
        prop_assert!(before.iter().all(|planned| planned.span.minutes() == whole.minutes()), "only the last is shortened");
        prop_assert!(last.is_none_or(|last| last.span.minutes() == whole.minutes() || taken == agreed || plan.end == SeriesEnd::BelowStep));
    }
}

#[test]
fn the_plans_of_these_properties_do_accept_sessions() {
    let mut accepted = [0, 0];
    for seed in 0..300 {
        let mut around = all_entered(open_dossier(seed).around);
        let proposals: Vec<_> = around.sessions.iter().map(again).collect();
        accepted[0] += broken(Action::Schedule, &proposals, &around).unwrap_or_default();
        around.sessions.clear();
        let proposals: Vec<_> = proposals.into_iter().map(|proposal| Proposal { id: None, ..proposal }).collect();
        accepted[1] += broken(Action::Enter, &proposals, &around).unwrap_or_default();
    }
    assert!(accepted.iter().all(|sessions| *sessions > 50), "{accepted:?}");
}
