//! The only place where a server function obtains its actor and its ports, and where a port's error becomes an answer.

use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use super::{ApiError, ApiResult};
use crate::{
    domain::provider::Actor,
    ports::{Backend, PortError, PortResult},
};

/// What the HTTP layer knows of the request under way.
#[derive(Clone)]
pub struct RequestContext {
    /// Who is signed in.
    pub actor: Option<Actor>,
    /// The secret of the sign-in's cookie.
    pub secret: Option<String>,
    /// Finds the request in the log.
    pub request_id: String,
    /// Whether cookies go over HTTPS only.
    pub secure: bool,
}

fn request() -> ApiResult<RequestContext> {
    use_context().ok_or(ApiError::Unavailable)
}

/// The ports, for the few functions that need no actor.
pub(super) fn backend() -> ApiResult<Backend> {
    use_context().ok_or_else(|| fail(ApiError::Unavailable))
}

/// The ports and who is asking.
pub(super) fn signed_in() -> ApiResult<(Backend, Actor)> {
    let actor = request()?.actor.ok_or_else(|| fail(ApiError::SignInNeeded))?;
    Ok((backend()?, actor))
}

/// The actor of the page being rendered, when there is one.
pub fn current_actor() -> Option<Actor> {
    request().ok()?.actor
}

/// The secret of the sign-in under way.
pub(super) fn secret() -> Option<String> {
    request().ok()?.secret
}

/// Sets or, with `None`, takes back the cookie of the sign-in.
pub(super) fn keep_secret(secret: Option<&str>) {
    let (Some(response), Ok(request)) = (use_context::<ResponseOptions>(), request()) else { return };
    let (name, secure) = if request.secure { ("__Host-affianco", "; Secure") } else { ("affianco", "") };
    let (value, age) = secret.map_or(("", "; Max-Age=0"), |secret| (secret, ""));
    if let Ok(header) = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}").parse() {
        response.append_header(http::header::SET_COOKIE, header);
    }
}

/// Puts a port's answer on the wire: the status, the safe words, and one line in the log for a defect.
pub(super) fn reply<T>(result: PortResult<T>) -> ApiResult<T> {
    result.map_err(|error| fail(told(error, || request().map(|request| request.request_id).unwrap_or_default())))
}

/// What is told of an error: the safe words, and one line in the log for a defect.
pub fn told(error: PortError, reference: impl FnOnce() -> String) -> ApiError {
    match error {
        PortError::Invalid(problems) => ApiError::Invalid(problems),
        PortError::Refused(refusals) => ApiError::Refused(refusals),
        PortError::Unconfirmed(refusals) => ApiError::Unconfirmed(refusals),
        PortError::NotFound => ApiError::NotFound,
        PortError::Forbidden => ApiError::Forbidden,
        PortError::Conflict(changes) => ApiError::Conflict(changes),
        PortError::SignInFailed(sentence) => ApiError::SignInFailed(sentence),
        PortError::Unavailable(source) => {
            tracing::warn!(error = %chain(source.as_ref()), "the store does not answer");
            ApiError::Unavailable
        }
        PortError::Internal(source) => {
            let reference = reference();
            tracing::error!(error = %chain(source.as_ref()), %reference, "a use case failed");
            ApiError::Internal { reference }
        }
    }
}

/// Sets the status of the answer; 0.8 of the framework would send 500 for every error.
fn fail(error: ApiError) -> ApiError {
    if let (Some(response), Ok(status)) = (use_context::<ResponseOptions>(), http::StatusCode::from_u16(error.status())) {
        response.set_status(status);
    }
    error
}

/// An error with its causes, in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
