//! What is drawn from a seed: 32-bit draws only, so that a processor of 64 bits and the WASM of 32 draw the same.

use std::ops::RangeInclusive;

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use fastrand::Rng;

use crate::domain::{
    ids::{CoachId, SessionId, SiteId},
    rulebook::holiday::easter,
    time::{Span, Week, plus_days},
};

pub(super) struct Dice(Rng);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(Rng::with_seed(seed))
    }

    /// One of the numbers, as often as any other.
    pub(super) fn within(&mut self, numbers: RangeInclusive<u32>) -> u32 {
        self.0.u32(numbers)
    }

    /// True once in so many times.
    pub(super) fn one_in(&mut self, times: u32) -> bool {
        self.within(1..=times) == 1
    }

    /// Something once in so many times, else nothing.
    pub(super) fn maybe<T>(&mut self, times: u32, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.one_in(times).then(|| make(self))
    }

    /// One of a few, as often as any other.
    pub(super) fn pick<T: Copy, const N: usize>(&mut self, from: [T; N]) -> T {
        let at = self.0.u32(0..u32::try_from(N).unwrap_or(u32::MAX));
        from[at as usize]
    }

    /// A day so many days away.
    pub(super) fn day(&mut self, from: NaiveDate, away: RangeInclusive<i32>) -> NaiveDate {
        from.checked_add_signed(TimeDelta::days(self.0.i32(away).into())).unwrap_or(from)
    }

    /// A day of 2024 to 2031, often one where a rule changes its mind: around Easter, the year's end, a leap day, a patron saint or a fixed holiday.
    pub(super) fn notable_day(&mut self) -> NaiveDate {
        let year = self.0.i32(2024..=2031);
        let on = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        let centre = match self.within(0..=7) {
            0 | 1 => easter(year),
            2 => on(12, 30),
            3 => on(2, 28),
            4 => {
                let (month, day) =
                    self.pick([(4, 25), (5, 1), (5, 21), (6, 2), (6, 13), (8, 15), (9, 8), (10, 4), (11, 1), (11, 11), (11, 26), (12, 8)]);
                on(month, day)
            }
            _ => plus_days(on(1, 1), self.within(0..=364)),
        };
        self.day(centre, -9..=9)
    }

    /// Another day of the same week, or now and then one of the weeks around it.
    pub(super) fn near(&mut self, on: NaiveDate) -> NaiveDate {
        match self.within(0..=7) {
            0 => self.day(on, -21..=21),
            1..=3 => on,
            _ => Week::of(on).monday().checked_add_days(Days::new(self.within(0..=6).into())).unwrap_or(on),
        }
    }

    /// A time of day between two hours: a quarter of an hour, now and then any minute, hardly ever a broken one.
    pub(super) fn time(&mut self, hours: RangeInclusive<u32>) -> NaiveTime {
        let hour = self.within(hours);
        let (minute, second) = match self.within(0..=31) {
            0 => (self.within(0..=59), self.pick([0, 30, 59])),
            1..=3 => (self.within(0..=59), 0),
            _ => (15 * self.within(0..=3), 0),
        };
        NaiveTime::from_hms_opt(hour, minute, second).unwrap_or_default()
    }

    /// A length in minutes: mostly a few hours, now and then the day's cap or beyond it.
    pub(super) fn minutes(&mut self) -> u32 {
        match self.within(0..=9) {
            0 => 15 * self.within(31..=34),
            1 => 15 * self.within(1..=40),
            _ => 15 * self.within(1..=14),
        }
    }

    /// A span of that day, cut at midnight.
    pub(super) fn span(&mut self, on: NaiveDate) -> Span {
        let from = self.time(6..=20);
        let (to, days) = from.overflowing_add_signed(TimeDelta::minutes(self.minutes().into()));
        let to = if days == 0 { Some(to) } else { NaiveTime::from_hms_opt(23, 59, 0) };
        to.and_then(|to| Span::new(on, from, to)).unwrap_or_else(|| self.span(on))
    }

    /// A moment of that day.
    pub(super) fn moment(&mut self, on: NaiveDate) -> NaiveDateTime {
        on.and_time(self.time(0..=23))
    }
}

/// The coach of that number.
pub(super) const fn coach_id(number: u32) -> CoachId {
    CoachId(uuid::Uuid::from_u128(0xC0AC_0000 + number as u128))
}

/// The site of that number.
pub(super) const fn site_id(number: u32) -> SiteId {
    SiteId(uuid::Uuid::from_u128(0x517E_0000 + number as u128))
}

/// The session of that number.
pub(super) const fn session_id(number: u32) -> SessionId {
    SessionId(uuid::Uuid::from_u128(0x5E55_0000_0000_0000 + number as u128))
}
