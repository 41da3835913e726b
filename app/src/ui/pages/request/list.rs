//! The list of requests: search mask, table, next pages.

use leptos::{ev::KeyboardEvent, prelude::*};
use leptos_router::hooks::use_query_map;
use uuid::Uuid;

use super::mask::Mask;
use crate::{
    api::{self, ApiError},
    domain::{
        request::{PersonalSearch, RequestList, RequestRow, RequestSearchForm, SiteChoice},
        text::{date_long, hours},
    },
    ui::{
        browser,
        components::{Due, EmptyState, Icon, Loaded, PageHead, StateBadge},
        forms::{ListFoot, More},
        paths,
    },
};

/// What the address asks for.
pub type Search = (RequestSearchForm, Option<Uuid>);

/// The page "Richieste attivazione servizi".
#[component]
pub fn RequestsPage() -> impl IntoView {
    let query = use_query_map();
    let search = Memo::new(move |_| query.with(paths::read_search));
    let found = Resource::new(move || search.get(), |(form, personal)| api::request::list(form, personal, None));
    // The mask stands beside the list and outlives it; it learns from each answer, in the browser only.
    let sites = RwSignal::new(Vec::<SiteChoice>::new());
    let personal = RwSignal::new(PersonalSearch::default());
    let refused = RwSignal::new(None::<ApiError>);
    Effect::new(move |_| match found.get() {
        Some(Ok(list)) => {
            sites.set(list.sites);
            personal.set(list.personal);
            refused.set(None);
        }
        Some(Err(error)) => refused.set(Some(error)),
        None => {}
    });
    view! {
        <PageHead title="Richieste attivazione servizi"
            breadcrumb=vec![("Gestione servizi".to_owned(), None), ("Richieste attivazione servizi".to_owned(), None)]/>
        <Mask search sites personal refused/>
        <Loaded resource=found headed=true view=move |list: RequestList| view! { <Found list search=search.get_untracked()/> }/>
    }
    .into_any()
}

#[component]
fn Found(list: RequestList, search: Search) -> impl IntoView {
    let count = count_line(list.page.total, list.due_today);
    let narrowed = !search.0.is_empty() || search.1.is_some();
    if list.page.rows.is_empty() {
        return view! {
            <p class="page-head__facts" role="status">{count}</p>
            {if narrowed {
                view! {
                    <EmptyState icon="it-search" title="Nessuna richiesta con questi filtri">
                        <p>"Togli qualche filtro, o controlla codice e date."</p>
                        <a class="btn btn-outline-primary" href=paths::requests()>"Azzera i filtri"</a>
                    </EmptyState>
                }.into_any()
            } else {
                view! { <EmptyState title="Nessuna richiesta"><p>"Le richieste che i CPI notificano alla tua sede compaiono qui."</p></EmptyState> }.into_any()
            }}
        }
        .into_any();
    }
    view! {
        <div class="stack">
            <p class="page-head__facts" role="status">{count}</p>
            <Table list search/>
        </div>
    }
    .into_any()
}

/// `37 richieste · 4 scadono oggi`.
fn count_line(total: u64, due_today: u64) -> String {
    let total = if total == 1 { "1 richiesta".to_owned() } else { format!("{total} richieste") };
    match due_today {
        0 => total,
        1 => format!("{total} · 1 scade oggi"),
        _ => format!("{total} · {due_today} scadono oggi"),
    }
}

/// The rows of the first page, and those that "Carica altre" adds.
#[component]
fn Table(list: RequestList, search: Search) -> impl IntoView {
    let total = list.page.total;
    let rows = RwSignal::new(list.page.rows);
    let more = More::after(list.page.next);
    let load_more = Callback::new(move |()| {
        let (form, personal) = search.clone();
        more.load(
            rows,
            |row| row.id,
            async move |after| api::request::list(form, personal, after).await.map(|list| (list.page.rows, list.page.next)),
        );
    });
    let arrows = |event: KeyboardEvent| browser::move_with_arrows(&event, ".list__link");
    view! {
        <table class="list">
            <caption class="visually-hidden">"Richieste, dalle più urgenti"</caption>
            <thead>
                <tr>
                    <th scope="col">"Stato preselezione"</th>
                    <th scope="col">"Codice OPAL"</th>
                    <th scope="col">"Beneficiario"</th>
                    <th scope="col">"Composizione OPAL"</th>
                    <th scope="col">"CPI"</th>
                    <th scope="col">"Tipo voucher"</th>
                    <th scope="col">"Notificata il"</th>
                    <th scope="col">"Giorni rimasti"</th>
                    <th scope="col">"Sede"</th>
                </tr>
            </thead>
            <tbody on:keydown=arrows>
                <For each=move || rows.get() key=|row| row.id let:row><Row row/></For>
            </tbody>
        </table>
        <ListFoot more shown=Signal::derive(move || rows.with(Vec::len)) total feminine=true on_more=load_more/>
    }
}

#[component]
fn Row(row: RequestRow) -> impl IntoView {
    let open = format!("Apri la richiesta {}", row.opal_code);
    view! {
        <tr class="list__row">
            <td data-label="Stato preselezione">
                <span class="nowrap">
                    <StateBadge state=(row.state, row.days_left)/>
                    <a class="icon-button list__link" href=paths::request(row.id) aria-label=open><Icon name="it-arrow-right-circle"/></a>
                </span>
            </td>
            <th scope="row" data-label="Codice OPAL">{row.opal_code}</th>
            <td data-label="Beneficiario">{row.person.last_first()}</td>
            <td data-label="Composizione OPAL" class="nowrap">{format!("{} attività · {}", row.activities, hours(row.minutes))}</td>
            <td data-label="CPI">{row.centre}</td>
            <td data-label="Tipo voucher">{row.voucher_kind.label()}</td>
            <td data-label="Notificata il" class="nowrap">{date_long(row.notified_on)}</td>
            <td data-label="Giorni rimasti" class="nowrap">
                {match row.days_left {
                    Some(days) => view! { <Due days/> }.into_any(),
                    None => view! { <span class="muted"><span aria-hidden="true">"–"</span><span class="visually-hidden">"nessuno"</span></span> }.into_any(),
                }}
            </td>
            <td data-label="Sede">{row.site_town}</td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_is_said_in_singular_and_plural_and_leaves_out_what_is_none() {
        assert_eq!(
            [(37, 4), (1, 1), (0, 0)].map(|(total, due)| count_line(total, due)),
            ["37 richieste · 4 scadono oggi", "1 richiesta · 1 scade oggi", "0 richieste"]
        );
    }
}
