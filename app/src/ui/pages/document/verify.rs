//! `/verifica` and `/verifica/:code`: whether the code on a paper is genuine. For anybody, outside the frame; nothing personal is shown.

use leptos::{html, prelude::*};
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map},
};

use crate::{
    api::{self, ApiError},
    domain::{
        document::{DataSince, DocumentCode, DocumentState, Verification},
        text::date_long,
    },
    ui::{
        browser,
        components::{ActionButton, Fact, Facts, Icon, Notice},
        paths,
    },
};

/// The page.
#[component]
pub fn VerifyPage() -> impl IntoView {
    let params = use_params_map();
    let code = move || params.with(|params| params.get("code")).unwrap_or_default();
    let load =
        Resource::new(code, |code| async move { if code.is_empty() { Ok(None) } else { api::document::verify(code).await.map(Some) } });
    let typed = NodeRef::<html::Input>::new();
    let unreadable = RwSignal::new(false);
    let navigate = use_navigate();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = typed.get_untracked().map(|field| field.value()).unwrap_or_default();
        // Whatever else was typed stays out of the address.
        let code = DocumentCode::read(&typed);
        unreadable.set(code.is_none());
        match code {
            Some(code) => navigate(&paths::verification(code.as_str()), NavigateOptions::default()),
            None => browser::focus_by_id("codice"),
        }
    };
    let answer = move || {
        Suspend::new(async move {
            match load.await {
                Ok(None) => ().into_any(),
                Ok(Some(found)) => view! { <Found found/> }.into_any(),
                Err(ApiError::NotFound) => view! {
                    <Notice kind="warn"><p>"Nessun documento ha questo codice. Controlla le sedici lettere e cifre in fondo alla pagina: se sono giuste, il documento non è autentico."</p></Notice>
                }.into_any(),
                Err(error) => view! { <Notice kind="warn"><p>{error.sentence()}</p></Notice> }.into_any(),
            }
        })
    };
    view! {
        <Title text="Verifica di un documento"/>
        <main class="signin">
            <div class="signin__card stack">
                <p class="brand brand--lg">
                    <svg class="brand__mark" aria-hidden="true"><use href="/pkg/icons.svg#af-brand"></use></svg>
                    <span class="brand__name">"Affianco"</span>
                </p>
                <h1>"Verifica di un documento"</h1>
                <div aria-live="polite"><Transition fallback=|| view! { <p class="muted">"Verifica in corso…"</p> }>{answer}</Transition></div>
                <form class="form-grid form-grid--one" novalidate on:submit=submit aria-label="Codice del documento">
                    <div class="field">
                        <label for="codice">"Codice"</label>
                        <input class="form-control" id="codice" name="codice" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false"
                            aria-invalid=move || unreadable.get().then_some("true") aria-describedby="codice-problema codice-hint" node_ref=typed/>
                        {move || unreadable.get().then(|| view! {
                            <p class="field-error" id="codice-problema">
                                <Icon name="it-error" size="icon--sm"/>"Scrivi le sedici lettere e cifre del codice, con o senza spazi."
                            </p>
                        })}
                        <p class="field-hint" id="codice-hint">"In fondo a ogni pagina, accanto al QR: per esempio 7K3M 9QWZ 4T0X BC2D."</p>
                    </div>
                    <div class="form-grid__actions"><ActionButton submit=true>"Verifica"</ActionButton></div>
                </form>
                <p class="muted">"La verifica non mostra dati personali."</p>
            </div>
        </main>
    }
    .into_any()
}

#[component]
fn Found(found: Verification) -> impl IntoView {
    let replaced = (found.state == DocumentState::Superseded)
        .then(|| view! { <Notice><p>"È stato sostituito da un documento più recente."</p></Notice> });
    let kind = if found.data == DataSince::Changed { "warn" } else { "info" };
    let sentence = found.sentence();
    let Verification { kind: document, number, provider, issued_on, sha256, data, .. } = found;
    view! {
        <div class="stack">
            <Notice kind="done"><p>{sentence}</p></Notice>
            {replaced}
            <Notice kind><p>{data.label()}</p></Notice>
            <Facts class="facts--compact">
                <Fact term="Documento">{document.label()}</Fact>
                <Fact term="Numero">{number}</Fact>
                <Fact term="Ente">{provider}</Fact>
                <Fact term="Emesso il">{date_long(issued_on)}</Fact>
                <Fact term="Impronta SHA-256 del file"><span class="digest">{sha256}</span></Fact>
            </Facts>
        </div>
    }
}
