//! Looking at a register or an attestation as it would be, and issuing it.

use leptos::prelude::*;

use crate::{
    api,
    domain::{document::DocumentKind, ids::OpalId},
    ui::{
        components::{ActionButton, ConfirmDialog, Fact, Facts, Notices},
        forms::Command,
        paths,
    },
};

/// The two buttons.
#[component]
pub fn Issue(
    id: OpalId,
    kind: DocumentKind,
    /// The dossier in words.
    about: String,
    /// The number of the document whose place it takes.
    replaces: Option<String>,
    possible: bool,
    refresh: Callback<()>,
) -> impl IntoView {
    let (command, open, notices) = (Command::new(), RwSignal::new(false), Notices::get());
    let confirm = Callback::new(move |()| {
        command.run(
            move |key| api::document::issue(key, id, kind),
            move |issued| {
                open.set(false);
                notices.say(format!("Documento emesso: {} n. {}.", kind.label(), issued.number));
                refresh.try_run(());
            },
        );
    });
    let (dialog, consequence) = match kind {
        DocumentKind::Register => (
            "emetti-registro",
            "Il registro riceve un numero e un codice e non si modifica più: il prossimo prende il suo posto, entrambi restano.",
        ),
        _ => (
            "emetti-attestazione",
            "L'attestazione riceve un numero e un codice e non si modifica più: la prossima prende il suo posto, entrambe restano.",
        ),
    };
    possible.then(|| {
        view! {
            <a class="btn btn-outline-primary" href=paths::preview(id, kind) rel="external" target="_blank">
                "Anteprima"<span class="visually-hidden">{format!(" di {} (si apre in un'altra scheda)", kind.label())}</span>
            </a>
            <ActionButton on_press=Callback::new(move |()| open.set(true))>
                "Emetti"<span class="visually-hidden">{format!(" {}", kind.label())}</span>
            </ActionButton>
            <ConfirmDialog id=dialog title=format!("Emetti {}", kind.label()) open command confirm="Emetti".to_owned() on_confirm=confirm on_refresh=refresh
                consequence=consequence.to_owned()>
                <Facts class="facts--compact">
                    <Fact term="Documento">{kind.label()}</Fact>
                    <Fact term="Fascicolo">{about}</Fact>
                    {replaces.map(|number| view! { <Fact term="Prende il posto di">{format!("n. {number}")}</Fact> })}
                </Facts>
            </ConfirmDialog>
        }
    })
}
