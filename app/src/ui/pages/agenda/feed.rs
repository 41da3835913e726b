//! The link by which other programs read a coach's calendar: made, renewed, taken back. Its secret is shown once, when it is made.

use leptos::{ev, prelude::*};

use crate::{
    api,
    domain::{
        agenda::{Calendar, FeedState, Whose},
        text,
        time::LocalInstant,
    },
    ui::{
        browser::pointer::origin,
        components::{ActionButton, ConfirmDialog, Notice, Notices},
        forms::{Command, CommandProblem},
    },
};

/// The panel of the link, for those who may give it out.
#[component]
pub fn FeedLink(calendar: Calendar, reload: Callback<()>) -> impl IntoView {
    let Whose::Coach(coach) = calendar.whose else { return ().into_any() };
    let Some(feed) = calendar.feed else { return ().into_any() };
    let state = RwSignal::new(feed);
    let link = RwSignal::new(None::<String>);
    let (make, take, notices) = (Command::new(), Command::new(), Notices::get());
    let (renewing, withdrawing) = (RwSignal::new(false), RwSignal::new(false));
    let now = calendar.now;
    let renew = Callback::new(move |()| {
        make.run(
            move |_| api::calendar::renew_feed(coach),
            move |secret: String| {
                renewing.set(false);
                link.set(Some(format!("{}/calendari/{secret}.ics", origin())));
                state.set(FeedState::On { since: now, last_read: None, reads: 0 });
            },
        );
    });
    let withdraw = Callback::new(move |()| {
        take.run(
            move |_| api::calendar::withdraw_feed(coach),
            move |()| {
                withdrawing.set(false);
                link.set(None);
                state.set(FeedState::Off);
                notices.say("Link ritirato.");
                reload.try_run(());
            },
        );
    });
    let is_on = move || state.get() != FeedState::Off;
    let select = |event: ev::FocusEvent| event_target::<web_sys::HtmlInputElement>(&event).select();
    view! {
        <section class="panel agenda-feed" aria-labelledby="agenda-link">
            <h2 class="panel__title" id="agenda-link">"Calendario sul telefono"</h2>
            <div class="stack">
                <p>
                    "Un link segreto porta questa agenda in un altro calendario: da 30 giorni fa a 90 giorni avanti, con le sole iniziali della persona, \
                     l'attività e il comune. Chi ha il link legge l'agenda: non condividerlo."
                </p>
                <p class="muted">{move || said(state.get())}</p>
                {move || link.get().map(|link| view! {
                    <Notice kind="done">
                        <div class="field">
                            <label for="agenda-link-nuovo">"Il link, da copiare ora: non sarà più mostrato"</label>
                            <input class="form-control" id="agenda-link-nuovo" type="text" readonly value=link on:focus=select/>
                        </div>
                    </Notice>
                })}
                <CommandProblem command=make summary="agenda-link-errori"/>
            </div>
            <div class="panel__actions">
                {move || if is_on() {
                    view! {
                        <ActionButton class="btn btn-outline-primary btn-sm" on_press=Callback::new(move |()| renewing.set(true))>"Rinnova il link"</ActionButton>
                        <ActionButton class="btn btn-outline-danger btn-sm" on_press=Callback::new(move |()| withdrawing.set(true))>"Ritira il link"</ActionButton>
                    }.into_any()
                } else {
                    view! { <ActionButton class="btn btn-outline-primary btn-sm" pending=make.pending() on_press=renew>"Crea il link"</ActionButton> }.into_any()
                }}
            </div>
        </section>
        <ConfirmDialog id="rinnova-link" title="Rinnova il link".to_owned() open=renewing confirm="Rinnova il link".to_owned() command=make on_confirm=renew
            consequence="Il link di prima smette di funzionare: i calendari che lo usano non si aggiornano più.".to_owned()>
            <p>"Viene creato un nuovo link."</p>
        </ConfirmDialog>
        <ConfirmDialog id="ritira-link" title="Ritira il link".to_owned() open=withdrawing confirm="Ritira il link".to_owned() danger=true command=take
            on_confirm=withdraw consequence="Il link smette di funzionare: i calendari che lo usano non si aggiornano più.".to_owned()>
            <p>"Potrai crearne un altro quando vuoi."</p>
        </ConfirmDialog>
    }
    .into_any()
}

/// What is known of the link.
fn said(state: FeedState) -> String {
    let when = |at: LocalInstant| format!("{}, {}", text::date_long(at.today()), text::time_hm(at.time()));
    match state {
        FeedState::Off => "Nessun link attivo.".to_owned(),
        FeedState::On { since, last_read: None, .. } => format!("Attivo dal {}; non ancora letto.", when(since)),
        FeedState::On { since, last_read: Some(last), reads } => {
            let times = if reads == 1 { "una volta".to_owned() } else { format!("{reads} volte") };
            format!("Attivo dal {}; letto {times}, l'ultima {}.", when(since), when(last))
        }
    }
}
