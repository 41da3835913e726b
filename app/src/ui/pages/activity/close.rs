//! Concludi attività: what it does to the open sessions and the hours, or why it cannot be done.

use leptos::prelude::*;

use crate::{
    api,
    domain::{
        activity::{ActivityPage, ActivityState, ClosingPlan},
        command::Seen,
        session::{Action, SessionState},
        text,
    },
    ui::{
        components::{ActionButton, ConfirmDialog, Fact, Facts, Notices},
        forms::Command,
    },
};

/// The button and its dialog; nothing for who may not close it, and nothing once it is closed.
#[component]
pub fn CloseActivity(
    /// The page's data.
    page: ActivityPage,
    /// Loads them anew.
    on_change: Callback<()>,
) -> impl IntoView {
    if !page.manages || page.activity.state == ActivityState::Closed {
        return ().into_any();
    }
    match page.closing.clone() {
        Err(refusal) => view! {
            <button type="button" class="btn btn-outline-primary" disabled=true aria-describedby="perche-non-si-conclude">"Concludi attività"</button>
            <p class="muted" id="perche-non-si-conclude">{refusal.sentence}" "{format!("({})", refusal.rule)}</p>
        }
        .into_any(),
        Ok(plan) => view! { <CloseDialog page plan on_change/> }.into_any(),
    }
}

#[component]
fn CloseDialog(page: ActivityPage, plan: ClosingPlan, on_change: Callback<()>) -> impl IntoView {
    let ActivityPage { dossier, activity, sessions, .. } = page;
    let notices = Notices::get();
    let command = Command::new();
    let open = RwSignal::new(false);
    let (code, version) = (activity.code, activity.version);
    let send = Callback::new(move |()| {
        command.run(
            move |key| api::activity::close(dossier, code, Seen { key, version }),
            move |()| {
                open.set(false);
                notices.say("Attività conclusa.");
                on_change.try_run(());
            },
        );
    });
    let ends: Vec<_> = plan
        .ends
        .iter()
        .filter_map(|(id, action)| Some((sessions.iter().find(|session| session.id == *id)?, *action)))
        .map(|(session, action)| {
            let becomes = if action == Action::Cancel { SessionState::Cancelled } else { SessionState::NotDelivered };
            let (from, to) = (text::time_hm(session.span.from()), text::time_hm(session.span.to()));
            view! { <li>{format!("{}, {from}-{to}: diventa «{}»", text::date_long(session.span.on()), becomes.label().to_lowercase())}</li> }
        })
        .collect();
    let warns: Vec<_> = plan.warns.iter().map(|sentence| view! { <li>{sentence.clone()}</li> }).collect();
    view! {
        <ActionButton class="btn btn-outline-primary" on_press=Callback::new(move |()| open.set(true))>"Concludi attività"</ActionButton>
        <ConfirmDialog
            id="conclusione"
            title="Concludi attività".to_owned()
            open
            consequence="Dopo la conferma l'attività è «Terminata»: nessuna operazione sarà più possibile.".to_owned()
            confirm="Procedi".to_owned()
            danger=true
            command
            on_confirm=send
            on_refresh=on_change
        >
            <Facts class="facts--compact">
                <Fact term="Attività">{activity.name}</Fact>
                <Fact term="Ore erogate">{text::hours(activity.hours.delivered)}" di "{text::hours(activity.hours.agreed)}</Fact>
                <Fact term="Ore a cui si rinuncia">{text::hours(plan.given_up)}</Fact>
            </Facts>
            {(!ends.is_empty()).then(|| view! { <p>"Erogazioni ancora aperte che finiscono con l'attività:"</p><ul>{ends}</ul> })}
            {(!warns.is_empty()).then(|| view! { <ul>{warns}</ul> })}
        </ConfirmDialog>
    }
}
