//! The calendar of a coach as other programs read it by a secret link: whom it is about is only two letters.

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::domain::{
    command::Version,
    ids::SessionId,
    person::PersonName,
    session::SessionState,
    text::initials,
    time::{Span, plus_days},
};

/// Days before today that the feed still tells of.
const BACK: u64 = 30;
/// Days after today that it tells of.
const AHEAD: u32 = 90;

/// The first and the last day that the feed tells of.
pub fn feed_days(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    (today.checked_sub_days(Days::new(BACK)).unwrap_or(today), plus_days(today, AHEAD))
}

/// One session in the feed. It is made without the person's name, so that none can get out by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedEvent {
    /// The session: its event stays the same when it moves.
    pub id: SessionId,
    /// Counts its changes.
    pub version: Version,
    /// When, on the Rome wall clock.
    pub span: Span,
    /// `A. R. · Piano di coaching`.
    pub summary: String,
    /// The town.
    pub place: String,
    /// Where it stands.
    pub state: SessionState,
}

impl FeedEvent {
    /// The event of a session. Its note is free text and stays out.
    pub fn new(
        id: SessionId,
        version: Version,
        span: Span,
        person: &PersonName,
        activity_name: &str,
        town: &str,
        state: SessionState,
    ) -> Self {
        let summary = format!("{} · {activity_name}", initials(&person.first, &person.last));
        Self { id, version, span, summary, place: town.to_owned(), state }
    }
}

/// What a feed tells, and when it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// The sessions by day and time.
    pub events: Vec<FeedEvent>,
    /// The instant of the reading.
    pub at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_feed_reaches_a_month_back_and_three_ahead() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(feed_days(day("2026-11-23")), (day("2026-10-24"), day("2027-02-21")));
    }

    #[test]
    fn an_event_names_nobody() {
        let span = Span::new("2026-11-24".parse().unwrap(), "09:00:00".parse().unwrap(), "10:00:00".parse().unwrap()).unwrap();
        let person = PersonName { first: "Anna".to_owned(), last: "Rossi".to_owned() };
        let event = FeedEvent::new(SessionId(Uuid::nil()), 1, span, &person, "Piano di coaching", "Padova", SessionState::Entered);
        assert_eq!(event.summary, "A. R. · Piano di coaching");
        assert!(!format!("{event:?}").contains("Rossi") && !format!("{event:?}").contains("Anna"));
    }
}
