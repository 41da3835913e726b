//! Regole: the rulebook and its next version.

use leptos::prelude::*;

use super::{ApiResult, json::Json};
use crate::domain::rulebook::{NewVersion, Preview, RulebookDraft, RulebookOverview};

/// All versions and who published them.
#[server(endpoint = "rulebook/current", input = Json, output = Json)]
pub async fn current() -> ApiResult<RulebookOverview> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.rulebooks.current(&actor).await)
}

/// Vedi cosa cambia.
#[server(name = PreviewVersion, endpoint = "rulebook/preview", input = Json, output = Json)]
pub async fn preview(draft: RulebookDraft) -> ApiResult<Preview> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.rulebooks.preview(&actor, draft).await)
}

/// Pubblica.
#[server(endpoint = "rulebook/publish", input = Json, output = Json)]
pub async fn publish(new: NewVersion) -> ApiResult<()> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.rulebooks.publish(&actor, new).await)
}
