//! Carica il registro firmato: the scan, who signed for the recipient, and which rows nobody signed (R32).

use leptos::{html, prelude::*};

use super::page::Focus;
use crate::{
    api::ApiError,
    domain::{
        document::{DocumentKind, DocumentRow, ScanForm, Signer, UnsignedRow, upload::check_before_sending},
        ids::{DocumentId, ScanId, SessionId},
        rulebook::{FieldProblem, Rule},
        text::date_long,
    },
    ui::{
        browser::files,
        components::{ActionButton, Icon, Notices},
        forms::{Choice, Command, CommandProblem, FileField, SelectField, TextField, problem_of},
        paths,
    },
};

/// The name of the boxes of rows that nobody signed.
const LEFT: &str = "senza-firma";

/// The form, behind a fold. Of several registers with rows to sign, an older one may lie on a desk half signed.
#[component]
pub fn Scan(registers: Vec<DocumentRow>, unsigned: Vec<UnsignedRow>, refresh: Callback<()>, focus: Focus) -> impl IntoView {
    let (command, notices) = (Command::new(), Notices::get());
    let problems = command.problems();
    let (signer, name) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let register = RwSignal::new(registers.first().map(|register| register.id.to_string()).unwrap_or_default());
    let (form, file) = (NodeRef::<html::Form>::new(), NodeRef::<html::Input>::new());
    let choices = registers.iter().map(|row| {
        let words = format!("n. {} del {} ({})", row.number, date_long(row.issued_at.today()), row.state.label());
        Choice::new(row.id.to_string(), words)
    });
    let choices = choices.collect::<Vec<_>>();
    let registers = StoredValue::new(registers);
    let rows_of = move |id: DocumentId| {
        registers.with_value(|registers| registers.iter().find(|row| row.id == id).map(|row| row.rows.clone())).unwrap_or_default()
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Ok(id) = register.with_untracked(|id| id.parse::<DocumentId>()) else { return };
        let left: Vec<SessionId> = files::ticked(form, LEFT).iter().filter_map(|id| id.parse().ok()).collect();
        let said = untrack(|| ScanForm { signer: signer.get(), name: name.get(), unsigned: left });
        let mut problems = said.check(&rows_of(id)).err().unwrap_or_default();
        let (file_name, size) = files::chosen(file).unwrap_or_default();
        problems.extend(
            check_before_sending(&file_name, size).err().map(|problem| FieldProblem::new("scan_file", Rule::R32, problem.sentence())),
        );
        if !problems.is_empty() {
            command.fail(ApiError::Invalid(problems));
            return;
        }
        let left = said.unsigned.iter().map(SessionId::to_string).collect::<Vec<_>>().join(" ");
        command.run(
            move |key| files::send::<ScanId>(paths::scan_upload(id), form, vec![("key", key.to_string()), ("unsigned", left)], Rule::R32),
            move |_| {
                notices.say("Registro firmato caricato.");
                files::reset(form);
                // With the last row the form goes, and the focus would go with it.
                focus.try_set_value(Some(DocumentKind::Register.as_str()));
                refresh.try_run(());
            },
        );
    };
    let signers = Signer::ALL.map(|signer| Choice::new(signer.as_str(), signer.label())).to_vec();
    let contact = move || signer.with(|signer| signer.parse() == Ok(Signer::Contact));
    let listed = move || {
        let rows = register.with(|id| id.parse().map(rows_of).unwrap_or_default());
        let lines = unsigned.iter().filter(|row| rows.contains(&row.session)).map(|row| {
            let id = format!("{LEFT}-{}", row.session);
            view! {
                <div class="form-check">
                    <input type="checkbox" name=LEFT id=id.clone() value=row.session.to_string()/>
                    <label for=id>{row.when.clone()}" · "{row.activity.clone()}</label>
                </div>
            }
        });
        lines.collect_view()
    };
    let several = (choices.len() > 1)
        .then(|| view! { <SelectField name="which_register" label="Quale registro" value=register choices=Signal::stored(choices) problems required=true/> });
    view! {
        <details class="fold">
            <summary>"Carica il registro firmato"</summary>
            <form class="form-grid form-grid--one" novalidate on:submit=submit node_ref=form aria-label="Carica il registro firmato">
                <CommandProblem command summary="riepilogo-firme"/>
                {several}
                <SelectField name="signer" label="Chi ha firmato per il destinatario" value=signer choices=Signal::stored(signers) problems required=true/>
                {move || contact().then(|| view! { <TextField name="signer_name" label="Nome e cognome del referente aziendale" value=name problems required=true/> })}
                <fieldset class="field field--wide" id="unsigned" tabindex="-1" aria-describedby="unsigned-problema">
                    <legend>"Righe senza firma"</legend>
                    <p class="field-hint">"Segna quelle che nella scansione non sono firmate."</p>
                    {move || problems.with(|problems| problem_of(problems, "unsigned")).map(|sentence| view! {
                        <p class="field-error" id="unsigned-problema"><Icon name="it-error" size="icon--sm"/>{sentence}</p>
                    })}
                    <div class="papers__rows">{listed}</div>
                </fieldset>
                <FileField name="scan_file" label="Scansione" control=file problems/>
                <Sending command label="Carica la scansione"/>
            </form>
        </details>
    }
}

/// The button of a form with a file, and what is seen while the file is on its way.
#[component]
pub fn Sending(command: Command, label: &'static str) -> impl IntoView {
    let pending = command.pending();
    view! {
        <div class="form-grid__actions">
            <ActionButton submit=true pending>{move || if pending.get() { "Caricamento in corso…" } else { label }}</ActionButton>
            {move || pending.get().then(|| view! { <progress aria-label="Caricamento in corso"></progress> })}
        </div>
    }
}
