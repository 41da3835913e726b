//! Files that a person chooses, and forms that carry one. On the server every call does nothing.

use leptos::{html, prelude::*};
use serde::de::DeserializeOwned;

#[cfg(target_arch = "wasm32")]
use crate::domain::rulebook::Refusal;
use crate::{
    api::{ApiError, ApiResult},
    domain::rulebook::Rule,
};

/// The name and the bytes of the chosen file; `None` while none is chosen.
pub fn chosen(control: NodeRef<html::Input>) -> Option<(String, u64)> {
    let file = control.get_untracked()?.files()?.get(0)?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of bytes, which the browser keeps as a number")]
    Some((file.name(), file.size() as u64))
}

/// No file is chosen any more.
pub fn clear(control: NodeRef<html::Input>) {
    // The page may be gone by then.
    if let Some(control) = control.try_get_untracked().flatten() {
        control.set_value("");
    }
}

/// The values of the ticked boxes of that name in a form.
pub fn ticked(form: NodeRef<html::Form>, name: &str) -> Vec<String> {
    let data = form.get_untracked().and_then(|form| web_sys::FormData::new_with_form(&form).ok());
    data.map(|data| data.get_all(name).iter().filter_map(|value| value.as_string()).collect()).unwrap_or_default()
}

/// Takes every tick, choice and file of a form back.
pub fn reset(form: NodeRef<html::Form>) {
    if let Some(form) = form.try_get_untracked().flatten() {
        form.reset();
    }
}

/// Sends a form as it stands, with its file and some fields more, and reads the answer as that of a server function. What the form itself is refused
/// for, as its size, is told as that rule's.
///
/// # Errors
/// The server's; [`ApiError::Unavailable`] when it can't be reached or its answer can't be read.
#[cfg(target_arch = "wasm32")]
pub async fn send<T: DeserializeOwned>(
    to: String,
    form: NodeRef<html::Form>,
    more: Vec<(&'static str, String)>,
    rule: Rule,
) -> ApiResult<T> {
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
    // What stands in the way of a form answers in words of its own. It was carried out, perhaps, when the server gave up: that is no refusal.
    let problem = || serde_json::from_str::<Problem>(&text).ok().filter(|_| answer.status() < 500);
    let refused = || problem().map(|Problem { detail }| ApiError::Refused(vec![Refusal::new(rule, detail)]));
    Err(serde_json::from_str::<ApiError>(&text).ok().or_else(refused).unwrap_or(ApiError::Unavailable))
}

/// Nothing is sent from the server.
///
/// # Errors
/// Always.
#[cfg(not(target_arch = "wasm32"))]
#[expect(clippy::unused_async, reason = "the browser's twin waits")]
pub async fn send<T: DeserializeOwned>(_: String, _: NodeRef<html::Form>, _: Vec<(&'static str, String)>, _: Rule) -> ApiResult<T> {
    Err(ApiError::Unavailable)
}

/// The part of a problem (RFC 9457) that a person reads.
#[cfg(target_arch = "wasm32")]
#[derive(serde::Deserialize)]
struct Problem {
    detail: String,
}
