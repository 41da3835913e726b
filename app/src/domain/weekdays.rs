//! Days of the week, alone and as a set: of a series, and of what a person can sustain (R30).

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::words::words;

words! {
    /// A day of the week, Monday first.
    pub enum DayOfWeek else "not a day of the week" {
        /// Monday.
        Mon = "mon", "lunedì";
        /// Tuesday.
        Tue = "tue", "martedì";
        /// Wednesday.
        Wed = "wed", "mercoledì";
        /// Thursday.
        Thu = "thu", "giovedì";
        /// Friday.
        Fri = "fri", "venerdì";
        /// Saturday.
        Sat = "sat", "sabato";
        /// Sunday.
        Sun = "sun", "domenica";
    }
}

impl DayOfWeek {
    /// The days on which there can be a session at all: every Sunday is a public holiday (R28).
    pub const WORKING: [Self; 6] = [Self::Mon, Self::Tue, Self::Wed, Self::Thu, Self::Fri, Self::Sat];

    /// `lun`.
    pub fn short(self) -> String {
        self.label().chars().take(3).collect()
    }

    /// The day of the week of a date.
    pub fn of(on: NaiveDate) -> Self {
        let [mon, tue, wed, thu, fri, sat, sun] = Self::ALL;
        match on.weekday().num_days_from_monday() {
            0 => mon,
            1 => tue,
            2 => wed,
            3 => thu,
            4 => fri,
            5 => sat,
            _ => sun,
        }
    }
}

/// A set of days of the week; it travels as the list of its days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<DayOfWeek>", into = "Vec<DayOfWeek>")]
pub struct Weekdays(u8);

impl Weekdays {
    /// Whether the date falls on one of them.
    pub fn holds(self, on: NaiveDate) -> bool {
        self.has(DayOfWeek::of(on))
    }

    /// Whether the day is one of them.
    pub fn has(self, day: DayOfWeek) -> bool {
        self.0 & bit(day) != 0
    }

    /// The same with the day put in or taken out.
    #[must_use]
    pub fn toggled(self, day: DayOfWeek) -> Self {
        Self(self.0 ^ bit(day))
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Its days, Monday first.
    pub fn days(self) -> impl Iterator<Item = DayOfWeek> {
        DayOfWeek::ALL.into_iter().filter(move |day| self.has(*day))
    }
}

fn bit(day: DayOfWeek) -> u8 {
    1 << (day as u8)
}

impl From<Vec<DayOfWeek>> for Weekdays {
    fn from(days: Vec<DayOfWeek>) -> Self {
        days.into_iter().collect()
    }
}

impl FromIterator<DayOfWeek> for Weekdays {
    fn from_iter<I: IntoIterator<Item = DayOfWeek>>(days: I) -> Self {
        Self(days.into_iter().fold(0, |set, day| set | bit(day)))
    }
}

impl From<Weekdays> for Vec<DayOfWeek> {
    fn from(days: Weekdays) -> Self {
        days.days().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_the_dates_of_its_days_only() {
        let set: Weekdays = [DayOfWeek::Sun, DayOfWeek::Tue].into_iter().collect();
        let holds = |on: &str| set.holds(on.parse().unwrap());
        assert_eq!([holds("2026-11-24"), holds("2026-11-29"), holds("2026-11-25")], [true, true, false]);
        assert_eq!(serde_json::to_string(&set).unwrap(), r#"["tue","sun"]"#);
        assert!(set.toggled(DayOfWeek::Sun).toggled(DayOfWeek::Tue).is_empty());
    }

    #[test]
    fn every_date_has_the_day_of_the_calendar() {
        let monday: NaiveDate = "2026-11-23".parse().unwrap();
        assert_eq!(monday.iter_days().take(7).map(DayOfWeek::of).collect::<Vec<_>>(), DayOfWeek::ALL);
    }
}
