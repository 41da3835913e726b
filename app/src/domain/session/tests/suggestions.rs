//! What instead: which times are suggested for one that is refused, and in which order.

use super::{
    super::{Action, BusyWho, Horizon, Proposal, SessionState, Slot, Surroundings, suggest},
    fixtures::*,
};
use crate::domain::{
    dossier::DossierFrame,
    ids::CoachId,
    person::PersonLimits,
    rulebook::{LateEntry, Strictness},
    weekdays::DayOfWeek,
};

fn instead(proposal: &Proposal, around: &Surroundings) -> Vec<Slot> {
    suggest(Action::Enter, proposal, around)
}

fn slot(coach: CoachId, on: &str, from: &str, to: &str) -> Slot {
    Slot { coach, span: span(on, from, to) }
}

#[test]
fn r41_the_nearest_times_of_the_day_come_first_and_do_not_overlap() {
    let mut around = around("2026-11-20T10:00");
    around.elsewhere.push(busy(BusyWho::Coach(MARTA), "2026-11-24", "10:00", "11:00"));
    assert_eq!(
        instead(&proposal("2026-11-24", "10:00", "12:00"), &around),
        [
            slot(MARTA, "2026-11-24", "11:00", "13:00"),
            slot(MARTA, "2026-11-24", "08:00", "10:00"),
            slot(MARTA, "2026-11-24", "13:00", "15:00"),
        ]
    );
}

#[test]
fn r28_for_a_holiday_the_same_time_of_the_days_around_it_is_suggested_the_later_day_first() {
    let around = around("2026-11-20T10:00");
    let on_sunday = instead(&proposal("2026-11-29", "09:00", "17:00"), &around);
    assert_eq!(
        on_sunday,
        [
            slot(MARTA, "2026-11-30", "09:00", "17:00"),
            slot(MARTA, "2026-11-28", "09:00", "17:00"),
            slot(MARTA, "2026-12-01", "09:00", "17:00"),
        ]
    );
}

#[test]
fn a_suggestion_keeps_the_length_and_the_hours_of_the_day() {
    let found = instead(&proposal("2026-11-24", "06:00", "10:00"), &around("2026-11-20T10:00"));
    assert_eq!(found[0], slot(MARTA, "2026-11-24", "07:30", "11:30"));
    assert!(found.iter().all(|slot| slot.span.minutes() == 240));
}

#[test]
fn another_coach_of_the_site_is_suggested_only_when_the_same_one_has_too_few_times() {
    let mut around = around("2026-11-20T10:00");
    around.limits = Some(PersonLimits { earliest: Some(time("08:00")), latest: Some(time("12:30")), ..PersonLimits::default() });
    for on in day("2026-11-10").iter_days().take(45).filter(|on| *on != day("2026-11-26")) {
        around.elsewhere.push(busy(BusyWho::Coach(MARTA), &on.to_string(), "07:30", "23:00"));
    }
    assert_eq!(
        instead(&proposal("2026-11-24", "10:00", "12:00"), &around),
        [
            slot(MARTA, "2026-11-26", "10:00", "12:00"),
            slot(MARTA, "2026-11-26", "08:00", "10:00"),
            slot(LUCA, "2026-11-24", "10:00", "12:00"),
        ]
    );
}

#[test]
fn a_coach_of_another_site_is_suggested_only_when_she_was_chosen() {
    let mut around = around("2026-11-20T10:00");
    for coach in [MARTA, LUCA] {
        for on in day("2026-11-10").iter_days().take(45) {
            around.elsewhere.push(busy(BusyWho::Coach(coach), &on.to_string(), "07:30", "23:00"));
        }
    }
    assert_eq!(instead(&proposal("2026-11-24", "10:00", "12:00"), &around), []);
    let mut with_sara = proposal("2026-11-24", "06:00", "08:00");
    with_sara.coach = Some(SARA);
    around.horizon.coaches = vec![SARA];
    assert!(instead(&with_sara, &around).iter().all(|slot| slot.coach == SARA));
}

#[test]
fn r12_only_times_to_come_are_suggested() {
    let mut around = under(|book| book.late_entry = LateEntry::Tolerated, around("2026-11-24T10:20"));
    around.elsewhere.push(busy(BusyWho::Person, "2026-11-24", "08:00", "10:00"));
    let found = instead(&proposal("2026-11-24", "08:00", "10:00"), &around);
    assert_eq!(found[0], slot(MARTA, "2026-11-24", "10:30", "12:30"), "late entry warned of the wanted time already");
    assert!(found.iter().all(|slot| slot.span.on() > day("2026-11-24") || slot.span.from() > time("10:20")));
}

#[test]
fn r23_for_a_day_too_long_ago_the_days_from_today_on_are_suggested() {
    let found = instead(&proposal("2026-11-02", "09:00", "11:00"), &around("2026-11-24T10:20"));
    assert_eq!(
        found,
        [
            slot(MARTA, "2026-11-25", "09:00", "11:00"),
            slot(MARTA, "2026-11-25", "11:00", "13:00"),
            slot(MARTA, "2026-11-25", "13:00", "15:00"),
        ],
        "today would be late (R24), a new warning"
    );
}

#[test]
fn nothing_beyond_fourteen_days_is_suggested() {
    let mut around = around("2026-11-20T10:00");
    let until = |around: &mut Surroundings, days| {
        for on in day("2026-11-20").iter_days().take(days) {
            around.elsewhere.push(busy(BusyWho::Person, &on.to_string(), "07:30", "23:00"));
        }
    };
    until(&mut around, 17);
    let found = instead(&proposal("2026-11-24", "09:00", "17:00"), &around);
    assert_eq!(found, [slot(MARTA, "2026-12-07", "09:00", "17:00"), slot(LUCA, "2026-12-07", "09:00", "17:00")], "8 December is a holiday");
    until(&mut around, 18);
    assert_eq!(instead(&proposal("2026-11-24", "09:00", "17:00"), &around), []);
}

#[test]
fn nothing_is_suggested_where_the_coachs_time_is_not_known() {
    let mut around = around("2026-11-20T10:00");
    around.horizon = Horizon::week(Some(SARA), day("2026-11-24"));
    assert_eq!(instead(&proposal("2026-11-24", "06:00", "08:00"), &around), []);
}

#[test]
fn nothing_is_suggested_for_what_no_other_time_mends() {
    let whole = around("2026-11-20T10:00");
    let wanted = proposal("2026-11-24", "10:00", "12:00");
    let mut closed = whole.clone();
    closed.activities.iter_mut().for_each(|activity| activity.closed = true);
    assert_eq!(instead(&wanted, &closed), [], "R37");
    assert_eq!(instead(&wanted, &Surroundings { manages: false, ..whole.clone() }), [], "R13");
    let over = DossierFrame { valid_to: day("2026-11-19"), ..whole.dossier };
    assert_eq!(instead(&wanted, &Surroundings { dossier: over, ..whole.clone() }), [], "R38");
    assert_eq!(instead(&proposal("2026-11-24", "08:00", "16:15"), &whole), [], "R26: no day has more than eight hours");
    assert_eq!(instead(&proposal("2026-11-24", "10:00", "10:20"), &whole), [], "R25: the length stays what it is");
}

#[test]
fn nothing_is_suggested_before_there_is_a_time() {
    let mut wanted = proposal("2026-11-24", "10:00", "12:00");
    wanted.to = None;
    assert_eq!(instead(&wanted, &around("2026-11-20T10:00")), []);
}

#[test]
fn r30_a_suggestion_brings_no_warning_that_the_wanted_time_does_not_have() {
    let mut around = around("2026-11-20T10:00");
    around.limits = Some(PersonLimits {
        weekdays: Some([DayOfWeek::Thu].into_iter().collect()),
        latest: Some(time("13:00")),
        ..PersonLimits::default()
    });
    around.elsewhere.push(busy(BusyWho::Person, "2026-11-26", "09:00", "11:00"));
    let found = instead(&proposal("2026-11-26", "10:00", "12:00"), &around);
    assert_eq!(found[0], slot(MARTA, "2026-11-26", "11:00", "13:00"));
    assert_eq!(found[1].span.on(), day("2026-12-03"), "the next Thursday, not the next day");
}

#[test]
fn r28_the_patrons_day_is_suggested_only_when_the_rulebook_does_not_look_at_it() {
    let belluno = Surroundings { site_town: "Belluno".to_owned(), ..around("2027-11-02T10:00") };
    let mut wanted = proposal("2027-11-10", "08:00", "16:00");
    let mut full = belluno.clone();
    full.elsewhere.push(busy(BusyWho::Person, "2027-11-10", "09:00", "10:00"));
    wanted.note = "in sede".to_owned();
    assert_eq!(instead(&wanted, &full)[0].span.on(), day("2027-11-09"));
    let off = under(|book| book.patron_saint = Strictness::Off, full);
    assert_eq!(instead(&wanted, &off)[0].span.on(), day("2027-11-11"));
}

#[test]
fn r17_the_session_being_moved_does_not_stand_in_its_own_way() {
    let mut around = around("2026-11-20T10:00");
    around.sessions.push(session(1, span("2026-11-24", "10:00", "12:00"), SessionState::Entered));
    around.elsewhere.push(busy(BusyWho::Coach(MARTA), "2026-11-24", "12:00", "13:00"));
    let mut moved = proposal("2026-11-24", "10:30", "12:30");
    moved.id = Some(around.sessions[0].id);
    assert_eq!(suggest(Action::Modify, &moved, &around)[0], slot(MARTA, "2026-11-24", "10:00", "12:00"));
}
