//! The boundary table of domain.md 4.7 that rules of sessions cover, and the edges beside it.

use uuid::Uuid;

use super::{
    super::{Action, Busy, BusyWho, Proposal, SessionState, Surroundings, Words, check},
    fixtures::*,
};
use crate::domain::{
    dossier::{DossierFrame, VoucherKind},
    ids::SessionId,
    rulebook::{ActivityCode, LateEntry, Rule},
    time::LocalInstant,
};

#[test]
fn r26_eight_hours_from_half_past_seven_are_allowed_and_a_minute_more_is_not() {
    let around = around("2026-11-20T10:00");
    assert_eq!(enter(&proposal("2026-11-24", "07:30", "15:30"), &around), FINE);
    assert_eq!(enter(&proposal("2026-11-24", "07:30", "15:31"), &around), blocked(&[Rule::R25, Rule::R26]));
}

#[test]
fn r27_half_past_seven_and_eleven_at_night_are_the_edges_of_the_day() {
    let around = around("2026-11-20T10:00");
    assert_eq!(enter(&proposal("2026-11-24", "22:00", "23:00"), &around), FINE);
    assert_eq!(enter(&proposal("2026-11-24", "22:00", "23:15"), &around), blocked(&[Rule::R27]));
    assert_eq!(enter(&proposal("2026-11-24", "07:15", "09:15"), &around), blocked(&[Rule::R27]));
}

#[test]
fn r27_an_end_before_the_start_is_said_once_and_stops_the_rules_of_length() {
    let mut around = around("2026-11-20T10:00");
    around.sessions.push(session(1, span("2026-11-24", "08:00", "16:00"), SessionState::Scheduled));
    assert_eq!(enter(&proposal("2026-11-24", "12:10", "12:10"), &around), blocked(&[Rule::R27]));
    assert_eq!(enter(&proposal("2026-11-24", "13:00", "09:00"), &around), blocked(&[Rule::R27]));
}

#[test]
fn r25_times_off_the_quarter_hour_are_refused() {
    let around = around("2026-11-20T10:00");
    assert_eq!(enter(&proposal("2026-11-24", "09:05", "10:05"), &around), blocked(&[Rule::R25]));
}

#[test]
fn r29_a_forty_first_hour_on_saturday_is_refused_after_five_full_days() {
    let mut around = around("2026-11-20T10:00");
    for (n, on) in ["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"].into_iter().enumerate() {
        around.sessions.push(session(n as u128, span(on, "08:00", "16:00"), SessionState::Scheduled));
    }
    let mut saturday = proposal("2026-11-28", "09:00", "10:00");
    saturday.activity = ActivityCode::CoachingPlan;
    assert_eq!(enter(&saturday, &around), blocked(&[Rule::R29]));
    around.sessions[4].span = span("2026-11-27", "08:00", "15:00");
    assert_eq!(enter(&saturday, &around), FINE);
}

#[test]
fn r29_the_days_around_new_year_are_one_week() {
    let mut around = around("2024-12-20T10:00");
    for (n, on) in ["2024-12-30", "2024-12-31", "2025-01-02", "2025-01-03"].into_iter().enumerate() {
        around.elsewhere.push(Busy { who: BusyWho::Person, span: span(on, "08:00", "16:00") });
        assert_eq!(around.elsewhere.len(), n + 1);
    }
    assert_eq!(enter(&proposal("2025-01-04", "08:00", "16:00"), &around), FINE);
    around.elsewhere.push(Busy { who: BusyWho::Person, span: span("2025-01-04", "17:00", "17:15") });
    assert_eq!(enter(&proposal("2025-01-04", "08:00", "16:00"), &around).0, [Rule::R26, Rule::R29]);
    assert_eq!(enter(&proposal("2025-01-01", "09:00", "10:00"), &around).0, [Rule::R28]);
}

#[test]
fn r28_public_holidays_follow_the_law_of_their_year() {
    let on = |now: &str, date: &str| enter(&proposal(date, "09:00", "11:00"), &around(now));
    assert_eq!(on("2027-03-20T10:00", "2027-03-29"), blocked(&[Rule::R28]), "Easter Monday");
    assert_eq!(on("2027-09-20T10:00", "2027-10-04"), blocked(&[Rule::R28]), "Saint Francis from 2026");
    assert_eq!(on("2026-12-20T10:00", "2026-12-26"), blocked(&[Rule::R28]), "Saint Stephen on a Saturday");
    assert_eq!(on("2025-09-30T10:00", "2025-10-04"), FINE, "Saint Francis before 2026");
    assert_eq!(on("2026-11-20T10:00", "2026-11-28"), FINE, "a Saturday");
    assert_eq!(on("2026-11-20T10:00", "2026-11-29"), blocked(&[Rule::R28]), "a Sunday");
}

#[test]
fn r19_the_alert_counts_programmed_hours_and_equal_is_fine() {
    let with_used = |kind, hours: u32| {
        let mut around = around_kind("2026-11-20T10:00", kind);
        for n in 0..hours {
            let on = format!("2026-{:02}-{:02}", 2 + n / 20, 1 + n % 20);
            around.sessions.push(session(n.into(), span(&on, "09:00", "10:00"), SessionState::Delivered));
        }
        around
    };
    let schedule = |around: &Surroundings, to| rules(&judge(Action::Schedule, &proposal("2026-11-24", "09:00", to), around));
    let base = with_used(VoucherKind::Base, 43);
    assert_eq!(schedule(&base, "10:00"), FINE);
    assert_eq!(schedule(&base, "11:00"), blocked(&[Rule::R19]));
    let enhanced = with_used(VoucherKind::Enhanced, 43);
    assert_eq!(schedule(&enhanced, "10:00"), FINE);
    assert_eq!(schedule(&enhanced, "11:00"), FINE);
    // At enter it is a warning, and the entered hours count too.
    assert_eq!(enter(&proposal("2026-11-24", "09:00", "11:00"), &base), warned(&[Rule::R19]));
}

#[test]
fn r23_r24_entering_on_the_day_is_late_until_the_seventh_day_and_refused_on_the_eighth() {
    let on_day = proposal("2026-11-24", "09:00", "11:00");
    let at = |now: &str| enter(&on_day, &around(now));
    assert_eq!(at("2026-11-23T23:59"), FINE);
    assert_eq!(at("2026-11-24T00:00"), warned(&[Rule::R24]));
    assert_eq!(at("2026-12-01T23:59"), warned(&[Rule::R24]));
    assert_eq!(at("2026-12-02T00:00"), blocked(&[Rule::R23]));
}

#[test]
fn r24_the_strict_policy_refuses_from_the_day_itself_also_at_programma() {
    let strict = under(|book| book.late_entry = LateEntry::Refused, around("2026-11-24T08:00"));
    let on_day = proposal("2026-11-24", "09:00", "11:00");
    for action in [Action::Enter, Action::Modify, Action::Schedule] {
        let verdict = judge(action, &on_day, &strict);
        assert_eq!(rules(&verdict), blocked(&[Rule::R24]), "{action:?}");
    }
    assert_eq!(rules(&judge(Action::Schedule, &on_day, &around("2026-11-24T08:00"))), FINE, "tolerant: no warning at programma");
}

#[test]
fn r38_the_voucher_takes_sessions_from_its_first_to_its_last_day_and_none_once_closed() {
    let mut around = around("2026-05-20T10:00");
    around.dossier =
        DossierFrame { admitted_on: day("2026-01-05"), valid_from: day("2026-01-07"), valid_to: day("2026-05-30"), interrupted_on: None };
    assert_eq!(enter(&proposal("2026-05-30", "09:00", "11:00"), &around), FINE);
    assert_eq!(enter(&proposal("2026-06-01", "09:00", "11:00"), &around), blocked(&[Rule::R38]));
    around.now = LocalInstant("2026-05-31T00:00:00".parse().unwrap());
    assert_eq!(enter(&proposal("2026-05-29", "09:00", "11:00"), &around), (vec![Rule::R38], vec![Rule::R24]));
}

#[test]
fn r10_a_session_before_the_admission_is_refused() {
    let mut around = around("2026-11-20T10:00");
    around.dossier.admitted_on = day("2026-11-19");
    assert_eq!(enter(&proposal("2026-11-18", "09:00", "11:00"), &around), (vec![Rule::R10], vec![Rule::R24]));
}

#[test]
fn r41_neither_the_person_nor_the_coach_is_in_two_places_and_back_to_back_is_fine() {
    let mut around = around("2026-11-20T10:00");
    around.elsewhere.push(Busy { who: BusyWho::Coach(LUCA), span: span("2026-11-24", "10:00", "11:00") });
    let mut with_luca = proposal("2026-11-24", "10:30", "11:30");
    with_luca.coach = Some(LUCA);
    assert_eq!(enter(&with_luca, &around), blocked(&[Rule::R41]));
    assert_eq!(enter(&proposal("2026-11-24", "10:30", "11:30"), &around), FINE, "another coach is free");
    with_luca.from = Some(time("11:00"));
    with_luca.to = Some(time("12:00"));
    assert_eq!(enter(&with_luca, &around), FINE);

    around.sessions.push(session(7, span("2026-11-24", "10:00", "11:00"), SessionState::Entered));
    let verdict = judge(Action::Enter, &proposal("2026-11-24", "10:30", "11:30"), &around);
    assert_eq!(rules(&verdict), blocked(&[Rule::R41]));
    assert_eq!(verdict.blocks[0].sessions, [SessionId(Uuid::from_u128(7))]);
}

#[test]
fn r22_a_slot_given_up_may_be_used_again() {
    let mut around = around("2026-11-20T10:00");
    around.sessions.push(session(1, span("2026-11-24", "09:00", "11:00"), SessionState::NotDelivered));
    around.sessions.push(session(2, span("2026-11-24", "09:00", "11:00"), SessionState::Cancelled));
    assert_eq!(enter(&proposal("2026-11-24", "09:00", "11:00"), &around), FINE);
}

#[test]
fn r17_modifying_leaves_the_session_itself_out_of_every_sum() {
    let mut around = around("2026-11-20T10:00");
    around.sessions.push(session(1, span("2026-11-24", "08:00", "16:00"), SessionState::Entered));
    let mut moved = proposal("2026-11-24", "09:00", "17:00");
    moved.id = Some(SessionId(Uuid::from_u128(1)));
    assert_eq!(rules(&judge(Action::Modify, &moved, &around)), FINE);
    assert_eq!(enter(&proposal("2026-11-24", "09:00", "17:00"), &around).0, [Rule::R26, Rule::R41]);
}

#[test]
fn r26_a_coach_over_eight_hours_is_a_warning() {
    let mut around = around("2026-11-20T10:00");
    around.elsewhere.push(Busy { who: BusyWho::Coach(MARTA), span: span("2026-11-24", "08:00", "15:00") });
    assert_eq!(enter(&proposal("2026-11-24", "16:00", "17:00"), &around), FINE);
    assert_eq!(enter(&proposal("2026-11-24", "16:00", "17:15"), &around), warned(&[Rule::R26]));
}

#[test]
fn r15_every_missing_field_is_told_at_once_and_the_place_is_only_recommended() {
    let around = around("2026-11-20T10:00");
    let empty = Proposal { id: None, activity: TRAINING, coach: None, on: None, from: None, to: None, note: String::new() };
    let verdict = judge(Action::Enter, &empty, &around);
    assert_eq!(rules(&verdict), blocked(&[Rule::R15; 4]));
    let mut placeless = proposal("2026-11-24", "09:00", "11:00");
    placeless.note = "  ".to_owned();
    assert_eq!(enter(&placeless, &around), warned(&[Rule::R15]));
    placeless.activity = ActivityCode::CoachingPlan;
    assert_eq!(enter(&placeless, &around), FINE, "at the provider's site no place is needed");
}

#[test]
fn r37_a_closed_activity_takes_nothing() {
    let mut around = around("2026-11-20T10:00");
    for activity in &mut around.activities {
        activity.closed = true;
    }
    for action in Action::ALL {
        let state = if action.plans() || action == Action::Cancel { SessionState::Entered } else { SessionState::Started };
        let words = Words { description: "fatto", has_reason: true };
        let verdict = check(action, state, &proposal("2026-11-24", "09:00", "11:00"), words, &around);
        assert!(verdict.blocks.iter().any(|finding| finding.rule == Rule::R37), "{action:?}");
    }
}

#[test]
fn r20_r21_start_and_complete_wait_for_the_day_and_end_with_regularisation() {
    let on_day = proposal("2026-11-24", "09:00", "11:00");
    let at = |action, state, now: &str| {
        rules(&check(action, state, &on_day, Words { description: "Prove in reparto", has_reason: false }, &around(now)))
    };
    let start = |now| at(Action::Start, SessionState::Scheduled, now);
    assert_eq!(start("2026-11-23T23:59"), blocked(&[Rule::R20]));
    assert_eq!(start("2026-11-24T00:00"), FINE, "any time of the day: there is no control on times");
    assert_eq!(start("2026-12-01T23:59"), FINE);
    assert_eq!(start("2026-12-02T00:00"), blocked(&[Rule::R23]));
    let complete = |now| at(Action::Complete, SessionState::Started, now);
    assert_eq!(complete("2026-11-24T10:00"), warned(&[Rule::R21]));
    assert_eq!(complete("2026-11-24T11:00"), FINE);
    assert_eq!(complete("2026-12-02T00:00"), blocked(&[Rule::R23]));
}

#[test]
fn r31_completing_wants_a_description_for_the_register() {
    let on_day = proposal("2026-11-24", "09:00", "11:00");
    let words = Words { description: "   ", has_reason: false };
    let verdict = check(Action::Complete, SessionState::Started, &on_day, words, &around("2026-11-24T12:00"));
    assert_eq!(rules(&verdict), blocked(&[Rule::R31]));
}

#[test]
fn r22_closing_negatively_wants_a_reason_and_a_supervisor_once_started() {
    let on_day = proposal("2026-11-24", "09:00", "11:00");
    let close = |state, has_reason, supervises| {
        let around = Surroundings { supervises, ..around("2027-01-24T12:00") };
        rules(&check(Action::CloseNegative, state, &on_day, Words { description: "", has_reason }, &around))
    };
    assert_eq!(close(SessionState::Scheduled, true, false), FINE, "also after the days of regularisation, to clean up");
    assert_eq!(close(SessionState::Scheduled, false, false), blocked(&[Rule::R22]));
    assert_eq!(close(SessionState::Started, true, false), blocked(&[Rule::R22]));
    assert_eq!(close(SessionState::Started, true, true), FINE);
}

#[test]
fn start_and_complete_do_not_judge_times_again() {
    let sunday = proposal("2026-11-29", "03:00", "23:30");
    let words = Words { description: "Prove in reparto", has_reason: false };
    let verdict = check(Action::Start, SessionState::Scheduled, &sunday, words, &around("2026-11-29T08:00"));
    assert_eq!(rules(&verdict), FINE);
}

#[test]
fn every_sentence_helps_within_two_hundred_characters() {
    let mut around = around("2027-06-20T10:00");
    around.sessions.push(session(1, span("2026-11-29", "07:00", "16:30"), SessionState::Started));
    around.dossier.valid_to = day("2026-11-30");
    around.manages = false;
    let mut worst = proposal("2026-11-29", "07:05", "23:10");
    worst.note = "x".repeat(1001);
    let words = Words::default();
    for action in Action::ALL {
        for state in SessionState::ALL {
            let verdict = check(action, state, &worst, words, &around);
            for finding in verdict.blocks.iter().chain(&verdict.warns) {
                let sentence = finding.sentence();
                assert!(sentence.chars().count() <= 200 && sentence.ends_with('.'), "{sentence}");
            }
        }
    }
}
