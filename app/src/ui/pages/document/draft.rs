//! `/dossier/:id/documenti/bozze/:draft`: a document is written part by part, saved while it is typed, looked at and issued.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map},
};

use crate::{
    api::{self, ApiError},
    domain::{
        command::Seen,
        document::{
            DocumentKind, DraftPage as Data, Outcome, Part, WrittenForm,
            written::{DRAFTED_ON, Needed, OUTCOME},
        },
        dossier::DossierStatus,
        ids::DraftId,
        rulebook::FieldProblem,
        text::{date_long, time_hm},
        time::LocalInstant,
    },
    ui::{
        browser,
        components::{ActionButton, ConfirmDialog, Fact, Facts, Loaded, Notice, Notices, PageHead},
        forms::{Choice, Command, CommandProblem, SelectField, TextArea, TextField},
        paths,
    },
};

/// How long nothing is typed before it is saved, in milliseconds.
const PAUSE: u32 = 900;

/// The page.
#[component]
pub fn DraftPage() -> impl IntoView {
    let params = use_params_map();
    let load = Resource::new(
        move || params.with(|params| params.get("draft").and_then(|id| id.parse::<DraftId>().ok())),
        |id| async move { api::document::draft(id.ok_or(ApiError::NotFound)?).await },
    );
    let refresh = Callback::new(move |()| load.refetch());
    view! { <Loaded resource=load view=move |page| content(page, refresh).into_any()/> }.into_any()
}

/// What is typed, one signal a field.
#[derive(Clone, Copy)]
struct Typed {
    drafted_on: RwSignal<String>,
    outcome: RwSignal<String>,
    texts: StoredValue<Vec<(&'static str, RwSignal<String>)>>,
}

impl Typed {
    fn new(kind: DocumentKind, form: &WrittenForm) -> Self {
        let text = |part: &Part| (part.name, RwSignal::new(form.texts.get(part.name).cloned().unwrap_or_default()));
        Self {
            drafted_on: RwSignal::new(form.drafted_on.clone()),
            outcome: RwSignal::new(form.outcome.clone()),
            texts: StoredValue::new(kind.parts().iter().map(text).collect()),
        }
    }

    fn text(self, part: &Part) -> RwSignal<String> {
        self.texts.with_value(|texts| texts.iter().find(|(name, _)| *name == part.name).map(|(_, text)| *text)).unwrap_or_default()
    }

    /// Tracks every field.
    fn form(self) -> WrittenForm {
        let texts: BTreeMap<_, _> =
            self.texts.with_value(|texts| texts.iter().map(|(name, text)| ((*name).to_owned(), text.get())).collect());
        WrittenForm { drafted_on: self.drafted_on.get(), outcome: self.outcome.get(), texts }
    }
}

/// Saves what is typed, one command after the other.
#[derive(Clone, Copy)]
struct Saving {
    id: DraftId,
    typed: Typed,
    command: Command,
    version: RwSignal<i64>,
    saved: RwSignal<(WrittenForm, LocalInstant, String)>,
    then: StoredValue<Option<Callback<()>>>,
}

impl Saving {
    /// Saves, unless there is nothing to save or a command is under way: then it looks again afterwards.
    fn save(self) {
        if self.command.pending().get_untracked() {
            return;
        }
        let form = untrack(|| self.typed.form());
        if self.saved.with_untracked(|(saved, ..)| *saved == form) {
            if let Some(then) = self.then.try_update_value(Option::take).flatten() {
                then.run(());
            }
            return;
        }
        let (id, version, sent) = (self.id, self.version.get_untracked(), form.clone());
        self.command.run(
            move |key| api::document::save(id, Seen { key, version }, form),
            move |saved| {
                self.version.try_set(saved.version);
                self.saved.try_update(|last| {
                    last.0 = sent;
                    last.1 = saved.at;
                    "te".clone_into(&mut last.2);
                });
                self.save();
            },
        );
    }

    /// Saves first, then goes on.
    fn before(self, then: Callback<()>) {
        self.then.set_value(Some(then));
        self.save();
    }
}

fn content(page: Data, refresh: Callback<()>) -> impl IntoView {
    let Data { id, dossier, opal_code, person, kind, activity, form, frame, issuable, issues, saved_at, saved_by, version } = page;
    let typed = Typed::new(kind, &form);
    let saving = Saving {
        id,
        typed,
        command: Command::new(),
        version: RwSignal::new(version),
        saved: RwSignal::new((form, saved_at, saved_by)),
        then: StoredValue::new(None),
    };
    let later = browser::debounced(PAUSE, move |()| saving.save());
    Effect::new(move |_| {
        typed.form();
        later(());
    });
    let (checking, issuing) = (Command::new(), RwSignal::new(false));
    let problems = checking.problems();
    let check = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        checking.reset();
        match untrack(|| typed.form()).check(kind, &frame) {
            Err(problems) => checking.fail(ApiError::Invalid(problems)),
            Ok(_) => saving.before(Callback::new(move |()| issuing.set(true))),
        }
    };
    let navigate = use_navigate();
    let back = Callback::new(move |()| {
        let navigate = navigate.clone();
        saving.before(Callback::new(move |()| navigate(&paths::documents(dossier), NavigateOptions::default())));
    });
    let look = Callback::new(move |()| {
        saving.before(Callback::new(move |()| browser::open_beside(&paths::draft_preview(dossier, id))));
    });
    let state = move || {
        if saving.command.pending().get() {
            return "Salvataggio…".to_owned();
        }
        let waits = saving.saved.with(|(saved, ..)| *saved != typed.form());
        let (on, at, by) = saving.saved.with(|(_, at, by)| (date_long(at.today()), time_hm(at.time()), by.clone()));
        if waits { "Modifiche non ancora salvate…".to_owned() } else { format!("Bozza salvata il {on}, {at} da {by}.") }
    };
    let blocked = issuable.clone().err().map(|refusal| view! { <Notice><p>{refusal.sentence}</p></Notice> });
    let may_issue = issuable.is_ok() && issues;
    let facts = [Some(opal_code.clone()), Some(person.full()), activity].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let left = (!issues).then(|| view! { <p class="muted">"La bozza resta salvata: la emette l'operatore dell'ente."</p> });
    view! {
        <PageHead
            title=kind.label()
            breadcrumb=vec![
                ("Gestione politiche attive".to_owned(), Some(paths::policies())),
                (opal_code.clone(), Some(paths::dossier(dossier))),
                ("Documenti".to_owned(), Some(paths::documents(dossier))),
                (kind.label().to_owned(), None),
            ]
            facts
        />
        <form class="stack" novalidate on:submit=check aria-label=kind.label()>
            {blocked}
            <CommandProblem command=checking/>
            <CommandProblem command=saving.command on_refresh=refresh summary="riepilogo-salvataggio"/>
            <section class="panel">
                <div class="form-grid form-grid--one">
                    <TextField name=DRAFTED_ON label="Data di redazione" kind="date" value=typed.drafted_on problems required=true/>
                    {(kind == DocumentKind::FinalReport).then(|| view! { <OutcomeField typed problems interrupted=frame.status == DossierStatus::Interrupted/> })}
                    {kind.parts().iter().map(|part| view! { <PartField part typed problems/> }).collect_view()}
                </div>
            </section>
            <p class="muted" role="status">{state}</p>
            {left}
            <div class="form-grid__actions">
                <ActionButton class="btn btn-outline-primary" on_press=back>"Indietro"</ActionButton>
                <ActionButton class="btn btn-outline-primary" on_press=look>"Anteprima"</ActionButton>
                <Discard saving dossier_page=paths::documents(dossier) kind refresh/>
                {may_issue.then(|| view! { <ActionButton submit=true>{kind.issuing()}</ActionButton> })}
            </div>
        </form>
        <IssueDialog saving kind open=issuing back=paths::documents(dossier) refresh/>
    }
}

/// The outcome of the service (R34); after an interruption there is only one (R35).
#[component]
fn OutcomeField(typed: Typed, problems: Signal<Vec<FieldProblem>>, interrupted: bool) -> impl IntoView {
    let choices = Outcome::ALL.map(|outcome| Choice::new(outcome.as_str(), outcome.label())).to_vec();
    let hint = if interrupted {
        "Il servizio è stato interrotto: l'esito è «Insuccesso»."
    } else {
        "Con «Insuccesso» si chiedono le tre analisi."
    };
    view! { <SelectField name=OUTCOME label="Esito del percorso" value=typed.outcome choices=Signal::stored(choices) problems required=true hint/> }
}

/// One part. What only a failure needs appears with it.
#[component]
fn PartField(part: &'static Part, typed: Typed, problems: Signal<Vec<FieldProblem>>) -> impl IntoView {
    let text = typed.text(part);
    let shown = Memo::new(move |_| part.needed == Needed::Always || typed.outcome.with(|outcome| outcome.parse() == Ok(Outcome::Failure)));
    move || {
        shown.get().then(|| view! { <TextArea name=part.name label=part.title value=text problems required=true rows=6 hint=part.hint/> })
    }
}

/// Throws the draft away.
#[component]
fn Discard(saving: Saving, dossier_page: String, kind: DocumentKind, refresh: Callback<()>) -> impl IntoView {
    let (command, open, navigate, notices) = (Command::new(), RwSignal::new(false), use_navigate(), Notices::get());
    let confirm = Callback::new(move |()| {
        let (id, version) = (saving.id, saving.version.get_untracked());
        let (navigate, to) = (navigate.clone(), dossier_page.clone());
        command.run(
            move |key| api::document::discard(id, Seen { key, version }),
            move |()| {
                notices.say("Bozza eliminata.");
                navigate(&to, NavigateOptions::default());
            },
        );
    });
    view! {
        <ActionButton class="btn btn-outline-danger" on_press=Callback::new(move |()| open.set(true))>"Elimina la bozza"</ActionButton>
        <ConfirmDialog id="elimina-bozza" title="Elimina la bozza".to_owned() open danger=true command confirm="Elimina".to_owned() on_confirm=confirm on_refresh=refresh
            consequence="Quello che è stato scritto va perso.".to_owned()>
            <Facts class="facts--compact"><Fact term="Documento">{kind.label()}</Fact></Facts>
        </ConfirmDialog>
    }
}

/// The last question before a document gets its number.
#[component]
fn IssueDialog(saving: Saving, kind: DocumentKind, open: RwSignal<bool>, back: String, refresh: Callback<()>) -> impl IntoView {
    let (command, navigate, notices) = (Command::new(), use_navigate(), Notices::get());
    let confirm = Callback::new(move |()| {
        let (id, version, form) = (saving.id, saving.version.get_untracked(), untrack(|| saving.typed.form()));
        let (navigate, to) = (navigate.clone(), back.clone());
        command.run(
            move |key| api::document::issue_draft(id, Seen { key, version }, form),
            move |issued| {
                notices.say(format!("{} n. {} emesso.", kind.label(), issued.number));
                navigate(&to, NavigateOptions::default());
            },
        );
    });
    let consequence = match kind {
        DocumentKind::FinalReport => "La relazione riceve data, numero e codice, risulta consegnata al CPI e non si può più modificare.",
        _ => "Il documento riceve data, numero e codice e non si può più modificare.",
    };
    view! {
        <ConfirmDialog id="emetti-bozza" title=format!("{}: {}", kind.issuing(), kind.label()) open command confirm=kind.issuing().to_owned() on_confirm=confirm
            on_refresh=refresh consequence=consequence.to_owned()>
            <Facts class="facts--compact">
                <Fact term="Documento">{kind.label()}</Fact>
                <Fact term="Data di redazione">{move || saving.typed.drafted_on.with(|on| on.parse().ok()).map(date_long)}</Fact>
            </Facts>
        </ConfirmDialog>
    }
}
