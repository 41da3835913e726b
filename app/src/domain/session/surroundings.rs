//! The facts around a proposal: the dossier's own sessions, and when the person and the coach are busy elsewhere.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::SessionState;
use crate::domain::{
    activity::{ActivityFrame, HoursBalance},
    dossier::{DossierFrame, Workplace, employer::town_on},
    ids::{CoachId, SessionId, SiteId},
    person::PersonLimits,
    provider::Coach,
    rulebook::{ActivityCode, Rulebook, RulebookVersion},
    time::{LocalInstant, Span, Week, minus_days, plus_days},
};

/// How far ahead and back of a blocked day another time is looked for, in days.
pub const SEARCH_DAYS: u32 = 14;

/// Which days and whose time a check may look at: what is asked of the server, and what its answer covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Horizon {
    /// First day: a Monday.
    pub from: NaiveDate,
    /// Last day: a Sunday.
    pub to: NaiveDate,
    /// The coaches whose time elsewhere matters.
    pub coaches: Vec<CoachId>,
    /// Whether that of all coaches of the site does.
    pub site: bool,
}

impl Horizon {
    /// Enough to judge one session: its week.
    pub fn week(coaches: impl IntoIterator<Item = CoachId>, on: NaiveDate) -> Self {
        Self::days(coaches, on, on)
    }

    /// Enough to plan between two days: their weeks and those between.
    pub fn days(coaches: impl IntoIterator<Item = CoachId>, from: NaiveDate, to: NaiveDate) -> Self {
        Self { from: Week::of(from).monday(), to: Week::of(to).sunday(), coaches: coaches.into_iter().collect(), site: false }
    }

    /// Enough to find other times for any day of a week: the weeks around it, for every coach of the site.
    pub fn search(coaches: impl IntoIterator<Item = CoachId>, on: NaiveDate) -> Self {
        let week = Week::of(on);
        Self { site: true, ..Self::days(coaches, minus_days(week.monday(), SEARCH_DAYS), plus_days(week.sunday(), SEARCH_DAYS)) }
    }

    /// Whether the day is one of them.
    pub fn covers(&self, on: NaiveDate) -> bool {
        self.from <= on && on <= self.to
    }

    /// Whether the coach's time is, for a dossier of that site.
    pub fn includes(&self, coach: &Coach, site: SiteId) -> bool {
        self.coaches.contains(&coach.id) || (self.site && coach.site == site)
    }
}

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

/// Everything a check looks at besides the proposal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Surroundings {
    /// The rules.
    pub rulebook: Rulebook,
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
    /// What the person can sustain (R30), for those who plan.
    pub limits: Option<PersonLimits>,
    /// The site that admitted the dossier.
    pub site: SiteId,
    /// Its town.
    pub site_town: String,
    /// Where the person works, by first day (S17).
    pub workplaces: Vec<Workplace>,
    /// The days and coaches that `elsewhere` tells of.
    pub horizon: Horizon,
    /// Live time elsewhere within the horizon.
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
    /// The version of the rules for a session on that day; for one without a day yet, that of today.
    pub fn book(&self, on: Option<NaiveDate>) -> &RulebookVersion {
        self.rulebook.on(on.unwrap_or(self.now.today()))
    }

    /// Where an activity takes place on a day: at the employer's of that day, or at the site (R28).
    pub fn town(&self, code: ActivityCode, on: NaiveDate) -> &str {
        let at_employer = self.activity(code).is_some_and(|activity| activity.at_employer);
        let employer = if at_employer { town_on(&self.workplaces, on) } else { None };
        employer.unwrap_or(&self.site_town)
    }

    /// The hours of an activity beside the session being changed.
    pub fn balance(&self, activity: &ActivityFrame, own: Option<SessionId>) -> HoursBalance {
        let sessions = self.others(own).filter(|session| session.activity == activity.code);
        HoursBalance::of(activity.agreed, sessions.map(|session| (session.state, session.span.minutes())))
    }

    /// Whether all that matters of a coach's time on that day is known.
    pub fn knows(&self, coach: &Coach, on: NaiveDate) -> bool {
        self.horizon.covers(on) && self.horizon.includes(coach, self.site)
    }

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

    /// The same with only the time elsewhere that a check of that coach in that week looks at.
    #[must_use]
    pub fn narrowed(&self, coach: CoachId, week: Week) -> Self {
        let matters = |busy: &&Busy| week.holds(busy.span.on()) && (busy.who == BusyWho::Person || busy.who == BusyWho::Coach(coach));
        Self { elsewhere: self.elsewhere.iter().filter(matters).copied().collect(), ..self.clone() }
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
