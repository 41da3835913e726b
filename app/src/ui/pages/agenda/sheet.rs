//! A dialog that shows or asks something without giving a command.

use leptos::{html, prelude::*};

use crate::ui::browser;

/// A dialog with its title and "Indietro"; it opens and closes with `open`, and tells when it was closed.
#[component]
pub fn Sheet(
    /// The element id, unlike any other in the page.
    id: &'static str,
    /// Its title.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Closes it.
    on_close: Callback<()>,
    /// What stands beside "Indietro".
    #[prop(into)]
    actions: ViewFn,
    /// What it shows.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| if open.get() { browser::open_dialog(dialog) } else { browser::close_dialog(dialog) });
    // Closed by Esc, unless it was opened again meanwhile.
    let closed = move |_| {
        if !browser::is_open(dialog) {
            on_close.run(());
        }
    };
    let title_id = format!("{id}-titolo");
    view! {
        <dialog class="dialog" id=id node_ref=dialog aria-labelledby=title_id.clone() on:close=closed>
            <h2 class="dialog__title" id=title_id.clone()>{title}</h2>
            <div class="dialog__body stack">{children()}</div>
            <div class="dialog__actions">
                <button type="button" class="btn btn-outline-primary" autofocus=true on:click=move |_| on_close.run(())>"Indietro"</button>
                {move || actions.run()}
            </div>
        </dialog>
    }
}
