//! The calendar of a coach over HTTP: what comes with the link, and what without.

use axum::http::{
    StatusCode,
    header::{CACHE_CONTROL, CONTENT_TYPE},
};
use icalendar::{Calendar, CalendarComponent, Component as _};
use serde_json::json;

use super::world::World;

#[tokio::test]
async fn the_link_of_a_coach_answers_a_calendar_without_a_name() {
    let world = World::demo().await;
    let coach = world.coach().await;
    let own = coach.call("calendar/open", &json!({ "query": { "view": "settimana", "on": "2026-11-23", "whose": null } })).await.json();
    let id = own["whose"]["coach"].clone();
    let secret = coach.call("calendar/renew_feed", &json!({ "coach": id })).await.json().as_str().expect("a secret").to_owned();

    let answer = world.anonymous().get(&format!("/calendari/{secret}.ics")).await;
    assert_eq!((answer.status, answer.header(CONTENT_TYPE)), (StatusCode::OK, "text/calendar; charset=utf-8"));
    assert_eq!(answer.header(CACHE_CONTROL), "private, no-cache");
    let read: Calendar = answer.body.parse().expect("another reader reads it");
    let events: Vec<_> = read.components.iter().filter_map(CalendarComponent::as_event).collect();
    assert!(events.len() >= own["sessions"].as_array().expect("sessions").len() && !events.is_empty());
    for session in own["sessions"].as_array().into_iter().flatten() {
        let uid = format!("{}@affianco", session["id"].as_str().expect("an id"));
        assert!(events.iter().any(|event| event.get_uid() == Some(uid.as_str())), "{uid}");
        let last = session["person"]["last"].as_str().expect("a name");
        assert!(!answer.body.contains(last), "{last} in the calendar");
    }
}

#[tokio::test]
async fn any_other_link_leads_nowhere() {
    let world = World::demo().await;
    for path in
        ["/calendari/x.ics", "/calendari/.ics", &format!("/calendari/{}.ics", "0".repeat(64)), &format!("/calendari/{}", "0".repeat(64))]
    {
        world.anonymous().get(path).await.is_problem(StatusCode::NOT_FOUND);
    }
}
