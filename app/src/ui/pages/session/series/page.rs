//! The page of a new series: the form, the preview below it, the confirmation.

use leptos::{html, prelude::*};
use leptos_router::hooks::use_params_map;

use super::{
    super::entry::{activity_of, head, load, no_entry},
    confirm::ConfirmSeries,
    known::Known,
    pattern::{DAYS, Pattern, WEEKDAYS, gaps, start},
    planning::{Planning, row_id},
    preview::Preview,
};
use crate::{
    domain::{
        activity::ActivityPage,
        rulebook::{FieldProblem, Rule},
        session::SessionField as Field,
        weekdays::DayOfWeek,
    },
    ui::{
        browser::{bind_checked, focus_by_id},
        components::{Icon, LimitsLine, Loaded, sessions_in_words},
        forms::{Choice, SelectField, TextArea, TextField, problem_of},
    },
};

/// `/dossier/:id/attivita/:code/erogazioni/serie`.
#[component]
pub fn NewSeriesPage() -> impl IntoView {
    let params = use_params_map();
    let resource = Resource::new(move || params.with(activity_of), load);
    let content = |page: ActivityPage| {
        let body = if page.may_enter { view! { <SeriesEditor page=page.clone()/> }.into_any() } else { no_entry(&page).into_any() };
        view! { {head(&page, "Nuova serie")}{body} }.into_any()
    };
    view! { <Loaded resource view=content/> }.into_any()
}

/// Form, preview and confirmation.
#[component]
fn SeriesEditor(page: ActivityPage) -> impl IntoView {
    let pattern = Pattern::new(start(&page));
    let typed = pattern.session;
    let coach = Memo::new(move |_| typed.coach.get().trim().parse().ok());
    let known = Known::follow(page.dossier, page.frame, coach);
    let planning = Planning::follow(page.activity.code, pattern, known.facts);
    let gaps = Memo::new(move |_| gaps(&pattern.form()));
    let (open, stopped) = (RwSignal::new(false), RwSignal::new(None));
    // An empty field is mentioned beside itself once somebody has tried to send.
    let tried = RwSignal::new(false);
    let problems = Signal::derive(move || {
        let tried = tried.get();
        gaps.get().into_iter().filter(|gap| tried || gap.rule != Rule::R15).collect::<Vec<_>>()
    });
    // The reason why nothing was entered goes with the last row that was marked.
    Effect::new(move |_| {
        if planning.blocked().is_empty() {
            stopped.set(None);
        }
    });
    let send = Callback::new(move |()| {
        tried.set(true);
        let blocked = untrack(|| planning.blocked());
        if let Some(gap) = gaps.with_untracked(|gaps| gaps.first().cloned()) {
            focus_by_id(&gap.field);
        } else if let Some(first) = blocked.first() {
            stopped.set(Some(format!("{} da sistemare: sposta o togli quelle segnate.", sessions_in_words(blocked.len()))));
            focus_by_id(&row_id(*first));
        } else if planning.sum.get_untracked().sessions > 0 {
            open.set(true);
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        send.run(());
    };
    let coaches =
        Signal::stored(page.coaches.iter().map(|coach| Choice::new(coach.id.to_string(), coach.name.clone())).collect::<Vec<_>>());
    let retry = Callback::new(move |()| known.ask_again());
    view! {
        <div class="stack">
            <section class="panel stack" aria-label="Schema">
                <LimitsLine limits=page.limits/>
                <form class="form-grid" novalidate on:submit=submit aria-label="Serie">
                    <SelectField name=Field::Coach.as_str() label="Operatore" value=typed.coach choices=coaches problems required=true/>
                    <Days pattern problems/>
                    <TextField name=Field::On.as_str() label="Dal giorno" kind="date" value=typed.on problems required=true class="field--third"/>
                    <TextField name=Field::From.as_str() label="Ora inizio" kind="time" step=900 value=typed.from problems required=true
                        class="field--third field--pair"/>
                    <TextField name=Field::To.as_str() label="Ora fine" kind="time" step=900 value=typed.to problems required=true
                        class="field--third field--pair"/>
                    <TextArea name=Field::Note.as_str() label="Note" value=typed.note problems rows=2
                        hint="Indica il luogo in cui si svolge l'attività. Non scrivere dati sulla salute."/>
                    // A form with several fields is only sent by Enter when it has a button for it; the one to press stands below the preview.
                    <button type="submit" hidden></button>
                </form>
            </section>
            <section class="panel" aria-labelledby="anteprima">
                <h2 class="panel__title" id="anteprima">"Anteprima"</h2>
                <Preview page=page.clone() planning gaps failed=known.failed retry stopped on_send=send/>
            </section>
        </div>
        <ConfirmSeries page planning coach=typed.coach coaches note=typed.note open stopped on_refused=retry/>
    }
}

/// The days of the week, as one group.
#[component]
fn Days(pattern: Pattern, problems: Signal<Vec<FieldProblem>>) -> impl IntoView {
    let problem = Memo::new(move |_| problems.with(|problems| problem_of(problems, WEEKDAYS)));
    let error = format!("{WEEKDAYS}-err");
    let described_by = error.clone();
    view! {
        <fieldset class="field field--wide" id=WEEKDAYS tabindex="-1" aria-describedby=move || problem.with(Option::is_some).then(|| described_by.clone())>
            <legend>"Giorni della settimana "<span class="field__required" aria-hidden="true">"*"</span></legend>
            <div class="cluster">
                {DAYS.into_iter().zip(pattern.days).map(|(day, chosen)| view! { <Day day chosen/> }).collect_view()}
            </div>
            {move || problem.get().map(|sentence| view! {
                <p class="field-error" id=error.clone()><Icon name="it-error" size="icon--sm"/>{sentence}</p>
            })}
        </fieldset>
    }
}

#[component]
fn Day(day: DayOfWeek, chosen: RwSignal<bool>) -> impl IntoView {
    let control = NodeRef::<html::Input>::new();
    bind_checked(control, chosen, chosen.get_untracked());
    let id = format!("{WEEKDAYS}-{}", day.as_str());
    view! {
        <div class="form-check">
            <input type="checkbox" id=id.clone() checked=chosen.get_untracked() node_ref=control on:change=move |event| chosen.set(event_target_checked(&event))/>
            <label for=id>{day.label()}</label>
        </div>
    }
}
