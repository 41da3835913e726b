//! Agenda: the sessions of a day or a week of one coach, of one person or of the whole site, as an actor may see them.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::domain::{
    command::Version,
    ids::{CoachId, OpalId, SessionId},
    person::PersonName,
    provider::{Actor, CoachName},
    rulebook::ActivityCode,
    session::SessionState,
    time::{LocalInstant, Span, Week},
    words::words,
};

words! {
    /// How many days the agenda shows.
    pub enum CalendarView else "not a view of the agenda" {
        /// One day.
        Day = "giorno", "Giorno";
        /// The seven days of an ISO week.
        Week = "settimana", "Settimana";
    }
}

impl CalendarView {
    /// Its days around one of them.
    pub fn days(self, on: NaiveDate) -> Vec<NaiveDate> {
        match self {
            Self::Day => vec![on],
            Self::Week => Week::of(on).days().collect(),
        }
    }

    /// By how many days the next and the one before are away.
    pub fn stride(self) -> i64 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
        }
    }
}

/// Whose sessions are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// Those of all dossiers within reach, one column a coach.
    Site,
    /// Those of one coach.
    Coach(CoachId),
    /// Those of the person of one dossier.
    Dossier(OpalId),
}

/// What was asked for; what is missing depends on who asks, and when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarQuery {
    /// A day or a week.
    pub view: Option<CalendarView>,
    /// The day, or one of the week.
    pub on: Option<NaiveDate>,
    /// Whose.
    pub whose: Option<Whose>,
}

impl CalendarQuery {
    /// What an actor sees who asks for it on that day: a coach its own week, the office the day of the site.
    pub fn resolve(self, actor: &Actor, today: NaiveDate) -> (CalendarView, NaiveDate, Whose) {
        let whose = self.whose.unwrap_or_else(|| actor.coach.map_or(Whose::Site, Whose::Coach));
        // A colleague's time is not a coach's business: what it may see of the site is its own.
        let whose = match (actor.coach, whose) {
            (Some(own), Whose::Site) => Whose::Coach(own),
            _ => whose,
        };
        let usual = if whose == Whose::Site { CalendarView::Day } else { CalendarView::Week };
        (self.view.unwrap_or(usual), self.on.unwrap_or(today), whose)
    }
}

/// One day of the agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarDay {
    /// Which.
    pub on: NaiveDate,
    /// The public holiday that it is (R28).
    pub holiday: Option<String>,
}

/// A session in the agenda: no more than its block and its dialog show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CalendarSession {
    /// Its id.
    pub id: SessionId,
    /// The dossier.
    pub dossier: OpalId,
    /// The dossier's OPAL code.
    pub opal_code: String,
    /// The person.
    pub person: PersonName,
    /// The activity.
    pub activity: ActivityCode,
    /// The activity's name.
    pub activity_name: String,
    /// The coach.
    pub coach: CoachId,
    /// When.
    pub span: Span,
    /// Where it stands.
    pub state: SessionState,
    /// Counts its changes.
    pub version: Version,
}

/// Time that is taken by what the actor does not see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarBusy {
    /// The coach that is busy; `None`: the person is.
    pub coach: Option<CoachId>,
    /// When.
    pub span: Span,
}

/// Whether a coach's calendar can be read from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeedState {
    /// There is no link.
    Off,
    /// There is one.
    On {
        /// Since when.
        since: LocalInstant,
        /// When it was read last.
        last_read: Option<LocalInstant>,
        /// How often it was read.
        reads: i64,
    },
}

/// The agenda as it was asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calendar {
    /// A day or a week.
    pub view: CalendarView,
    /// The day, or one of the week.
    pub on: NaiveDate,
    /// Whose.
    pub whose: Whose,
    /// The days shown.
    pub days: Vec<CalendarDay>,
    /// The coaches that the actor may name, by name.
    pub coaches: Vec<CoachName>,
    /// Those with a column of their own, in the agenda of the site.
    pub columns: Vec<CoachId>,
    /// The sessions, by day and time.
    pub sessions: Vec<CalendarSession>,
    /// What is taken besides.
    pub busy: Vec<CalendarBusy>,
    /// The dossier whose person is shown.
    pub dossier: Option<DossierChoice>,
    /// First time of day at which a session may begin (R27).
    pub earliest: NaiveTime,
    /// Last time of day at which one may end.
    pub latest: NaiveTime,
    /// Whether the actor plans: enters and moves sessions.
    pub plans: bool,
    /// The link to the coach's calendar, for those who may give it out.
    pub feed: Option<FeedState>,
    /// The Rome wall clock, by the server.
    pub now: LocalInstant,
}

impl Calendar {
    /// The name of a coach, as far as it is known here.
    pub fn coach_name(&self, id: CoachId) -> &str {
        self.coaches.iter().find(|coach| coach.id == id).map_or("", |coach| &coach.name)
    }
}

/// A dossier in progress, to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierChoice {
    /// Its id.
    pub id: OpalId,
    /// Codice OPAL.
    pub opal_code: String,
    /// The person.
    pub person: PersonName,
}

/// An activity that takes sessions, to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityChoice {
    /// Which one.
    pub code: ActivityCode,
    /// Its name.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::{ids::AccountId, provider::Role};

    fn actor(role: Role, coach: Option<CoachId>) -> Actor {
        let account = AccountId(Uuid::from_u128(1));
        Actor { account, name: String::new(), role, provider: None, provider_name: None, sites: Vec::new(), site_names: Vec::new(), coach }
    }

    #[test]
    fn without_a_wish_the_office_sees_the_day_of_the_site_and_a_coach_its_own_week() {
        let today = "2026-11-24".parse().unwrap();
        let own = CoachId(Uuid::from_u128(7));
        let ask = |query: CalendarQuery, actor: &Actor| query.resolve(actor, today);
        let (office, coach) = (actor(Role::Operator, None), actor(Role::Coach, Some(own)));
        assert_eq!(ask(CalendarQuery::default(), &office), (CalendarView::Day, today, Whose::Site));
        assert_eq!(ask(CalendarQuery::default(), &coach), (CalendarView::Week, today, Whose::Coach(own)));
        let site = CalendarQuery { whose: Some(Whose::Site), ..CalendarQuery::default() };
        assert_eq!(ask(site, &coach).2, Whose::Coach(own), "the site of a coach is its own agenda");
    }

    #[test]
    fn a_week_has_its_seven_days_whichever_of_them_is_named() {
        let days = CalendarView::Week.days("2026-11-26".parse().unwrap());
        let ends: Vec<NaiveDate> = vec!["2026-11-23".parse().unwrap(), "2026-11-29".parse().unwrap()];
        assert_eq!((days.len(), vec![days[0], days[6]]), (7, ends));
    }
}
