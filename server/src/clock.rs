//! The only reader of the clock: real instants in UTC, and the civil time of Rome, which a demo may set.

use std::sync::{Arc, PoisonError, RwLock};

use app::domain::time::LocalInstant;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Europe::Rome;

/// What time it is. Clones share the same time.
#[derive(Clone, Debug)]
pub struct Clock {
    civil: Civil,
}

#[derive(Clone, Debug)]
enum Civil {
    Real,
    /// `None` runs with the real clock until somebody sets a time; from then on it stands still.
    Settable(Arc<RwLock<Option<NaiveDateTime>>>),
}

/// The real clock was asked to show another time.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("only the test clock of a demo can be set")]
pub struct NotSettable;

impl Clock {
    /// The clock of a real installation: it can't be set.
    pub fn real() -> Self {
        Self { civil: Civil::Real }
    }

    /// The test clock of a demo: real until it is [`set`](Self::set).
    pub fn settable() -> Self {
        Self::test(None)
    }

    /// The test clock of a demo, standing still at `now` (Rome) until it is [`set`](Self::set).
    pub fn frozen(now: NaiveDateTime) -> Self {
        Self::test(Some(now))
    }

    fn test(now: Option<NaiveDateTime>) -> Self {
        Self { civil: Civil::Settable(Arc::new(RwLock::new(now))) }
    }

    /// The real instant, always: evidence, leases, rate limits and expiry of sign-ins don't follow the test clock.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    pub fn now_utc(&self) -> DateTime<Utc> {
        Utc::now()
    }

    /// The civil time in Rome, with minutes and seconds: what every rule is judged by.
    pub fn rome_now(&self) -> LocalInstant {
        let set = match &self.civil {
            Civil::Real => None,
            Civil::Settable(now) => *now.read().unwrap_or_else(PoisonError::into_inner),
        };
        LocalInstant(set.unwrap_or_else(|| self.now_utc().with_timezone(&Rome).naive_local()))
    }

    /// Stops civil time at `now` (Rome), for all clones.
    ///
    /// # Errors
    /// [`NotSettable`] when this is the real clock.
    pub fn set(&self, now: NaiveDateTime) -> Result<(), NotSettable> {
        match &self.civil {
            Civil::Real => Err(NotSettable),
            Civil::Settable(shown) => {
                *shown.write().unwrap_or_else(PoisonError::into_inner) = Some(now);
                Ok(())
            }
        }
    }
}

/// The civil day in Rome at an instant.
pub fn rome_date(instant: DateTime<Utc>) -> NaiveDate {
    instant.with_timezone(&Rome).date_naive()
}

#[cfg(test)]
mod tests {
    use chrono::{TimeDelta, TimeZone};

    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().expect("a date and time")
    }

    #[test]
    fn a_frozen_clock_stands_still_until_it_is_set() {
        let clock = Clock::frozen(at("2026-11-23T10:00:00"));
        let clone = clock.clone();
        assert_eq!(clone.rome_now(), LocalInstant(at("2026-11-23T10:00:00")));
        clock.set(at("2026-12-01T08:15:30")).expect("a test clock");
        assert_eq!(clone.rome_now(), LocalInstant(at("2026-12-01T08:15:30")));
    }

    #[test]
    fn the_test_clock_moves_civil_time_only() {
        let clock = Clock::frozen(at("2001-01-01T00:00:00"));
        assert!(clock.now_utc() > Utc.with_ymd_and_hms(2026, 1, 1, 0, 0, 0).unwrap());
    }

    #[test]
    fn the_real_clock_cannot_be_set_and_shows_rome() {
        let clock = Clock::real();
        assert_eq!(clock.set(at("2026-11-23T10:00:00")), Err(NotSettable));
        let ahead = clock.rome_now().0 - clock.now_utc().naive_utc();
        assert!(ahead > TimeDelta::minutes(59) && ahead < TimeDelta::minutes(121), "Rome is one or two hours ahead of UTC");
    }

    #[test]
    fn a_settable_clock_runs_until_it_is_set() {
        let clock = Clock::settable();
        assert!(clock.rome_now().0 > at("2026-01-01T00:00:00"));
        clock.set(at("2026-03-29T02:30:00")).expect("a test clock");
        assert_eq!(clock.rome_now(), LocalInstant(at("2026-03-29T02:30:00")));
    }

    #[test]
    fn the_day_in_rome_begins_before_the_day_in_utc_in_winter_and_in_summer() {
        let day = |y, m, d, h, min| rome_date(Utc.with_ymd_and_hms(y, m, d, h, min, 0).unwrap()).to_string();
        assert_eq!(day(2026, 11, 22, 22, 59), "2026-11-22");
        assert_eq!(day(2026, 11, 22, 23, 0), "2026-11-23");
        assert_eq!(day(2026, 7, 1, 21, 59), "2026-07-01");
        assert_eq!(day(2026, 7, 1, 22, 0), "2026-07-02");
    }

    #[test]
    fn r7_the_days_of_the_clock_changes_have_23_and_25_hours_and_each_minute_has_one_date() {
        for (year, month, day, hours) in [(2026, 3, 29, 23), (2026, 10, 25, 25), (2026, 11, 23, 24), (2027, 3, 28, 23), (2027, 10, 31, 25)]
        {
            let date = NaiveDate::from_ymd_opt(year, month, day).expect("a date");
            let noon_before = Utc.with_ymd_and_hms(year, month, day, 0, 0, 0).unwrap() - TimeDelta::hours(12);
            let dates: Vec<_> = (0..60 * 60).map(|minute| rome_date(noon_before + TimeDelta::minutes(minute))).collect();
            assert!(dates.is_sorted(), "the date never goes back, though the clock does");
            assert_eq!(dates.iter().filter(|on| **on == date).count(), hours * 60, "{date}");
        }
    }
}
