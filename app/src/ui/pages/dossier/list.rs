//! Gestione politiche attive: the admitted dossiers with their five activities, newest admission first.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use crate::{
    api::{self, ApiError},
    domain::{
        activity::ActivitySummary,
        dossier::{DossierRow, PoliciesFilter},
        ids::OpalId,
        page::Page,
        request::SiteChoice,
        text,
    },
    ui::{
        components::{ActionButton, EmptyState, Fact, Facts, Loaded, PageHead, StateBadge, VoucherEnd},
        forms::{Choice, ListFoot, More, SelectField, TextField},
        paths,
    },
};

const TITLE: &str = "Gestione politiche attive";

/// `/politiche-attive`.
#[component]
pub fn PoliciesPage() -> impl IntoView {
    let query = use_query_map();
    let filter = Memo::new(move |_| query.with(paths::read_policies));
    let load = Resource::new(
        move || filter.get(),
        |filter| async move {
            let page = api::dossier::list(filter.clone(), None).await?;
            let sites = api::dossier::sites().await?;
            Ok::<_, ApiError>((filter, page, sites))
        },
    );
    view! {
        <PageHead title=TITLE breadcrumb=vec![("Cruscotto".to_owned(), Some(paths::home())), (TITLE.to_owned(), None)]/>
        <Loaded
            resource=load
            view=|(filter, page, sites)| view! { <div class="stack"><Mask filter=filter.clone() sites/><Dossiers filter first=page/></div> }.into_any()
        />
    }
    .into_any()
}

/// The search mask; what it finds is in the address, so that it survives reload and the way back.
#[component]
fn Mask(filter: PoliciesFilter, sites: Vec<SiteChoice>) -> impl IntoView {
    let opal_code = RwSignal::new(filter.opal_code);
    let site = RwSignal::new(filter.site);
    let concluded = RwSignal::new(filter.concluded);
    let choices = Signal::stored(sites.into_iter().map(|site| Choice::new(site.code, site.town)).collect::<Vec<_>>());
    let problems = Signal::stored(Vec::new());
    let navigate = use_navigate();
    let search = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let filter =
            PoliciesFilter { opal_code: opal_code.get_untracked(), site: site.get_untracked(), concluded: concluded.get_untracked() };
        navigate(&paths::policies_found(&filter), NavigateOptions::default());
    };
    view! {
        <form class="filters" role="search" aria-label="Ricerca fascicoli" on:submit=search>
            <div class="filters__row">
                <TextField name="opal_code" label="Codice OPAL" value=opal_code problems/>
                <SelectField name="site" label="Sede" value=site choices none="Tutte" problems/>
                <div class="form-check">
                    <input
                        type="checkbox"
                        id="concluded"
                        name="concluded"
                        value="1"
                        checked=concluded.get_untracked()
                        on:change=move |event| concluded.set(event_target_checked(&event))
                    />
                    <label for="concluded">"Mostra anche i fascicoli conclusi o interrotti"</label>
                </div>
                <div class="filters__actions">
                    <ActionButton class="btn btn-primary btn-sm" submit=true>"Cerca"</ActionButton>
                    <a class="btn btn-link btn-sm" href=paths::policies()>"Azzera"</a>
                </div>
            </div>
        </form>
    }
}

/// The cards, and the pages that follow.
#[component]
fn Dossiers(filter: PoliciesFilter, first: Page<DossierRow>) -> impl IntoView {
    let total = first.total;
    if first.rows.is_empty() {
        let why = if filter == PoliciesFilter::default() {
            "I fascicoli compaiono qui dopo l'ammissione al servizio di una richiesta."
        } else {
            "Nessun fascicolo corrisponde ai filtri."
        };
        return view! { <EmptyState icon="it-folder" title="Nessun fascicolo"><p>{why}</p></EmptyState> }.into_any();
    }
    let rows = RwSignal::new(first.rows);
    let more = More::after(first.next);
    let load_more = Callback::new(move |()| {
        let filter = filter.clone();
        more.load(rows, |row| row.id, async move |after| api::dossier::list(filter, after).await.map(|page| (page.rows, page.next)));
    });
    view! {
        <div class="stack">
            <For each=move || rows.get() key=|row| row.id let:row>
                <DossierCard row/>
            </For>
        </div>
        <ListFoot more shown=Signal::derive(move || rows.with(Vec::len)) total on_more=load_more/>
    }
    .into_any()
}

/// One dossier with its five activities.
#[component]
fn DossierCard(row: DossierRow) -> impl IntoView {
    let DossierRow { id, opal_code, person, voucher_kind, valid_to, days_left, site_town, status, activities, .. } = row;
    let heading = format!("fascicolo-{id}");
    let labelled_by = heading.clone();
    let caption = format!("Attività di {opal_code}");
    view! {
        <section class="panel stack" aria-labelledby=labelled_by>
            <h2 class="panel__title" id=heading><span><a href=paths::dossier(id)>{opal_code}</a>" · "{person.last_first()}</span></h2>
            <Facts class="facts--row">
                <Fact term="Stato"><StateBadge state=status/></Fact>
                <Fact term="Voucher">{voucher_kind.label()}</Fact>
                <Fact term="Scadenza"><VoucherEnd valid_to days_left/></Fact>
                <Fact term="Sede">{site_town}</Fact>
            </Facts>
            <table class="list list--plain">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Attività e stato"</th>
                        <th scope="col" class="num">"Concordate"</th>
                        <th scope="col" class="num">"Programmate"</th>
                        <th scope="col" class="num">"Erogate"</th>
                        <th scope="col" class="num">"Rimanenti"</th>
                        <th scope="col" class="num">"Valore"<span class="list__sub">"dimostrativo"</span></th>
                    </tr>
                </thead>
                <tbody>{activities.into_iter().map(|activity| activity_row(id, activity)).collect_view()}</tbody>
            </table>
        </section>
    }
}

/// Hours that are only written down do not count yet: they stand under those programmed.
fn activity_row(dossier: OpalId, activity: ActivitySummary) -> impl IntoView {
    let ActivitySummary { code, name, state, hours, value_cents, .. } = activity;
    let cell = |label: &'static str, minutes| view! { <td data-label=label class="num nowrap">{text::hours(minutes)}</td> };
    let entered = (hours.entered > 0)
        .then(|| view! { <span class="list__sub"><span class="nowrap">{text::hours(hours.entered)}</span>" inserite"</span> });
    view! {
        <tr class="list__row">
            <th scope="row" data-label="Attività e stato">
                <span class="list__pair"><a class="list__link" href=paths::activity(dossier, code)>{name}</a>" "<StateBadge state/></span>
            </th>
            {cell("Concordate", hours.agreed)}
            <td data-label="Programmate" class="num nowrap">{text::hours(hours.planned)}{entered}</td>
            {cell("Erogate", hours.delivered)}
            {cell("Rimanenti", hours.remaining())}
            <td data-label="Valore dimostrativo" class="num nowrap">{text::money(value_cents)}</td>
        </tr>
    }
}
