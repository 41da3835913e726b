//! Serie: which days a pattern takes, which it leaves out, and where it stops.

use super::{
    super::{BusyWho, SeriesEnd, SeriesForm, SeriesPlan, SessionForm, SessionState, Surroundings, plan_series},
    fixtures::*,
};
use crate::domain::{
    person::PersonLimits,
    rulebook::{ActivityCode, Rule},
    weekdays::DayOfWeek::{self, Fri, Mon, Sun, Thu, Tue, Wed},
};

fn pattern(first: &str, from: &str, to: &str, weekdays: &[DayOfWeek]) -> SeriesForm {
    let session = SessionForm::of(MARTA, span(first, from, to), "presso il datore di lavoro");
    SeriesForm { session, weekdays: weekdays.iter().copied().collect() }
}

fn plan(form: &SeriesForm, around: &Surroundings) -> SeriesPlan {
    plan_series(TRAINING, form, &[], around).unwrap()
}

fn left_out(plan: &SeriesPlan) -> Vec<(String, Vec<Rule>)> {
    plan.left_out.iter().map(|day| (day.on.to_string(), day.findings.iter().map(|finding| finding.rule).collect())).collect()
}

fn minutes(plan: &SeriesPlan) -> u32 {
    plan.planned.iter().map(|planned| planned.span.minutes()).sum()
}

#[test]
fn r19_a_series_stops_exactly_at_the_agreed_hours_and_shortens_its_last_session() {
    let plan = plan(&pattern("2027-01-11", "09:00", "14:00", &[Mon, Wed, Thu]), &around("2027-01-05T10:00"));
    assert_eq!((plan.planned.len(), plan.end, plan.left_out.as_slice()), (9, SeriesEnd::AgreedHours, [].as_slice()));
    assert_eq!(minutes(&plan), 44 * 60);
    assert_eq!(plan.planned[0].span, span("2027-01-11", "09:00", "14:00"));
    assert_eq!(plan.planned[8].span, span("2027-01-28", "09:00", "13:00"), "eight times five hours and once four");
    assert!(plan.planned.iter().all(|planned| planned.verdict.is_clean()));
}

#[test]
fn r19_hours_that_other_sessions_take_are_not_planned_again_and_those_given_up_are() {
    let mut around = around("2027-01-05T10:00");
    for (n, state) in
        [SessionState::Entered, SessionState::Scheduled, SessionState::Delivered, SessionState::NotDelivered].into_iter().enumerate()
    {
        around.sessions.push(session(n as u128, span(&format!("2027-01-0{}", n + 4), "09:00", "17:00"), state));
    }
    let plan = plan(&pattern("2027-01-11", "09:00", "13:00", &[Mon]), &around);
    assert_eq!((minutes(&plan), plan.planned.len()), ((44 - 24) * 60, 5));
}

#[test]
fn r28_a_series_skips_holidays_and_says_which() {
    let plan = plan(&pattern("2026-12-07", "09:00", "13:00", &[Mon, Tue, Fri, Sun]), &around("2026-12-01T10:00"));
    let skipped: Vec<_> =
        left_out(&plan).into_iter().filter(|(on, _)| !on.ends_with("-13") && !on.ends_with("-20") && !on.ends_with("-27")).collect();
    let because = |on: &str| (on.to_owned(), vec![Rule::R28]);
    assert_eq!(skipped, [because("2026-12-08"), because("2026-12-25"), because("2027-01-01"), because("2027-01-03")]);
    assert_eq!(plan.end, SeriesEnd::AgreedHours);
}

#[test]
fn r41_a_series_leaves_out_the_days_on_which_somebody_is_busy() {
    let mut around = around("2027-01-05T10:00");
    around.elsewhere.push(busy(BusyWho::Coach(MARTA), "2027-01-20", "10:00", "11:00"));
    around.elsewhere.push(busy(BusyWho::Person, "2027-01-27", "12:00", "13:00"));
    around.elsewhere.push(busy(BusyWho::Coach(LUCA), "2027-02-03", "10:00", "11:00"));
    let plan = plan(&pattern("2027-01-13", "09:00", "13:00", &[Wed]), &around);
    assert_eq!(left_out(&plan), [("2027-01-20".to_owned(), vec![Rule::R41]), ("2027-01-27".to_owned(), vec![Rule::R41])]);
    assert_eq!(plan.planned.len(), 11);
}

#[test]
fn r29_a_series_counts_its_own_sessions_in_the_week() {
    let mut around = around("2027-01-05T10:00");
    around.activities.iter_mut().for_each(|activity| activity.agreed = 100 * 60);
    let six_days = [Mon, Tue, Wed, Thu, Fri, DayOfWeek::Sat];
    let plan = plan(&pattern("2027-01-11", "09:00", "17:00", &six_days), &around);
    assert_eq!(left_out(&plan), [("2027-01-16".to_owned(), vec![Rule::R29]), ("2027-01-23".to_owned(), vec![Rule::R29])]);
    assert_eq!(plan.end, SeriesEnd::AgreedHours);
}

#[test]
fn r38_a_series_ends_with_the_voucher() {
    let mut around = around("2027-01-05T10:00");
    around.dossier.valid_to = day("2027-02-01");
    let plan = plan(&pattern("2027-01-11", "09:00", "13:00", &[Mon]), &around);
    assert_eq!((plan.planned.len(), plan.end), (4, SeriesEnd::Voucher));
    assert_eq!(plan.planned.last().unwrap().span.on(), day("2027-02-01"));
}

#[test]
fn a_series_ends_where_the_time_of_the_coach_is_no_longer_known() {
    let mut around = around("2027-01-05T10:00");
    around.horizon.to = day("2027-01-24");
    let plan = plan(&pattern("2027-01-11", "09:00", "13:00", &[Mon]), &around);
    assert_eq!((plan.planned.len(), plan.end), (2, SeriesEnd::Horizon));
}

#[test]
fn r15_r28_what_the_pattern_is_warned_of_stops_nothing_and_a_warning_of_its_day_leaves_the_day_out() {
    let mut around = Surroundings { site_town: "Belluno".to_owned(), ..around("2027-11-02T10:00") };
    let mut form = pattern("2027-11-04", "09:00", "13:00", &[Thu]);
    form.session.note = String::new();
    around.dossier.valid_to = day("2027-11-30");
    let plan = plan(&form, &around);
    assert!(plan.planned.iter().all(|planned| rules(&planned.verdict) == warned(&[Rule::R15])));
    assert_eq!(left_out(&plan), [("2027-11-11".to_owned(), vec![Rule::R28])], "Saint Martin in Belluno");
}

#[test]
fn r25_what_no_day_accepts_plans_nothing_and_says_why_each_time() {
    let mut around = around("2027-01-05T10:00");
    around.dossier.valid_to = day("2027-01-31");
    let plan = plan(&pattern("2027-01-11", "09:05", "13:00", &[Mon]), &around);
    assert_eq!((plan.planned.len(), plan.end), (0, SeriesEnd::Voucher));
    assert_eq!(left_out(&plan).into_iter().map(|(_, rules)| rules).collect::<Vec<_>>(), [[Rule::R25], [Rule::R25], [Rule::R25]]);
}

#[test]
fn r28_a_warning_of_the_first_day_does_not_hold_for_the_days_after_it() {
    let mut around = Surroundings { site_town: "Belluno".to_owned(), ..around("2027-11-02T10:00") };
    around.dossier.valid_to = day("2028-11-30");
    around.horizon.to = day("2028-12-03");
    around.activities.iter_mut().for_each(|activity| activity.agreed = 500 * 60);
    let plan = plan(&pattern("2027-11-11", "09:00", "13:00", &[Thu, DayOfWeek::Sat]), &around);
    let patrons: Vec<_> = left_out(&plan).into_iter().filter(|(on, _)| on.ends_with("-11-11")).map(|(on, _)| on).collect();
    assert_eq!(patrons, ["2027-11-11", "2028-11-11"], "Saint Martin, a Thursday and a Saturday");
}

#[test]
fn r24_a_series_begins_tomorrow_whatever_its_first_day() {
    let plan = plan(&pattern("2026-06-02", "09:00", "13:00", &[Tue, Wed]), &around("2027-01-05T10:00"));
    assert_eq!(plan.planned[0].span.on(), day("2027-01-12"), "the fifth is today and the sixth a holiday");
    assert!(left_out(&plan).iter().all(|(_, rules)| rules == &[Rule::R28]));
}

#[test]
fn r30_a_session_that_is_longer_than_the_person_sustains_stops_nothing_and_a_day_that_only_becomes_too_long_is_left_out() {
    let mut around = around("2027-01-05T10:00");
    around.limits = Some(PersonLimits { max_minutes_per_day: Some(180), ..PersonLimits::default() });
    around.dossier.valid_to = day("2027-02-28");
    let longer = plan(&pattern("2027-01-11", "09:00", "13:00", &[Mon]), &around);
    assert_eq!((longer.planned.len(), longer.left_out.len()), (7, 0));
    around.sessions.push(session(1, span("2027-01-18", "15:00", "17:00"), SessionState::Scheduled));
    let shorter = plan(&pattern("2027-01-11", "09:00", "11:00", &[Mon]), &around);
    assert_eq!(left_out(&shorter), [("2027-01-18".to_owned(), vec![Rule::R30])]);
}

#[test]
fn r25_what_is_left_beside_whole_steps_makes_no_session() {
    let mut around = around("2027-01-05T10:00");
    around.activities.iter_mut().for_each(|activity| activity.agreed = 3 * 60 + 10);
    let plan = plan(&pattern("2027-01-11", "09:00", "11:00", &[Mon]), &around);
    assert_eq!((minutes(&plan), plan.planned.len(), plan.end, plan.left_out.len()), (180, 2, SeriesEnd::BelowStep, 0));
}

#[test]
fn days_to_skip_are_neither_planned_nor_left_out() {
    let around = around("2027-01-05T10:00");
    let plan = plan_series(TRAINING, &pattern("2027-01-11", "09:00", "13:00", &[Mon]), &[day("2027-01-18")], &around).unwrap();
    assert_eq!(plan.planned[1].span.on(), day("2027-01-25"));
    assert_eq!(minutes(&plan), 44 * 60);
    assert!(plan.left_out.iter().all(|left_out| left_out.on != day("2027-01-18")));
}

#[test]
fn an_incomplete_pattern_is_no_series() {
    let around = around("2027-01-05T10:00");
    let whole = pattern("2027-01-11", "09:00", "13:00", &[Mon]);
    assert!(plan_series(TRAINING, &whole, &[], &around).is_some());
    assert_eq!(plan_series(TRAINING, &pattern("2027-01-11", "09:00", "13:00", &[]), &[], &around), None, "no day");
    let without = |change: fn(&mut SessionForm)| {
        let mut form = whole.clone();
        change(&mut form.session);
        plan_series(TRAINING, &form, &[], &around)
    };
    assert_eq!(without(|form| form.coach.clear()), None);
    assert_eq!(without(|form| form.on.clear()), None);
    assert_eq!(without(|form| form.to.clone_from(&form.from)), None);
    let nowhere = Surroundings { activities: Vec::new(), ..around.clone() };
    assert_eq!(plan_series(ActivityCode::CoachingPlan, &whole, &[], &nowhere), None);
}
