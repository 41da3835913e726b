//! `GET /rendicontazione.csv` and `.xlsx`: the rows that the page "Rendicontazione" shows under the same query, all of them, as a file.
//!
//! Rows come from the use case in batches and leave as they come (a spreadsheet waits for its last one): memory is the same for ten rows and for a hundred thousand. Each batch is a
//! transaction of its own, so that a slow line holds no connection of the database; a dossier admitted meanwhile would stand before the first
//! row and is left out. Neither address nor name of the file tell anything about a person; the file itself is the office's list, with names.

mod csv;
mod table;
mod xlsx;

use app::{
    domain::{
        dossier::payment::{ExportFormat, PaymentForm, PaymentRow},
        provider::Actor,
    },
    ports::{Backend, PortError, PortResult},
    ui::paths,
};
use axum::{
    Extension, Router,
    extract::{Query, Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};

use super::{
    actor::Visitor,
    download::{Download, FileName},
    problem::Problem,
    router::{Site, nothing_there},
};

/// Rows of one batch.
const BATCH: u32 = 500;

/// The addresses of the files.
pub fn router() -> Router<Site> {
    ExportFormat::ALL.into_iter().fold(Router::new(), |router, format| {
        let answer = move |State(site): State<Site>,
                           Extension(visitor): Extension<Visitor>,
                           Query(form): Query<PaymentForm>,
                           request: Request| async move {
            let Some(actor) = visitor.actor else { return Problem::new(StatusCode::NOT_FOUND).into_response() };
            match file(&site.backend, actor, form, format).await {
                Ok(response) => response,
                Err(PortError::NotFound) => nothing_there(State(site), request).await,
                Err(error) => problem(&error).into_response(),
            }
        };
        router.route(&paths::payments_file(&PaymentForm::default(), format), get(answer))
    })
}

/// The file, once its first rows are there and it is noted who takes it.
async fn file(backend: &Backend, actor: Actor, form: PaymentForm, format: ExportFormat) -> PortResult<Response> {
    let on = backend.payments.export(&actor, &form, format).await?;
    let rows = Rows { backend: backend.clone(), actor, form, next: Next::First };
    let (media_type, body) = match format {
        ExportFormat::Csv => (csv::MEDIA_TYPE, csv::body(rows).await?),
        ExportFormat::Xlsx => (xlsx::MEDIA_TYPE, xlsx::body(rows).await?),
    };
    let name = FileName::new(format_args!("rendicontazione-{on}"), format.as_str());
    Ok(Download::new(name, media_type, body).into_response())
}

fn problem(error: &PortError) -> Problem {
    match error {
        PortError::Invalid(_) => Problem::new(StatusCode::UNPROCESSABLE_ENTITY)
            .with_detail("I filtri non si possono leggere: torna alla pagina Rendicontazione e correggili."),
        PortError::Unavailable(_) => {
            tracing::warn!(%error, "the store does not answer");
            Problem::new(StatusCode::SERVICE_UNAVAILABLE)
        }
        _ => {
            tracing::error!(%error, "an export failed");
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}

/// The rows of an export, batch by batch.
struct Rows {
    backend: Backend,
    actor: Actor,
    form: PaymentForm,
    next: Next,
}

/// Where the next batch starts.
enum Next {
    First,
    After(String),
    Ended,
}

impl Rows {
    /// The next batch; `None` at the end.
    async fn next(&mut self) -> PortResult<Option<Vec<PaymentRow>>> {
        let after = match &self.next {
            Next::First => None,
            Next::After(cursor) => Some(cursor.as_str()),
            Next::Ended => return Ok(None),
        };
        let batch = self.backend.payments.rows(&self.actor, &self.form, after, BATCH).await?;
        self.next = batch.next.map_or(Next::Ended, Next::After);
        Ok(Some(batch.rows))
    }
}
