//! The facts around a proposal: the dossier's own sessions, and when the person and the coach are busy elsewhere.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::SessionState;
use crate::domain::{
    activity::ActivityFrame,
    dossier::DossierFrame,
    ids::{CoachId, SessionId},
    provider::Coach,
    rulebook::ActivityCode,
    time::{LocalInstant, Span, Week},
};

/// A session of the same dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionFacts {
    /// Its id.
    pub id: SessionId,
    /// The activity it belongs to.
    pub activity: ActivityCode,
    /// The coach.
    pub coach: CoachId,
    /// When.
    pub span: Span,
    /// Where it stands.
    pub state: SessionState,
}

/// Who is busy elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BusyWho {
    /// The person, in another of its dossiers.
    Person,
    /// A coach, with anyone outside this dossier.
    Coach(CoachId),
}

/// Time taken outside this dossier: the interval only, never with whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Busy {
    /// Who.
    pub who: BusyWho,
    /// When.
    pub span: Span,
}

/// Everything a check looks at besides the proposal. The browser asks for it once per week and coach.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Surroundings {
    /// The Rome wall clock, by the server.
    pub now: LocalInstant,
    /// Whether the actor may plan here (R13).
    pub manages: bool,
    /// Whether the actor may take back a started session (R22).
    pub supervises: bool,
    /// The dossier's dates.
    pub dossier: DossierFrame,
    /// Its five activities.
    pub activities: Vec<ActivityFrame>,
    /// All sessions of the dossier, in any state and week.
    pub sessions: Vec<SessionFacts>,
    /// Live time elsewhere, at least for the week of the proposal.
    pub elsewhere: Vec<Busy>,
    /// The coaches of the provider.
    pub coaches: Vec<Coach>,
}

/// Minutes already taken that count beside a proposal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TimeUsed {
    /// The person's minutes that day (R26).
    pub person_day: u32,
    /// The person's minutes that ISO week (R29).
    pub person_week: u32,
    /// The coach's minutes that day (R26).
    pub coach_day: u32,
}

impl Surroundings {
    /// The frame of an activity.
    pub fn activity(&self, code: ActivityCode) -> Option<&ActivityFrame> {
        self.activities.iter().find(|activity| activity.code == code)
    }

    /// The dossier's sessions other than the one being changed.
    pub fn others(&self, own: Option<SessionId>) -> impl Iterator<Item = &SessionFacts> {
        self.sessions.iter().filter(move |session| Some(session.id) != own)
    }

    /// When the person is taken, here or elsewhere, with the session where it is one of this dossier.
    pub fn person_spans(&self, own: Option<SessionId>) -> impl Iterator<Item = (Span, Option<SessionId>)> {
        let here = self.others(own).filter(|session| session.state.is_live()).map(|session| (session.span, Some(session.id)));
        let there = self.elsewhere.iter().filter(|busy| busy.who == BusyWho::Person).map(|busy| (busy.span, None));
        here.chain(there)
    }

    /// When a coach is taken, here or elsewhere.
    pub fn coach_spans(&self, coach: CoachId, own: Option<SessionId>) -> impl Iterator<Item = (Span, Option<SessionId>)> {
        let here = self
            .others(own)
            .filter(move |session| session.state.is_live() && session.coach == coach)
            .map(|session| (session.span, Some(session.id)));
        let there = self.elsewhere.iter().filter(move |busy| busy.who == BusyWho::Coach(coach)).map(|busy| (busy.span, None));
        here.chain(there)
    }

    /// What is taken on a day and in its week beside the session being changed.
    pub fn time_used(&self, on: NaiveDate, coach: Option<CoachId>, own: Option<SessionId>) -> TimeUsed {
        let week = Week::of(on);
        let sum = |spans: &mut dyn Iterator<Item = (Span, Option<SessionId>)>, counts: &dyn Fn(Span) -> bool| {
            spans.filter(|(span, _)| counts(*span)).map(|(span, _)| span.minutes()).sum()
        };
        TimeUsed {
            person_day: sum(&mut self.person_spans(own), &|span| span.on() == on),
            person_week: sum(&mut self.person_spans(own), &|span| week.holds(span.on())),
            coach_day: coach.map_or(0, |coach| sum(&mut self.coach_spans(coach, own), &|span| span.on() == on)),
        }
    }
}
