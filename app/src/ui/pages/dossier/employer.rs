//! The employers of the dossier, and Cambio datore di lavoro (S17).

use leptos::prelude::*;

use super::interrupt::About;
use crate::{
    api::{self, ApiError},
    domain::{
        command::Seen,
        dossier::{EmployerForm, EmployerPeriod},
        request::intake::Employer,
        rulebook::Refusal,
        text::date_long,
    },
    ui::{
        components::{ActionButton, ConfirmDialog, Fact, Facts, Notices},
        forms::{Command, TextArea, TextField},
    },
};

/// The employers, the present one first, and the button that records another.
#[component]
pub fn Employers(
    about: About,
    /// By first day; never empty.
    periods: Vec<EmployerPeriod>,
    /// Why there can be no other; `None` for who may not record one.
    changing: Option<Result<(), Refusal>>,
    refresh: Callback<()>,
) -> impl IntoView {
    let last = periods.last().cloned();
    let entries = periods.into_iter().rev().map(|EmployerPeriod { since, employer, reason }| {
        view! {
            <li>
                <b>{employer.name}</b>", "{employer.town}
                <p class="muted">{format!("dal {} · referente {}", date_long(since), employer.contact)}</p>
                {reason.map(|reason| view! { <p class="muted">"Motivo: "{reason}</p> })}
            </li>
        }
    });
    let change = match (changing, last) {
        (Some(Ok(())), Some(last)) => view! { <Change about last refresh/> }.into_any(),
        _ => ().into_any(),
    };
    view! {
        <section class="panel" aria-labelledby="datore">
            <h2 class="panel__title" id="datore">"Datore di lavoro"</h2>
            <ul class="plain-list stack">{entries.collect_view()}</ul>
            {change}
        </section>
    }
}

#[component]
fn Change(about: About, last: EmployerPeriod, refresh: Callback<()>) -> impl IntoView {
    let About { id, version, frame, now, .. } = about;
    let EmployerPeriod { since: last_since, employer: present, .. } = last;
    let Employer { name: present_name, town: present_town, .. } = present.clone();
    let (command, open) = (Command::new(), RwSignal::new(false));
    let problems = command.problems();
    let since = RwSignal::new(now.today().to_string());
    let [name, vat_number, town, contact, reason] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let confirm = Callback::new(move |()| {
        let form = EmployerForm {
            since: since.get_untracked(),
            name: name.get_untracked(),
            vat_number: vat_number.get_untracked(),
            town: town.get_untracked(),
            contact: contact.get_untracked(),
            reason: reason.get_untracked(),
        };
        if let Err(problems) = form.check(&frame, last_since, &present) {
            command.fail(ApiError::Invalid(problems));
            return;
        }
        command.run(
            move |key| api::dossier::change_employer(id, Seen { key, version }, form),
            move |()| {
                open.set(false);
                Notices::get().say("Cambio del datore di lavoro registrato.");
                refresh.try_run(());
            },
        );
    });
    view! {
        <div class="panel__actions">
            <ActionButton class="btn btn-outline-primary btn-sm" on_press=Callback::new(move |()| open.set(true))>"Cambio datore di lavoro"</ActionButton>
        </div>
        <ConfirmDialog id="cambio-datore" title="Cambio datore di lavoro" open command confirm="Registra il cambio" on_confirm=confirm on_refresh=refresh
            consequence="Da quel giorno luogo, patrono e registro sono quelli del nuovo datore di lavoro. Le erogazioni già inserite non cambiano: controlla luogo e orari.">
            <Facts class="facts--compact">
                <Fact term="Attuale">{format!("{present_name}, {present_town}")}</Fact>
                <Fact term="Dal">{date_long(last_since)}</Fact>
            </Facts>
            <div class="form-grid form-grid--one">
                <TextField name="since" label="Nuovo datore di lavoro dal" kind="date" value=since problems required=true/>
                <TextField name="name" label="Ragione sociale" value=name problems required=true longest=200/>
                <TextField name="vat_number" label="Partita IVA" value=vat_number problems required=true longest=11/>
                <TextField name="town" label="Comune del luogo di lavoro" value=town problems required=true longest=200/>
                <TextField name="contact" label="Referente aziendale" value=contact problems required=true longest=200/>
                <TextArea name="change_reason" label="Motivo" value=reason problems required=true rows=3
                    hint="Lo legge solo chi gestisce il fascicolo. Non scrivere diagnosi."/>
            </div>
        </ConfirmDialog>
    }
}
