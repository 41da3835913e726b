//! Sessions of an activity.

use chrono::NaiveDate;
use leptos::prelude::*;
use server_fn::codec::Json;

use super::ApiResult;
use crate::domain::{
    command::Seen,
    ids::{CoachId, OpalId, SessionId},
    session::{NewSession, SessionStep, Surroundings},
};

/// The facts that the rules look at, for the week of a day and a coach.
#[server(name = LoadSurroundings, endpoint = "session/surroundings", input = Json)]
pub async fn surroundings(dossier: OpalId, coach: Option<CoachId>, on: Option<NaiveDate>) -> ApiResult<Surroundings> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.sessions.surroundings(&actor, dossier, coach, on).await)
}

/// Invia.
#[server(endpoint = "session/enter", input = Json)]
pub async fn enter(new: NewSession) -> ApiResult<SessionId> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.sessions.enter(&actor, new).await)
}

/// Modifica, Programma, Avvia, Concludi erogazione, Annulla, Chiudi negativamente.
#[server(endpoint = "session/step", input = Json)]
pub async fn step(id: SessionId, seen: Seen, step: SessionStep, confirmed: bool) -> ApiResult<()> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.sessions.step(&actor, id, seen, step, confirmed).await)
}
