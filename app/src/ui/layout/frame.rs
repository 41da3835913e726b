//! The frame: skip links, the bar with the provider and the user's menu, the side menu, the page.

use leptos::{html, prelude::*};
use leptos_router::{components::Outlet, hooks::use_location};

use super::{bell::Bell, menu::Menu};
use crate::{
    api,
    domain::provider::Actor,
    ui::{
        browser,
        components::{ActionButton, Icon, Notices, Toasts},
        forms::Command,
        paths, signed_in,
    },
};

/// The frame of somebody signed in; anybody else is sent to sign in and comes back.
#[component]
pub fn Frame() -> impl IntoView {
    match signed_in() {
        Some(actor) => view! { <Framed actor/> }.into_any(),
        None => view! { <ToSignIn/> }.into_any(),
    }
}

#[component]
fn ToSignIn() -> impl IntoView {
    let sign_in = paths::sign_in_and_return(&paths::whole(&use_location()));
    redirect(&sign_in);
    view! { <main class="signin"><p><a href=sign_in rel="external">"Accedi"</a></p></main> }
}

#[cfg(feature = "ssr")]
fn redirect(to: &str) {
    // The routes are listed once at start, without a request.
    if use_context::<leptos_axum::ResponseOptions>().is_some() && use_context::<http::request::Parts>().is_some() {
        leptos_axum::redirect(to);
    }
}

#[cfg(not(feature = "ssr"))]
fn redirect(to: &str) {
    browser::go_to(to);
}

#[component]
fn Framed(actor: Actor) -> impl IntoView {
    let drawer = NodeRef::<html::Dialog>::new();
    let location = use_location();
    // Another page: the reader starts at its top, and the small screen's menu is out of the way.
    Effect::new(move |before: Option<String>| {
        let now = location.pathname.get();
        if before.is_some_and(|before| before != now) {
            browser::close_dialog(drawer);
            if location.hash.get_untracked().is_empty() {
                browser::focus_content();
            }
        }
        now
    });
    let places = actor.site_names.join(", ");
    view! {
        <div class="frame">
            <nav class="skip" aria-label="Collegamenti rapidi">
                // External: the browser moves the focus with the jump, the router would only scroll.
                <a href=format!("#{}", browser::CONTENT) rel="external">"Vai al contenuto"</a>
                <a href="#menu" rel="external">"Vai al menu"</a>
            </nav>
            <header class="frame__bar">
                <button class="icon-button frame__burger" type="button" aria-label="Apri il menu" aria-haspopup="dialog" on:click=move |_| browser::open_dialog(drawer)>
                    <Icon name="it-burger"/>
                </button>
                <a class="brand" href=paths::home()>
                    <svg class="brand__mark" aria-hidden="true"><use href="/pkg/icons.svg#af-brand"></use></svg>
                    <span class="brand__name">"Affianco"</span>
                </a>
                <p class="frame__where">{actor.provider_name.clone().map(|name| view! { <strong>{name}</strong>" " })}<span>{places.clone()}</span></p>
                <Bell/>
                <UserMenu actor=actor.clone()/>
            </header>
            <div class="frame__side"><Menu id="menu" actor=actor.clone()/></div>
            <main class="frame__main" id=browser::CONTENT tabindex="-1"><Outlet/></main>
        </div>
        <dialog class="menu" aria-label="Menu" node_ref=drawer>
            <button type="button" class="icon-button menu__close" aria-label="Chiudi il menu" on:click=move |_| browser::close_dialog(drawer)>
                <Icon name="it-close"/>
            </button>
            <Menu actor/>
        </dialog>
        <Toasts/>
    }
}

#[component]
fn UserMenu(actor: Actor) -> impl IntoView {
    let command = Command::new();
    let leave = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        command.run(|_| api::account::sign_out(), |()| browser::go_to(&paths::sign_in()));
    };
    Effect::new(move |_| {
        if let Some(error) = command.error().get() {
            Notices::get().say(error.sentence());
        }
    });
    let about = [Some(actor.role.label().to_owned()), Some(actor.site_names.join(", ")).filter(|sites| !sites.is_empty())];
    view! {
        <details class="user-menu">
            <summary><Icon name="it-user"/><span class="user-menu__name">{actor.name.clone()}</span></summary>
            <div class="user-menu__panel">
                <p>{about.into_iter().flatten().collect::<Vec<_>>().join(" · ")}</p>
                <form method="post" on:submit=leave>
                    <ActionButton class="btn btn-outline-primary btn-sm" submit=true pending=command.pending()>"Esci"</ActionButton>
                </form>
            </div>
        </details>
    }
}
