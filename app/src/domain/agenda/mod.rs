//! What needs somebody today: the dashboard (Cruscotto), what is brought to mind (avvisi), and the calendar of sessions (Agenda): what it shows,
//! its grid, its feed.

pub mod calendar;
mod digest;
pub mod feed;
pub mod grid;
mod lacking;
mod lanes;
mod notice;
mod plots;

pub use calendar::{
    ActivityChoice, Calendar, CalendarBusy, CalendarDay, CalendarQuery, CalendarSession, CalendarView, DossierChoice, FeedState, Whose,
};
pub use feed::{FeedEvent, feed_days};

use serde::{Deserialize, Serialize};

pub use lacking::{ActivityProgress, Lack, LackingDossier, LackingPlace, Progress, VOUCHER_NEAR_DAYS, lacking};
pub use plots::{PlannedMinutes, Plots, PlottedStatus, PlottedWeek, WEEKS_AHEAD, WEEKS_BACK, by_status, by_week, plotted_days};

use super::{page::Page, request::RequestRow, rulebook::Refusal, session::SessionRow, time::LocalInstant};

pub use digest::Digest;
pub use notice::{Audience, Matter, NoticeAbout, NoticeKind, NoticeList, NoticeRow};

/// How many rows each list of the dashboard shows; the count tells of the rest.
pub const WORKLIST_ROWS: usize = 8;

/// A short list with its whole count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Worklist<T> {
    /// The first rows.
    pub rows: Vec<T>,
    /// How many there are.
    pub total: u64,
}

impl<T> Default for Worklist<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), total: 0 }
    }
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
    /// Manca qualcosa: dossiers with what each lacks, the most urgent first.
    pub lacking: Worklist<LackingDossier>,
    /// Hours by week and dossiers by state.
    pub plots: Plots,
    /// What is to be known of the provider's standing (R40).
    pub provider_warning: Option<Refusal>,
    /// The Rome wall clock, by the server.
    pub now: LocalInstant,
}

/// Da regolarizzare: a page of all sessions of past days that can still be brought to their end (R23).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LateSessions {
    /// The sessions by date, those whose days end first on top.
    pub page: Page<SessionRow>,
    /// The Rome wall clock, by the server.
    pub now: LocalInstant,
}

/// Manca qualcosa: a page of all dossiers that lack something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LackingDossiers {
    /// The dossiers, the most urgent first.
    pub page: Page<LackingDossier>,
    /// The Rome wall clock, by the server.
    pub now: LocalInstant,
}
