//! The files of documents: previews, what was issued or added, the bundle of a dossier; and the forms that bring a file.

mod bundle;

use app::{
    api::{ApiError, context},
    domain::{
        document::{DocumentKind, OutputForm, ScanForm},
        ids::{CommandKey, DocumentId, DraftId, OpalId},
        provider::Actor,
        rulebook::{FieldProblem, Rule},
    },
    ports::{PaperFile, PortError, PortResult, StoredFile},
    ui::paths,
};
use axum::{
    Extension, Json, Router,
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderValue, StatusCode, header::CONTENT_DISPOSITION},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, post},
};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    actor::Visitor,
    download::{Download, FileName},
    problem::Problem,
    router::{Site, nothing_there},
    upload::Upload,
};
use crate::telemetry::RequestId;

/// The addresses of files.
pub fn files() -> Router<Site> {
    Router::new()
        .route(paths::PREVIEW_ROUTE, get(preview))
        .route(paths::DRAFT_PREVIEW_ROUTE, get(preview_draft))
        .route(paths::ISSUED_ROUTE, stored(StoredFile::Issued))
        .route(paths::ORIGINAL_ROUTE, stored(StoredFile::Original))
        .route(paths::SCAN_ROUTE, stored(StoredFile::Scan))
        .route(paths::BUNDLE_ROUTE, get(bundle))
}

/// The addresses that take a file, which may be large.
pub fn uploads() -> Router<Site> {
    Router::new().route(paths::UPLOAD_ROUTE, post(upload)).route(paths::SCAN_UPLOAD_ROUTE, post(upload_scan))
}

/// What every handler is asked with.
struct Asked {
    site: Site,
    actor: Actor,
}

async fn preview(
    State(site): State<Site>,
    Extension(visitor): Extension<Visitor>,
    Path((dossier, kind)): Path<(OpalId, DocumentKind)>,
    request: Request,
) -> Response {
    shown(site, visitor, request, async |Asked { site, actor }| site.backend.documents.preview(&actor, dossier, kind).await).await
}

async fn preview_draft(
    State(site): State<Site>,
    Extension(visitor): Extension<Visitor>,
    Path((_, draft)): Path<(OpalId, DraftId)>,
    request: Request,
) -> Response {
    shown(site, visitor, request, async |Asked { site, actor }| site.backend.documents.preview_draft(&actor, draft).await).await
}

async fn bundle(
    State(site): State<Site>,
    Extension(visitor): Extension<Visitor>,
    Path(dossier): Path<OpalId>,
    request: Request,
) -> Response {
    answered(site, visitor, request, async |Asked { site, actor }| {
        let gathered = site.backend.documents.bundle(&actor, dossier).await?;
        let name = named(&gathered.name);
        Ok(Download::new(name, "application/zip", bundle::body(site.backend, actor, gathered)).into_response())
    })
    .await
}

/// A stored file, by what its id is of. It is only ever handed out to be kept: what was uploaded may be anything.
fn stored<Id>(file: fn(Id) -> StoredFile) -> MethodRouter<Site>
where
    Id: DeserializeOwned + Send + 'static,
{
    get(move |State(site): State<Site>, Extension(visitor): Extension<Visitor>, Path(id): Path<Id>, request: Request| async move {
        answered(site, visitor, request, async |Asked { site, actor }| {
            let PaperFile { name, media_type, bytes } = site.backend.documents.file(&actor, file(id)).await?;
            let length = bytes.len() as u64;
            Ok(Download::new(named(&name), media_type, Body::from(bytes)).of_length(length).into_response())
        })
        .await
    })
}

/// A preview is our own PDF, made this moment: the browser shows it.
async fn shown(site: Site, visitor: Visitor, request: Request, make: impl AsyncFnOnce(Asked) -> PortResult<PaperFile>) -> Response {
    answered(site, visitor, request, async |asked| {
        let PaperFile { name, media_type, bytes } = make(asked).await?;
        let length = bytes.len() as u64;
        let mut response = Download::new(named(&name), media_type, Body::from(bytes)).of_length(length).into_response();
        let inline = HeaderValue::try_from(format!("inline; filename=\"{name}\""));
        response.headers_mut().insert(CONTENT_DISPOSITION, inline.unwrap_or_else(|_| HeaderValue::from_static("inline")));
        Ok(response)
    })
    .await
}

/// The answer for somebody signed in; what cannot be known of is not there.
async fn answered(site: Site, visitor: Visitor, request: Request, make: impl AsyncFnOnce(Asked) -> PortResult<Response>) -> Response {
    let Some(actor) = visitor.actor else { return nothing_there(State(site), request).await };
    let asked = Asked { site: site.clone(), actor };
    match make(asked).await {
        Ok(response) => response,
        Err(PortError::NotFound) => nothing_there(State(site), request).await,
        Err(PortError::Refused(refusals)) => {
            let sentence = refusals.into_iter().next().map(|refusal| refusal.sentence).unwrap_or_default();
            Problem::new(StatusCode::CONFLICT).with_detail(sentence).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a file could not be made");
            Problem::new(StatusCode::SERVICE_UNAVAILABLE).into_response()
        }
    }
}

fn named(name: &str) -> FileName {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "bin"));
    FileName::new(stem, ending)
}

async fn upload(
    State(site): State<Site>,
    Extension(visitor): Extension<Visitor>,
    request_id: Option<Extension<RequestId>>,
    Path(dossier): Path<OpalId>,
    upload: Upload,
) -> Response {
    received(visitor, request_id, async |actor| {
        let (key, file) = brought(&upload, Rule::R33)?;
        let field = |name| upload.field(name).to_owned();
        let form = OutputForm {
            kind: field("kind"),
            activity: field("activity"),
            title: field("title"),
            drafted_on: field("drafted_on"),
            kept_at: field("kept_at"),
        };
        site.backend.documents.upload(&actor, key, dossier, form, file).await
    })
    .await
}

async fn upload_scan(
    State(site): State<Site>,
    Extension(visitor): Extension<Visitor>,
    request_id: Option<Extension<RequestId>>,
    Path(register): Path<DocumentId>,
    upload: Upload,
) -> Response {
    received(visitor, request_id, async |actor| {
        let (key, file) = brought(&upload, Rule::R32)?;
        let unsigned = upload.field("unsigned").split_whitespace().filter_map(|id| id.parse().ok()).collect();
        let form = ScanForm { signer: upload.field("signer").to_owned(), name: upload.field("signer_name").to_owned(), unsigned };
        site.backend.documents.scan(&actor, key, register, form, file).await
    })
    .await
}

/// The key of the command and the file; without a file the other fields are judged all the same.
fn brought(upload: &Upload, rule: Rule) -> PortResult<(CommandKey, Vec<u8>)> {
    let key = upload
        .field("key")
        .parse()
        .map_err(|_| PortError::Invalid(vec![FieldProblem::new("key", rule, "Ricarica la pagina e riprova.")]))?;
    Ok((key, upload.file.as_ref().map(|file| file.bytes.to_vec()).unwrap_or_default()))
}

/// Answers as a server function does: the page that sent it reads both alike.
async fn received<T: Serialize>(
    visitor: Visitor,
    request_id: Option<Extension<RequestId>>,
    take: impl AsyncFnOnce(Actor) -> PortResult<T>,
) -> Response {
    let answer = match visitor.actor {
        None => Err(ApiError::SignInNeeded),
        Some(actor) => {
            take(actor).await.map_err(|error| context::told(error, || request_id.map(|Extension(id)| id.0.to_string()).unwrap_or_default()))
        }
    };
    match answer {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => {
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, Json(error)).into_response()
        }
    }
}
