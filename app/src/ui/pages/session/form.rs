//! The form itself, beside the week: checks appear while typing, and nothing typed is lost when the server refuses.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    around::Around,
    judged::{field_of, is_missing, judge, typed_span},
    meters::Meters,
    picture::{blocks, festive},
    slots::Slots,
    typed::Typed,
};
use crate::{
    api,
    domain::{
        activity::ActivityPage,
        command::{Seen, Version},
        ids::SessionId,
        rulebook::{FieldProblem, Finding, Refusal},
        session::{NewSession, SessionField as Field, SessionForm, SessionStep},
        text,
    },
    ui::{
        components::{ActionButton, ConfirmDialog, Fact, Facts, Findings, LimitsLine, Notice, Notices, WeekPicture},
        forms::{Choice, Command, CommandProblem, ErrorSummary, SelectField, Sent, TextArea, TextField},
        paths,
    },
};

/// What the form is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A new session, or one that takes the place of an ended one.
    Enter {
        /// The ended session (R22).
        replaces: Option<SessionId>,
    },
    /// A change of a session that is still *inserita* (R17).
    Modify {
        /// The session.
        id: SessionId,
        /// The version that is changed (R43).
        version: Version,
    },
}

impl Purpose {
    /// The session being changed.
    fn own(self) -> Option<SessionId> {
        match self {
            Self::Enter { .. } => None,
            Self::Modify { id, .. } => Some(id),
        }
    }

    fn button(self) -> &'static str {
        match self {
            Self::Enter { .. } => "Invia",
            Self::Modify { .. } => "Salva modifiche",
        }
    }

    fn done(self) -> &'static str {
        match self {
            Self::Enter { .. } => "Erogazione inserita.",
            Self::Modify { .. } => "Erogazione modificata.",
        }
    }
}

/// The findings that lists show: an empty field speaks beside itself.
fn refusals(findings: &[Finding]) -> Vec<Refusal> {
    findings.iter().filter(|finding| !is_missing(finding)).map(Refusal::from).collect()
}

fn problem(finding: &Finding) -> FieldProblem {
    FieldProblem::new(field_of(finding).as_str(), finding.rule, finding.sentence())
}

/// The form and the week.
#[component]
pub fn SessionEditor(
    /// The activity's data.
    page: ActivityPage,
    /// What the form is for.
    purpose: Purpose,
    /// What it starts with.
    start: SessionForm,
) -> impl IntoView {
    let (dossier, activity, today) = (page.dossier, page.activity.code, page.now.today());
    let own = purpose.own();
    let typed = Typed::new(start);
    let form = Memo::new(move |_| typed.form());
    let week = Memo::new(move |_| typed.week(today));
    let around = Around::follow(dossier, Memo::new(move |_| (form.with(|form| form.read().coach), week.get())));
    let verdict = Memo::new(move |_| {
        around.facts.with(|facts| facts.as_ref().map(|facts| judge(&form.get(), own, activity, facts))).unwrap_or_default()
    });

    // An empty field is mentioned once the person has passed it, or has tried to send.
    let passed = RwSignal::new(None::<Field>);
    let pass = move |field: Field| Callback::new(move |()| passed.update(|passed| *passed = (*passed).max(Some(field))));
    let missing = Signal::derive(move || {
        let said = passed.get();
        verdict.with(|verdict| {
            verdict.blocks.iter().filter(|finding| is_missing(finding) && Some(field_of(finding)) <= said).map(problem).collect::<Vec<_>>()
        })
    });
    let blocking = Signal::derive(move || verdict.with(|verdict| refusals(&verdict.blocks)));
    let warning = Signal::derive(move || verdict.with(|verdict| refusals(&verdict.warns)));

    // The summary is that of the last attempt, or it would take the focus again at every key; it goes once nothing in it is true any more.
    let summary = RwSignal::new(Vec::<FieldProblem>::new());
    Effect::new(move |_| {
        let solved = verdict.with(|verdict| {
            let said = summary.read_untracked();
            !said.is_empty() && !verdict.blocks.iter().map(problem).any(|problem| said.contains(&problem))
        });
        if solved {
            summary.set(Vec::new());
        }
    });

    let sending = Sending::new(&page, purpose, form);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        passed.set(Some(Field::Note));
        let verdict = verdict.get_untracked();
        if verdict.allows() {
            sending.send_or_ask(refusals(&verdict.warns));
        } else {
            summary.set(verdict.blocks.iter().map(problem).collect());
        }
    };
    let picture = Signal::derive(move || {
        let clash = !blocking.with(Vec::is_empty);
        around.facts.with(|facts| blocks(&form.get(), own, week.get(), clash, facts.as_ref()))
    });
    let festive = Callback::new(move |on| around.facts.with(|facts| festive(on, facts.as_ref())));
    let coaches =
        Signal::stored(page.coaches.iter().map(|coach| Choice::new(coach.id.to_string(), coach.name.clone())).collect::<Vec<_>>());
    let limited = page.limits.is_some().then(|| view! { <div class="field field--wide"><LimitsLine limits=page.limits/></div> });
    let length = move || typed_span(&form.get()).map(|span| text::hours(span.minutes()));
    view! {
        <div class="form-week">
            <form class="form-grid" novalidate on:submit=submit aria-label="Erogazione">
                <div class="field field--wide">
                    <ErrorSummary problems=summary/>
                    <CommandProblem command=sending.command summary="riepilogo-risposta"/>
                </div>
                {limited}
                <SelectField name=Field::Coach.as_str() label="Operatore" value=typed.coach choices=coaches problems=missing required=true class="field--wide"/>
                <TextField name=Field::On.as_str() label="Data" kind="date" value=typed.on problems=missing required=true on_leave=pass(Field::On) class="field--third"/>
                <TextField name=Field::From.as_str() label="Ora inizio" kind="time" step=900 value=typed.from problems=missing required=true on_leave=pass(Field::From)
                    class="field--third field--pair"/>
                <TextField name=Field::To.as_str() label="Ora fine" kind="time" step=900 value=typed.to problems=missing required=true on_leave=pass(Field::To)
                    class="field--third field--pair"/>
                <TextArea name=Field::Note.as_str() label="Note" value=typed.note problems=missing rows=3
                    hint="Indica il luogo in cui si svolge l'attività. Non scrivere dati sulla salute."/>
                <div class="field field--wide stack" aria-busy=move || around.loading.get().to_string()>
                    <p class="muted">{move || length().map_or_else(|| "Durata: da indicare".to_owned(), |length| format!("Durata: {length}"))}</p>
                    <Meters form own activity facts=around.facts/>
                    <Findings blocks=blocking warns=warning/>
                    <Slots form verdict own activity facts=around.facts coaches on_pick=Callback::new(move |slot| typed.take(slot))/>
                    {move || around.failed.get().map(|error| view! {
                        <Notice kind="warn"><p>"I controlli durante la scrittura non sono disponibili: li farà il sistema all'invio. "{error.sentence()}</p></Notice>
                    })}
                </div>
                <div class="form-grid__actions">
                    <a class="btn btn-outline-primary" href=paths::activity(dossier, activity)>"Indietro"</a>
                    <ActionButton submit=true pending=sending.command.pending()>{purpose.button()}</ActionButton>
                </div>
            </form>
            <WeekPicture week festive limits=page.limits blocks=picture chosen=Signal::derive(move || typed.day()) on_pick=Callback::new(move |pick| typed.pick(pick))/>
        </div>
        <ConfirmWarnings sending form coaches/>
    }
}

/// The sending of the form: at once when nothing warns, else after one confirmation.
#[derive(Clone, Copy)]
struct Sending {
    command: Command,
    asked: RwSignal<Vec<Refusal>>,
    asking: RwSignal<bool>,
    send: Callback<bool>,
}

impl Sending {
    fn new(page: &ActivityPage, purpose: Purpose, form: Memo<SessionForm>) -> Self {
        let (dossier, activity) = (page.dossier, page.activity.code);
        let (command, notices, navigate) = (Command::new(), Notices::get(), use_navigate());
        let asked = RwSignal::new(Vec::new());
        let asking = RwSignal::new(false);
        let send = Callback::new(move |confirmed: bool| {
            let form = form.get_untracked();
            let navigate = navigate.clone();
            command.run(
                move |key| async move {
                    Sent::of(match purpose {
                        Purpose::Enter { replaces } => {
                            api::session::enter(NewSession { key, dossier, activity, form, replaces, confirmed }).await
                        }
                        Purpose::Modify { id, version } => {
                            let step = SessionStep::Modify { form };
                            api::session::step(id, Seen { key, version }, step, confirmed).await.map(|()| id)
                        }
                    })
                },
                move |sent| match sent {
                    Sent::Ask(refusals) => {
                        asked.set(refusals);
                        asking.set(true);
                    }
                    Sent::Done(id) => {
                        asking.set(false);
                        notices.say(purpose.done());
                        notices.flash(paths::session_anchor(id));
                        navigate(&paths::activity(dossier, activity), NavigateOptions::default());
                    }
                },
            );
        });
        Self { command, asked, asking, send }
    }

    fn send_or_ask(self, warns: Vec<Refusal>) {
        if warns.is_empty() {
            self.send.run(false);
        } else {
            self.asked.set(warns);
            self.asking.set(true);
        }
    }
}

/// The one confirmation of what the rules warn about.
#[component]
fn ConfirmWarnings(sending: Sending, form: Memo<SessionForm>, coaches: Signal<Vec<Choice>>) -> impl IntoView {
    let Sending { command, asked, asking, send } = sending;
    let day = move || form.with(|form| form.read().on).map(text::date_long);
    let times = move || typed_span(&form.get()).map(|span| format!("{}-{}", text::time_hm(span.from()), text::time_hm(span.to())));
    let coach = move || {
        form.with(|form| {
            coaches.with(|coaches| coaches.iter().find(|choice| choice.value == form.coach).map(|choice| choice.label.clone()))
        })
    };
    view! {
        <ConfirmDialog
            id="avvisi"
            title="Conferma gli avvisi".to_owned()
            open=asking
            consequence="L'erogazione viene registrata anche con questi avvisi.".to_owned()
            confirm="Conferma e invia".to_owned()
            command
            on_confirm=Callback::new(move |()| send.run(true))
        >
            <Facts class="facts--compact">
                <Fact term="Data">{day}</Fact>
                <Fact term="Orario">{times}</Fact>
                <Fact term="Operatore">{coach}</Fact>
            </Facts>
            <Findings blocks=Signal::stored(Vec::new()) warns=asked/>
        </ConfirmDialog>
    }
}
