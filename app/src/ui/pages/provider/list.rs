//! The providers by code, each with its standing today and the next change that is decided.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    api,
    domain::{
        provider::{ProviderList, ProviderStanding, Standing},
        text::date_long,
    },
    ui::{
        components::{EmptyState, Loaded, PageHead, StateBadge},
        forms::{ListFoot, More},
        paths,
    },
};

/// `/amministrazione/enti`.
#[component]
pub fn ProvidersPage() -> impl IntoView {
    let providers = Resource::new(|| (), |()| api::provider::list(None));
    view! { <Loaded resource=providers view=|list: ProviderList| view! { <Found list/> }/> }.into_any()
}

#[component]
fn Found(list: ProviderList) -> impl IntoView {
    let (total, today) = (list.page.total, list.now.today());
    let rows = RwSignal::new(list.page.rows);
    let more = More::after(list.page.next);
    let load_more = Callback::new(move |()| {
        more.load(
            rows,
            |row| row.provider.id,
            async move |after| api::provider::list(after).await.map(|list| (list.page.rows, list.page.next)),
        );
    });
    let found = if total == 0 {
        view! { <EmptyState icon="it-pa" title="Nessun ente"><p>"Gli enti arrivano con le richieste dei CPI."</p></EmptyState> }.into_any()
    } else {
        view! {
            <table class="list">
                <caption class="visually-hidden">"Enti, per codice"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Codice"</th>
                        <th scope="col">"Ente"</th>
                        <th scope="col">"Stato oggi"</th>
                        <th scope="col">"Prossimo cambio"</th>
                    </tr>
                </thead>
                <tbody><For each=move || rows.get() key=|row| row.provider.id let:row><Row row today/></For></tbody>
            </table>
            <ListFoot more shown=Signal::derive(move || rows.with(Vec::len)) total on_more=load_more/>
        }
        .into_any()
    };
    view! {
        <PageHead title="Enti" breadcrumb=vec![("Amministrazione".to_owned(), None), ("Enti".to_owned(), None)]
            facts="Un ente sospeso non ammette nuove persone; i fascicoli già aperti proseguono."/>
        {found}
    }
}

/// `mar 24 nov 2026: sospeso`.
fn next_change(row: &ProviderStanding, today: NaiveDate) -> Option<String> {
    let on = row.standings.changes_on(today)?;
    Some(format!("{}: {}", date_long(on), row.standings.on(on).label().to_lowercase()))
}

#[component]
fn Row(row: ProviderStanding, today: NaiveDate) -> impl IntoView {
    let standing = row.standings.on(today);
    let since = (standing == Standing::Suspended).then(|| row.standings.since(today)).flatten();
    let next = next_change(&row, today);
    view! {
        <tr class="list__row">
            <td data-label="Codice">{row.provider.code}</td>
            <th scope="row" data-label="Ente"><a class="list__link" href=paths::provider(row.provider.id)>{row.provider.name}</a></th>
            <td data-label="Stato oggi">
                <StateBadge state=standing/>
                {since.map(|since| view! { <span class="list__sub">{format!("da {}", date_long(since))}</span> })}
            </td>
            <td data-label="Prossimo cambio" class="nowrap">
                {next.map_or_else(
                    || view! { <span class="muted"><span aria-hidden="true">"–"</span><span class="visually-hidden">"nessuno"</span></span> }.into_any(),
                    IntoAny::into_any,
                )}
            </td>
        </tr>
    }
}
