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
}
