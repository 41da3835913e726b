//! The programs of the back office: who is signed in, and which view stands at which address.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    MatchNestedRoutes, SsrMode,
    components::{ParentRoute, Route, RouteChildren, Router, Routes},
    hooks::use_location,
    path,
};

use super::{
    Area,
    browser::{self, Alive},
    components::{NotFound, Notices, Skeleton},
    layout::{Frame, Unread},
    pages::{
        activity::ActivityPage,
        agenda::AgendaPage,
        dashboard::{DashboardPage, LackingPage},
        document::{DocumentsPage, DraftPage, VerifyPage},
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
    paths,
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

/// The program of an area, with the pages that are its own. Pages are rendered whole before they are sent, so that their status is right.
#[component]
fn Program<Pages>(area: Area, children: RouteChildren<Pages>) -> impl IntoView
where
    Pages: MatchNestedRoutes + Clone + Send + 'static,
{
    provide_meta_context();
    provide_context(SignedIn(SharedValue::new(actor_of_request).into_inner()));
    provide_context(area);
    Alive::provide();
    Notices::provide();
    Unread::provide();
    Effect::new(move |_| browser::leave_links(move |path| Area::of(path) != area));
    view! {
        <Title text="Affianco" formatter=|title: String| if title == "Affianco" { title } else { format!("{title} · Affianco") }/>
        <Router>
            <Routes fallback=|| () children/>
        </Router>
    }
}

/// The program of [`Area::Entrance`].
#[component]
pub fn Entrance() -> impl IntoView {
    view! {
        <Program area=Area::Entrance>
            <Route path=path!("/accedi") view=SignInPage ssr=SsrMode::Async/>
            <Route path=path!("/verifica") view=VerifyPage ssr=SsrMode::Async/>
            <Route path=path!("/verifica/:code") view=VerifyPage ssr=SsrMode::Async/>
            <Route path=path!("/*any") view=|| view! { <main class="signin"><Elsewhere/></main> } ssr=SsrMode::Async/>
        </Program>
    }
}

/// The program of [`Area::Office`].
#[component]
pub fn Office() -> impl IntoView {
    view! {
        <Program area=Area::Office>
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
                <Route path=path!("/dossier/:id/documenti") view=DocumentsPage ssr=SsrMode::Async/>
                <Route path=path!("/dossier/:id/documenti/bozze/:draft") view=DraftPage ssr=SsrMode::Async/>
                <Route path=path!("/dossier/:id/attivita/:code") view=ActivityPage ssr=SsrMode::Async/>
                <Route path=path!("/dossier/:id/attivita/:code/erogazioni/nuova") view=NewSessionPage ssr=SsrMode::Async/>
                <Route path=path!("/dossier/:id/attivita/:code/erogazioni/serie") view=NewSeriesPage ssr=SsrMode::Async/>
                <Route path=path!("/dossier/:id/attivita/:code/erogazioni/:session") view=EditSessionPage ssr=SsrMode::Async/>
                <Route path=path!("/avvisi") view=NoticesPage ssr=SsrMode::Async/>
                <Route path=path!("/*any") view=Elsewhere ssr=SsrMode::Async/>
            </ParentRoute>
        </Program>
    }
}

/// The program of [`Area::Administration`].
#[component]
pub fn Administration() -> impl IntoView {
    view! {
        <Program area=Area::Administration>
            <ParentRoute path=path!("") view=Frame ssr=SsrMode::Async>
                <Route path=path!("/rifiuti") view=RefusalsPage ssr=SsrMode::Async/>
                <Route path=path!("/regole") view=RulebookPage ssr=SsrMode::Async/>
                <Route path=path!("/regole/nuova") view=NewVersionPage ssr=SsrMode::Async/>
                <Route path=path!("/amministrazione/enti") view=ProvidersPage ssr=SsrMode::Async/>
                <Route path=path!("/amministrazione/enti/:id") view=ProviderPage ssr=SsrMode::Async/>
                <Route path=path!("/*any") view=Elsewhere ssr=SsrMode::Async/>
            </ParentRoute>
        </Program>
    }
}

/// An address that is none of this program's. Another area's is loaded from the server: a link there never comes by here, a step of the program does.
#[component]
fn Elsewhere() -> impl IntoView {
    let (own, location) = (use_context::<Area>(), use_location());
    let path = location.pathname;
    let is_foreign = Memo::new(move |_| own.is_some_and(|own| path.with(|path| Area::of(path)) != own));
    Effect::new(move |_| {
        if is_foreign.get() {
            browser::go_on_to(paths::whole(&location) + &location.hash.get_untracked());
        }
    });
    move || if is_foreign.get() { view! { <Skeleton/> }.into_any() } else { view! { <NotFound/> }.into_any() }
}
