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
    view! { <Loaded resource=load view=move |page| content(page, refresh).into_any()/> }.into_any()
}

fn content(page: Data, refresh: Callback<()>) -> impl IntoView {
    let (id, manages, permitted) = (page.dossier, page.manages, page.permitted.is_ok());
    let closed = page.permitted.clone().err().map(|refusal| view! { <Notice><p>{refusal.sentence}</p></Notice> });
    let of = |kind: DocumentKind| page.documents.iter().filter(|row| row.kind == kind).cloned().collect::<Vec<_>>();
    let sessions = manages.then(|| {
        view! {
            <Register id rows=of(DocumentKind::Register) delivered=page.delivered unsigned=page.unsigned.clone() permitted refresh/>
            <Attestation id rows=of(DocumentKind::Attestation) delivered=page.delivered permitted refresh/>
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
            facts=format!("{} · {}", page.opal_code, page.person.full())
        >
            {manages.then(|| view! {
                <a class="btn btn-outline-primary" href=paths::bundle_file(id) rel="external" download><Icon name="it-download" size="icon--sm"/>" Scarica il fascicolo"</a>
            })}
        </PageHead>
        <div class="stack">
            {closed}
            <ToDo owed=page.owed.clone() id/>
            {sessions}
            <Outputs page=page.clone() refresh/>
            <Report page refresh/>
        </div>
    }
}

/// What is missing, with the way to it.
#[component]
fn ToDo(owed: Vec<Owed>, id: OpalId) -> impl IntoView {
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
        view! { <li><Icon name="it-file" size="icon--sm"/>" "<a href=paths::documents_of(id, kind)>{owed.label()}</a>{by}</li> }
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
    rows: Vec<DocumentRow>,
    delivered: u32,
    unsigned: Vec<UnsignedRow>,
    permitted: bool,
    refresh: Callback<()>,
) -> impl IntoView {
    let (kind, possible) = (DocumentKind::Register, permitted && delivered > 0);
    let missing = u32::try_from(unsigned.len()).unwrap_or(u32::MAX);
    let facts = format!(
        "{}, {} senza firme.",
        counted(delivered, "erogazione conclusa", "erogazioni concluse"),
        if missing == 0 { "nessuna".to_owned() } else { missing.to_string() }
    );
    let current = rows.iter().find(|row| row.state == DocumentState::Current).filter(|row| permitted && !row.rows.is_empty()).cloned();
    let scan = current.map(|register| view! { <Scan register unsigned=unsigned.clone() refresh/> });
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
            <div class="panel__actions">
                <Issue id kind possible refresh/>
                {scan}
            </div>
        </section>
    }
}

/// The attestation of what was delivered.
#[component]
fn Attestation(id: OpalId, rows: Vec<DocumentRow>, delivered: u32, permitted: bool, refresh: Callback<()>) -> impl IntoView {
    let (kind, possible) = (DocumentKind::Attestation, permitted && delivered > 0);
    view! {
        <section class="panel stack" aria-labelledby="attestation">
            <h2 class="panel__title" id="attestation" tabindex="-1">{kind.label()}</h2>
            <p>"Gli stessi dati del registro, senza firme, con la data di rilascio."</p>
            <Papers rows/>
            <div class="panel__actions"><Issue id kind possible refresh/></div>
        </section>
    }
}
