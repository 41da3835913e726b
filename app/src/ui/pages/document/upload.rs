//! Carica un output: one that was made elsewhere, with what must be said of it (R33).

use leptos::{html, prelude::*};

use super::scan::Sending;
use crate::{
    api::ApiError,
    domain::{
        document::{DocumentKind, DocumentsPage as Data, Issued, OutputForm, upload::check_before_sending},
        rulebook::{FieldProblem, Rule},
    },
    ui::{
        browser::files,
        components::Notices,
        forms::{Choice, Command, CommandProblem, FileField, SelectField, TextField},
        paths,
    },
};

/// The form, behind a fold.
#[component]
pub fn UploadOutput(page: Data, refresh: Callback<()>) -> impl IntoView {
    let (command, notices) = (Command::new(), Notices::get());
    let problems = command.problems();
    let id = page.dossier;
    let [kind, activity, title] = [(); 3].map(|()| RwSignal::new(String::new()));
    let (drafted_on, kept_at) = (RwSignal::new(page.now.today().to_string()), RwSignal::new(page.site.clone()));
    let form = NodeRef::<html::Form>::new();
    let file = NodeRef::<html::Input>::new();
    let (frame, codes) = (page.frame, StoredValue::new(page.sites.iter().map(|site| site.code.clone()).collect::<Vec<_>>()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let said = untrack(|| OutputForm {
            kind: kind.get(),
            activity: activity.get(),
            title: title.get(),
            drafted_on: drafted_on.get(),
            kept_at: kept_at.get(),
        });
        let mut problems = codes.with_value(|codes| said.check(&frame, codes.iter().map(String::as_str))).err().unwrap_or_default();
        let (file_name, size) = files::chosen(file).unwrap_or_default();
        problems
            .extend(check_before_sending(&file_name, size).err().map(|problem| FieldProblem::new("file", Rule::R33, problem.sentence())));
        if !problems.is_empty() {
            command.fail(ApiError::Invalid(problems));
            return;
        }
        command.run(
            move |key| files::send::<Issued>(paths::upload(id), form, vec![("key", key.to_string())], Rule::R33),
            move |issued| {
                notices.say(format!("Documento emesso: output n. {}.", issued.number));
                for field in [kind, activity, title] {
                    field.set(String::new());
                }
                files::clear(file);
                refresh.try_run(());
            },
        );
    };
    let kinds = DocumentKind::OUTPUTS.map(|kind| Choice::new(kind.as_str(), kind.label())).to_vec();
    let activities: Vec<_> = page.activities.iter().map(|activity| Choice::new(activity.code.as_str(), activity.name.clone())).collect();
    let sites: Vec<_> = page.sites.iter().map(|site| Choice::new(site.code.clone(), format!("{} · {}", site.code, site.town))).collect();
    view! {
        <details class="fold">
            <summary>"Carica un output fatto altrove"</summary>
            <form class="form-grid" novalidate on:submit=submit node_ref=form aria-label="Carica un output">
                <CommandProblem command summary="riepilogo-output"/>
                <SelectField name="kind" label="Che cos'è" value=kind choices=Signal::stored(kinds) problems required=true/>
                <SelectField name="activity" label="Attività" value=activity choices=Signal::stored(activities) problems required=true/>
                <TextField name="title" label="Titolo" value=title problems hint="Serve per «Altro output»."/>
                <TextField name="drafted_on" label="Data di redazione" kind="date" value=drafted_on problems required=true/>
                <SelectField name="kept_at" label="Sede che conserva l'originale" value=kept_at choices=Signal::stored(sites) problems required=true/>
                <FileField name="file" label="File" control=file problems/>
                <Sending command label="Carica ed emetti"/>
            </form>
        </details>
    }
}
