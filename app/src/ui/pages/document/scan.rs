//! Carica il registro firmato: the scan, who signed for the recipient, and which rows nobody signed (R32).

use leptos::{html, prelude::*};

use crate::{
    api::ApiError,
    domain::{
        document::{DocumentRow, ScanForm, Signer, UnsignedRow, upload::check_before_sending},
        ids::{ScanId, SessionId},
        rulebook::{FieldProblem, Rule},
    },
    ui::{
        browser::files,
        components::{ActionButton, Notices},
        forms::{Choice, Command, CommandProblem, FileField, SelectField, TextField},
        paths,
    },
};

/// The form, behind a fold.
#[component]
pub fn Scan(register: DocumentRow, unsigned: Vec<UnsignedRow>, refresh: Callback<()>) -> impl IntoView {
    let (command, notices) = (Command::new(), Notices::get());
    let problems = command.problems();
    let (signer, name) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let missing = RwSignal::new(Vec::<SessionId>::new());
    let (form, file) = (NodeRef::<html::Form>::new(), NodeRef::<html::Input>::new());
    let (id, rows) = (register.id, StoredValue::new(register.rows.clone()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let said = untrack(|| ScanForm { signer: signer.get(), name: name.get(), unsigned: missing.get() });
        let mut problems = rows.with_value(|rows| said.check(rows)).err().unwrap_or_default();
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
            move |key| files::send::<ScanId>(paths::scan_upload(id), form, vec![("key", key.to_string()), ("unsigned", left)]),
            move |_| {
                notices.say("Registro firmato caricato.");
                refresh.run(());
            },
        );
    };
    let signers = Signer::ALL.map(|signer| Choice::new(signer.as_str(), signer.label())).to_vec();
    let contact = move || signer.with(|signer| signer.parse() == Ok(Signer::Contact));
    let listed = unsigned.into_iter().filter(|row| register.rows.contains(&row.session));
    let line = move |row: UnsignedRow| {
        let (session, id) = (row.session, format!("senza-{}", row.session));
        let toggle = move |event| {
            let left = event_target_checked(&event);
            missing.update(|missing| {
                missing.retain(|other| *other != session);
                if left {
                    missing.push(session);
                }
            });
        };
        view! {
            <div class="form-check">
                <input type="checkbox" id=id.clone() on:change=toggle/>
                <label for=id>{row.when}" · "{row.activity}</label>
            </div>
        }
    };
    view! {
        <details class="fold">
            <summary>"Carica il registro firmato"</summary>
            <form class="form-grid form-grid--one" novalidate on:submit=submit node_ref=form aria-label="Carica il registro firmato">
                <CommandProblem command summary="riepilogo-firme"/>
                <SelectField name="signer" label="Chi ha firmato per il destinatario" value=signer choices=Signal::stored(signers) problems required=true/>
                {move || contact().then(|| view! { <TextField name="signer_name" label="Nome e cognome del referente aziendale" value=name problems required=true/> })}
                <fieldset class="field field--wide" id="unsigned">
                    <legend>"Righe senza firma"</legend>
                    <p class="field-hint">"Segna quelle che nella scansione non sono firmate."</p>
                    {listed.map(line).collect_view()}
                </fieldset>
                <FileField name="scan_file" label="Scansione" control=file problems/>
                <div class="form-grid__actions"><ActionButton submit=true pending=command.pending()>
                    {move || if command.pending().get() { "Caricamento in corso…" } else { "Carica la scansione" }}
                </ActionButton></div>
            </form>
        </details>
    }
}
