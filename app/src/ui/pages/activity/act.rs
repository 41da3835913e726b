//! An action on a session: the dialog that repeats its facts, names what follows, asks for its words and gives the command.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    api,
    domain::{
        command::Seen,
        rulebook::{FieldProblem, Finding, Reason, Refusal, Verdict},
        session::{
            Action, CompletionForm, EndReason, EndReasonForm, Horizon, Proposal, SessionRow, SessionStep, Surroundings, Words, check,
        },
        text,
    },
    ui::{
        browser::focus_by_id,
        components::{ConfirmDialog, Fact, Facts, Findings, Notices},
        forms::{Choice, Command, SelectField, Sent, TextArea, TextField},
        paths,
    },
};

/// An action that was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// Which.
    pub action: Action,
    /// On which session.
    pub row: SessionRow,
}

/// The words that an action wants, as typed.
#[derive(Clone, Copy)]
struct Typed {
    description: RwSignal<String>,
    reason: RwSignal<String>,
    text: RwSignal<String>,
}

impl Typed {
    fn completion(self) -> CompletionForm {
        CompletionForm { description: self.description.get() }
    }

    fn end(self) -> EndReasonForm {
        EndReasonForm { reason: self.reason.get(), text: self.text.get() }
    }

    /// The step that the words make of an action; the form of a session has its own page.
    fn step(self, action: Action) -> Option<SessionStep> {
        match action {
            Action::Enter | Action::Modify => None,
            Action::Schedule => Some(SessionStep::Schedule),
            Action::Start => Some(SessionStep::Start),
            Action::Complete => Some(SessionStep::Complete { form: self.completion() }),
            Action::Cancel => Some(SessionStep::Cancel { form: self.end() }),
            Action::CloseNegative => Some(SessionStep::CloseNegative { form: self.end() }),
        }
    }
}

/// What the rules say about the action, with the words typed so far.
fn judge(Act { action, row }: &Act, typed: Typed, around: &Surroundings) -> Verdict {
    let proposal = Proposal::of(row.id, row.activity, row.coach, row.span, &row.note);
    let words = Words { description: &typed.completion().description, has_reason: typed.end().read().is_some() };
    check(*action, row.state, &proposal, words, around)
}

/// The field in which a finding is put right: such a finding stands beside it, not in the list.
fn field_of(finding: &Finding) -> Option<&'static str> {
    match finding.reason {
        Reason::NoDescription | Reason::DescriptionTooLong { .. } => Some("description"),
        Reason::NoReason => Some("reason"),
        _ => None,
    }
}

/// The act, as the dialog's title.
fn title(action: Action) -> &'static str {
    match action {
        Action::Enter | Action::Modify => "Modifica l'erogazione",
        Action::Schedule => "Programma l'erogazione",
        Action::Start => "Avvia l'erogazione",
        Action::Complete => "Concludi erogazione",
        Action::Cancel => "Annulla l'erogazione",
        Action::CloseNegative => "Chiudi negativamente",
    }
}

/// What follows, in one sentence.
fn consequence(action: Action) -> &'static str {
    match action {
        Action::Enter | Action::Modify => "",
        Action::Schedule => "Dopo la conferma l'erogazione è «programmata»: le sue ore sono impegnate e non è più modificabile.",
        Action::Start => "Dopo la conferma l'erogazione è «avviata»: resta solo da concluderla.",
        Action::Complete => "Dopo la conferma l'erogazione è «erogata» e non cambia più; la descrizione va nel registro.",
        Action::Cancel => "Dopo la conferma l'erogazione è «annullata»: resta visibile e libera il suo orario, e puoi ripianificarla.",
        Action::CloseNegative => {
            "Dopo la conferma l'erogazione è «chiusa negativamente»: resta visibile e libera ore e orario, e puoi ripianificarla."
        }
    }
}

/// What was done, for the message.
fn done(action: Action) -> &'static str {
    match action {
        Action::Enter | Action::Modify => "Erogazione modificata.",
        Action::Schedule => "Erogazione programmata.",
        Action::Start => "Erogazione avviata.",
        Action::Complete => "Erogazione conclusa.",
        Action::Cancel => "Erogazione annullata.",
        Action::CloseNegative => "Erogazione chiusa negativamente.",
    }
}

/// The dialog of one action; it opens as it appears.
#[component]
pub fn ActDialog(
    /// The action.
    act: Act,
    /// Loads the page's data anew.
    on_change: Callback<()>,
) -> impl IntoView {
    let Act { action, row } = act.clone();
    let notices = Notices::get();
    let command = Command::new();
    let open = RwSignal::new(true);
    let typed = Typed { description: RwSignal::default(), reason: RwSignal::default(), text: RwSignal::default() };
    // Fields are not scolded before the first attempt.
    let tried = RwSignal::new(false);
    let asked = RwSignal::new(Vec::<Refusal>::new());

    let around = RwSignal::new(None::<Surroundings>);
    Effect::new(move |_| {
        spawn_local(async move {
            // Without an answer the server alone judges.
            if let Ok(facts) = api::session::surroundings(row.dossier, Horizon::week(Some(row.coach), row.span.on())).await {
                around.try_set(Some(facts));
            }
        });
    });
    let verdict = Memo::new(move |_| around.with(|around| around.as_ref().map(|around| judge(&act, typed, around))).unwrap_or_default());
    let blocks = Signal::derive(move || {
        verdict.with(|verdict| verdict.blocks.iter().filter(|finding| field_of(finding).is_none()).map(Refusal::from).collect::<Vec<_>>())
    });
    // The server's word, once there is one, stands for the browser's.
    let warns = Signal::derive(move || match asked.get() {
        asked if asked.is_empty() => verdict.with(|verdict| verdict.warns.iter().map(Refusal::from).collect::<Vec<_>>()),
        asked => asked,
    });
    let problems = Signal::derive(move || {
        let of = |finding: &Finding| Some(FieldProblem::new(field_of(finding)?, finding.rule, finding.sentence()));
        if tried.get() { verdict.with(|verdict| verdict.blocks.iter().filter_map(of).collect::<Vec<_>>()) } else { Vec::new() }
    });

    let send = Callback::new(move |()| {
        tried.set(true);
        if !verdict.with_untracked(Verdict::allows) {
            if let Some(problem) = problems.get_untracked().first() {
                focus_by_id(&problem.field);
            }
            return;
        }
        let Some(step) = untrack(|| typed.step(action)) else { return };
        let confirmed = warns.with_untracked(|warns| !warns.is_empty());
        command.run(
            move |key| async move { Sent::of(api::session::step(row.id, Seen { key, version: row.version }, step, confirmed).await) },
            move |sent| match sent {
                Sent::Ask(refusals) => asked.set(refusals),
                Sent::Done(()) => {
                    open.set(false);
                    notices.say(done(action));
                    notices.flash(paths::session_anchor(row.id));
                    on_change.try_run(());
                }
            },
        );
    });
    let confirm = move || match action {
        _ if warns.with(|warns| !warns.is_empty()) => "Conferma e procedi".to_owned(),
        Action::Cancel => title(action).to_owned(),
        _ => action.label().to_owned(),
    };
    view! {
        <ConfirmDialog
            id="azione"
            title=title(action).to_owned()
            open
            consequence=consequence(action).to_owned()
            confirm=Signal::derive(confirm)
            danger=matches!(action, Action::Cancel | Action::CloseNegative)
            command
            on_confirm=send
            on_refresh=on_change
        >
            <Facts class="facts--compact">
                <Fact term="Data">{text::date_long(row.span.on())}</Fact>
                <Fact term="Orario">{text::time_hm(row.span.from())}"-"{text::time_hm(row.span.to())}</Fact>
                <Fact term="Ore">{text::hours(row.span.minutes())}</Fact>
                <Fact term="Operatore">{row.coach_name.clone()}</Fact>
            </Facts>
            {words(action, typed, problems)}
            <Findings blocks warns/>
        </ConfirmDialog>
    }
}

/// The fields of the words that the action wants.
fn words(action: Action, typed: Typed, problems: Signal<Vec<FieldProblem>>) -> AnyView {
    let choices = || Signal::stored(EndReason::CHOICES.map(|reason| Choice::new(reason.as_str(), reason.label())).to_vec());
    match action {
        Action::Complete => view! {
            <TextArea name="description" label="Breve descrizione dell'attività svolta" value=typed.description problems required=true
                hint="Va nel registro. Non scrivere dati sulla salute."/>
        }
        .into_any(),
        Action::Cancel | Action::CloseNegative => view! {
            <SelectField name="reason" label="Motivo" value=typed.reason choices=choices() problems required=action == Action::CloseNegative
                none=if action == Action::CloseNegative { "Scegli…" } else { "Nessun motivo" }/>
            <TextField name="text" label="Dettagli" value=typed.text problems hint="Servono con «Altro». Non scrivere dati sulla salute."/>
        }
        .into_any(),
        _ => ().into_any(),
    }
}
