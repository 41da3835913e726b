//! The rules in force, for the administrator of the system.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    domain::{
        dossier::VoucherKind,
        rulebook::{LateEntry, Rulebook},
        text::{date_long, hours, money, time_hm},
    },
    ui::components::{Fact, Facts},
};

/// The version of the rulebook that holds on a day.
#[component]
pub fn RulesInForce(on: NaiveDate) -> impl IntoView {
    let rules = Rulebook::builtin().on(on).clone();
    let late = match rules.late_entry {
        LateEntry::Tolerated => "ammesso con segnalazione",
        LateEntry::Refused => "rifiutato",
    };
    let catalogue = rules.catalogue;
    let lines = catalogue.activities.into_iter().map(|activity| {
        view! {
            <tr>
                <th scope="row" data-label="Attività">{activity.name}{activity.assumption.then(|| view! { <span class="list__sub">"ipotesi, non da un testo ufficiale"</span> })}</th>
                <td class="num" data-label="Voucher base">{hours(activity.minutes.of(VoucherKind::Base))}</td>
                <td class="num" data-label="Voucher rinforzato">{hours(activity.minutes.of(VoucherKind::Enhanced))}</td>
            </tr>
        }
    });
    view! {
        <div class="stack">
            <section class="panel" aria-labelledby="regole-titolo">
                <h2 class="panel__title" id="regole-titolo">"Regole in vigore"</h2>
                <Facts>
                    <Fact term="In vigore dal">{date_long(rules.valid_from)}</Fact>
                    <Fact term="Fonte">{rules.citation}</Fact>
                    <Fact term="Giorni per decidere una richiesta">{rules.admission_days}</Fact>
                    <Fact term="Ore al giorno per persona">{hours(rules.day_cap)}</Fact>
                    <Fact term="Ore alla settimana per persona">{hours(rules.week_cap)}</Fact>
                    <Fact term="Fascia oraria">{format!("{}-{}", time_hm(rules.earliest), time_hm(rules.latest))}</Fact>
                    <Fact term="Passo di orari e durate">{hours(rules.step)}</Fact>
                    <Fact term="Giorni per regolarizzare un'erogazione">{rules.regularisation_days}</Fact>
                    <Fact term="Inserimento tardivo">{late}</Fact>
                    <Fact term="Giorni dopo la scadenza del voucher">{rules.tail_days}</Fact>
                    <Fact term="Caratteri minimi del motivo di rifiuto">{rules.refusal_reason_min}</Fact>
                </Facts>
            </section>
            <section class="panel stack" aria-labelledby="catalogo-titolo">
                <h2 class="panel__title" id="catalogo-titolo">"Catalogo delle attività"</h2>
                <table class="list list--plain">
                    <caption class="visually-hidden">"Ore concordate per attività e tipo di voucher"</caption>
                    <thead><tr><th scope="col">"Attività"</th><th scope="col" class="num">"Voucher base"</th><th scope="col" class="num">"Voucher rinforzato"</th></tr></thead>
                    <tbody>{lines.collect_view()}</tbody>
                </table>
                <p class="muted">{format!("Tariffa oraria {}: valore dimostrativo, non ufficiale.", money(catalogue.rate_cents))}</p>
            </section>
        </div>
    }
}
