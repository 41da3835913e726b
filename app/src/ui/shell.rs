//! The document around the program: what the server sends before and after it.

use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

use super::{Administration, Area, Entrance, Office};

/// Loads the compiled program and hands the page over to it.
const HYDRATE: &str = include_str!("hydrate.js");

/// The whole page, with the program of an area. `version` is in the address of every asset: another build, another address.
pub fn shell(options: LeptosOptions, version: &'static str, area: Area) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="it">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" type="image/svg+xml" href=format!("/pkg/favicon.svg?v={version}")/>
                <link rel="stylesheet" href=format!("/pkg/affianco.css?v={version}")/>
                // The stylesheet names the fonts without a version.
                {[400, 600].map(|weight| view! {
                    <link rel="preload" r#as="font" type="font/woff2" crossorigin="" href=format!("/pkg/fonts/titillium-web-latin-{weight}-normal.woff2")/>
                })}
                <Hydration version area/>
                <AutoReload options/>
                <MetaTags/>
            </head>
            <body>
                {program(area)}
                <p class="notice notice--error" id="non-caricato" role="alert" hidden>
                    "La pagina non si è caricata del tutto e i pulsanti non rispondono: ricaricala, o riprova tra poco."
                </p>
                <noscript><p class="notice notice--error">"Per usare Affianco il browser deve eseguire JavaScript."</p></noscript>
            </body>
        </html>
    }
}

/// In place of the framework's `HydrationScripts`, which puts the nonce where `crossorigin` belongs, so that the browser loads
/// twice what it preloaded, and which says nothing when loading fails.
#[component]
fn Hydration(version: &'static str, area: Area) -> impl IntoView {
    let [script, wasm] = ["js", "wasm"].map(|kind| format!("/pkg/{}.{kind}?v={version}", area.program()));
    view! {
        <link rel="modulepreload" crossorigin="" href=script.clone()/>
        <link rel="preload" r#as="fetch" type="application/wasm" crossorigin="" href=wasm.clone()/>
        <script type="module" nonce=use_nonce()>{format!("{}({script:?}, {wasm:?});", HYDRATE.trim_end())}</script>
    }
}

/// An area's program, as the browser will take it over.
pub fn program(area: Area) -> AnyView {
    match area {
        Area::Entrance => view! { <Entrance/> }.into_any(),
        Area::Office => view! { <Office/> }.into_any(),
        Area::Administration => view! { <Administration/> }.into_any(),
    }
}
