//! The confirmation of an act: it repeats the facts, names the consequence, and has the focus on the safe button.

use leptos::{html, prelude::*};

use super::ActionButton;
use crate::ui::{
    browser,
    forms::{Command, CommandProblem},
};

/// Asks before an act. It opens and closes with `open`; opening it is a new intention of `command`.
#[component]
pub fn ConfirmDialog(
    /// The element id, unlike any other in the page.
    id: &'static str,
    /// The act, as on the button that opens it.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// What follows from it, in one sentence.
    #[prop(into)]
    consequence: Signal<String>,
    /// The words on the button that confirms.
    #[prop(into)]
    confirm: Signal<String>,
    /// Whether there is no way back.
    #[prop(optional)]
    danger: bool,
    /// The command it gives: its progress and its errors show here.
    command: Command,
    /// Gives the command.
    #[prop(into)]
    on_confirm: Callback<()>,
    /// Loads the page's data anew, offered after a conflict; the dialog closes.
    #[prop(optional, into)]
    on_refresh: Option<Callback<()>>,
    /// The facts, and fields where there are any.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if open.get() {
            command.reset();
            browser::open_dialog(dialog);
        } else {
            browser::close_dialog(dialog);
        }
    });
    // Closed by Esc. The event of an earlier closing may come when the dialog is open again: it means nothing then.
    let closed = move |_| {
        if !browser::is_open(dialog) {
            open.set(false);
        }
    };
    let refresh = Callback::new(move |()| {
        open.set(false);
        if let Some(refresh) = on_refresh {
            refresh.try_run(());
        }
    });
    let (title_id, consequence_id) = (format!("{id}-titolo"), format!("{id}-conseguenza"));
    view! {
        <dialog class=if danger { "dialog dialog--danger" } else { "dialog" } id=id node_ref=dialog aria-labelledby=title_id.clone()
            aria-describedby=consequence_id.clone() on:close=closed>
            <h2 class="dialog__title" id=title_id.clone()>{title}</h2>
            <div class="dialog__body stack">
                <CommandProblem command on_refresh=refresh summary=format!("{id}-riepilogo")/>
                {children()}
                <p class="dialog__consequence" id=consequence_id.clone()>{consequence}</p>
            </div>
            <div class="dialog__actions">
                <button type="button" class="btn btn-outline-primary" autofocus=true on:click=move |_| open.set(false)>"Indietro"</button>
                <ActionButton class=if danger { "btn btn-danger" } else { "btn btn-primary" } pending=command.pending() on_press=on_confirm>
                    {move || confirm.get()}
                </ActionButton>
            </div>
        </dialog>
    }
}
