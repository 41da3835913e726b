//! `/dossier/:id/documenti`: what is missing, and what there is of each kind.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    card::{Papers, empty},
    issue::Issue,
    outputs::{Outputs, Report},
    scan::Scan,
};
use crate::{
    api::{self, ApiError},
    domain::{
        document::{DocumentKind, DocumentRow, DocumentState, DocumentsPage as Data, UnsignedRow},
        dossier::Owed,
        ids::OpalId,
        text::{counted, date_long},
    },
    ui::{
        browser,
        components::{Icon, Loaded, Notice, PageHead},
        paths,
    },
};

/// The page.
#[component]
pub fn DocumentsPage() -> impl IntoView {
    let params = use_params_map();
    let load = Resource::new(
        move || params.with(|params| params.get("id").and_then(|id| id.parse::<OpalId>().ok())),
        |id| async move { api::document::open(id.ok_or(ApiError::NotFound)?).await },
    );
    let refresh = Callback::new(move |()| load.refetch());
    let focus = StoredValue::new(None);
    view! { <Loaded resource=load view=move |page| content(page, refresh, focus).into_any()/> }.into_any()
}

/// What has the focus once the page shows its data anew, by its element id: drawing it takes the focus from a heading.
pub type Focus = StoredValue<Option<&'static str>>;

fn content(page: Data, refresh: Callback<()>, focus: Focus) -> impl IntoView {
    Effect::new(move |_| {
        if let Some(id) = focus.try_update_value(Option::take).flatten() {
            browser::focus_by_id(id);
        }
    });
    let (id, manages, permitted) = (page.dossier, page.manages, page.permitted.is_ok());
    let closed = page.permitted.clone().err().map(|refusal| view! { <Notice><p>{refusal.sentence}</p></Notice> });
    let of = |kind: DocumentKind| page.documents.iter().filter(|row| row.kind == kind).cloned().collect::<Vec<_>>();
    let about = format!("{} · {}", page.opal_code, page.person.full());
    let sessions = manages.then(|| {
        view! {
            <Register id about=about.clone() rows=of(DocumentKind::Register) delivered=page.delivered unsigned=page.unsigned.clone() permitted refresh focus/>
            <Attestation id about=about.clone() rows=of(DocumentKind::Attestation) delivered=page.delivered permitted refresh/>
        }
    });
    view! {
        <PageHead
            title="Documenti"
            breadcrumb=vec![
                ("Gestione politiche attive".to_owned(), Some(paths::policies())),
                (page.opal_code.clone(), Some(paths::dossier(id))),
                ("Documenti".to_owned(), None),
            ]
            facts=about
        >
            {manages.then(|| view! {
                <a class="btn btn-outline-primary" href=paths::bundle_file(id) rel="external" download><Icon name="it-download" size="icon--sm"/>" Scarica il fascicolo"</a>
            })}
        </PageHead>
        <div class="stack">
            {closed}
            {manages.then(|| view! { <ToDo owed=page.owed.clone()/> })}
            {sessions}
            <Outputs page=page.clone() refresh/>
            <Report page/>
        </div>
    }
}

/// What is missing, with the way to it.
#[component]
fn ToDo(owed: Vec<Owed>) -> impl IntoView {
    if owed.is_empty() {
        return view! { <Notice kind="done"><p>"Non manca nessun documento."</p></Notice> }.into_any();
    }
    let line = |owed: Owed| {
        let kind = match owed {
            Owed::Signatures { .. } => DocumentKind::Register,
            Owed::Output { .. } => DocumentKind::CoachingPlan,
            Owed::Report { .. } | Owed::FailureReport { .. } => DocumentKind::FinalReport,
        };
        let by = owed.by().map(|by| view! { <span class="muted">{format!(" · promemoria {}", date_long(by))}</span> });
        view! { <li><a href=format!("#{}", kind.as_str()) rel="external" on:click=move |_| browser::focus_by_id(kind.as_str())>{owed.label()}</a>{by}</li> }
    };
    view! {
        <section class="panel" aria-labelledby="mancano">
            <h2 class="panel__title" id="mancano">"Manca"</h2>
            <ul class="plain-list">{owed.into_iter().map(line).collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// The register (R31), with the scans of its signed paper (R32).
#[component]
fn Register(
    id: OpalId,
    about: String,
    rows: Vec<DocumentRow>,
    delivered: u32,
    unsigned: Vec<UnsignedRow>,
    permitted: bool,
    refresh: Callback<()>,
    focus: Focus,
) -> impl IntoView {
    let (kind, possible) = (DocumentKind::Register, permitted && delivered > 0);
    let missing = u32::try_from(unsigned.len()).unwrap_or(u32::MAX);
    let facts = format!(
        "{}, {} senza firme.",
        counted(delivered, "erogazione conclusa", "erogazioni concluse"),
        if missing == 0 { "nessuna".to_owned() } else { missing.to_string() }
    );
    let replaces = current(&rows);
    let registers: Vec<_> = rows.iter().filter(|row| permitted && !row.rows.is_empty()).cloned().collect();
    let scan = (!registers.is_empty()).then(|| view! { <Scan registers unsigned=unsigned.clone() refresh focus/> });
    let lines = unsigned.into_iter().map(|row| view! { <li>{row.when}" · "{row.activity}" · "{row.coach}</li> }).collect_view();
    view! {
        <section class="panel stack" aria-labelledby="register">
            <h2 class="panel__title" id="register" tabindex="-1">{kind.label()}</h2>
            <p>{facts}" Ogni riga va firmata dal coach e dal destinatario: stampa il registro, fallo firmare e carica la scansione."</p>
            {(missing > 0).then(|| view! {
                <details><summary>{format!("Righe senza firma ({missing})")}</summary><ul>{lines}</ul></details>
            })}
            <Papers rows/>
            {(delivered == 0).then(|| empty("Il registro si emette dopo la prima erogazione conclusa."))}
            <div class="panel__actions"><Issue id kind about replaces possible refresh/></div>
            {scan}
        </section>
    }
}

/// The attestation of what was delivered.
#[component]
fn Attestation(id: OpalId, about: String, rows: Vec<DocumentRow>, delivered: u32, permitted: bool, refresh: Callback<()>) -> impl IntoView {
    let (kind, possible) = (DocumentKind::Attestation, permitted && delivered > 0);
    let replaces = current(&rows);
    view! {
        <section class="panel stack" aria-labelledby="attestation">
            <h2 class="panel__title" id="attestation" tabindex="-1">{kind.label()}</h2>
            <p>"Gli stessi dati del registro, senza firme, con la data di rilascio."</p>
            <Papers rows/>
            {(delivered == 0).then(|| empty("L'attestazione si rilascia dopo la prima erogazione conclusa."))}
            <div class="panel__actions"><Issue id kind about replaces possible refresh/></div>
        </section>
    }
}

/// The number of the document that counts.
fn current(rows: &[DocumentRow]) -> Option<String> {
    rows.iter().find(|row| row.state == DocumentState::Current).map(|row| row.number.clone())
}
