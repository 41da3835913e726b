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
        components::{Fact, Facts, HoursBar, Loaded, PageHead, RuleNotice, StateBadge},
        paths, signed_in,
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
    let Data {
        row, voucher_id, frame, notified_at, centre, employer_name, employer_town, history, history_intact, provider_warning, ..
    } = page;
    let DossierRow { id, opal_code, person, voucher_kind, site_town, status, hours, activities, .. } = row;
    let assumed: Vec<_> = activities.iter().filter(|activity| activity.assumption).map(|activity| activity.name.clone()).collect();
    let assumed = (!assumed.is_empty())
        .then(|| view! { <p class="muted">{format!("Nomi e ore ipotizzati, non da un testo ufficiale: {}.", assumed.join(", "))}</p> });
    let request = signed_in()
        .is_some_and(|actor| actor.reads_requests())
        .then(|| view! { <a class="btn btn-outline-primary btn-sm" href=paths::request(id)>"Apri la richiesta"</a> });
    view! {
        <PageHead
            title=format!("{opal_code} · {}", person.full())
            breadcrumb=vec![("Gestione politiche attive".to_owned(), Some(paths::policies())), (opal_code.clone(), None)]
        >
            {request}
        </PageHead>
        <RuleNotice warning=provider_warning/>
        <div class="split">
            <div class="split__main stack">
                <section class="panel" aria-labelledby="attivita">
                    <h2 class="panel__title" id="attivita">"Attività"</h2>
                    <ul class="activities">{activities.into_iter().map(|activity| activity_item(id, activity)).collect_view()}</ul>
                    {assumed}
                </section>
                <History entries=history intact=history_intact/>
            </div>
            <aside class="split__aside" aria-labelledby="fatti">
                <section class="panel">
                    <h2 class="panel__title" id="fatti">"Fascicolo"</h2>
                    <Facts>
                        <Fact term="Stato"><StateBadge state=status/></Fact>
                        <Fact term="Codice OPAL">{opal_code}</Fact>
                        <Fact term="Beneficiario">{person.full()}</Fact>
                        <Fact term="Voucher">{voucher_kind.label()}" · "{voucher_id}</Fact>
                        <Fact term="Validità">{format!("{} - {}", text::date_long(frame.valid_from), text::date_long(frame.valid_to))}</Fact>
                        <Fact term="Ammesso il">{text::date_long(frame.admitted_on)}</Fact>
                        <Fact term="Notificata il">{text::date_long(notified_at.today())}</Fact>
                        <Fact term="CPI">{centre}</Fact>
                        <Fact term="Sede">{site_town}</Fact>
                        <Fact term="Datore di lavoro">{employer_name}", "{employer_town}</Fact>
                        <Fact term="Ore erogate">{text::hours(hours.delivered)}" di "{text::hours(hours.agreed)}</Fact>
                    </Facts>
                </section>
            </aside>
        </div>
    }
}

fn activity_item(dossier: OpalId, activity: ActivitySummary) -> impl IntoView {
    let ActivitySummary { code, name, state, hours, value_cents, delivered_cents, .. } = activity;
    view! {
        <li class="activity">
            <a class="activity__name" href=paths::activity(dossier, code)>{name}</a>
            <StateBadge state/>
            <HoursBar hours slim=true/>
            <Facts class="facts--row">
                <Fact term="Concordate">{text::hours(hours.agreed)}</Fact>
                <Fact term="Programmate">{text::hours(hours.planned)}</Fact>
                <Fact term="Erogate">{text::hours(hours.delivered)}</Fact>
                <Fact term="Inserite">{text::hours(hours.entered)}</Fact>
                <Fact term="Rimanenti">{text::hours(hours.remaining())}</Fact>
                <Fact term="Valore (dimostrativo)">{text::money(delivered_cents)}" di "{text::money(value_cents)}</Fact>
            </Facts>
        </li>
    }
}
