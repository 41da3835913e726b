//! The page "Rendicontazione": mask, sums over what it takes, files, list.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{list::Dossiers, mask::Mask};
use crate::{
    api::{self, ApiError},
    domain::{
        dossier::payment::{Amount, ExportFormat, PaymentForm, PaymentPage as Data, PaymentTotals},
        request::SiteChoice,
        text,
    },
    ui::{
        components::{EmptyState, Fact, Facts, Icon, Loaded, NotFound, PageHead},
        paths, signed_in,
    },
};

const TITLE: &str = "Rendicontazione";

/// `/rendicontazione`.
#[component]
pub fn PaymentsPage() -> impl IntoView {
    if signed_in().is_some_and(|actor| !actor.accounts_for_payment()) {
        return view! { <NotFound/> }.into_any();
    }
    let query = use_query_map();
    let form = Memo::new(move |_| query.with(paths::read_payments));
    let found = Resource::new(move || form.get(), |form| async move { api::payment::open(form).await });
    // The mask stands beside the list and outlives it; it learns from each answer, in the browser only.
    let sites = RwSignal::new(Vec::<SiteChoice>::new());
    let refused = RwSignal::new(None::<ApiError>);
    Effect::new(move |_| match found.get() {
        Some(Ok(page)) => {
            sites.set(page.sites);
            refused.set(None);
        }
        Some(Err(error)) => refused.set(Some(error)),
        None => {}
    });
    view! {
        <PageHead
            title=TITLE
            breadcrumb=vec![("Gestione politiche attive".to_owned(), Some(paths::policies())), (TITLE.to_owned(), None)]
            facts="Che cosa è pronto per il pagamento e che cosa manca al resto. I valori sono dimostrativi."
        />
        <Mask form sites refused/>
        <Loaded resource=found headed=true view=move |page: Data| view! { <Found page form=form.get_untracked()/> }/>
    }
    .into_any()
}

#[component]
fn Found(page: Data, form: PaymentForm) -> impl IntoView {
    let Data { provider, totals, first, .. } = page;
    if totals.dossiers == 0 {
        return if form.is_empty() {
            view! { <EmptyState icon="it-folder" title="Nessun fascicolo"><p>"I fascicoli compaiono qui dopo l'ammissione al servizio di una richiesta."</p></EmptyState> }
                .into_any()
        } else {
            view! {
                <EmptyState icon="it-search" title="Nessun fascicolo con questi filtri">
                    <p>"Togli qualche filtro, o allarga il periodo."</p>
                    <a class="btn btn-outline-primary" href=paths::payments()>"Azzera i filtri"</a>
                </EmptyState>
            }
            .into_any()
        };
    }
    view! {
        <div class="stack">
            <Totals provider totals form=form.clone()/>
            <Dossiers first total=totals.dossiers form/>
        </div>
    }
    .into_any()
}

/// The sums over all that the filter takes, and the same dossiers as files.
#[component]
fn Totals(provider: String, totals: PaymentTotals, form: PaymentForm) -> impl IntoView {
    let PaymentTotals { dossiers, ready, amounts, payable } = totals;
    // The router leaves these addresses to the browser, which keeps the page and saves the file.
    let files = ExportFormat::ALL.map(|format| {
        let href = paths::payments_file(&form, format);
        view! { <a class="btn btn-outline-primary btn-sm" rel="external" href=href><Icon name="it-download" size="icon--sm"/>"Esporta "{format.label()}</a> }
    });
    let period = (!form.from.is_empty() || !form.to.is_empty())
        .then(|| view! { <p class="muted">"Erogate e riconosciute contano solo le erogazioni del periodo."</p> });
    let amount = |term: &'static str, amount: Amount| {
        view! { <Fact term>{text::hours(amount.minutes)}<span class="list__sub">{text::money(amount.cents)}</span></Fact> }
    };
    view! {
        <section class="panel stack" aria-labelledby="totali">
            <div class="panel__title">
                <h2 id="totali">"Totale"{(!provider.is_empty()).then(|| format!(" · {provider}"))}</h2>
                <div class="cluster">{files}</div>
            </div>
            <Facts class="facts--row">
                <Fact term="Fascicoli">{dossiers}<span class="list__sub">{format!("{ready} {}", if ready == 1 { "pronto" } else { "pronti" })}</span></Fact>
                {amount("Concordate", amounts.agreed)}
                {amount("Erogate", amounts.delivered)}
                {amount("Riconosciute", amounts.recognised)}
                {amount("Pronte per il pagamento", payable.recognised)}
            </Facts>
            {period}
        </section>
    }
}
