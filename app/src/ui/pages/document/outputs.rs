//! The outputs of the activities (R33) and the final report (R34, R35): what is asked, what is being written, what was issued.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    card::{Papers, empty},
    upload::UploadOutput,
};
use crate::{
    api,
    domain::{
        document::{DocumentKind, DocumentsPage as Data, DraftRow, NewDraft},
        ids::OpalId,
        rulebook::ActivityCode,
        text::{date_long, time_hm},
    },
    ui::{
        components::{ActionButton, Icon},
        forms::{Command, CommandProblem},
        paths,
    },
};

/// The outputs.
#[component]
pub fn Outputs(page: Data, refresh: Callback<()>) -> impl IntoView {
    let id = page.dossier;
    let permitted = page.permitted.is_ok();
    let issued: Vec<_> = page.documents.iter().filter(|row| row.kind.is_output()).cloned().collect();
    let mut drafts: Vec<_> = page.drafts.iter().filter(|draft| draft.kind.is_output()).cloned().collect();
    let asked =
        page.activities.iter().flat_map(|activity| activity.asked.iter().map(move |kind| (activity, kind))).map(|(activity, kind)| {
            let own = drafts.iter().position(|draft| (draft.kind, draft.activity) == (kind, Some(activity.code)));
            let draft = own.map(|own| drafts.remove(own));
            let (icon, words) = match (&draft, issued.iter().any(|row| row.kind == kind), activity.closed) {
                (Some(draft), ..) => ("it-pencil", saved(draft)),
                (None, true, _) => ("it-check-circle", "emesso".to_owned()),
                (None, false, true) => ("it-warning-circle", "da emettere: l'attività è Terminata".to_owned()),
                (None, false, false) => ("af-circle", "da redigere".to_owned()),
            };
            let act = match draft {
                Some(draft) => Some(view! { <Continue id draft/> }.into_any()),
                None => permitted.then(|| view! { <Begin id kind activity=Some(activity.code)/> }.into_any()),
            };
            view! {
                <li class="papers__asked">
                    <Icon name=icon size="icon--sm"/>
                    <span>{kind.label()}<span class="list__sub">{format!("{} · {words}", activity.name)}</span></span>
                    {act}
                </li>
            }
        });
    let asked = asked.collect_view();
    let upload = (page.manages && permitted).then(|| view! { <UploadOutput page=page.clone() refresh/> });
    let none = issued.is_empty().then(|| empty("Nessun output emesso."));
    view! {
        <section class="panel stack" aria-labelledby="coaching_plan">
            <h2 class="panel__title" id="coaching_plan" tabindex="-1">"Output delle attività"</h2>
            <ul class="papers">{asked}</ul>
            <Drafts id drafts/>
            {none}
            <Papers rows=issued/>
            {upload}
        </section>
    }
}

/// The final report.
#[component]
pub fn Report(page: Data) -> impl IntoView {
    let id = page.dossier;
    let kind = DocumentKind::FinalReport;
    let rows: Vec<_> = page.documents.iter().filter(|row| row.kind == kind).cloned().collect();
    let drafts: Vec<_> = page.drafts.into_iter().filter(|draft| draft.kind == kind).collect();
    let early = page.deliverable.err().filter(|_| rows.is_empty()).map(|refusal| view! { <p class="muted">{refusal.sentence}</p> });
    let begin = (page.permitted.is_ok() && rows.is_empty() && drafts.is_empty())
        .then(|| view! { <div class="panel__actions"><Begin id kind activity=None/></div> });
    view! {
        <section class="panel stack" aria-labelledby="final_report">
            <h2 class="panel__title" id="final_report" tabindex="-1">{kind.label()}</h2>
            <p>"A conclusione del servizio si consegna al CPI: attività svolte, risultati, e in caso di insuccesso l'analisi di che cosa non ha funzionato."</p>
            {early}
            <Drafts id drafts/>
            <Papers rows/>
            {begin}
        </section>
    }
}

/// What is being written that no activity asks for.
#[component]
fn Drafts(id: OpalId, drafts: Vec<DraftRow>) -> impl IntoView {
    let line = |draft: DraftRow| {
        view! {
            <li class="papers__asked">
                <Icon name="it-pencil" size="icon--sm"/>
                <span>{draft.kind.label()}<span class="list__sub">{saved(&draft)}</span></span>
                <Continue id draft/>
            </li>
        }
    };
    (!drafts.is_empty()).then(|| view! { <ul class="papers">{drafts.into_iter().map(line).collect_view()}</ul> })
}

/// When a draft was saved last, and by whom.
fn saved(DraftRow { saved_at, saved_by, .. }: &DraftRow) -> String {
    format!("bozza salvata il {}, {} da {saved_by}", date_long(saved_at.today()), time_hm(saved_at.time()))
}

/// The way to a draft.
#[component]
fn Continue(id: OpalId, draft: DraftRow) -> impl IntoView {
    view! {
        <a class="btn btn-outline-primary btn-sm" href=paths::draft(id, draft.id)>
            "Continua"<span class="visually-hidden">{format!(" {}", draft.kind.label())}</span>
        </a>
    }
}

/// Begins a document and goes to its page.
#[component]
fn Begin(id: OpalId, kind: DocumentKind, activity: Option<ActivityCode>) -> impl IntoView {
    let (command, navigate) = (Command::new(), use_navigate());
    let press = Callback::new(move |()| {
        let navigate = navigate.clone();
        command.run(
            move |key| api::document::begin(NewDraft { key, dossier: id, kind, activity }),
            move |draft| navigate(&paths::draft(id, draft), NavigateOptions::default()),
        );
    });
    view! {
        <span class="papers__begin">
            <CommandProblem command summary=format!("scrivi-{}", kind.as_str())/>
            <ActionButton class="btn btn-outline-primary btn-sm" pending=command.pending() on_press=press>
                "Scrivi"<span class="visually-hidden">{format!(" {}", kind.label())}</span>
            </ActionButton>
        </span>
    }
}
