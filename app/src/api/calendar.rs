//! Agenda: the calendar of sessions.

use leptos::prelude::*;

use super::{ApiResult, json::Json};
use crate::domain::{
    agenda::{ActivityChoice, Calendar, CalendarQuery, DossierChoice},
    ids::{CoachId, OpalId},
};

/// A day or a week of a coach, of a person or of the site.
#[server(name = OpenCalendar, endpoint = "calendar/open", input = Json, output = Json)]
pub async fn open(query: CalendarQuery) -> ApiResult<Calendar> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.calendars.open(&actor, query).await)
}

/// The dossiers in progress, to choose from.
#[server(endpoint = "calendar/dossiers", input = Json, output = Json)]
pub async fn dossiers() -> ApiResult<Vec<DossierChoice>> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.calendars.dossiers(&actor).await)
}

/// The activities of a dossier that take sessions.
#[server(endpoint = "calendar/activities", input = Json, output = Json)]
pub async fn activities(dossier: OpalId) -> ApiResult<Vec<ActivityChoice>> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.calendars.activities(&actor, dossier).await)
}

/// A new link to a coach's calendar: the answer is its secret.
#[server(endpoint = "calendar/renew_feed", input = Json, output = Json)]
pub async fn renew_feed(coach: CoachId) -> ApiResult<String> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.calendars.renew_feed(&actor, coach).await)
}

/// Takes the link back.
#[server(endpoint = "calendar/withdraw_feed", input = Json, output = Json)]
pub async fn withdraw_feed(coach: CoachId) -> ApiResult<()> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.calendars.withdraw_feed(&actor, coach).await)
}
