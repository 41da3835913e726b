//! Files that a person chooses, and forms that carry one. On the server every call does nothing.

use leptos::{html, prelude::*};
use serde::de::DeserializeOwned;

use crate::api::{ApiError, ApiResult};

/// The name and the bytes of the chosen file; `None` while none is chosen.
pub fn chosen(control: NodeRef<html::Input>) -> Option<(String, u64)> {
    let file = control.get_untracked()?.files()?.get(0)?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of bytes, which the browser keeps as a number")]
    Some((file.name(), file.size() as u64))
}

/// No file is chosen any more.
pub fn clear(control: NodeRef<html::Input>) {
    if let Some(control) = control.get_untracked() {
        control.set_value("");
    }
}

/// Sends a form as it stands, with its file and some fields more, and reads the answer as that of a server function.
///
/// # Errors
/// The server's; [`ApiError::Unavailable`] when it can't be reached or its answer can't be read.
#[cfg(target_arch = "wasm32")]
pub async fn send<T: DeserializeOwned>(to: String, form: NodeRef<html::Form>, more: Vec<(&'static str, String)>) -> ApiResult<T> {
    let unavailable = || ApiError::Unavailable;
    let form = form.get_untracked().ok_or_else(unavailable)?;
    let data = web_sys::FormData::new_with_form(&form).map_err(|_| unavailable())?;
    for (name, value) in &more {
        data.set_with_str(name, value).map_err(|_| unavailable())?;
    }
    let request = gloo_net::http::Request::post(&to).body(data).map_err(|_| unavailable())?;
    let answer = request.send().await.map_err(|_| unavailable())?;
    let text = answer.text().await.map_err(|_| unavailable())?;
    if answer.ok() {
        return serde_json::from_str(&text).map_err(|_| unavailable());
    }
    // What stands in the way of a form (its size, a broken connection) answers in words of its own.
    let problem = || serde_json::from_str::<Problem>(&text).map(|problem| ApiError::Refused(vec![problem.refusal()]));
    Err(serde_json::from_str::<ApiError>(&text).or_else(|_| problem()).unwrap_or(ApiError::Unavailable))
}

/// Nothing is sent from the server.
///
/// # Errors
/// Always.
#[cfg(not(target_arch = "wasm32"))]
#[expect(clippy::unused_async, reason = "the browser's twin waits")]
pub async fn send<T: DeserializeOwned>(_: String, _: NodeRef<html::Form>, _: Vec<(&'static str, String)>) -> ApiResult<T> {
    Err(ApiError::Unavailable)
}

/// The part of a problem (RFC 9457) that a person reads.
#[cfg(target_arch = "wasm32")]
#[derive(serde::Deserialize)]
struct Problem {
    detail: String,
}

#[cfg(target_arch = "wasm32")]
impl Problem {
    fn refusal(self) -> crate::domain::rulebook::Refusal {
        crate::domain::rulebook::Refusal::new(crate::domain::rulebook::Rule::R33, self.detail)
    }
}
