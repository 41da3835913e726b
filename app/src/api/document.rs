//! Documents of a dossier. Files travel by plain HTTP (`server::http::documents`).

use leptos::prelude::*;

use super::{ApiResult, json::Json};
use crate::domain::{
    command::Seen,
    document::{DocumentKind, DocumentsPage, DraftPage, Issued, NewDraft, Saved, Verification, WrittenForm},
    ids::{CommandKey, DraftId, OpalId},
};

/// The page "Documenti" of a dossier.
#[server(endpoint = "document/open", input = Json, output = Json)]
pub async fn open(dossier: OpalId) -> ApiResult<DocumentsPage> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.documents.open(&actor, dossier).await)
}

/// The page on which a document is written.
#[server(endpoint = "document/draft", input = Json, output = Json)]
pub async fn draft(id: DraftId) -> ApiResult<DraftPage> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.documents.draft(&actor, id).await)
}

/// Begins a document.
#[server(endpoint = "document/begin", input = Json, output = Json)]
pub async fn begin(new: NewDraft) -> ApiResult<DraftId> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.documents.begin(&actor, new).await)
}

/// Saves what is typed.
#[server(endpoint = "document/save", input = Json, output = Json)]
pub async fn save(id: DraftId, seen: Seen, form: WrittenForm) -> ApiResult<Saved> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.documents.save(&actor, id, seen, form).await)
}

/// Throws a draft away.
#[server(endpoint = "document/discard", input = Json, output = Json)]
pub async fn discard(id: DraftId, seen: Seen) -> ApiResult<()> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.documents.discard(&actor, id, seen).await)
}

/// Issues the register or the attestation.
#[server(endpoint = "document/issue", input = Json, output = Json)]
pub async fn issue(key: CommandKey, dossier: OpalId, kind: DocumentKind) -> ApiResult<Issued> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.documents.issue(&actor, key, dossier, kind).await)
}

/// Issues what was written; delivers the final report.
#[server(endpoint = "document/issue_draft", input = Json, output = Json)]
pub async fn issue_draft(id: DraftId, seen: Seen, form: WrittenForm) -> ApiResult<Issued> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.documents.issue_draft(&actor, id, seen, form).await)
}

/// What anybody is told of the code on a paper.
#[server(endpoint = "document/verify", input = Json, output = Json)]
pub async fn verify(code: String) -> ApiResult<Verification> {
    use super::context::{backend, reply};
    reply(backend()?.documents.verify(&code).await)
}
