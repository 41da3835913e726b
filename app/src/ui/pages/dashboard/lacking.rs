//! Manca qualcosa: all dossiers that lack something, the most urgent first, each with all that it lacks.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    api,
    domain::agenda::{Lack, LackingDossier, LackingDossiers},
    ui::{
        components::{EmptyState, Loaded, PageHead},
        forms::{ListFoot, More},
        paths,
    },
};

const TITLE: &str = "Manca qualcosa";

/// `/manca-qualcosa`.
#[component]
pub fn LackingPage() -> impl IntoView {
    let load = Resource::new(|| (), |()| api::agenda::lacking(None));
    view! {
        <PageHead title=TITLE breadcrumb=vec![("Cruscotto".to_owned(), Some(paths::home())), (TITLE.to_owned(), None)]
            facts="Firme, relazioni, ore e scadenze che mancano ai fascicoli"/>
        <Loaded resource=load headed=true view=|first: LackingDossiers| view! { <Dossiers first/> }.into_any()/>
    }
    .into_any()
}

/// The dossiers, and the pages that follow.
#[component]
fn Dossiers(first: LackingDossiers) -> impl IntoView {
    let today = first.now.today();
    let total = first.page.total;
    if first.page.rows.is_empty() {
        return view! {
            <EmptyState icon="it-check-circle" title="Non manca niente">
                <p>"Qui compaiono i fascicoli con firme o relazioni da raccogliere, erogazioni oltre il termine, ore quasi esaurite o il voucher in scadenza."</p>
                <a class="btn btn-outline-primary" href=paths::home()>"Vai al cruscotto"</a>
            </EmptyState>
        }
        .into_any();
    }
    let (rows, more) = (RwSignal::new(first.page.rows), More::after(first.page.next));
    let load_more = Callback::new(move |()| {
        more.load(
            rows,
            |row| row.dossier,
            async move |after| api::agenda::lacking(after).await.map(|found| (found.page.rows, found.page.next)),
        );
    });
    view! {
        <table class="list">
            <caption class="visually-hidden">"Fascicoli a cui manca qualcosa, dai più urgenti"</caption>
            <thead>
                <tr>
                    <th scope="col">"Fascicolo"</th>
                    <th scope="col">"Beneficiario"</th>
                    <th scope="col">"Che cosa manca"</th>
                    <th scope="col">"Il più urgente"</th>
                </tr>
            </thead>
            <tbody><For each=move || rows.get() key=|row| row.dossier let:row><Row row today/></For></tbody>
        </table>
        <ListFoot more shown=Signal::derive(move || rows.with(Vec::len)) total on_more=load_more/>
    }
    .into_any()
}

#[component]
fn Row(row: LackingDossier, today: NaiveDate) -> impl IntoView {
    let mark = row.lacks.first().map(|lack| {
        let class = if lack.is_urgent(today) { "due due--last" } else { "due" };
        view! { <span class=class>{lack.mark(today)}</span> }
    });
    let lacks = row.lacks.iter().map(Lack::label).map(|label| view! { <li>{label}</li> }).collect_view();
    view! {
        <tr class="list__row">
            <th scope="row" data-label="Fascicolo"><a class="list__link" href=paths::dossier(row.dossier)>{row.opal_code}</a></th>
            <td data-label="Beneficiario">{row.person.last_first()}</td>
            <td data-label="Che cosa manca"><ul class="plain-list">{lacks}</ul></td>
            <td data-label="Il più urgente" class="nowrap">{mark}</td>
        </tr>
    }
}
