//! What makes a draft a version, rule by rule, and that everything wrong is told at once.

use super::*;
use crate::domain::rulebook::{LateEntry, Strictness};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-23")
}

/// A draft in full order, that changes nothing but its date.
fn draft() -> RulebookDraft {
    let citation = "D.D. 1 del 02/12/2026".to_owned();
    RulebookDraft { valid_from: "2027-01-01".to_owned(), citation, ..RulebookDraft::from(Rulebook::builtin().latest()) }
}

fn with(change: impl FnOnce(&mut RulebookDraft)) -> RulebookDraft {
    let mut draft = draft();
    change(&mut draft);
    draft
}

fn typed(limit: Limit, text: &str) -> RulebookDraft {
    with(|draft| drop(draft.limits.insert(limit, text.to_owned())))
}

/// The fields and rules of what is wrong; each sentence is checked on the way.
fn problems(draft: &RulebookDraft) -> Vec<(String, String)> {
    let problems = draft.check(&Rulebook::builtin(), today()).unwrap_err();
    for problem in &problems {
        let length = problem.sentence.chars().count();
        assert!((20..=200).contains(&length) && problem.sentence.ends_with('.'), "{}", problem.sentence);
    }
    problems.into_iter().map(|problem| (problem.field, problem.rule.to_string())).collect()
}

fn only(draft: &RulebookDraft, field: &str, rule: &str) {
    assert_eq!(problems(draft), [(field.to_owned(), rule.to_owned())]);
}

#[test]
fn a_draft_filled_from_a_version_is_that_version_but_for_its_day_and_source() {
    let rulebook = Rulebook::builtin();
    let version = draft().check(&rulebook, today()).unwrap();
    let expected =
        RulebookVersion { valid_from: day("2027-01-01"), citation: "D.D. 1 del 02/12/2026".to_owned(), ..rulebook.latest().clone() };
    assert_eq!(version, expected);
    let next = RulebookDraft { valid_from: "2027-06-01".to_owned(), citation: "x".to_owned(), ..RulebookDraft::from(&version) };
    assert!(next.check(&rulebook.with(version), today()).is_ok());
}

#[test]
fn what_is_typed_is_what_holds() {
    let version = with(|draft| {
        draft.limits.extend([
            (Limit::DayCap, "6".to_owned()),
            (Limit::WeekCap, "30:30".to_owned()),
            (Limit::Earliest, "08:00".to_owned()),
            (Limit::Step, "30".to_owned()),
            (Limit::LateEntry, "refused".to_owned()),
            (Limit::PatronSaint, "block".to_owned()),
            (Limit::AdmissionPastHolidays, "moved".to_owned()),
        ]);
        draft.activities[3].enhanced = "60".to_owned();
        draft.rate = "41,5".to_owned();
        draft.added_holidays = "4/11; Unità nazionale; L. 1/2027\n\n".to_owned();
        draft.patron_saints = " Este ; 29/2 ; Santa Tecla ".to_owned();
    })
    .check(&Rulebook::builtin(), today())
    .unwrap();
    assert_eq!((version.day_cap, version.week_cap, version.step), (360, 1830, 30));
    assert_eq!((version.late_entry, version.patron_saint, version.admission_past_holidays), (LateEntry::Refused, Strictness::Block, true));
    assert_eq!((version.catalogue.activities[3].minutes.enhanced, version.catalogue.rate_cents), (3600, 41_50));
    assert!(version.catalogue.is_lawful() && version.catalogue.activities[3].at_employer);
    assert_eq!(version.added_holidays[0].law, "L. 1/2027");
    let este = PatronSaint { town: "Este".to_owned(), month: 2, day: 29, name: "Santa Tecla".to_owned() };
    assert_eq!(version.patron_saints, [este]);
}

#[test]
fn a_version_begins_in_the_future_after_every_other_and_within_two_years() {
    for valid_from in ["", "domani", "2026-11-22", "2026-11-23", "2019-01-01", "2028-11-23", "2206-01-01", "+99999-01-01"] {
        only(&with(|draft| draft.valid_from = valid_from.to_owned()), "valid_from", "R43");
    }
    for valid_from in ["2026-11-24", "2028-11-22"] {
        assert!(with(|draft| draft.valid_from = valid_from.to_owned()).check(&Rulebook::builtin(), today()).is_ok(), "{valid_from}");
    }
    let first = draft().check(&Rulebook::builtin(), today()).unwrap();
    let rulebook = Rulebook::builtin().with(first);
    for (valid_from, ok) in [("2026-12-31", false), ("2027-01-01", false), ("2027-01-02", true)] {
        let draft = with(|draft| draft.valid_from = valid_from.to_owned());
        assert_eq!(draft.check(&rulebook, today()).is_ok(), ok, "{valid_from}");
    }
}

#[test]
fn a_version_cites_what_it_rests_on() {
    only(&with(|draft| draft.citation = "   ".to_owned()), "citation", "R43");
    only(&with(|draft| draft.citation = "x".repeat(301)), "citation", "R43");
}

#[test]
fn r26_a_day_has_no_more_than_24_hours_for_a_person_or_a_coach() {
    only(&typed(Limit::DayCap, "24:15"), "day_cap", "R26");
    only(&typed(Limit::CoachDayCap, "25"), "coach_day_cap", "R26");
    only(&typed(Limit::DayCap, "0"), "day_cap", "R26");
}

#[test]
fn r29_a_week_has_at_least_the_hours_of_a_day() {
    only(&typed(Limit::WeekCap, "7"), "week_cap", "R29");
    only(&typed(Limit::WeekCap, "169"), "week_cap", "R29");
    assert!(typed(Limit::WeekCap, "8").check(&Rulebook::builtin(), today()).is_ok());
    // Nothing is said of a relation to a value that is not there.
    only(&with(|draft| draft.limits.extend([(Limit::WeekCap, "5".to_owned()), (Limit::DayCap, String::new())])), "day_cap", "R26");
}

#[test]
fn r27_the_window_lies_inside_a_day_and_holds_a_step() {
    only(&typed(Limit::Latest, "07:30"), "latest", "R27");
    only(&typed(Limit::Latest, "07:40"), "latest", "R27");
    only(&typed(Limit::Latest, "24:00"), "latest", "R27");
    only(&typed(Limit::Earliest, "23:00"), "latest", "R27");
    assert!(typed(Limit::Latest, "07:45").check(&Rulebook::builtin(), today()).is_ok());
}

#[test]
fn r25_the_step_divides_the_hour() {
    for step in ["0", "7", "45", "61", "-15", "15,0"] {
        only(&typed(Limit::Step, step), "step", "R25");
    }
}

#[test]
fn r7_r23_r38_terms_are_counted_in_days_within_reason() {
    for (limit, field, rule, wrong) in [
        (Limit::AdmissionDays, "admission_days", "R7", ["0", "366"]),
        (Limit::RegularisationDays, "regularisation_days", "R23", ["0", "366"]),
        (Limit::TailDays, "tail_days", "R38", ["-1", "3651"]),
        (Limit::RefusalReasonMin, "refusal_reason_min", "R6", ["0", "1001"]),
    ] {
        for text in wrong {
            only(&typed(limit, text), field, rule);
        }
    }
    assert!(typed(Limit::TailDays, "0").check(&Rulebook::builtin(), today()).is_ok());
}

#[test]
fn r24_r28_r41_a_policy_is_one_of_its_words() {
    for (limit, field, rule) in [
        (Limit::LateEntry, "late_entry", "R24"),
        (Limit::PatronSaint, "patron_saint", "R28"),
        (Limit::CoachDay, "coach_day", "R26"),
        (Limit::CoachOverlap, "coach_overlap", "R41"),
        (Limit::AdmissionPastHolidays, "admission_past_holidays", "R7"),
    ] {
        only(&typed(limit, "forse"), field, rule);
        only(&with(|draft| drop(draft.limits.remove(&limit))), field, rule);
    }
}

#[test]
fn r11_only_on_the_job_training_differs_between_the_vouchers() {
    only(&with(|draft| draft.activities[0].enhanced = "5".to_owned()), "enhanced_1", "R11");
    only(&with(|draft| draft.activities[4].base = "3".to_owned()), "enhanced_5", "R11");
    assert!(with(|draft| draft.activities[3].base = "40".to_owned()).check(&Rulebook::builtin(), today()).is_ok());
}

#[test]
fn r11_an_activity_has_a_name_hours_and_a_rate_that_is_not_negative() {
    only(&with(|draft| draft.activities[1].name = " ".to_owned()), "name_2", "R11");
    only(&with(|draft| draft.activities[3].base = "0".to_owned()), "base_4", "R11");
    for rate in ["", "-1", "40,000", "1000,01", "quaranta", "4e3", "99999999999999999999"] {
        only(&with(|draft| draft.rate = rate.to_owned()), "rate", "R11");
    }
    assert!(with(|draft| draft.rate = "0".to_owned()).check(&Rulebook::builtin(), today()).is_ok());
}

#[test]
fn r28_a_line_of_a_list_has_three_parts_a_real_day_and_comes_once() {
    for line in ["4/11", "4/11; Unità", "31/2; Mai; L. 1", "4-11; Unità; L. 1", "4/11; ; L. 1", "4/11; a; b; c"] {
        only(&with(|draft| draft.added_holidays = line.to_owned()), "added_holidays", "R28");
    }
    let long = format!("4/11; {}; L. 1", "x".repeat(101));
    only(&with(|draft| draft.added_holidays = long), "added_holidays", "R28");
    only(&with(|draft| draft.added_holidays = "4/11; a; b\n04/11; c; d".to_owned()), "added_holidays", "R28");
    only(&with(|draft| draft.patron_saints.push_str("\n PADOVA; 13/6; Antonio")), "patron_saints", "R28");
    only(&with(|draft| draft.patron_saints = "Este; 30/2; Tecla".to_owned()), "patron_saints", "R28");
    only(&with(|draft| draft.patron_saints = "a\n".repeat(1001)), "patron_saints", "R28");
}

#[test]
fn everything_wrong_is_told_at_once_in_the_order_of_the_fields() {
    let fields: Vec<_> = problems(&RulebookDraft::default()).into_iter().map(|(field, _)| field).collect();
    let limits = Limit::ALL.map(Limit::as_str);
    let activities = ACTIVITY_FIELDS.concat();
    let expected: Vec<_> = ["valid_from", "citation", "measure"].into_iter().chain(limits).chain(activities).chain(["rate"]).collect();
    assert_eq!(fields, expected);
}

#[test]
fn a_draft_travels_as_the_words_of_its_fields() {
    let json = serde_json::to_string(&draft()).unwrap();
    assert!(json.contains(r#""day_cap":"8""#), "{json}");
    assert_eq!(serde_json::from_str::<RulebookDraft>(&json).unwrap(), draft());
}

#[test]
fn r25_agreed_hours_are_multiples_of_the_step() {
    only(&with(|draft| draft.activities[3].enhanced = "7:20".to_owned()), "enhanced_4", "R25");
    let coarse = with(|draft| {
        draft.activities[3].base = "7:30".to_owned();
        draft.limits.insert(Limit::Step, "60".to_owned());
    });
    only(&coarse, "base_4", "R25");
}

#[test]
fn r28_sixty_added_holidays_are_taken_and_one_more_is_not() {
    let holidays = |count: u32| {
        let days = (2..=12).flat_map(|month| (10..=28).map(move |day| format!("{day}/{month}; Festa; L. 1/2030\n")));
        with(|draft| draft.added_holidays = days.take(count as usize).collect())
    };
    assert!(holidays(60).check(&Rulebook::builtin(), today()).is_ok());
    only(&holidays(61), "added_holidays", "R28");
}

#[test]
fn r28_names_of_holidays_and_patrons_leave_room_for_the_sentence() {
    let holiday = |length: usize| with(|draft| draft.added_holidays = format!("4/11; {}; L. 1/2030", "N".repeat(length)));
    assert!(holiday(50).check(&Rulebook::builtin(), today()).is_ok());
    only(&holiday(51), "added_holidays", "R28");
    let line = |length: usize| format!("{}; 13/6; {}", "P".repeat(length), "S".repeat(length));
    assert!(with(|draft| draft.patron_saints = line(50)).check(&Rulebook::builtin(), today()).is_ok());
    only(&with(|draft| draft.patron_saints = line(51)), "patron_saints", "R28");
}
