//! Gestione politiche attive: the admitted dossiers with their five activities, newest admission first.

use leptos::prelude::*;
use leptos_router::{components::Form, hooks::use_query_map, params::ParamsMap};

use crate::{
    api::{self, ApiError},
    domain::{
        activity::ActivitySummary,
        dossier::{DossierRow, PoliciesFilter},
        ids::OpalId,
        page::Page,
        text,
    },
    ui::{
        components::{ActivityStateBadge, DossierStatusBadge, EmptyState, Icon, Loaded, PageHead},
        paths,
    },
};

/// The names of the filters in the URL: none of them is about a person (R4).
const OPAL: &str = "opal";
const SITE: &str = "sede";
const CONCLUDED: &str = "conclusi";

fn filter_of(query: &ParamsMap) -> PoliciesFilter {
    PoliciesFilter {
        opal_code: query.get(OPAL).unwrap_or_default().trim().to_owned(),
        site: query.get(SITE).unwrap_or_default(),
        concluded: query.get(CONCLUDED).is_some(),
    }
}

/// `/politiche-attive`.
#[component]
pub fn PoliciesPage() -> impl IntoView {
    let query = use_query_map();
    let filter = Memo::new(move |_| query.with(filter_of));
    let load = Resource::new(
        move || filter.get(),
        |filter| async move {
            let page = api::dossier::list(filter.clone(), None).await?;
            let sites = api::dossier::sites().await?;
            Ok::<_, ApiError>((filter, page, sites))
        },
    );
    view! {
        <PageHead title="Gestione politiche attive"/>
        <Loaded
            resource=load
            view=move |(filter, page, sites)| {
                let choices = sites
                    .into_iter()
                    .map(|site| {
                        let selected = site.code == filter.site;
                        view! { <option value=site.code selected=selected>{site.town}</option> }
                    })
                    .collect_view();
                view! {
                    <Form method="get" action=paths::policies() attr:class="filters" attr:role="search" attr:aria-label="Ricerca fascicoli">
                        <div class="filters__row">
                            <div class="field">
                                <label for="f-opal">"Codice OPAL"</label>
                                <input class="form-control" id="f-opal" name=OPAL value=filter.opal_code.clone()/>
                            </div>
                            <div class="field">
                                <label for="f-sede">"Sede"</label>
                                <select class="form-select" id="f-sede" name=SITE>
                                    <option value="">"Tutte"</option>
                                    {choices}
                                </select>
                            </div>
                            <div class="form-check">
                                <input type="checkbox" id="f-conclusi" name=CONCLUDED value="1" checked=filter.concluded/>
                                <label for="f-conclusi">"Mostra anche i fascicoli conclusi"</label>
                            </div>
                            <div class="filters__actions">
                                <button class="btn btn-primary btn-sm" type="submit">"Cerca"</button>
                                <a class="btn btn-link btn-sm" href=paths::policies()>"Azzera"</a>
                            </div>
                        </div>
                    </Form>
                    <Dossiers filter first=page/>
                }
                .into_any()
            }
        />
    }
    .into_any()
}

/// The cards, and the pages that follow.
#[component]
fn Dossiers(filter: PoliciesFilter, first: Page<DossierRow>) -> impl IntoView {
    let total = first.total;
    if first.rows.is_empty() {
        let narrowed = filter != PoliciesFilter::default();
        return view! {
            <EmptyState
                title="Nessun fascicolo"
                text=if narrowed { "Nessun fascicolo corrisponde ai filtri." } else { "I fascicoli compaiono qui dopo l'ammissione al servizio di una richiesta." }
            />
        }
        .into_any();
    }
    let rows = RwSignal::new(first.rows);
    let next = RwSignal::new(first.next);
    let more = Action::new_local(move |after: &String| {
        let (filter, after) = (filter.clone(), after.clone());
        async move {
            let page = api::dossier::list(filter, Some(after)).await?;
            rows.update(|rows| rows.extend(page.rows));
            next.set(page.next);
            Ok::<_, ApiError>(())
        }
    });
    let failed = move || more.value().get().and_then(Result::err);
    view! {
        <p class="page-head__facts" role="status">{move || format!("Mostrati {} di {total}", rows.with(Vec::len))}</p>
        <div class="stack">
            <For each=move || rows.get() key=|row| row.id let:row>
                <DossierCard row/>
            </For>
        </div>
        {move || failed().map(|error| view! { <div class="notice notice--error" role="alert"><Icon name="it-error"/><div>{error.sentence()}</div></div> })}
        {move || next.get().map(|after| view! {
            <div class="list-foot">
                <p>{move || format!("Mostrati {} di {total}", rows.with(Vec::len))}</p>
                <button
                    type="button"
                    class="btn btn-outline-primary btn-sm"
                    disabled=move || more.pending().get()
                    aria-busy=move || more.pending().get().to_string()
                    on:click=move |_| { more.dispatch(after.clone()); }
                >
                    "Carica altre"
                </button>
            </div>
        })}
    }
    .into_any()
}

/// One dossier with its five activities.
#[component]
fn DossierCard(row: DossierRow) -> impl IntoView {
    let DossierRow { id, opal_code, person, voucher_kind, valid_to, site_town, status, activities, .. } = row;
    let heading = format!("fascicolo-{id}");
    let caption = format!("Attività di {opal_code}");
    view! {
        <section class="panel" aria-labelledby=heading.clone()>
            <h2 class="panel__title" id=heading><a href=paths::dossier(id)>{opal_code}</a>" · "{person.last_first()}</h2>
            <dl class="facts facts--row">
                <div><dt>"Stato"</dt><dd><DossierStatusBadge status/></dd></div>
                <div><dt>"Voucher"</dt><dd>{voucher_kind.label()}</dd></div>
                <div><dt>"Scadenza"</dt><dd>{text::date_long(valid_to)}</dd></div>
                <div><dt>"Sede"</dt><dd>{site_town}</dd></div>
            </dl>
            <table class="list list--plain">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Attività"</th>
                        <th scope="col">"Stato"</th>
                        <th scope="col" class="num">"Concordate"</th>
                        <th scope="col" class="num">"Programmate"</th>
                        <th scope="col" class="num">"Erogate"</th>
                        <th scope="col" class="num">"Inserite"</th>
                        <th scope="col" class="num">"Rimanenti"</th>
                        <th scope="col" class="num">"Valore (dimostrativo)"</th>
                    </tr>
                </thead>
                <tbody>{activities.into_iter().map(|activity| activity_row(id, activity)).collect_view()}</tbody>
            </table>
        </section>
    }
}

fn activity_row(dossier: OpalId, activity: ActivitySummary) -> impl IntoView {
    let ActivitySummary { code, name, state, hours, value_cents, .. } = activity;
    let cell = |label: &'static str, minutes| view! { <td data-label=label class="num">{text::hours(minutes)}</td> };
    view! {
        <tr class="list__row">
            <th scope="row" data-label="Attività"><a class="list__link" href=paths::activity(dossier, code)>{name}</a></th>
            <td data-label="Stato"><ActivityStateBadge state/></td>
            {cell("Concordate", hours.agreed)}
            {cell("Programmate", hours.planned)}
            {cell("Erogate", hours.delivered)}
            {cell("Inserite", hours.entered)}
            {cell("Rimanenti", hours.remaining())}
            <td data-label="Valore (dimostrativo)" class="num">{text::money(value_cents)}</td>
        </tr>
    }
}
