//! Signing in and out.

use leptos::prelude::*;

use super::ApiResult;

/// Accedi. The cookie is set on the answer; the page then loads anew.
#[server(endpoint = "account/sign_in", input = server_fn::codec::Json)]
pub async fn sign_in(login: String, password: String) -> ApiResult<()> {
    use super::context::{backend, keep_secret, reply, secret};
    let accounts = backend()?.accounts;
    let signed_in = reply(accounts.sign_in(&login, &password).await)?;
    // A sign-in never continues an older one.
    if let Some(old) = secret() {
        reply(accounts.sign_out(&old).await)?;
    }
    keep_secret(Some(&signed_in.secret));
    Ok(())
}

/// Esci.
#[server(endpoint = "account/sign_out", input = server_fn::codec::Json)]
pub async fn sign_out() -> ApiResult<()> {
    use super::context::{backend, keep_secret, reply, secret};
    if let Some(secret) = secret() {
        reply(backend()?.accounts.sign_out(&secret).await)?;
    }
    keep_secret(None);
    Ok(())
}
