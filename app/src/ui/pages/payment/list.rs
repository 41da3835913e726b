//! The dossiers with their hours, values and what blocks them, and the pages that follow.

use leptos::{ev::KeyboardEvent, prelude::*};

use crate::{
    api,
    domain::{
        dossier::payment::{Amount, Blocker, PaymentForm, PaymentRow, PaymentRows, late_in_words},
        text,
    },
    ui::{
        browser,
        components::StateBadge,
        forms::{ListFoot, More},
        paths,
    },
};

/// The rows of the first page, and those that "Carica altri" adds.
#[component]
pub fn Dossiers(first: PaymentRows, total: u64, form: PaymentForm) -> impl IntoView {
    let rows = RwSignal::new(first.rows);
    let more = More::after(first.next);
    let load_more = Callback::new(move |()| {
        let form = form.clone();
        more.load(rows, |row| row.id, async move |after| api::payment::more(form, after).await.map(|page| (page.rows, page.next)));
    });
    let arrows = |event: KeyboardEvent| browser::move_with_arrows(&event, ".list__link");
    view! {
        <table class="list">
            <caption class="visually-hidden">"Fascicoli, dall'ammissione più recente"</caption>
            <thead>
                <tr>
                    <th scope="col">"Fascicolo"</th>
                    <th scope="col">"Stato"</th>
                    <th scope="col">"Sede"</th>
                    <th scope="col" class="num">"Concordate"</th>
                    <th scope="col" class="num">"Erogate"</th>
                    <th scope="col" class="num">"Riconosciute"</th>
                    <th scope="col">"Pagamento"</th>
                </tr>
            </thead>
            <tbody on:keydown=arrows>
                <For each=move || rows.get() key=|row| row.id let:row><Row row/></For>
            </tbody>
        </table>
        <ListFoot more shown=Signal::derive(move || rows.with(Vec::len)) total on_more=load_more/>
    }
}

#[component]
fn Row(row: PaymentRow) -> impl IntoView {
    let readiness = row.readiness();
    let PaymentRow { id, opal_code, person, site_town, status, amounts, late, blocked, .. } = row;
    let amount = |label: &'static str, amount: Amount| {
        view! {
            <td data-label=label class="num nowrap">{text::hours(amount.minutes)}<span class="list__sub nowrap">{text::money(amount.cents)}</span></td>
        }
    };
    let said = blocked.into_iter().map(Blocker::label).chain(late_in_words(late));
    view! {
        <tr class="list__row">
            <th scope="row" data-label="Fascicolo">
                <a class="list__link" href=paths::dossier(id)>{opal_code}</a>
                <span class="list__sub">{person.last_first()}</span>
            </th>
            <td data-label="Stato"><StateBadge state=status/></td>
            <td data-label="Sede">{site_town}</td>
            {amount("Concordate", amounts.agreed)}
            {amount("Erogate", amounts.delivered)}
            {amount("Riconosciute", amounts.recognised)}
            <td data-label="Pagamento">
                <StateBadge state=readiness/>
                <ul class="list__sub">{said.map(|said| view! { <li>{said}</li> }).collect_view()}</ul>
            </td>
        </tr>
    }
}
