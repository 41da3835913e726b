//! A button that acts: it waits for the program to run in the browser, and says that it is at work.

use leptos::prelude::*;

use crate::ui::browser::Alive;

/// A button that acts.
#[component]
pub fn ActionButton(
    /// `btn btn-primary` and sizes.
    #[prop(default = "btn btn-primary")]
    class: &'static str,
    /// Whether what it does is under way.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// Sends the form it stands in, instead of acting by itself.
    #[prop(optional)]
    submit: bool,
    /// What it does.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    /// The words on it.
    children: Children,
) -> impl IntoView {
    let alive = Alive::get();
    let press = move |_| {
        if let Some(act) = on_press.filter(|_| !pending.get_untracked()) {
            act.run(());
        }
    };
    view! {
        <button type=if submit { "submit" } else { "button" } class=class disabled=move || !alive.get() || pending.get()
            aria-busy=move || pending.get().then_some("true") on:click=press>
            {children()}
        </button>
    }
}
