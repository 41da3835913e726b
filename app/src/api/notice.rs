//! Avvisi: what the account of whoever is signed in is told, and has read.

use leptos::prelude::*;

use super::{ApiResult, json::Json};
use crate::domain::{agenda::NoticeList, ids::NoticeId, time::LocalInstant};

/// A page of the list.
#[server(name = ListNotices, endpoint = "notice/list", input = Json, output = Json)]
pub async fn list(after: Option<String>) -> ApiResult<NoticeList> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.notices.list(&actor, after.as_deref()).await)
}

/// How many are not read.
#[server(endpoint = "notice/unread", input = Json, output = Json)]
pub async fn unread() -> ApiResult<u64> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.notices.unread(&actor).await)
}

/// Segna come letto.
#[server(name = ReadNotice, endpoint = "notice/read", input = Json, output = Json)]
pub async fn read(id: NoticeId) -> ApiResult<()> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.notices.read(&actor, id).await)
}

/// Segna tutti come letti: those raised until then.
#[server(endpoint = "notice/read_all", input = Json, output = Json)]
pub async fn read_all(raised_until: LocalInstant) -> ApiResult<()> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.notices.read_all(&actor, raised_until).await)
}
