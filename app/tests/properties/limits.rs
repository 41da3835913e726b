//! Personal limits only narrow the law: whatever is typed, and whatever versions of the rulebook there are (R30).

use app::domain::{
    person::{LimitBounds, LimitsForm},
    rulebook::{Rulebook, RulebookVersion},
    time::{minute_of_day, plus_days},
    weekdays::{DayOfWeek, Weekdays},
};
use chrono::{NaiveDate, NaiveTime, TimeDelta};
use proptest::prelude::*;

use crate::seeds;

fn time(quarters: u32) -> NaiveTime {
    NaiveTime::default() + TimeDelta::minutes((quarters * 15).into())
}

/// A version from a day of 2024 to 2027 on.
fn version() -> impl Strategy<Value = RulebookVersion> {
    (0_u32..1000, 1_u32..96, 1_u32..240, 0_u32..60, 1_u32..36, prop::sample::select(vec![5_u32, 15, 30])).prop_map(
        |(day, day_cap, week_cap, earliest, length, step)| RulebookVersion {
            valid_from: plus_days(Rulebook::builtin().latest().valid_from, 1800 + day),
            day_cap: day_cap * 15,
            week_cap: week_cap * 15,
            earliest: time(earliest),
            latest: time((earliest + length).min(95)),
            step,
            ..Rulebook::builtin().latest().clone()
        },
    )
}

/// What a person might type: mostly hours and times of day, sometimes anything.
fn typed() -> impl Strategy<Value = LimitsForm> {
    let hours = || {
        prop_oneof![
            Just(String::new()),
            (0_u32..45, 0_u32..60).prop_map(|(h, m)| format!("{h}:{m:02}")),
            (0_u32..12).prop_map(|h| h.to_string()),
            "\\PC{0,4}"
        ]
    };
    let times = || {
        prop_oneof![
            Just(String::new()),
            (0_u32..26, prop::sample::select(vec![0, 10, 15, 30, 45])).prop_map(|(h, m)| format!("{h:02}:{m:02}")),
            "\\PC{0,5}"
        ]
    };
    let weekdays = any::<[bool; 7]>()
        .prop_map(|on| DayOfWeek::ALL.into_iter().zip(on).filter(|(_, on)| *on).map(|(day, _)| day).collect::<Weekdays>());
    (hours(), hours(), times(), times(), weekdays).prop_map(|(max_day, max_week, earliest, latest, weekdays)| LimitsForm {
        max_day,
        max_week,
        earliest,
        latest,
        weekdays,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { max_global_rejects: 100_000, ..seeds(256) })]

    #[test]
    fn r30_limits_that_are_accepted_are_never_wider_than_the_law_on_any_day_from_then_on(
        form in typed(), versions in prop::collection::vec(version(), 0..4), day in 0_u32..1200,
    ) {
        let rulebook = versions.into_iter().fold(Rulebook::builtin(), |rulebook, version| rulebook.with(version));
        let today: NaiveDate = plus_days("2024-12-01".parse().unwrap(), day);
        let checked = form.check(&LimitBounds::of(&rulebook, today));
        prop_assume!(checked.is_ok());
        let Some(limits) = checked.unwrap() else { return Ok(()) };
        let changes = rulebook.versions().iter().map(|version| version.valid_from).filter(|first| *first > today);
        for on in std::iter::once(today).chain(changes) {
            let law = rulebook.on(on);
            prop_assert!(limits.max_minutes_per_day.is_none_or(|limit| 0 < limit && limit <= law.day_cap));
            prop_assert!(limits.max_minutes_per_week.is_none_or(|limit| 0 < limit && limit <= law.week_cap));
            prop_assert!(limits.earliest.is_none_or(|earliest| law.earliest <= earliest && earliest < law.latest));
            prop_assert!(limits.latest.is_none_or(|latest| law.earliest < latest && latest <= law.latest));
        }
        prop_assert!(limits.earliest.zip(limits.latest).is_none_or(|(earliest, latest)| earliest < latest));
        prop_assert!(limits.max_minutes_per_day.zip(limits.max_minutes_per_week).is_none_or(|(day, week)| day <= week));
        prop_assert!(limits.weekdays.is_none_or(|days| !days.is_empty() && !days.has(DayOfWeek::Sun)));
        let step = rulebook.on(today).step;
        let times = [limits.earliest, limits.latest].into_iter().flatten().map(minute_of_day);
        let lengths = [limits.max_minutes_per_day, limits.max_minutes_per_week].into_iter().flatten();
        prop_assert!(times.chain(lengths).all(|minutes| minutes.is_multiple_of(step)));
    }

    #[test]
    fn r30_what_is_accepted_stands_in_the_form_as_it_would_be_typed_and_is_accepted_again(form in typed()) {
        let bounds = LimitBounds::of(&Rulebook::builtin(), "2026-11-23".parse().unwrap());
        let checked = form.check(&bounds);
        prop_assume!(checked.is_ok());
        let limits = checked.unwrap();
        prop_assert_eq!(LimitsForm::from(limits).check(&bounds), Ok(limits));
    }
}
