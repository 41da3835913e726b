//! Interruzione: what it ends is shown first, then date, job and reason are asked (S18).

use leptos::prelude::*;

use crate::{
    api::{self, ApiError},
    domain::{
        command::{Seen, Version},
        dossier::{DossierFrame, InterruptionForm, InterruptionPlan, JobOutcome},
        ids::OpalId,
        rulebook::Refusal,
        session::Action,
        text::counted,
        time::LocalInstant,
    },
    ui::{
        components::{ActionButton, ConfirmDialog, Fact, Facts, Notice, Notices},
        forms::{Choice, Command, SelectField, TextArea, TextField},
    },
};

/// What the dialog needs of its dossier.
#[derive(Clone)]
pub struct About {
    /// The dossier.
    pub id: OpalId,
    /// Its version, as seen.
    pub version: Version,
    /// Its OPAL code.
    pub opal_code: String,
    /// The person.
    pub person: String,
    /// Its dates.
    pub frame: DossierFrame,
    /// The Rome wall clock, by the server.
    pub now: LocalInstant,
}

/// The button with its dialog, or why the service cannot be interrupted.
#[component]
pub fn Interrupt(about: About, planned: Result<InterruptionPlan, Refusal>, refresh: Callback<()>) -> impl IntoView {
    match planned {
        Ok(plan) => view! { <Dialog about plan refresh/> }.into_any(),
        Err(refusal) => view! {
            <button type="button" class="btn btn-outline-danger" disabled=true aria-describedby="perche-non-si-interrompe">"Interruzione"</button>
            <p class="muted" id="perche-non-si-interrompe">{refusal.sentence}" "{format!("({})", refusal.rule)}</p>
        }
        .into_any(),
    }
}

#[component]
fn Dialog(about: About, plan: InterruptionPlan, refresh: Callback<()>) -> impl IntoView {
    let About { id, version, opal_code, person, frame, now } = about;
    let (command, open) = (Command::new(), RwSignal::new(false));
    let problems = command.problems();
    let [on, job, reason] = [RwSignal::new(now.today().to_string()), RwSignal::new(String::new()), RwSignal::new(String::new())];
    let confirm = Callback::new(move |()| {
        let form = InterruptionForm { interrupted_on: on.get_untracked(), job: job.get_untracked(), reason: reason.get_untracked() };
        if let Err(problems) = form.check(&frame, now.today()) {
            command.fail(ApiError::Invalid(problems));
            return;
        }
        command.run(
            move |key| api::dossier::interrupt(id, Seen { key, version }, form),
            move |()| {
                open.set(false);
                Notices::get().say("Interruzione registrata.");
                refresh.try_run(());
            },
        );
    });
    let count = |wanted| u32::try_from(plan.ends.iter().filter(|(_, action)| *action == wanted).count()).unwrap_or(u32::MAX);
    let ends = [
        (count(Action::Cancel), "inserita: diventa «annullata»", "inserite: diventano «annullate»"),
        (count(Action::CloseNegative), "programmata: diventa «chiusa negativamente»", "programmate: diventano «chiuse negativamente»"),
    ];
    let ends: Vec<_> = ends
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| view! { <li>{counted(count, one, many)}</li> })
        .collect();
    let jobs = JobOutcome::ALL.map(|job| Choice::new(job.as_str(), job.label())).to_vec();
    view! {
        <ActionButton class="btn btn-outline-danger" on_press=Callback::new(move |()| open.set(true))>"Interruzione"</ActionButton>
        <ConfirmDialog id="interruzione" title="Interruzione" open danger=true command confirm="Interrompi il servizio" on_confirm=confirm on_refresh=refresh
            consequence="Il fascicolo diventa «Interrotto»: non si pianifica e non si eroga più, e si deve la relazione sull'insuccesso. Non si può tornare indietro.">
            <Facts class="facts--compact">
                <Fact term="Codice OPAL">{opal_code}</Fact>
                <Fact term="Beneficiario">{person}</Fact>
            </Facts>
            {(!plan.warns.is_empty()).then(|| view! {
                <Notice kind="warn">{plan.warns.iter().map(|sentence| view! { <p>{sentence.clone()}</p> }).collect_view()}</Notice>
            })}
            {(!ends.is_empty()).then(|| view! { <p>"Erogazioni ancora aperte che finiscono con il servizio:"</p><ul>{ends}</ul> })}
            <div class="form-grid form-grid--one">
                <TextField name="interrupted_on" label="Data dell'interruzione" kind="date" value=on problems required=true/>
                <SelectField name="job" label="Rapporto di lavoro" value=job choices=Signal::stored(jobs) problems required=true/>
                <TextArea name="interruption_reason" label="Motivo" value=reason problems required=true
                    hint="Lo legge solo chi gestisce il fascicolo. Non scrivere diagnosi."/>
            </div>
        </ConfirmDialog>
    }
}
