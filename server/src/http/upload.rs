//! A form with a file (`multipart/form-data`), received into memory within the limit, and the answer when it is too large.
//!
//! A file over the limit is read to its end and thrown away: a browser that is answered while it still sends shows a broken
//! connection instead of the answer. Beyond [`Limits::uploads`](super::limits::Limits::uploads) it is cut off nevertheless.

use app::domain::document::upload::{MAX_UPLOAD_BYTES, UploadProblem};
use axum::{
    body::Bytes,
    extract::{
        FromRequest, Request,
        multipart::{Field, Multipart, MultipartError},
    },
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::problem::Problem;

/// The longest text of a field, in bytes, and the most fields.
const TEXT_MAX: usize = 64 * 1024;
const FIELDS_MAX: usize = 32;

/// What a form brought. Prints nothing of it: names of files tell of persons.
#[derive(Default)]
pub struct Upload {
    /// The fields in the order of the form.
    pub fields: Vec<(String, String)>,
    /// The file, if one was chosen; what it is, its content says (`files::recognise`).
    pub file: Option<Incoming>,
}

/// A file as it was sent: not empty by promise, nor of the kind its name says.
pub struct Incoming {
    /// Its name at the sender's, without folders.
    pub name: String,
    /// Its bytes, at most [`MAX_UPLOAD_BYTES`].
    pub bytes: Bytes,
}

impl Upload {
    /// The text of a field; empty when it is missing.
    pub fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, text)| text)
    }
}

/// The answer to a file that is not taken: 413 when it is too large, else 422.
impl From<&UploadProblem> for Problem {
    fn from(problem: &UploadProblem) -> Self {
        let status = match problem {
            UploadProblem::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self::new(status).with_detail(problem.sentence())
    }
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let form = Multipart::from_request(request, state).await.map_err(IntoResponse::into_response)?;
        received(form).await.map_err(IntoResponse::into_response)
    }
}

async fn received(mut form: Multipart) -> Result<Upload, Problem> {
    let mut upload = Upload::default();
    let mut refused = None;
    while let Some(field) = form.next_field().await.map_err(|error| broken(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(|path| path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned());
        let most = if file.is_some() { MAX_UPLOAD_BYTES } else { TEXT_MAX as u64 };
        let (bytes, size) = content(field, most).await?;
        match file {
            // What a form sends where no file was chosen.
            Some(file) if file.is_empty() && size == 0 => {}
            Some(_) if size > MAX_UPLOAD_BYTES => refused = Some(Problem::from(&UploadProblem::TooLarge { size })),
            Some(_) if upload.file.is_some() => refused = Some(unreadable("Carica un file alla volta.")),
            Some(file) => upload.file = Some(Incoming { name: file, bytes }),
            None if size > most || upload.fields.len() == FIELDS_MAX => refused = Some(Problem::new(StatusCode::PAYLOAD_TOO_LARGE)),
            None => match String::from_utf8(bytes.into()) {
                Ok(text) => upload.fields.push((name, text)),
                Err(_) => refused = Some(unreadable("Il modulo contiene un testo che non si può leggere.")),
            },
        }
    }
    refused.map_or(Ok(upload), Err)
}

/// The bytes of a field, or none of them when there are more than `most`; and how many there were.
async fn content(mut field: Field<'_>, most: u64) -> Result<(Bytes, u64), Problem> {
    let (mut kept, mut size) = (Vec::new(), 0);
    while let Some(piece) = field.chunk().await.map_err(|error| broken(&error))? {
        size += piece.len() as u64;
        if size <= most {
            kept.extend_from_slice(&piece);
        } else {
            kept = Vec::new();
        }
    }
    Ok((kept.into(), size))
}

/// A form that stopped arriving, or was none.
fn broken(error: &MultipartError) -> Problem {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(StatusCode::PAYLOAD_TOO_LARGE),
        _ => unreadable("L’invio del file si è interrotto: riprova."),
    }
}

fn unreadable(sentence: &'static str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST).with_detail(sentence)
}
