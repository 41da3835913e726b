//! Sessions of an activity.

use leptos::prelude::*;

use super::{ApiResult, json::Json};
use crate::domain::{
    command::Seen,
    ids::{OpalId, SessionId},
    session::{BulkAct, Chosen, Horizon, ManyScheduled, ManySteps, NewSeries, NewSession, SessionStep, StepOutcome, Surroundings},
};

/// The facts that the rules look at.
#[server(name = LoadSurroundings, endpoint = "session/surroundings", input = Json, output = Json)]
pub async fn surroundings(dossier: OpalId, horizon: Horizon) -> ApiResult<Surroundings> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.sessions.surroundings(&actor, dossier, horizon).await)
}

/// Invia.
#[server(endpoint = "session/enter", input = Json, output = Json)]
pub async fn enter(new: NewSession) -> ApiResult<SessionId> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.sessions.enter(&actor, new).await)
}

/// Serie: enters several sessions, all or none.
#[server(endpoint = "session/enter_series", input = Json, output = Json)]
pub async fn enter_series(series: NewSeries) -> ApiResult<Vec<SessionId>> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.sessions.enter_series(&actor, series).await)
}

/// Programs several *inserite*, all or none.
#[server(endpoint = "session/schedule_many", input = Json, output = Json)]
pub async fn schedule_many(many: ManyScheduled) -> ApiResult<()> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.sessions.schedule_many(&actor, many).await)
}

/// Modifica, Programma, Avvia, Concludi erogazione, Annulla, Chiudi negativamente.
#[server(endpoint = "session/step", input = Json, output = Json)]
pub async fn step(id: SessionId, seen: Seen, step: SessionStep, confirmed: bool) -> ApiResult<()> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.sessions.step(&actor, id, seen, step, confirmed).await)
}

/// What Programma, Avvia or Concludi would do to several sessions.
#[server(endpoint = "session/rehearse", input = Json, output = Json)]
pub async fn rehearse(act: BulkAct, sessions: Vec<Chosen>) -> ApiResult<Vec<StepOutcome>> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.sessions.rehearse(&actor, act, sessions).await)
}

/// Programma, Avvia or Concludi for several sessions: what can be done is.
#[server(endpoint = "session/step_many", input = Json, output = Json)]
pub async fn step_many(many: ManySteps) -> ApiResult<Vec<StepOutcome>> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.sessions.step_many(&actor, many).await)
}
