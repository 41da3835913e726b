//! What a person can sustain (R30): each kind of limit warns, at the limit itself nothing does, and none of them refuses.

use super::{
    super::{Action, BusyWho, SessionState, Surroundings},
    fixtures::*,
};
use crate::domain::{
    person::PersonLimits,
    rulebook::{Reason, Rule},
    weekdays::DayOfWeek,
};

fn limited(limits: PersonLimits) -> Surroundings {
    Surroundings { limits: Some(limits), ..around("2026-11-20T10:00") }
}

fn only_reason(proposal: &super::super::Proposal, around: &Surroundings) -> Reason {
    let verdict = judge(Action::Enter, proposal, around);
    assert_eq!(rules(&verdict), warned(&[Rule::R30]));
    verdict.warns[0].reason.clone()
}

#[test]
fn r30_more_in_a_day_than_the_person_sustains_is_a_warning_over_all_sessions_of_that_day() {
    let mut around = limited(PersonLimits { max_minutes_per_day: Some(240), ..PersonLimits::default() });
    assert_eq!(enter(&proposal("2026-11-24", "09:00", "13:00"), &around), FINE, "exactly the limit");
    around.elsewhere.push(busy(BusyWho::Person, "2026-11-24", "14:00", "15:00"));
    let reason = only_reason(&proposal("2026-11-24", "09:00", "12:15"), &around);
    assert_eq!(reason, Reason::PersonDay { measured: 255, limit: 240, on: day("2026-11-24") });
}

#[test]
fn r30_more_in_a_week_than_the_person_sustains_is_a_warning_and_the_next_week_begins_anew() {
    let mut around = limited(PersonLimits { max_minutes_per_week: Some(600), ..PersonLimits::default() });
    around.sessions.push(session(1, span("2026-11-23", "09:00", "17:00"), SessionState::Scheduled));
    assert_eq!(enter(&proposal("2026-11-28", "09:00", "11:00"), &around), FINE, "exactly the limit");
    let reason = only_reason(&proposal("2026-11-28", "09:00", "11:15"), &around);
    assert_eq!(reason, Reason::PersonWeek { measured: 615, limit: 600, week: 48 });
    assert_eq!(enter(&proposal("2026-11-30", "09:00", "11:15"), &around), FINE);
}

#[test]
fn r30_hours_that_do_not_suit_the_person_are_a_warning_on_either_side() {
    let around = limited(PersonLimits { earliest: Some(time("09:00")), latest: Some(time("13:00")), ..PersonLimits::default() });
    assert_eq!(enter(&proposal("2026-11-24", "09:00", "13:00"), &around), FINE, "exactly the limits");
    assert!(matches!(only_reason(&proposal("2026-11-24", "08:45", "10:00"), &around), Reason::PersonHours { .. }));
    assert!(matches!(only_reason(&proposal("2026-11-24", "12:00", "13:15"), &around), Reason::PersonHours { .. }));
}

#[test]
fn r30_a_day_of_the_week_that_does_not_suit_the_person_is_a_warning() {
    let around =
        limited(PersonLimits { weekdays: Some([DayOfWeek::Mon, DayOfWeek::Tue].into_iter().collect()), ..PersonLimits::default() });
    assert_eq!(enter(&proposal("2026-11-24", "09:00", "11:00"), &around), FINE);
    assert_eq!(only_reason(&proposal("2026-11-25", "09:00", "11:00"), &around), Reason::PersonWeekday { on: day("2026-11-25") });
}

#[test]
fn r30_every_limit_passed_is_told_at_once_also_at_programma_and_none_refuses() {
    let around = limited(PersonLimits {
        max_minutes_per_day: Some(60),
        max_minutes_per_week: Some(60),
        earliest: Some(time("10:00")),
        latest: None,
        weekdays: Some([DayOfWeek::Mon].into_iter().collect()),
    });
    for action in [Action::Enter, Action::Modify, Action::Schedule] {
        let verdict = judge(action, &proposal("2026-11-24", "09:00", "11:00"), &around);
        assert_eq!(rules(&verdict), warned(&[Rule::R30; 4]), "{action:?}");
    }
}

#[test]
fn r30_a_limit_passed_together_with_the_rule_for_everyone_is_still_told_beside_it() {
    let around = limited(PersonLimits { max_minutes_per_day: Some(240), ..PersonLimits::default() });
    assert_eq!(enter(&proposal("2026-11-24", "09:00", "17:15"), &around), (vec![Rule::R26], vec![Rule::R30]));
}
