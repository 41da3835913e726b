//! The page "Accedi", outside the frame: signing in with a local account.

use leptos::{html, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::{
    api,
    ui::{
        browser,
        components::ActionButton,
        forms::{Command, CommandProblem},
        paths,
    },
};

/// The page "Accedi". The fields are the browser's own until they are sent: a password manager may fill them at any time.
#[component]
pub fn SignInPage() -> impl IntoView {
    let command = Command::new();
    let (login, password) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let query = use_query_map();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = |field: NodeRef<html::Input>| field.get_untracked().map(|field| field.value()).unwrap_or_default();
        let next = query.with_untracked(|query| query.get(paths::RETURN)).unwrap_or_default();
        let next = paths::local(&next).map_or_else(paths::home, str::to_owned);
        command.run(|_| api::account::sign_in(typed(login), typed(password)), move |()| browser::go_to(&next));
    };
    // Both belong to the one answer: which of them is wrong is not told.
    let described_by = move || command.error().with(Option::is_some).then_some("accesso-errore");
    let invalid = move || command.error().with(Option::is_some).then_some("true");
    view! {
        <Title text="Accedi"/>
        <main class="signin">
            <div class="signin__card">
                <p class="brand brand--lg">
                    <svg class="brand__mark" aria-hidden="true"><use href="/pkg/icons.svg#af-brand"></use></svg>
                    <span class="brand__name">"Affianco"</span>
                </p>
                <h1>"Accedi"</h1>
                <form class="form-grid form-grid--one" method="post" novalidate on:submit=submit>
                    <div id="accesso-errore"><CommandProblem command/></div>
                    <div class="field">
                        <label for="login">"Nome utente"</label>
                        <input class="form-control" id="login" name="login" type="text" autocomplete="username" autocapitalize="none" spellcheck="false" required
                            aria-invalid=invalid aria-describedby=described_by node_ref=login/>
                    </div>
                    <div class="field">
                        <label for="password">"Password"</label>
                        <input class="form-control" id="password" name="password" type="password" autocomplete="current-password" required
                            aria-invalid=invalid aria-describedby=described_by node_ref=password/>
                    </div>
                    <div class="form-grid__actions"><ActionButton submit=true pending=command.pending()>"Accedi"</ActionButton></div>
                </form>
                <p class="muted">"Servizio di job coaching: accesso riservato agli operatori dell'ente."</p>
            </div>
        </main>
    }
    .into_any()
}
