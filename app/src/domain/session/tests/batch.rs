//! Several sessions at once: each is judged as if those accepted before it were written.

use super::{
    super::{Action, SessionFacts, SessionState, judge_each},
    fixtures::*,
};
use crate::domain::rulebook::{Reason, Rule};

/// An *inserita* of that number, as a proposal to program it.
fn entered(session: &SessionFacts) -> super::super::Proposal {
    super::super::Proposal::of(session.id, session.activity, session.coach, session.span, "presso il datore di lavoro")
}

#[test]
fn r19_of_two_to_be_programmed_with_hours_for_one_the_second_is_named() {
    let mut around = around("2026-11-20T10:00");
    around.activities.iter_mut().for_each(|activity| activity.agreed = 3 * 60);
    around.sessions.push(session(1, span("2026-11-24", "09:00", "11:00"), SessionState::Entered));
    around.sessions.push(session(2, span("2026-11-25", "09:00", "11:00"), SessionState::Entered));
    let proposals: Vec<_> = around.sessions.iter().map(entered).collect();
    let verdicts = judge_each(Action::Schedule, &proposals, &around);
    assert_eq!(rules(&verdicts[0]), FINE);
    assert_eq!(rules(&verdicts[1]), blocked(&[Rule::R19]));
    assert_eq!(verdicts[1].blocks[0].reason, Reason::OverAgreed { agreed: 180, used: 120, entered: 0, asked: 120 });
    assert!(judge_each(Action::Schedule, &proposals[1..], &around)[0].is_clean(), "alone it fits");
}

#[test]
fn r19_a_refused_session_takes_no_hours_from_those_after_it() {
    let mut around = around("2026-11-20T10:00");
    around.activities.iter_mut().for_each(|activity| activity.agreed = 3 * 60);
    around.sessions.push(session(1, span("2026-11-24", "09:00", "13:00"), SessionState::Entered));
    around.sessions.push(session(2, span("2026-11-25", "09:00", "11:00"), SessionState::Entered));
    let proposals: Vec<_> = around.sessions.iter().map(entered).collect();
    let verdicts = judge_each(Action::Schedule, &proposals, &around);
    assert_eq!([rules(&verdicts[0]), rules(&verdicts[1])], [blocked(&[Rule::R19]), FINE]);
}

#[test]
fn r41_two_new_sessions_at_the_same_time_do_not_both_pass() {
    let around = around("2026-11-20T10:00");
    let (first, second) = (proposal("2026-11-24", "09:00", "11:00"), proposal("2026-11-24", "10:30", "12:00"));
    let verdicts = judge_each(Action::Enter, &[first, second], &around);
    assert_eq!([rules(&verdicts[0]), rules(&verdicts[1])], [FINE, blocked(&[Rule::R41])]);
}

#[test]
fn r26_r29_new_sessions_fill_the_day_and_the_week_for_those_after_them() {
    let days = ["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28"];
    let proposals: Vec<_> = days.iter().map(|on| proposal(on, "08:00", "16:00")).collect();
    let mut around = around("2026-11-20T10:00");
    around.activities.iter_mut().for_each(|activity| activity.agreed = 100 * 60);
    let verdicts = judge_each(Action::Enter, &proposals, &around);
    assert!(verdicts[..5].iter().all(|verdict| rules(verdict) == FINE));
    assert_eq!(rules(&verdicts[5]), blocked(&[Rule::R29]));
    let once_more = judge_each(Action::Enter, &[proposals[0].clone(), proposal("2026-11-23", "17:00", "18:00")], &around);
    assert_eq!(rules(&once_more[1]), blocked(&[Rule::R26]));
}

#[test]
fn r18_programming_the_same_session_twice_is_refused_the_second_time() {
    let mut around = around("2026-11-20T10:00");
    around.sessions.push(session(1, span("2026-11-24", "09:00", "11:00"), SessionState::Entered));
    let twice = [entered(&around.sessions[0]), entered(&around.sessions[0])];
    let verdicts = judge_each(Action::Schedule, &twice, &around);
    assert_eq!([rules(&verdicts[0]), rules(&verdicts[1])], [FINE, blocked(&[Rule::R18])]);
}

#[test]
fn the_surroundings_given_are_left_as_they_were() {
    let around = around("2026-11-20T10:00");
    let copy = around.clone();
    judge_each(Action::Enter, &[proposal("2026-11-24", "09:00", "11:00")], &around);
    assert_eq!(around, copy);
}
