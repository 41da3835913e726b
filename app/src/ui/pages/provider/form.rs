//! Cambia stato: a day, a reason, one confirmation.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::page::PERIODS;
use crate::{
    api::{self, ApiError},
    domain::{
        command::Seen,
        provider::{ProviderPage, Standing, StandingField, StandingForm},
        text::date_long,
    },
    ui::{
        browser,
        components::{ActionButton, ConfirmDialog, Fact, Facts, Notices},
        forms::{Choice, Command, CommandProblem, SelectField, TextArea, TextField},
    },
};

/// The form with its confirmation.
#[component]
pub fn ChangeStanding(
    /// The provider.
    data: ProviderPage,
    /// Loads it anew.
    refresh: Callback<()>,
) -> impl IntoView {
    let (today, provider, known) = (data.now.today(), data.row.provider, data.row.standings);
    let version = known.version();
    // The likely change: the other standing, from today.
    let other = match known.on(today) {
        Standing::Active => Standing::Suspended,
        Standing::Suspended => Standing::Active,
    };
    let (standing, from, reason) =
        (RwSignal::new(other.as_str().to_owned()), RwSignal::new(today.to_string()), RwSignal::new(String::new()));
    let form = move || StandingForm { standing: standing.get(), from: from.get(), reason: reason.get() };
    let (checking, command, asking, notices) = (Command::new(), Command::new(), RwSignal::new(false), Notices::get());
    let problems = checking.problems();
    let submit = {
        let known = known.clone();
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            checking.reset();
            match untrack(form).check(&known, today) {
                Err(problems) => checking.fail(ApiError::Invalid(problems)),
                Ok(_) => asking.set(true),
            }
        }
    };
    let send = Callback::new(move |()| {
        let form = untrack(form);
        command.run(
            move |key| api::provider::set_standing(provider.id, Seen { key, version }, form),
            move |()| {
                asking.set(false);
                notices.say("Stato dell'ente registrato.");
                notices.flash(PERIODS);
                refresh.try_run(());
                browser::focus_by_id("periodi-titolo");
            },
        );
    });
    let choices = Signal::stored(Standing::ALL.map(|standing| Choice::new(standing.as_str(), standing.label())).to_vec());
    let chosen = move || standing.with(|word| word.parse::<Standing>().ok());
    let day = move || from.with(|on| on.parse::<NaiveDate>().ok()).map(date_long);
    let consequence = Signal::derive(move || {
        match chosen() {
            Some(Standing::Suspended) => {
                "Da quel giorno l'ente non ammette nuove persone; i fascicoli già aperti proseguono, con un avviso."
            }
            _ => "Da quel giorno l'ente può di nuovo ammettere persone al servizio.",
        }
        .to_owned()
    });
    view! {
        <section class="panel" aria-labelledby="cambia-titolo">
            <h2 class="panel__title" id="cambia-titolo">"Cambia stato"</h2>
            <form class="form-grid form-grid--one" novalidate on:submit=submit aria-label="Cambia stato">
                <CommandProblem command=checking/>
                <SelectField name=StandingField::Standing.as_str() label=StandingField::Standing.label() value=standing choices problems required=true/>
                <TextField name=StandingField::From.as_str() label=StandingField::From.label() kind="date" value=from problems required=true
                    hint="Da oggi in poi."/>
                <TextArea name=StandingField::Reason.as_str() label=StandingField::Reason.label() value=reason problems rows=3 required=true
                    hint="L'atto su cui si basa. Senza dati personali."/>
                <div class="form-grid__actions"><ActionButton submit=true>"Cambia stato"</ActionButton></div>
            </form>
        </section>
        <ConfirmDialog id="cambia" title="Cambia stato".to_owned() open=asking command confirm="Conferma".to_owned() on_confirm=send
            on_refresh=refresh consequence>
            <Facts class="facts--compact">
                <Fact term="Ente">{provider.name}</Fact>
                <Fact term="Stato">{move || chosen().map(Standing::label)}</Fact>
                <Fact term="Dal giorno">{day}</Fact>
                <Fact term="Motivo">{reason}</Fact>
            </Facts>
        </ConfirmDialog>
    }
}
