//! The days around a session's own: how late it was entered (R24), and until when it can be acted on (R23).

use chrono::NaiveDate;

use crate::domain::{
    rulebook::Rulebook,
    time::{days_between, plus_days},
};

/// R24: by how many days a session is entered late; `None` up to the day before it (R12).
pub fn late_days(on: NaiveDate, today: NaiveDate) -> Option<u32> {
    u32::try_from(days_between(on, today)).ok()
}

/// R23: the last day for entering, programming, starting and completing a session of that day.
pub fn last_day(rulebook: &Rulebook, on: NaiveDate) -> NaiveDate {
    plus_days(on, rulebook.on(on).regularisation_days)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn r12_r24_the_day_before_is_in_time_and_the_day_itself_is_late_by_nothing() {
        let late = |today| late_days(day("2026-11-24"), day(today));
        assert_eq!([late("2026-11-23"), late("2026-11-24"), late("2026-12-01")], [None, Some(0), Some(7)]);
    }

    #[test]
    fn r23_the_last_day_is_the_seventh_after_the_session_holidays_included() {
        assert_eq!(last_day(&Rulebook::builtin(), day("2026-12-21")), day("2026-12-28"));
    }
}
