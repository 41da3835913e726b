//! What needs somebody today: the dashboard (Cruscotto); and the calendar of sessions (Agenda): what it shows, its grid, its feed.

pub mod calendar;
pub mod feed;
pub mod grid;
mod lanes;

pub use calendar::{
    ActivityChoice, Calendar, CalendarBusy, CalendarDay, CalendarQuery, CalendarSession, CalendarView, DossierChoice, FeedState, Whose,
};
pub use feed::{FeedEvent, feed_days};

use serde::{Deserialize, Serialize};

use super::{
    activity::HoursBalance, ids::OpalId, person::PersonName, request::RequestRow, rulebook::ActivityCode, session::SessionRow,
    time::LocalInstant,
};

/// How many rows each list of the dashboard shows; the count tells of the rest.
pub const WORKLIST_ROWS: usize = 8;

/// A short list with its whole count.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Worklist<T> {
    /// The first rows.
    pub rows: Vec<T>,
    /// How many there are.
    pub total: u64,
}

/// An activity that is about to use up its hours.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NearlyFull {
    /// The dossier.
    pub dossier: OpalId,
    /// Its OPAL code.
    pub opal_code: String,
    /// The person.
    pub person: PersonName,
    /// The activity.
    pub activity: ActivityCode,
    /// Its name.
    pub activity_name: String,
    /// Its hours.
    pub hours: HoursBalance,
}

/// The dashboard of an actor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dashboard {
    /// Da decidere: requests by days left; empty for a coach.
    pub to_decide: Worklist<RequestRow>,
    /// Da fare oggi: sessions of today to start or conclude.
    pub today: Worklist<SessionRow>,
    /// Da regolarizzare: sessions of past days still open, before D+7 (R23).
    pub to_regularise: Worklist<SessionRow>,
    /// Sessions whose seven days are over and that can only be closed negatively.
    pub overdue: Worklist<SessionRow>,
    /// Activities with at least nine tenths of their hours in use.
    pub nearly_full: Worklist<NearlyFull>,
    /// The Rome wall clock, by the server.
    pub now: LocalInstant,
}

/// An activity is near its hours from so many tenths of them in use on, while it is not closed.
pub const NEARLY_FULL_TENTHS: i64 = 9;
