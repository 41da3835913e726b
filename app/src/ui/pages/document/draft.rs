//! `/dossier/:id/documenti/bozze/:draft`: a document is written part by part, saved while it is typed, looked at and issued.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map},
};

use super::saving::Saving;
use crate::{
    api::{self, ApiError},
    domain::{
        command::Seen,
        document::{
            DocumentKind, DraftPage as Data, Outcome, Part, WrittenForm,
            written::{DRAFTED_ON, OUTCOME},
        },
        dossier::DossierStatus,
        ids::DraftId,
        rulebook::FieldProblem,
        text::date_long,
    },
    ui::{
        browser,
        components::{ActionButton, ConfirmDialog, Fact, Facts, Loaded, Notice, Notices, PageHead},
        forms::{Choice, Command, CommandProblem, SelectField, TextArea, TextField},
        paths,
    },
};

/// The element id of what tells what somebody else has changed.
const MERGED: &str = "modifiche-altrui";

/// The page.
#[component]
pub fn DraftPage() -> impl IntoView {
    let params = use_params_map();
    let load = Resource::new(
        move || params.with(|params| params.get("draft").and_then(|id| id.parse::<DraftId>().ok())),
        |id| async move { api::document::draft(id.ok_or(ApiError::NotFound)?).await },
    );
    view! { <Loaded resource=load view=move |page| content(page).into_any()/> }.into_any()
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

    /// Shows another form in its fields; those that are the same stay untouched.
    fn show(self, form: &WrittenForm) {
        // The page may be gone by then.
        let put = |field: RwSignal<String>, text: &str| {
            if field.try_with_untracked(|typed| typed != text) == Some(true) {
                field.set(text.to_owned());
            }
        };
        put(self.drafted_on, &form.drafted_on);
        put(self.outcome, &form.outcome);
        let text = |name: &str| form.texts.get(name).map_or("", String::as_str);
        self.texts.try_with_value(|texts| texts.iter().for_each(|(name, field)| put(*field, text(name))));
    }

    /// Tracks every field.
    fn form(self) -> WrittenForm {
        let texts: BTreeMap<_, _> =
            self.texts.with_value(|texts| texts.iter().map(|(name, text)| ((*name).to_owned(), text.get())).collect());
        WrittenForm { drafted_on: self.drafted_on.get(), outcome: self.outcome.get(), texts }
    }
}

fn content(page: Data) -> impl IntoView {
    let Data { id, dossier, opal_code, person, kind, activity, form, frame, permitted, issuable, issues, saved_at, saved_by, version } =
        page;
    let typed = Typed::new(kind, &form);
    let saving = Saving::new(id, kind, version, form, (saved_at, saved_by));
    let open = permitted.is_ok();
    if open {
        saving.follow(move || typed.form());
    }
    let draft = StoredValue::new(saving);
    let (checking, issuing) = (Command::new(), RwSignal::new(false));
    // What is too long stands beside its field while it is typed.
    let tried = checking.problems();
    let problems = Signal::derive(move || {
        let overlong = typed.form().overlong(kind);
        let told = tried.get().into_iter().filter(|problem| overlong.iter().all(|other| other.field != problem.field));
        overlong.iter().cloned().chain(told).collect::<Vec<_>>()
    });
    let check = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        checking.reset();
        match untrack(|| typed.form()).check(kind, &frame) {
            Err(problems) => checking.fail(ApiError::Invalid(problems)),
            Ok(_) => draft.get_value().before(Callback::new(move |()| issuing.set(true))),
        }
    };
    let navigate = use_navigate();
    let back = Callback::new(move |()| {
        let navigate = navigate.clone();
        draft.get_value().before(Callback::new(move |()| navigate(&paths::documents(dossier), NavigateOptions::default())));
    });
    let look = Callback::new(move |()| {
        draft.get_value().before(Callback::new(move |()| browser::open_beside(&paths::draft_preview(dossier, id))));
    });
    let (merged, reading) = (RwSignal::new(None::<(WrittenForm, Vec<String>)>), Command::new());
    // What somebody else saved meanwhile comes in, and nothing that was typed goes.
    let merge = Callback::new(move |()| {
        let saving = draft.get_value();
        reading.run(
            move |_| api::document::draft(id),
            move |page| {
                let (form, both) = saving.go_on_from(page.version, page.form.clone());
                typed.show(&form);
                merged.try_set(Some((page.form, both)));
                browser::focus_by_id(MERGED);
            },
        );
    });
    let state = move || draft.get_value().sentence();
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
            facts=facts.clone()
        />
        <form class="stack" novalidate on:submit=check aria-label=kind.label()>
            {blocked}
            <CommandProblem command=checking/>
            <CommandProblem command=draft.get_value().command() on_refresh=merge summary="riepilogo-salvataggio"/>
            <SignInBeside command=draft.get_value().command()/>
            <CommandProblem command=reading on_refresh=merge summary="riepilogo-lettura"/>
            <div id=MERGED role="status" tabindex="-1"><Merged kind merged/></div>
            <fieldset class="panel" disabled=!open aria-label="Testo">
                <div class="form-grid form-grid--one">
                    <TextField name=DRAFTED_ON label="Data di redazione" kind="date" value=typed.drafted_on problems required=true/>
                    {(kind == DocumentKind::FinalReport).then(|| view! { <OutcomeField typed problems interrupted=frame.status == DossierStatus::Interrupted/> })}
                    {kind.parts().iter().map(|part| view! { <PartField part typed problems/> }).collect_view()}
                </div>
            </fieldset>
            <p class="muted" role="status">{state}</p>
            {left}
            <div class="form-grid__actions">
                <div class="cluster">
                    <ActionButton class="btn btn-outline-primary" on_press=back>"Indietro"</ActionButton>
                    {open.then(|| view! { <Discard id draft documents=paths::documents(dossier) about=facts.clone() kind merge/> })}
                </div>
                <div class="cluster">
                    <ActionButton class="btn btn-outline-primary" on_press=look>
                        "Anteprima"<span class="visually-hidden">" (si apre in un'altra scheda)"</span>
                    </ActionButton>
                    {may_issue.then(|| view! { <ActionButton submit=true>{kind.issuing()}</ActionButton> })}
                </div>
            </div>
        </form>
        <IssueDialog id draft typed kind open=issuing documents=paths::documents(dossier) about=facts merge/>
    }
}

/// What has come in from somebody else, and their words where both have changed the same field.
#[component]
fn Merged(kind: DocumentKind, merged: RwSignal<Option<(WrittenForm, Vec<String>)>>) -> impl IntoView {
    let title = move |name: &str| match name {
        DRAFTED_ON => "Data di redazione",
        OUTCOME => "Esito del percorso",
        name => kind.parts().iter().find(|part| part.name == name).map_or("", |part| part.title),
    };
    let theirs = |form: &WrittenForm, name: &str| match name {
        DRAFTED_ON => form.drafted_on.clone(),
        OUTCOME => form.outcome.parse::<Outcome>().map(|outcome| outcome.label().to_owned()).unwrap_or_default(),
        name => form.texts.get(name).cloned().unwrap_or_default(),
    };
    let shown = move |(form, both): (WrittenForm, Vec<String>)| {
        let sentence = if both.is_empty() {
            "La pagina mostra ora anche le modifiche dell'altra persona; il tuo testo è rimasto."
        } else {
            "La pagina mostra ora anche le modifiche dell'altra persona. Dove avete scritto entrambi resta il tuo testo: confrontalo con l'altro."
        };
        let lines = both.into_iter().map(|name| {
            let (summary, text) = (format!("«{}»: l'altro testo", title(&name)), theirs(&form, &name));
            view! { <details><summary>{summary}</summary><p class="pre-line">{text}</p></details> }
        });
        let lines = lines.collect_view();
        view! { <Notice><p>{sentence}</p>{lines}</Notice> }
    };
    move || merged.get().map(shown)
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
    let shown = Memo::new(move |_| WrittenForm { outcome: typed.outcome.get(), ..WrittenForm::default() }.needs(part));
    move || {
        shown.get().then(|| view! { <TextArea name=part.name label=part.title value=text problems required=true rows=6 hint=part.hint/> })
    }
}

/// Where one can sign in again without leaving what was written.
#[component]
fn SignInBeside(command: Command) -> impl IntoView {
    let ended = move || command.error().with(|error| matches!(error, Some(ApiError::SignInNeeded)));
    move || {
        ended().then(|| {
            view! { <p><a href=paths::sign_in() target="_blank" rel="external">"Accedi in un'altra scheda: il testo resta qui e poi viene salvato"</a></p> }
        })
    }
}

/// Throws the draft away.
#[component]
fn Discard(
    id: DraftId,
    draft: StoredValue<Saving>,
    documents: String,
    about: String,
    kind: DocumentKind,
    merge: Callback<()>,
) -> impl IntoView {
    let (command, open, navigate, notices) = (Command::new(), RwSignal::new(false), use_navigate(), Notices::get());
    let discard = Callback::new(move |()| {
        let (saving, navigate, to) = (draft.get_value(), navigate.clone(), documents.clone());
        let version = saving.version();
        command.run(
            move |key| api::document::discard(id, Seen { key, version }),
            move |()| {
                saving.give_up();
                notices.say("Bozza eliminata.");
                navigate(&to, NavigateOptions::default());
            },
        );
    });
    let confirm = Callback::new(move |()| draft.get_value().stop(discard));
    // Not thrown away after all: what is typed is saved again.
    Effect::new(move |before: Option<bool>| {
        let failed = command.error().with(Option::is_some);
        if failed && before == Some(false) {
            draft.get_value().resume();
        }
        failed
    });
    let anew = Callback::new(move |()| {
        open.set(false);
        merge.run(());
    });
    view! {
        <ActionButton class="btn btn-outline-danger" on_press=Callback::new(move |()| open.set(true))>"Elimina la bozza"</ActionButton>
        <ConfirmDialog id="elimina-bozza" title="Elimina la bozza".to_owned() open danger=true command confirm="Elimina".to_owned() on_confirm=confirm on_refresh=anew
            consequence="Quello che è stato scritto va perso.".to_owned()>
            <Facts class="facts--compact">
                <Fact term="Documento">{kind.label()}</Fact>
                <Fact term="Fascicolo">{about}</Fact>
            </Facts>
        </ConfirmDialog>
    }
}

/// The last question before a document gets its number.
#[component]
fn IssueDialog(
    id: DraftId,
    draft: StoredValue<Saving>,
    typed: Typed,
    kind: DocumentKind,
    open: RwSignal<bool>,
    documents: String,
    about: String,
    merge: Callback<()>,
) -> impl IntoView {
    let (command, navigate, notices) = (Command::new(), use_navigate(), Notices::get());
    let confirm = Callback::new(move |()| {
        let (saving, navigate, to) = (draft.get_value(), navigate.clone(), documents.clone());
        let (version, form) = (saving.version(), untrack(|| typed.form()));
        command.run(
            move |key| api::document::issue_draft(id, Seen { key, version }, form),
            move |issued| {
                saving.give_up();
                notices.say(format!("Documento emesso: {} n. {}.", kind.label(), issued.number));
                navigate(&to, NavigateOptions::default());
            },
        );
    });
    let anew = Callback::new(move |()| {
        open.set(false);
        merge.run(());
    });
    let consequence = match kind {
        DocumentKind::FinalReport => "La relazione riceve data, numero e codice, risulta consegnata al CPI e non si può più modificare.",
        _ => "Il documento riceve data, numero e codice e non si può più modificare.",
    };
    let outcome = move || typed.outcome.with(|outcome| outcome.parse::<Outcome>().map_or("", |outcome| outcome.label()));
    view! {
        <ConfirmDialog id="emetti-bozza" title=format!("{}: {}", kind.issuing(), kind.label()) open command confirm=kind.issuing().to_owned() on_confirm=confirm
            on_refresh=anew consequence=consequence.to_owned()>
            <Facts class="facts--compact">
                <Fact term="Documento">{kind.label()}</Fact>
                <Fact term="Fascicolo">{about}</Fact>
                <Fact term="Data di redazione">{move || typed.drafted_on.with(|on| on.parse().ok()).map(date_long)}</Fact>
                {(kind == DocumentKind::FinalReport).then(|| view! { <Fact term="Esito">{outcome}</Fact> })}
            </Facts>
        </ConfirmDialog>
    }
}
