//! The parts of one version: its limits with their sources, its catalogue, its patron saints.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::domain::{
    document::{DocumentKind, KindSet},
    dossier::VoucherKind,
    rulebook::{Catalogue, CatalogueActivity, Limit, Rulebook, RulebookVersion, patron::PatronSaint},
    text::{date_long, hours, money, month_full},
};

/// Every limit with its value, the rule and the text it comes from, and since when it has been so.
#[component]
pub fn LimitsOf(rulebook: Rulebook, version: RulebookVersion) -> impl IntoView {
    let first = rulebook.versions().first().map(|first| first.valid_from);
    let line = |limit: Limit| {
        let since = limit.since(&rulebook, &version);
        let is_new = since == version.valid_from && first != Some(since);
        let rule = limit.rule();
        view! {
            <tr>
                <th scope="row" data-label="Limite">{limit.label()}<span class="list__sub">{rule.to_string()}</span></th>
                <td class=if is_new { "num rules__value rules__value--new" } else { "num rules__value" } data-label="Valore">{limit.of(&version).shown()}</td>
                <td class="rules__source" data-label="Fonte">{rule.source()}</td>
                <td class="nowrap" data-label="Vale">{format!("dal {}", date_long(since))}</td>
            </tr>
        }
    };
    view! {
        <section class="panel" aria-labelledby="limiti-titolo">
            <h2 class="panel__title" id="limiti-titolo">"Limiti"</h2>
            <table class="list list--plain rules">
                <caption class="visually-hidden">"Limiti con valore, fonte e validità"</caption>
                <thead><tr>
                    <th scope="col">"Limite"</th><th scope="col" class="num">"Valore"</th><th scope="col">"Fonte"</th><th scope="col">"Vale"</th>
                </tr></thead>
                <tbody>{Limit::ALL.into_iter().map(line).collect_view()}</tbody>
            </table>
        </section>
    }
}

/// The five activities with their hours.
#[component]
pub fn CatalogueOf(catalogue: Catalogue, measure: String) -> impl IntoView {
    let rate = money(catalogue.rate_cents);
    let line = |activity: &CatalogueActivity| {
        view! {
            <tr>
                <th scope="row" data-label="Attività">
                    {activity.name.clone()}
                    {asked(activity.outputs).map(|asked| view! { <span class="list__sub">{asked}</span> })}
                    {activity.assumption.then(|| view! { <span class="list__sub">"ipotesi, non da un testo ufficiale"</span> })}
                </th>
                <td class="num" data-label="Voucher base">{hours(activity.minutes.of(VoucherKind::Base))}</td>
                <td class="num" data-label="Voucher rinforzato">{hours(activity.minutes.of(VoucherKind::Enhanced))}</td>
            </tr>
        }
    };
    let total = |kind| hours(catalogue.total_minutes(kind));
    view! {
        <section class="panel stack" aria-labelledby="catalogo-titolo">
            <h2 class="panel__title" id="catalogo-titolo">"Catalogo delle attività"</h2>
            <table class="list list--plain">
                <caption class="visually-hidden">"Ore concordate per attività e tipo di voucher"</caption>
                <thead><tr>
                    <th scope="col">"Attività"</th><th scope="col" class="num">"Voucher base"</th><th scope="col" class="num">"Voucher rinforzato"</th>
                </tr></thead>
                <tbody>
                    {catalogue.activities.iter().map(line).collect_view()}
                    <tr>
                        <th scope="row" data-label="Attività">"Totale"</th>
                        <td class="num" data-label="Voucher base"><b>{total(VoucherKind::Base)}</b></td>
                        <td class="num" data-label="Voucher rinforzato"><b>{total(VoucherKind::Enhanced)}</b></td>
                    </tr>
                </tbody>
            </table>
            <p class="muted">{format!("Tariffa oraria {rate}: valore dimostrativo, non ufficiale.")}</p>
            <p class="muted">{format!("Riferimento sui documenti: {measure}")}</p>
        </section>
    }
}

/// The outputs that an activity owes: `Output: Piano di coaching`.
fn asked(outputs: KindSet) -> Option<String> {
    let labels: Vec<_> = outputs.iter().map(DocumentKind::label).collect();
    (!labels.is_empty()).then(|| format!("Output: {}", labels.join(", ")))
}

/// `13 giugno`, in whichever year.
fn day_of_year(month: u32, day: u32) -> String {
    const LEAP_YEAR: i32 = 2028;
    NaiveDate::from_ymd_opt(LEAP_YEAR, month, day).map(|on| format!("{day} {}", month_full(on))).unwrap_or_default()
}

/// The patron saints by town, with what they mean for a session.
#[component]
pub fn PatronsOf(version: RulebookVersion) -> impl IntoView {
    let policy = format!(
        "Nel giorno del patrono del luogo dell'erogazione: {}. La legge non lo prevede tra i festivi.",
        Limit::PatronSaint.of(&version).shown()
    );
    let mut patrons = version.patron_saints;
    patrons.sort_by(|one, other| one.town.cmp(&other.town));
    let empty = patrons.is_empty();
    let line = |PatronSaint { town, month, day, name }| {
        view! {
            <tr>
                <th scope="row" data-label="Comune">{town}</th>
                <td class="nowrap" data-label="Giorno">{day_of_year(month, day)}</td>
                <td data-label="Patrono">{name}</td>
            </tr>
        }
    };
    view! {
        <section class="panel stack" aria-labelledby="patroni-titolo">
            <h2 class="panel__title" id="patroni-titolo">"Santi patroni"</h2>
            <p>{policy}</p>
            {if empty {
                view! { <p class="muted">"Nessun comune in elenco."</p> }.into_any()
            } else {
                view! {
                    <table class="list list--plain">
                        <caption class="visually-hidden">"Santi patroni per comune"</caption>
                        <thead><tr><th scope="col">"Comune"</th><th scope="col">"Giorno"</th><th scope="col">"Patrono"</th></tr></thead>
                        <tbody>{patrons.into_iter().map(line).collect_view()}</tbody>
                    </table>
                }.into_any()
            }}
        </section>
    }
}
