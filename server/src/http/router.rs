//! Every address of the program: health, assets, server functions and pages, each with what it needs around it.

use app::{
    api::{ApiError, context::RequestContext},
    ports::Backend,
    ui::{Area, program, shell},
};
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{FromRef, Request, State},
    http::{
        Method, StatusCode,
        header::{ACCEPT, CONTENT_SECURITY_POLICY},
        request::Parts,
    },
    middleware::{from_fn_with_state, map_response},
    response::{IntoResponse, Response},
};
use leptos::{
    config::LeptosOptions,
    nonce::use_nonce,
    prelude::{provide_context, use_context},
};
use leptos_axum::{AxumRouteListing, LeptosRoutes as _, ResponseOptions, generate_route_list, render_app_async_with_context};
use server_fn::error::SERVER_FN_ERROR_HEADER;

use super::{
    actor::{self, Visitor},
    assets, documents, payments,
    problem::Problem,
    security::{Transport, content_security_policy},
};
use crate::telemetry::RequestId;

/// An error of a server function is a short JSON text; a longer one is not ours.
const ERROR_BYTES: usize = 64 * 1024;

/// The pages' own route for what they don't know; here it is the fallback, which also answers machines.
const ANY: &str = "/{*any}";

/// What pages and server functions need. Cheap to clone.
#[derive(Clone)]
pub struct Site {
    /// The use cases.
    pub backend: Backend,
    /// Whether browsers come by TLS.
    pub transport: Transport,
    options: LeptosOptions,
}

impl FromRef<Site> for LeptosOptions {
    fn from_ref(site: &Site) -> Self {
        site.options.clone()
    }
}

impl Site {
    /// A site over the given use cases.
    pub fn new(backend: Backend, transport: Transport) -> Self {
        // By hand and not from Cargo.toml, which a program installed somewhere doesn't have.
        let options = LeptosOptions::builder().output_name("affianco").site_root("target/site").site_pkg_dir("pkg").build();
        Self { backend, transport, options }
    }

    /// What a page or a server function finds in its context; the page also gets the policy that admits its own inline scripts.
    fn provide(&self) {
        let Some(parts) = use_context::<Parts>() else { return };
        let Visitor { actor, secret } = parts.extensions.get().cloned().unwrap_or_default();
        let request_id = parts.extensions.get::<RequestId>().map(|id| id.0.to_string()).unwrap_or_default();
        provide_context(RequestContext { actor, secret, request_id, secure: self.transport == Transport::Tls });
        provide_context(self.backend.clone());
        if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>())
            && let Ok(policy) = content_security_policy(&nonce)
        {
            response.insert_header(CONTENT_SECURITY_POLICY, policy);
        }
    }

    fn shell(&self) -> impl Fn() -> leptos::prelude::AnyView + Clone + Send + Sync + 'static {
        use leptos::prelude::IntoAny as _;
        let options = self.options.clone();
        move || {
            let area = use_context::<Parts>().map_or(Area::Office, |parts| Area::of(parts.uri.path()));
            shell(options.clone(), assets::version(), area).into_any()
        }
    }

    fn context(&self) -> impl Fn() + Clone + Send + Sync + 'static {
        let site = self.clone();
        move || site.provide()
    }
}

/// The pages of an area, but for the one of addresses that lead nowhere.
fn pages(area: Area) -> Vec<AxumRouteListing> {
    let mut pages = generate_route_list(move || program(area));
    pages.retain(|page| page.path() != ANY);
    pages
}

/// Pages and server functions, with an actor where they need one.
pub fn router(site: Site) -> Router {
    Router::new()
        .leptos_routes_with_context(&site, Area::ALL.into_iter().flat_map(pages).collect(), site.context(), site.shell())
        .merge(payments::router())
        .merge(documents::files())
        .fallback(nothing_there)
        .layer(map_response(status_of_error))
        .layer(from_fn_with_state(site.clone(), actor::identify))
        .with_state(site)
}

/// The forms that bring a file: they have limits of their own.
pub fn uploads(site: Site) -> Router {
    documents::uploads().layer(from_fn_with_state(site.clone(), actor::identify)).with_state(site)
}

/// An address that leads nowhere: a page for people, a problem for machines.
pub(super) async fn nothing_there(State(site): State<Site>, request: Request) -> Response {
    let accepts_page =
        request.headers().get(ACCEPT).and_then(|accept| accept.to_str().ok()).is_some_and(|accept| accept.contains("text/html"));
    if request.method() != Method::GET || !accepts_page {
        return Problem::new(StatusCode::NOT_FOUND).into_response();
    }
    let mut response = render_app_async_with_context(site.context(), site.shell())(request).await;
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

/// The framework answers 500 when it can't read the arguments of a server function; the error itself knows better.
async fn status_of_error(response: Response) -> Response {
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR || !response.headers().contains_key(SERVER_FN_ERROR_HEADER) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, ERROR_BYTES).await else {
        return Problem::new(StatusCode::INTERNAL_SERVER_ERROR).into_response();
    };
    if let Some(status) = serde_json::from_slice::<ApiError>(&body).ok().and_then(|error| StatusCode::from_u16(error.status()).ok()) {
        parts.status = status;
    }
    Response::from_parts(parts, Body::from(body))
}

#[cfg(test)]
mod tests {
    use app::ui::Area;

    use super::pages;

    #[tokio::test]
    async fn every_page_is_in_the_program_that_its_address_asks_for() {
        for area in Area::ALL {
            let pages = pages(area);
            assert!(!pages.is_empty());
            for page in pages {
                assert_eq!(Area::of(page.path()), area, "{}", page.path());
            }
        }
    }
}
