//! Civil time of Europe/Rome and spans of it. Evidence (who did what when) keeps UTC instants beside it.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

/// A moment on the Rome wall clock, handed to every rule that depends on "now".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LocalInstant(pub NaiveDateTime);

impl LocalInstant {
    /// The civil day.
    pub fn today(self) -> NaiveDate {
        self.0.date()
    }

    /// The civil time of day.
    pub fn time(self) -> NaiveTime {
        self.0.time()
    }
}

/// Whole days from `earlier` to `later`; negative when they are the other way round.
pub fn days_between(earlier: NaiveDate, later: NaiveDate) -> i64 {
    (later - earlier).num_days()
}

/// The day `days` later, or the last day there is.
pub fn plus_days(on: NaiveDate, days: u32) -> NaiveDate {
    on.checked_add_days(Days::new(days.into())).unwrap_or(NaiveDate::MAX)
}

/// The day so many days earlier, or the first day there is.
pub fn minus_days(on: NaiveDate, days: u32) -> NaiveDate {
    on.checked_sub_days(Days::new(days.into())).unwrap_or(NaiveDate::MIN)
}

/// An ISO week, Monday to Sunday; a week across the year end belongs to its ISO year (R29).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Week {
    monday: NaiveDate,
}

impl Week {
    /// The week that holds the day.
    pub fn of(on: NaiveDate) -> Self {
        let back = on.weekday().num_days_from_monday();
        Self { monday: on.checked_sub_days(Days::new(back.into())).unwrap_or(on) }
    }

    /// Its first day.
    pub fn monday(self) -> NaiveDate {
        self.monday
    }

    /// Its last day.
    pub fn sunday(self) -> NaiveDate {
        plus_days(self.monday, 6)
    }

    /// The ISO number, 1 to 53.
    pub fn number(self) -> u32 {
        self.monday.iso_week().week()
    }

    /// Whether the day falls in it.
    pub fn holds(self, on: NaiveDate) -> bool {
        self.monday <= on && on <= self.sunday()
    }

    /// Its seven days.
    pub fn days(self) -> impl Iterator<Item = NaiveDate> {
        (0..7).map(move |n| plus_days(self.monday, n))
    }
}

/// A half-open span `[from, to)` of one civil day with `from < to`; lengths are clock minutes (R25: an hour is 60 minutes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    on: NaiveDate,
    from: NaiveTime,
    to: NaiveTime,
}

impl Span {
    /// `None` unless `from < to`.
    pub fn new(on: NaiveDate, from: NaiveTime, to: NaiveTime) -> Option<Self> {
        (from < to).then_some(Self { on, from, to })
    }

    /// The civil day.
    pub fn on(self) -> NaiveDate {
        self.on
    }

    /// The first minute.
    pub fn from(self) -> NaiveTime {
        self.from
    }

    /// The end, not itself part of the span.
    pub fn to(self) -> NaiveTime {
        self.to
    }

    /// Length in minutes.
    pub fn minutes(self) -> u32 {
        u32::try_from((self.to - self.from).num_minutes()).unwrap_or(0)
    }

    /// Whether the two share a minute; back to back does not (R41).
    pub fn overlaps(self, other: Self) -> bool {
        self.on == other.on && self.from < other.to && other.from < self.to
    }
}

/// Minutes since midnight.
pub fn minute_of_day(time: NaiveTime) -> u32 {
    use chrono::Timelike;
    time.hour() * 60 + time.minute()
}

/// Whether the day is a Sunday.
pub fn is_sunday(on: NaiveDate) -> bool {
    on.weekday() == Weekday::Sun
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{dossier::DossierFrame, request::Deadline, rulebook::Rulebook};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_last_days_of_2024_belong_to_the_first_week_of_2025() {
        let week = Week::of(day("2024-12-30"));
        assert_eq!(week, Week::of(day("2025-01-04")));
        assert_eq!((week.number(), week.monday().iso_week().year()), (1, 2025));
    }

    #[test]
    fn back_to_back_spans_do_not_overlap() {
        let span = |from: &str, to: &str| Span::new(day("2026-11-24"), from.parse().unwrap(), to.parse().unwrap()).unwrap();
        assert!(!span("10:00:00", "11:00:00").overlaps(span("11:00:00", "12:00:00")));
        assert!(span("10:00:00", "11:00:00").overlaps(span("10:59:00", "12:00:00")));
    }

    #[test]
    fn r29_the_years_with_a_week_53_are_those_of_the_calendar() {
        let long: Vec<_> =
            (2000..2100).filter(|year| NaiveDate::from_ymd_opt(*year, 12, 28).is_some_and(|on| Week::of(on).number() == 53)).collect();
        assert_eq!(long, [2004, 2009, 2015, 2020, 2026, 2032, 2037, 2043, 2048, 2054, 2060, 2065, 2071, 2076, 2082, 2088, 2093, 2099]);
    }

    #[test]
    fn r29_the_last_week_of_2020_and_of_2026_goes_on_into_january() {
        for (monday, last, next) in [("2020-12-28", "2021-01-03", "2021-01-04"), ("2026-12-28", "2027-01-03", "2027-01-04")] {
            let week = Week::of(day(monday));
            assert_eq!((week.number(), week.monday(), week.sunday()), (53, day(monday), day(last)));
            assert!(week.days().all(|on| Week::of(on) == week && week.holds(on)));
            let following = Week::of(day(next));
            assert!(following > week && following.number() == 1 && !week.holds(day(next)));
        }
    }

    #[test]
    fn r29_every_day_of_a_century_is_in_one_week_and_the_weeks_follow_each_other() {
        let first = day("2000-01-03");
        for (n, on) in (0_u32..).zip(first.iter_days().take_while(|on| on.year() < 2100)) {
            assert_eq!(Week::of(on).monday(), plus_days(first, n - n % 7), "{on}");
        }
    }

    #[test]
    fn r29_the_night_of_the_clock_change_is_the_last_of_its_week() {
        for on in ["2026-03-29", "2026-10-25"] {
            let week = Week::of(day(on));
            assert_eq!((week.sunday(), week.days().count()), (day(on), 7));
        }
    }

    #[test]
    fn r7_a_term_across_a_clock_change_counts_dates_and_not_hours() {
        for changing in ["2026-03-29", "2026-10-25"] {
            for before in 0..=7 {
                let notified_on = day(changing) - Days::new(before);
                let deadline = Deadline::of(&Rulebook::builtin(), notified_on);
                let left: Vec<_> = (0..=8).map(|n| deadline.days_left(plus_days(notified_on, n))).collect();
                assert_eq!(left, [7, 6, 5, 4, 3, 2, 1, 0, -1], "notified on {notified_on}");
                assert!(!deadline.is_over(plus_days(notified_on, 7)) && deadline.is_over(plus_days(notified_on, 8)));
            }
        }
    }

    #[test]
    fn r7_a_term_has_seven_days_across_a_year_end_and_a_leap_day() {
        for (notified_on, last_day) in [
            ("2026-12-28", "2027-01-04"),
            ("2027-02-25", "2027-03-04"),
            ("2028-02-22", "2028-02-29"),
            ("2028-02-25", "2028-03-03"),
            ("2028-02-29", "2028-03-07"),
        ] {
            assert_eq!(Deadline::of(&Rulebook::builtin(), day(notified_on)).last_day, day(last_day));
        }
    }

    #[test]
    fn r38_a_voucher_that_ends_around_a_leap_day_closes_the_next_day_and_keeps_its_sixty_days() {
        for (valid_to, closed_from, read_only_from) in [
            ("2027-02-28", "2027-03-01", "2027-04-30"),
            ("2028-02-28", "2028-02-29", "2028-04-29"),
            ("2028-02-29", "2028-03-01", "2028-04-30"),
            ("2027-12-31", "2028-01-01", "2028-03-01"),
        ] {
            let dossier = DossierFrame {
                admitted_on: day("2026-12-01"),
                valid_from: day("2026-12-01"),
                valid_to: day(valid_to),
                interrupted_on: None,
            };
            assert_eq!(dossier.closed_from(), day(closed_from));
            assert_eq!(dossier.read_only_from(&Rulebook::builtin()), day(read_only_from));
        }
    }

    #[test]
    fn days_are_counted_across_leap_days_and_stop_at_the_end_of_time() {
        assert_eq!(days_between(day("2027-02-28"), day("2028-02-28")), 365);
        assert_eq!(days_between(day("2028-02-28"), day("2029-02-28")), 366);
        assert_eq!(days_between(day("2028-03-01"), day("2028-02-28")), -2);
        assert_eq!((plus_days(day("2028-02-28"), 1), plus_days(day("2100-02-28"), 1)), (day("2028-02-29"), day("2100-03-01")));
        assert_eq!(plus_days(NaiveDate::MAX, 1), NaiveDate::MAX);
    }
}
