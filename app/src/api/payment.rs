//! Rendicontazione: the list and its sums, page by page.

use leptos::prelude::*;

use super::{ApiResult, json::Json};
use crate::domain::dossier::payment::{PaymentForm, PaymentPage, PaymentRows};

/// The sums over what the form takes, and the first rows.
#[server(endpoint = "payment/open", input = Json, output = Json)]
pub async fn open(form: PaymentForm) -> ApiResult<PaymentPage> {
    use super::context::{reply, signed_in};
    let (backend, actor) = signed_in()?;
    reply(backend.payments.open(&actor, &form).await)
}

/// The rows after those.
#[server(endpoint = "payment/more", input = Json, output = Json)]
pub async fn more(form: PaymentForm, after: Option<String>) -> ApiResult<PaymentRows> {
    use super::context::{reply, signed_in};
    use crate::domain::page::PAGE_SIZE;
    let (backend, actor) = signed_in()?;
    reply(backend.payments.rows(&actor, &form, after.as_deref(), PAGE_SIZE).await)
}
