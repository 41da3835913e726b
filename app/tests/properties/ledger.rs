//! A second, naive way to add up time: one cell for each minute of each day. Shares no sum with the rules.

use std::collections::BTreeMap;

use app::domain::{
    ids::{CoachId, SessionId},
    rulebook::{ActivityCode, Strictness},
    session::{Busy, BusyWho, SessionFacts, SessionState, Surroundings},
    time::Span,
};
use chrono::{Datelike, NaiveDate, Timelike};

/// How many sessions hold each minute of a day.
type Minutes = Vec<u32>;

/// Everything that takes time.
pub struct Ledger {
    sessions: BTreeMap<SessionId, SessionFacts>,
    elsewhere: Vec<Busy>,
}

fn minute(time: chrono::NaiveTime) -> usize {
    (time.hour() * 60 + time.minute()) as usize
}

/// The minutes of a day, with what each of the spans holds of it.
fn day(spans: impl Iterator<Item = Span>, on: NaiveDate) -> Minutes {
    let mut minutes = vec![0; 24 * 60];
    for span in spans.filter(|span| span.on() == on) {
        minutes[minute(span.from())..minute(span.to())].iter_mut().for_each(|held| *held += 1);
    }
    minutes
}

fn total(minutes: &Minutes) -> u32 {
    minutes.iter().sum()
}

/// Two days of one ISO week.
fn same_week(one: NaiveDate, other: NaiveDate) -> bool {
    one.iso_week() == other.iso_week()
}

impl Ledger {
    pub fn of(around: &Surroundings) -> Self {
        Self { sessions: around.sessions.iter().map(|session| (session.id, *session)).collect(), elsewhere: around.elsewhere.clone() }
    }

    /// Writes a session down, in place of the one of the same id.
    pub fn write(&mut self, session: SessionFacts) {
        self.sessions.insert(session.id, session);
    }

    fn live(&self) -> impl Iterator<Item = &SessionFacts> {
        self.sessions.values().filter(|session| !matches!(session.state, SessionState::Cancelled | SessionState::NotDelivered))
    }

    fn person(&self, on: NaiveDate) -> Minutes {
        let there = self.elsewhere.iter().filter(|busy| busy.who == BusyWho::Person).map(|busy| busy.span);
        day(self.live().map(|session| session.span).chain(there), on)
    }

    fn coach(&self, coach: CoachId, on: NaiveDate) -> Minutes {
        let here = self.live().filter(|session| session.coach == coach).map(|session| session.span);
        let there = self.elsewhere.iter().filter(|busy| busy.who == BusyWho::Coach(coach)).map(|busy| busy.span);
        day(here.chain(there), on)
    }

    /// Minutes of the activity in sessions of these states.
    pub fn minutes_of(&self, activity: ActivityCode, states: &[SessionState]) -> u32 {
        let sessions = self.live().filter(|session| session.activity == activity && states.contains(&session.state));
        sessions.map(|session| total(&day([session.span].into_iter(), session.span.on()))).sum()
    }

    /// Which cap an accepted session breaks, by the rulebook of its day; `None` when all hold.
    pub fn broken_by(&self, session: &SessionFacts, around: &Surroundings) -> Option<String> {
        let (on, span) = (session.span.on(), session.span);
        let book = around.book(Some(on));
        let (person, coach) = (self.person(on), self.coach(session.coach, on));
        let first = on.checked_sub_days(chrono::Days::new(6)).unwrap_or(on);
        let week: u32 = first.iter_days().take(13).filter(|other| same_week(*other, on)).map(|other| total(&self.person(other))).sum();
        let alone = |minutes: &Minutes| minutes[minute(span.from())..minute(span.to())].iter().all(|held| *held == 1);
        let caps = [
            (total(&person) <= book.day_cap, "R26: the person's day"),
            (book.coach_day != Strictness::Block || total(&coach) <= book.coach_day_cap, "R26: the coach's day"),
            (week <= book.week_cap, "R29: the person's week"),
            (alone(&person), "R41: the person in two places"),
            (book.coach_overlap != Strictness::Block || alone(&coach), "R41: the coach in two places"),
        ];
        caps.into_iter().find(|(holds, _)| !holds).map(|(_, cap)| format!("{cap}, {session:?}"))
    }
}
