//! The seven days to decide (R7): calendar days of the Rome wall clock, day 0 being that of the notification.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::RequestState;
use crate::domain::{
    rulebook::Rulebook,
    time::{days_between, plus_days},
};

/// The term of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// The last day that decides, until its midnight.
    pub last_day: NaiveDate,
    /// Length of the term in days.
    pub days: u32,
}

impl Deadline {
    /// By the rulebook of the notification date; where it says so, a last day that is a holiday moves on to a working day.
    pub fn of(rulebook: &Rulebook, notified_on: NaiveDate) -> Self {
        let book = rulebook.on(notified_on);
        let last = plus_days(notified_on, book.admission_days);
        let moved = book.admission_past_holidays.then(|| last.iter_days().take(366).find(|on| book.holiday(*on).is_none())).flatten();
        Self { last_day: moved.unwrap_or(last), days: book.admission_days }
    }

    /// 7 on day 0, 0 on the last day, negative afterwards.
    pub fn days_left(self, today: NaiveDate) -> i64 {
        days_between(today, self.last_day)
    }

    /// Whether the term has passed.
    pub fn is_over(self, today: NaiveDate) -> bool {
        today > self.last_day
    }
}

/// Where a request stands in the list: those to decide come first, fewest days left first (R3), then the others, newest first.
pub fn list_rank(state: RequestState, notified_on: NaiveDate, decide_by: NaiveDate) -> i64 {
    const DECIDED: i64 = 100_000_000;
    let number = |day: NaiveDate| i64::from(day.num_days_from_ce());
    if state == RequestState::Pending { number(decide_by) } else { DECIDED - number(notified_on) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r7_days_left_are_seven_on_day_zero_and_zero_on_the_last_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let deadline = Deadline::of(&Rulebook::builtin(), day("2026-03-03"));
        assert_eq!(deadline.days_left(day("2026-03-03")), 7);
        assert_eq!(deadline.days_left(day("2026-03-10")), 0);
        assert!(!deadline.is_over(day("2026-03-10")) && deadline.is_over(day("2026-03-11")));
    }

    #[test]
    fn r7_the_night_of_the_clock_change_does_not_shorten_the_term() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(Deadline::of(&Rulebook::builtin(), day("2026-03-25")).last_day, day("2026-04-01"));
    }

    #[test]
    fn r3_requests_to_decide_come_first_with_the_fewest_days_left_on_top_and_the_others_newest_first() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let rank = |state, notified_on, decide_by| list_rank(state, day(notified_on), day(decide_by));
        let shorter = rank(RequestState::Pending, "2027-01-01", "2027-01-04");
        let longer = rank(RequestState::Pending, "2026-12-31", "2027-01-07");
        let decided = rank(RequestState::Refused, "2026-11-01", "2026-11-08");
        assert!(shorter < longer && longer < decided && rank(RequestState::Refused, "2026-11-02", "2026-11-09") < decided);
    }
}
