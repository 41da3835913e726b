//! Ammissione al servizio and Rifiuta la richiesta: both final, both confirmed (R5, R6, R8).

use leptos::prelude::*;

use crate::{
    api::{self, ApiError},
    domain::{
        command::Seen,
        request::{DUTY, RefusalCategory, RefusalForm, RequestDetail},
        text::hours,
    },
    ui::{
        components::{ActionButton, ConfirmDialog, Fact, Facts, Icon, Notice, Notices},
        forms::{Command, TextArea, problem_of},
    },
};

/// The two buttons and their dialogs; a provider that is not active can only refuse (R40).
#[component]
pub fn Decisions(detail: RequestDetail, refresh: Callback<()>) -> impl IntoView {
    let (admitting, refusing) = (RwSignal::new(false), RwSignal::new(false));
    let admit = detail.may_admit.then(|| {
        view! { <ActionButton on_press=Callback::new(move |()| admitting.set(true))>"Ammissione al servizio"</ActionButton> }
    });
    view! {
        <div class="stack">
            {admit}
            <ActionButton class="btn btn-outline-danger" on_press=Callback::new(move |()| refusing.set(true))>"Rifiuta la richiesta"</ActionButton>
        </div>
        <Admission detail=detail.clone() open=admitting refresh/>
        <Refusal detail open=refusing refresh/>
    }
}

/// After a decision the dialog closes; the outcome, which takes the place of the buttons, is marked and takes the focus.
fn decided(open: RwSignal<bool>, refresh: Callback<()>, text: String) {
    open.set(false);
    let notices = Notices::get();
    notices.say(text);
    notices.flash("esito");
    refresh.try_run(());
}

#[component]
fn RequestFacts(detail: RequestDetail) -> impl IntoView {
    let row = detail.row;
    view! {
        <Facts class="facts--compact">
            <Fact term="Codice OPAL">{row.opal_code}</Fact>
            <Fact term="Beneficiario">{row.person.full()}</Fact>
            <Fact term="Composizione OPAL">{format!("{} attività · {}", row.activities, hours(row.minutes))}</Fact>
            <Fact term="CPI">{row.centre}</Fact>
        </Facts>
    }
}

#[component]
fn Admission(detail: RequestDetail, open: RwSignal<bool>, refresh: Callback<()>) -> impl IntoView {
    let command = Command::new();
    let (id, version, code) = (detail.row.id, detail.version, detail.row.opal_code.clone());
    let confirm = Callback::new(move |()| {
        let text = format!("{code}: beneficiario ammesso al servizio.");
        command.run(move |key| api::request::admit(id, Seen { key, version }), move |()| decided(open, refresh, text));
    });
    view! {
        <ConfirmDialog id="ammissione" title="Ammissione al servizio" open command confirm="Procedi" on_confirm=confirm on_refresh=refresh
            consequence="Con l'ammissione la tua sede prende in carico il beneficiario e si apre il fascicolo: non si può tornare indietro.">
            <RequestFacts detail/>
        </ConfirmDialog>
    }
}

#[component]
fn Refusal(detail: RequestDetail, open: RwSignal<bool>, refresh: Callback<()>) -> impl IntoView {
    let command = Command::new();
    let (id, version, shortest, code) = (detail.row.id, detail.version, detail.refusal_reason_min, detail.row.opal_code.clone());
    let category = RwSignal::new(None::<RefusalCategory>);
    let reason = RwSignal::new(String::new());
    let problems = command.problems();
    let confirm = Callback::new(move |()| {
        let chosen = category.get_untracked().map(RefusalCategory::as_str).unwrap_or_default();
        let form = RefusalForm { category: chosen.to_owned(), reason: reason.get_untracked() };
        if let Err(problems) = form.check(shortest) {
            command.fail(ApiError::Invalid(problems));
            return;
        }
        let text = format!("{code}: richiesta rifiutata.");
        command.run(move |key| api::request::refuse(id, Seen { key, version }, form), move |()| decided(open, refresh, text));
    });
    let written = move || reason.with(|reason| reason.trim().chars().count());
    view! {
        <ConfirmDialog id="rifiuto" title="Rifiuta la richiesta" open danger=true command confirm="Rifiuta la richiesta" on_confirm=confirm
            on_refresh=refresh consequence="La richiesta torna al CPI come rifiutata, con questa motivazione: non si può tornare indietro.">
            <Notice kind="warn"><p>{DUTY}</p></Notice>
            <RequestFacts detail/>
            <div class="form-grid form-grid--one">
                <CategoryField category problem=Signal::derive(move || problems.with(|problems| problem_of(problems, "category")))/>
                <TextArea name="reason" label="Motivazione" value=reason problems required=true hint=format!("Almeno {shortest} caratteri.")/>
                <p class="muted" aria-live="off">{move || format!("{} caratteri scritti", written())}</p>
            </div>
        </ConfirmDialog>
    }
}

/// Which kind of objective impediment; the first choice carries the field's name as its id, for the links of the summary.
#[component]
fn CategoryField(category: RwSignal<Option<RefusalCategory>>, problem: Signal<Option<String>>) -> impl IntoView {
    let choices = RefusalCategory::ALL.into_iter().enumerate().map(|(at, choice)| {
        let id = if at == 0 { "category".to_owned() } else { format!("category-{}", choice.as_str()) };
        view! {
            <div class="form-check">
                <input type="radio" id=id.clone() name="category" value=choice.as_str() aria-invalid=move || problem.with(Option::is_some).then_some("true")
                    aria-describedby=move || problem.with(Option::is_some).then_some("category-err") prop:checked=move || category.get() == Some(choice)
                    on:change=move |_| category.set(Some(choice))/>
                <label for=id>{choice.label()}</label>
            </div>
        }
    });
    view! {
        <fieldset class="field field--wide">
            <legend>"Impedimento oggettivo "<span class="field__required" aria-hidden="true">"*"</span></legend>
            {choices.collect_view()}
            {move || problem.get().map(|sentence| view! {
                <p class="field-error" id="category-err"><Icon name="it-error" size="icon--sm"/>{sentence}</p>
            })}
        </fieldset>
    }
}
