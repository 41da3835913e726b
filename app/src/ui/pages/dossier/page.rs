//! The page of a dossier: facts, five activities, history.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{
    api::{self, ApiError},
    domain::{
        activity::ActivitySummary,
        dossier::{DossierPage as Data, DossierRow},
        ids::OpalId,
        text,
    },
    ui::{
        components::{ActivityStateBadge, DossierStatusBadge, HoursBar, Loaded, PageHead},
        paths,
    },
};

use super::history::History;

/// `/dossier/:id`.
#[component]
pub fn DossierPage() -> impl IntoView {
    let params = use_params_map();
    let load = Resource::new(
        move || params.with(|params| params.get("id").and_then(|id| id.parse::<OpalId>().ok())),
        |id| async move { api::dossier::open(id.ok_or(ApiError::NotFound)?).await },
    );
    view! { <Loaded resource=load view=|page| content(page).into_any()/> }.into_any()
}

fn content(page: Data) -> impl IntoView {
    let Data { row, voucher_id, frame, notified_at, centre, employer_name, employer_town, history, history_intact, .. } = page;
    let DossierRow { id, opal_code, person, voucher_kind, site_town, status, hours, activities, .. } = row;
    view! {
        <PageHead
            title=format!("{opal_code} · {}", person.full())
            path=vec![("Gestione politiche attive".to_owned(), paths::policies())]
        >
            <a class="btn btn-outline-primary btn-sm" href=paths::request(id)>"Apri la richiesta"</a>
        </PageHead>
        <div class="split">
            <div class="split__main stack">
                <section class="panel" aria-labelledby="attivita">
                    <h2 class="panel__title" id="attivita">"Attività"</h2>
                    <ul class="activities">{activities.into_iter().map(|activity| activity_item(id, activity)).collect_view()}</ul>
                </section>
                <History entries=history intact=history_intact/>
            </div>
            <aside class="split__aside" aria-labelledby="fatti">
                <section class="panel">
                    <h2 class="panel__title" id="fatti">"Fascicolo"</h2>
                    <dl class="facts">
                        <div><dt>"Stato"</dt><dd><DossierStatusBadge status/></dd></div>
                        <div><dt>"Codice OPAL"</dt><dd>{opal_code}</dd></div>
                        <div><dt>"Beneficiario"</dt><dd>{person.full()}</dd></div>
                        <div><dt>"Voucher"</dt><dd>{voucher_kind.label()}" · "{voucher_id}</dd></div>
                        <div><dt>"Validità"</dt><dd>{format!("{} - {}", text::date_long(frame.valid_from), text::date_long(frame.valid_to))}</dd></div>
                        <div><dt>"Ammesso il"</dt><dd>{text::date_long(frame.admitted_on)}</dd></div>
                        <div><dt>"Notificata il"</dt><dd>{text::date_long(notified_at.today())}</dd></div>
                        <div><dt>"CPI"</dt><dd>{centre}</dd></div>
                        <div><dt>"Sede"</dt><dd>{site_town}</dd></div>
                        <div><dt>"Datore di lavoro"</dt><dd>{employer_name}", "{employer_town}</dd></div>
                        <div><dt>"Ore erogate"</dt><dd>{text::hours(hours.delivered)}" di "{text::hours(hours.agreed)}</dd></div>
                    </dl>
                </section>
            </aside>
        </div>
    }
}

fn activity_item(dossier: OpalId, activity: ActivitySummary) -> impl IntoView {
    let ActivitySummary { code, name, assumption, state, hours, value_cents, delivered_cents, .. } = activity;
    view! {
        <li class="activity">
            <a class="activity__name" href=paths::activity(dossier, code)>{name}</a>
            <ActivityStateBadge state/>
            <HoursBar hours slim=true/>
            <dl class="facts facts--row">
                <div><dt>"Concordate"</dt><dd>{text::hours(hours.agreed)}</dd></div>
                <div><dt>"Programmate"</dt><dd>{text::hours(hours.planned)}</dd></div>
                <div><dt>"Erogate"</dt><dd>{text::hours(hours.delivered)}</dd></div>
                <div><dt>"Inserite"</dt><dd>{text::hours(hours.entered)}</dd></div>
                <div><dt>"Rimanenti"</dt><dd>{text::hours(hours.remaining())}</dd></div>
                <div><dt>"Valore (dimostrativo)"</dt><dd>{text::money(delivered_cents)}" di "{text::money(value_cents)}</dd></div>
            </dl>
            {assumption.then(|| view! { <p class="muted">"Nome e ore ipotizzati: non vengono da un testo ufficiale."</p> })}
        </li>
    }
}
