//! `GET /calendari/<secret>.ics`: a coach's sessions as iCalendar (RFC 5545), for whoever holds the secret link.

use std::sync::Arc;

use app::{
    domain::{
        agenda::{FeedEvent, feed::Feed},
        session::SessionState,
    },
    ports::{Calendars, PortError},
};
use axum::{
    Router,
    extract::{Path, State},
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
    routing::get,
};
use calcard::{
    common::PartialDateTime,
    icalendar::{
        ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarMethod, ICalendarParameter, ICalendarProperty, ICalendarStatus,
        ICalendarValue,
    },
};
use chrono::{Datelike as _, NaiveDate, NaiveTime, Timelike as _};

use super::problem::Problem;

/// Sessions are on the wall clock of Rome, whichever the reader's.
const TIME_ZONE: &str = "Europe/Rome";
/// What the time zone is described for, around now, in seconds: longer than any feed.
const YEAR: i64 = 366 * 24 * 60 * 60;

/// The one address. It needs no sign-in: the secret is one.
pub fn router(calendars: Arc<dyn Calendars>) -> Router {
    Router::new().route("/calendari/{file}", get(feed)).with_state(calendars)
}

async fn feed(State(calendars): State<Arc<dyn Calendars>>, Path(file): Path<String>) -> Response {
    let Some(secret) = file.strip_suffix(".ics") else { return Problem::new(StatusCode::NOT_FOUND).into_response() };
    match calendars.feed(secret).await {
        Ok(feed) => {
            ([(CONTENT_TYPE, "text/calendar; charset=utf-8"), (CACHE_CONTROL, "private, no-cache")], written(&feed)).into_response()
        }
        Err(PortError::NotFound) => Problem::new(StatusCode::NOT_FOUND).into_response(),
        Err(error) => {
            tracing::error!(%error, "a calendar could not be read");
            Problem::new(StatusCode::SERVICE_UNAVAILABLE).into_response()
        }
    }
}

/// The file.
fn written(feed: &Feed) -> String {
    use ICalendarProperty as Property;
    let mut root = ICalendarComponent::new(ICalendarComponentType::VCalendar);
    root.add_property(Property::Version, text("2.0"));
    root.add_property(Property::Prodid, text("-//Affianco//Agenda//IT"));
    root.add_property(Property::Method, ICalendarValue::Method(ICalendarMethod::Publish));
    root.add_property(Property::Other("X-WR-CALNAME".to_owned()), text("Affianco"));
    root.add_property(Property::Other("X-WR-TIMEZONE".to_owned()), text(TIME_ZONE));
    root.component_ids = (1..).take(feed.events.len()).collect();
    let stamp = PartialDateTime::from_utc_timestamp(feed.at.timestamp());
    let events = feed.events.iter().map(|found| event(found, &stamp));
    let mut file = ICalendar { components: std::iter::once(root).chain(events).collect() };
    file.add_timezone(TIME_ZONE, feed.at.timestamp() - YEAR, feed.at.timestamp() + YEAR);
    file.to_string()
}

fn event(event: &FeedEvent, stamp: &PartialDateTime) -> ICalendarComponent {
    use ICalendarProperty as Property;
    let mut written = ICalendarComponent::new(ICalendarComponentType::VEvent);
    let span = event.span;
    let rome = || [ICalendarParameter::tzid(TIME_ZONE.to_owned())];
    written.add_uid(&format!("{}@affianco", event.id));
    written.add_dtstamp(stamp.clone());
    written.add_sequence(event.version);
    written.add_property_with_params(Property::Dtstart, rome(), wall_clock(span.on(), span.from()));
    written.add_property_with_params(Property::Dtend, rome(), wall_clock(span.on(), span.to()));
    written.add_property(Property::Summary, text(&event.summary));
    written.add_property(Property::Location, text(&event.place));
    written.add_property(Property::Status, ICalendarValue::Status(status(event.state)));
    written
}

/// Until it is programmed a session may still move; what was given up stays as such, so that it goes from the reader's calendar.
fn status(state: SessionState) -> ICalendarStatus {
    match state {
        SessionState::Entered => ICalendarStatus::Tentative,
        SessionState::Scheduled | SessionState::Started | SessionState::Delivered => ICalendarStatus::Confirmed,
        SessionState::Cancelled | SessionState::NotDelivered => ICalendarStatus::Cancelled,
    }
}

fn text(value: &str) -> ICalendarValue {
    ICalendarValue::Text(value.to_owned())
}

fn wall_clock(on: NaiveDate, at: NaiveTime) -> PartialDateTime {
    let small = |number: u32| u8::try_from(number).ok();
    PartialDateTime {
        year: u16::try_from(on.year()).ok(),
        month: small(on.month()),
        day: small(on.day()),
        hour: small(at.hour()),
        minute: small(at.minute()),
        second: Some(0),
        ..PartialDateTime::default()
    }
}

#[cfg(test)]
mod tests {
    use app::domain::{ids::SessionId, person::PersonName, time::Span};
    use icalendar::{CalendarComponent, CalendarDateTime, Component, DatePerhapsTime, EventLike as _};
    use uuid::Uuid;

    use super::*;

    fn of(sessions: &[(&str, &str, &str, SessionState)]) -> String {
        let person = PersonName { first: "Ànna".to_owned(), last: "D'Este".to_owned() };
        let long = "Allenamento e affiancamento; con osservazione, ausili e restituzione al tutor aziendale nel reparto produzione";
        let event = |(n, (on, from, to, state)): (u128, &(&str, &str, &str, SessionState))| {
            let time = |text: &str| format!("{text}:00").parse().unwrap();
            let span = Span::new(on.parse().unwrap(), time(from), time(to)).unwrap();
            FeedEvent::new(SessionId(Uuid::from_u128(n)), 3, span, &person, long, "San Donà di Piave", *state)
        };
        let events = (0..).zip(sessions).map(event).collect();
        written(&Feed { events, at: "2026-11-23T09:00:00Z".parse().unwrap() })
    }

    /// Winter, both nights of the clock change, summer.
    fn around_the_year() -> String {
        of(&[
            ("2026-11-24", "09:00", "12:30", SessionState::Scheduled),
            ("2026-10-25", "09:00", "10:00", SessionState::Delivered),
            ("2027-03-28", "09:00", "10:00", SessionState::Entered),
            ("2027-06-01", "09:00", "10:00", SessionState::Cancelled),
        ])
    }

    #[test]
    fn another_reader_finds_each_session_at_its_time_in_rome() {
        let read: icalendar::Calendar = around_the_year().parse().unwrap();
        let when = |date: Option<DatePerhapsTime>| match date {
            Some(DatePerhapsTime::DateTime(CalendarDateTime::WithTimezone { date_time, tzid })) => (date_time.to_string(), tzid),
            other => panic!("{other:?}"),
        };
        let found: Vec<_> = read.components.iter().filter_map(CalendarComponent::as_event).collect();
        assert_eq!(found.len(), 4);
        let event = found[0];
        let rome = |text: &str| (text.to_owned(), "Europe/Rome".to_owned());
        assert_eq!((when(event.get_start()), when(event.get_end())), (rome("2026-11-24 09:00:00"), rome("2026-11-24 12:30:00")));
        assert_eq!(event.get_uid(), Some("00000000-0000-0000-0000-000000000000@affianco"));
        assert_eq!((event.get_sequence(), event.get_location()), (Some(3), Some("San Donà di Piave")));
        assert!(event.get_summary().unwrap().starts_with("À. D. · Allenamento e affiancamento; con osservazione, ausili"));
        assert_eq!(event.get_timestamp().unwrap().to_rfc3339(), "2026-11-23T09:00:00+00:00");
        let states: Vec<_> = found.iter().map(|event| event.property_value("STATUS").unwrap()).collect();
        assert_eq!(states, ["CONFIRMED", "CONFIRMED", "TENTATIVE", "CANCELLED"]);
    }

    #[test]
    fn the_time_zone_has_both_changes_of_the_clock() {
        let file = around_the_year();
        let zone = &file[file.find("BEGIN:VTIMEZONE").unwrap()..file.find("END:VTIMEZONE").unwrap()];
        for line in ["TZID:Europe/Rome", "BEGIN:DAYLIGHT", "BEGIN:STANDARD", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200"] {
            assert!(zone.contains(line), "{line} in {zone}");
        }
        assert!(file.find("END:VTIMEZONE").unwrap() < file.find("BEGIN:VEVENT").unwrap());
        assert!(of(&[]).contains("BEGIN:VTIMEZONE"), "an empty calendar is one, too");
    }

    #[test]
    fn lines_end_as_the_format_wants_and_are_folded_at_75_bytes() {
        let file = around_the_year();
        assert!(file.ends_with("END:VCALENDAR\r\n"));
        let lines: Vec<_> = file.split("\r\n").collect();
        assert!(lines.iter().all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
        assert!(lines.iter().any(|line| line.starts_with(' ')), "something is folded");
    }
}
