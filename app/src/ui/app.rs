//! The program of the back office: who is signed in, and which view stands at which address.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

use super::{
    browser::Alive,
    components::{NotFound, Notices},
    layout::{Frame, Unread},
    pages::{
        activity::ActivityPage,
        agenda::AgendaPage,
        dashboard::{DashboardPage, LackingPage},
        dossier::{DossierPage, PoliciesPage},
        notice::NoticesPage,
        payment::PaymentsPage,
        provider::{ProviderPage, ProvidersPage},
        regularise::RegularisePage,
        request::{LimitsPage, ProfilePage, RefusalsPage, RequestPage, RequestsPage},
        rulebook::{NewVersionPage, RulebookPage},
        session::{EditSessionPage, NewSeriesPage, NewSessionPage},
        sign_in::SignInPage,
    },
};
use crate::domain::provider::Actor;

/// Who is signed in, for the whole life of the page: signing in or out loads a new one.
#[derive(Clone)]
struct SignedIn(Option<Actor>);

/// Who is signed in. Only for what is shown: the server decides what is allowed.
pub fn signed_in() -> Option<Actor> {
    use_context::<SignedIn>().and_then(|signed_in| signed_in.0)
}

#[cfg(feature = "ssr")]
fn actor_of_request() -> Option<Actor> {
    crate::api::context::current_actor()
}

/// The browser takes it from the page's data.
#[cfg(not(feature = "ssr"))]
fn actor_of_request() -> Option<Actor> {
    None
}

/// The program. Pages are rendered whole before they are sent, so that their status is right.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_context(SignedIn(SharedValue::new(actor_of_request).into_inner()));
    Alive::provide();
    Notices::provide();
    Unread::provide();
    view! {
        <Title text="Affianco" formatter=|title: String| if title == "Affianco" { title } else { format!("{title} · Affianco") }/>
        <Router>
            <Routes fallback=|| view! { <main class="signin"><NotFound/></main> }>
                <Route path=path!("/accedi") view=SignInPage ssr=SsrMode::Async/>
                <ParentRoute path=path!("") view=Frame ssr=SsrMode::Async>
                    <Route path=path!("/") view=DashboardPage ssr=SsrMode::Async/>
                    <Route path=path!("/da-regolarizzare") view=RegularisePage ssr=SsrMode::Async/>
                    <Route path=path!("/manca-qualcosa") view=LackingPage ssr=SsrMode::Async/>
                    <Route path=path!("/agenda") view=AgendaPage ssr=SsrMode::Async/>
                    <Route path=path!("/richieste") view=RequestsPage ssr=SsrMode::Async/>
                    <Route path=path!("/richieste/:id") view=RequestPage ssr=SsrMode::Async/>
                    <Route path=path!("/richieste/:id/profilo") view=ProfilePage ssr=SsrMode::Async/>
                    <Route path=path!("/richieste/:id/profilo/limiti") view=LimitsPage ssr=SsrMode::Async/>
                    <Route path=path!("/politiche-attive") view=PoliciesPage ssr=SsrMode::Async/>
                    <Route path=path!("/rendicontazione") view=PaymentsPage ssr=SsrMode::Async/>
                    <Route path=path!("/dossier/:id") view=DossierPage ssr=SsrMode::Async/>
                    <Route path=path!("/dossier/:id/attivita/:code") view=ActivityPage ssr=SsrMode::Async/>
                    <Route path=path!("/dossier/:id/attivita/:code/erogazioni/nuova") view=NewSessionPage ssr=SsrMode::Async/>
                    <Route path=path!("/dossier/:id/attivita/:code/erogazioni/serie") view=NewSeriesPage ssr=SsrMode::Async/>
                    <Route path=path!("/dossier/:id/attivita/:code/erogazioni/:session") view=EditSessionPage ssr=SsrMode::Async/>
                    <Route path=path!("/avvisi") view=NoticesPage ssr=SsrMode::Async/>
                    <Route path=path!("/rifiuti") view=RefusalsPage ssr=SsrMode::Async/>
                    <Route path=path!("/regole") view=RulebookPage ssr=SsrMode::Async/>
                    <Route path=path!("/regole/nuova") view=NewVersionPage ssr=SsrMode::Async/>
                    <Route path=path!("/amministrazione/enti") view=ProvidersPage ssr=SsrMode::Async/>
                    <Route path=path!("/amministrazione/enti/:id") view=ProviderPage ssr=SsrMode::Async/>
                    <Route path=path!("/*any") view=NotFound ssr=SsrMode::Async/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}
