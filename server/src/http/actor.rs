//! Who is asking: the sign-in's cookie, the actor it stands for, and the doors that open only with one.

use app::{
    domain::provider::Actor,
    ui::{Area, paths},
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, Uri, header::COOKIE},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};

use super::{problem::Problem, router::Site, security::Transport};
use crate::{services::within_request, telemetry::RequestId};

/// Who sent the request, in its extensions; the default is a stranger.
#[derive(Clone, Default)]
pub struct Visitor {
    /// Who is signed in.
    pub actor: Option<Actor>,
    /// The secret of the cookie, also when it is no longer valid.
    pub secret: Option<String>,
}

/// Middleware: finds out who is asking, and leads pages without an actor to the sign-in and back.
pub async fn identify(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let secret = secret(request.headers(), site.transport).map(str::to_owned);
    let actor = match &secret {
        Some(secret) => site.backend.accounts.actor(secret).await,
        None => Ok(None),
    };
    let actor = match actor {
        Ok(actor) => actor,
        Err(error) => {
            tracing::error!(%error, "the sign-in could not be looked up");
            return Problem::new(StatusCode::SERVICE_UNAVAILABLE).into_response();
        }
    };
    if let Some(elsewhere) = elsewhere(request.method(), request.uri(), actor.is_some()) {
        return Redirect::to(&elsewhere).into_response();
    }
    let id = request.extensions().get::<RequestId>().map(|id| id.0.to_string()).unwrap_or_default();
    request.extensions_mut().insert(Visitor { actor, secret });
    within_request(id, next.run(request)).await
}

/// Where a page leads instead. Server functions say themselves that they need a sign-in.
fn elsewhere(method: &Method, uri: &Uri, signed_in: bool) -> Option<String> {
    if !method.is_safe() || uri.path().starts_with("/api/") {
        return None;
    }
    if signed_in {
        return (uri.path() == paths::sign_in()).then(paths::home);
    }
    // Queries of our pages are neutral by design (R4), so the way back may carry them.
    let back = || paths::sign_in_and_return(uri.path_and_query().map_or("/", |address| address.as_str()));
    (Area::of(uri.path()) != Area::Entrance).then(back)
}

/// The secret in the cookie of the sign-in. `__Host-` cookies can't be set by a neighbouring host or over clear text.
fn secret(headers: &HeaderMap, transport: Transport) -> Option<&str> {
    let name = match transport {
        Transport::Tls => "__Host-affianco",
        Transport::Clear => "affianco",
    };
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name && !value.is_empty()).then_some(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(cookies: &[&'static str], transport: Transport) -> Option<String> {
        let headers = cookies.iter().map(|cookie| (COOKIE, axum::http::HeaderValue::from_static(cookie))).collect();
        secret(&headers, transport).map(str::to_owned)
    }

    #[test]
    fn the_cookie_is_found_among_others_and_in_any_header() {
        for cookies in
            [&["affianco=abc"][..], &["theme=dark; affianco=abc; x=1"], &["theme=dark", "affianco=abc"], &["affianco=; affianco=abc"]]
        {
            assert_eq!(found(cookies, Transport::Clear).as_deref(), Some("abc"), "{cookies:?}");
        }
    }

    #[test]
    fn another_name_is_another_cookie() {
        for cookie in ["xaffianco=abc", "affianco2=abc", "Affianco=abc", "affianco", "affianco=", ""] {
            assert_eq!(found(&[cookie], Transport::Clear), None, "{cookie}");
        }
        assert_eq!(found(&["affianco=abc"], Transport::Tls), None, "over TLS only the prefixed cookie counts");
        assert_eq!(found(&["__Host-affianco=abc"], Transport::Tls).as_deref(), Some("abc"));
    }

    fn led(path: &'static str, signed_in: bool) -> Option<String> {
        elsewhere(&Method::GET, &Uri::from_static(path), signed_in)
    }

    #[test]
    fn a_page_without_an_actor_leads_to_the_sign_in_and_back() {
        assert_eq!(led("/", false).as_deref(), Some("/accedi"));
        let back = led("/richieste?states=pending&within=3", false);
        assert_eq!(
            back.as_deref(),
            Some("/accedi?ritorno=%2Frichieste%3Fstates%3Dpending%26within%3D3"),
            "one parameter holds the whole address"
        );
    }

    #[test]
    fn the_sign_in_is_open_to_strangers_and_pointless_for_who_is_signed_in() {
        assert_eq!(led("/accedi?ritorno=%2Frichieste", false), None);
        assert_eq!(led("/accedi", true).as_deref(), Some("/"));
    }

    #[test]
    fn whoever_holds_a_paper_may_verify_its_code() {
        for path in ["/verifica", "/verifica/7K3M9QWZ4T0XBC2D"] {
            assert_eq!((led(path, false), led(path, true)), (None, None));
        }
        assert!(led("/verificata", false).is_some());
    }

    #[test]
    fn who_is_signed_in_and_server_functions_are_let_through() {
        assert_eq!(led("/richieste", true), None);
        assert_eq!(elsewhere(&Method::POST, &Uri::from_static("/api/request/list"), false), None);
        assert_eq!(led("/api/request/list", false), None);
    }
}
