//! Days of the demonstration, counted in working days so that no story depends on which day it is told.

use app::domain::{rulebook::holiday::national_holiday, time::plus_days};
use chrono::{Days, NaiveDate};

/// Working days around a day.
#[derive(Clone, Copy)]
pub struct Workdays {
    zero: NaiveDate,
}

impl Workdays {
    /// Day 0 is `today`, or the last working day before it.
    pub fn around(today: NaiveDate) -> Self {
        Self { zero: backwards(today).find(|day| works(*day)).unwrap_or(today) }
    }

    /// The working day so many before (negative) or after day 0.
    pub fn day(self, number: i32) -> NaiveDate {
        let away = usize::try_from(number.unsigned_abs()).unwrap_or_default();
        let found = if number < 0 {
            backwards(self.zero).filter(|day| works(*day)).nth(away)
        } else {
            self.zero.iter_days().filter(|day| works(*day)).nth(away)
        };
        found.unwrap_or(self.zero)
    }
}

/// Whether sessions may take place (R28).
fn works(day: NaiveDate) -> bool {
    national_holiday(day).is_none()
}

fn backwards(from: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    std::iter::successors(Some(from), |day| day.checked_sub_days(Days::new(1)))
}

/// The day so many days after, or before when negative.
pub fn days_after(day: NaiveDate, days: i32) -> NaiveDate {
    if days < 0 { day.checked_sub_days(Days::new(days.unsigned_abs().into())).unwrap_or(day) } else { plus_days(day, days.unsigned_abs()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn working_days_leave_out_sundays_and_holidays_in_both_directions() {
        let days = Workdays::around(day("2026-12-24"));
        assert_eq!((days.day(0), days.day(1), days.day(-1)), (day("2026-12-24"), day("2026-12-28"), day("2026-12-23")));
        assert_eq!(days.day(5), day("2027-01-02"), "neither New Year nor the Sunday");
        assert_eq!(days.day(-4), day("2026-12-19"), "not the Sunday before");
    }

    #[test]
    fn on_a_holiday_day_zero_is_the_working_day_before() {
        assert_eq!(Workdays::around(day("2026-12-27")).day(0), day("2026-12-24"));
        assert_eq!(Workdays::around(day("2026-12-27")).day(1), day("2026-12-28"));
    }
}
