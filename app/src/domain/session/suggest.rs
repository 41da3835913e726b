//! What instead: legal times near one that is blocked, found by the same rules that blocked it.

use std::{
    collections::BTreeMap,
    mem::{Discriminant, discriminant},
};

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::{Action, Proposal, SEARCH_DAYS, SessionState, Surroundings, Words, check};
use crate::domain::{
    ids::CoachId,
    rulebook::{Finding, Reason, Rule, Verdict},
    time::{Span, Week, days_between, minute_of_day},
};

/// How many times are suggested.
pub const SUGGESTIONS: usize = 3;

/// A time that the rules accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// Whose.
    pub coach: CoachId,
    /// When.
    pub span: Span,
}

/// The nearest times of the same length that would be accepted with no warning that the proposal does not have already: first with the same coach,
/// then with the others of the site; in the future, at most [`SEARCH_DAYS`] away. Days come before hours: the same time on the next day is nearer
/// than another day's. No two suggestions with one coach overlap.
pub fn suggest(action: Action, proposal: &Proposal, around: &Surroundings) -> Vec<Slot> {
    let Some(wanted) = proposal.span() else { return Vec::new() };
    let known = judge(action, proposal, around).warns.iter().map(|finding| discriminant(&finding.reason)).collect();
    let search = Search { action, proposal, around, wanted, known };
    let mut found = Vec::new();
    for coach in search.coaches() {
        // A check sees no further than the week of its day.
        let mut weeks = BTreeMap::new();
        for on in search.days(coach) {
            let week = weeks.entry(Week::of(on)).or_insert_with_key(|week| around.narrowed(coach, *week));
            search.on(coach, on, week, &mut found);
            if found.len() >= SUGGESTIONS {
                return found;
            }
        }
    }
    found
}

fn judge(action: Action, proposal: &Proposal, around: &Surroundings) -> Verdict {
    check(action, SessionState::Entered, proposal, Words::default(), around)
}

struct Search<'a> {
    action: Action,
    proposal: &'a Proposal,
    around: &'a Surroundings,
    wanted: Span,
    /// What the proposal is warned of already.
    known: Vec<Discriminant<Reason>>,
}

impl Search<'_> {
    /// The proposal's coach, then the others of the site.
    fn coaches(&self) -> Vec<CoachId> {
        let others = self.around.coaches.iter().filter(|coach| coach.site == self.around.site).map(|coach| coach.id);
        let own = self.proposal.coach;
        own.into_iter().chain(others.filter(|coach| Some(*coach) != own)).collect()
    }

    /// Days to look at, nearest first, the later of two as near; only those on which all of the coach's time is known.
    fn days(&self, coach: CoachId) -> impl Iterator<Item = NaiveDate> {
        let today = self.around.now.today();
        let coach = self.around.coaches.iter().find(|known| known.id == coach);
        let centre = self.wanted.on().max(today);
        let back = i64::from(SEARCH_DAYS).min(days_between(today, centre));
        let away = (0..=i64::from(SEARCH_DAYS)).flat_map(move |away| [away, -away].into_iter().take(if away == 0 { 1 } else { 2 }));
        away.filter(move |away| -back <= *away)
            .filter_map(move |away| centre.checked_add_signed(TimeDelta::days(away)))
            .filter(move |on| coach.is_some_and(|coach| self.around.knows(coach, *on)))
    }

    /// Adds the times of one day, nearest first.
    fn on(&self, coach: CoachId, on: NaiveDate, around: &Surroundings, found: &mut Vec<Slot>) {
        // Spans that refused a time: they refuse every other that they overlap.
        let mut engaged: Vec<Span> = found.iter().filter(|slot| slot.coach == coach).map(|slot| slot.span).collect();
        for span in self.starts(on) {
            if engaged.iter().any(|other| other.overlaps(span)) {
                continue;
            }
            let verdict = judge(self.action, &self.proposal.at(coach, span), around);
            // Only R41 and the hours that suit the person (R30) depend on the time of day: what else refuses one time refuses the whole day.
            if verdict.blocks.iter().any(|finding| finding.rule != Rule::R41) {
                return;
            }
            engaged.extend(verdict.blocks.iter().filter_map(overlapped));
            if verdict.allows() && verdict.warns.iter().all(|finding| self.known.contains(&discriminant(&finding.reason))) {
                found.push(Slot { coach, span });
                engaged.push(span);
                if found.len() >= SUGGESTIONS {
                    return;
                }
            }
        }
    }

    /// Spans of the wanted length on that day within its hours and still to come, the nearest to the wanted time first.
    fn starts(&self, on: NaiveDate) -> Vec<Span> {
        let book = self.around.book(Some(on));
        let length = self.wanted.minutes();
        let (first, last) = (minute_of_day(book.earliest), minute_of_day(book.latest).saturating_sub(length));
        let step = book.step.max(1);
        let mut starts: Vec<u32> = (first.next_multiple_of(step)..=last).step_by(step as usize).collect();
        let wanted = minute_of_day(self.wanted.from());
        starts.sort_by_key(|start| start.abs_diff(wanted));
        let now = self.around.now;
        let time = |minute: u32| NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0);
        let span = |start: u32| Span::new(on, time(start)?, time(start + length)?);
        starts.into_iter().filter_map(span).filter(|span| span.on() > now.today() || span.from() > now.time()).collect()
    }
}

/// The span that a finding of R41 speaks of.
fn overlapped(finding: &Finding) -> Option<Span> {
    match finding.reason {
        Reason::Overlap { with, .. } => Some(with),
        _ => None,
    }
}
