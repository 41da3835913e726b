//! What the program says by itself: notices in the page, short messages in a corner, and the highlight of what just changed.

use leptos::prelude::*;

use super::Icon;
use crate::ui::browser;

/// How long a message stays, in milliseconds.
const TOAST_MILLIS: u32 = 8_000;

/// A notice in the page.
#[component]
pub fn Notice(
    /// `info`, `done`, `warn` or `error`; an error is read out at once.
    #[prop(default = "info")]
    kind: &'static str,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let icon = match kind {
        "done" => "it-check-circle",
        "warn" => "it-warning-circle",
        "error" => "it-close-circle",
        _ => "it-info-circle",
    };
    view! {
        <div class=format!("notice notice--{kind}") role=(kind == "error").then_some("alert")>
            <Icon name=icon/>
            <div>{children()}</div>
        </div>
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Toast {
    number: u32,
    text: String,
}

/// Says what was done, and remembers for two seconds what changed.
#[derive(Clone, Copy)]
pub struct Notices {
    toasts: RwSignal<Vec<Toast>>,
    count: StoredValue<u32>,
    changed: RwSignal<Option<String>>,
}

impl Notices {
    /// For the whole program.
    pub fn provide() {
        provide_context(Self::empty());
    }

    /// Those of the program.
    pub fn get() -> Self {
        use_context().unwrap_or_else(Self::empty)
    }

    fn empty() -> Self {
        Self { toasts: RwSignal::new(Vec::new()), count: StoredValue::new(0), changed: RwSignal::new(None) }
    }

    /// Says that something was done: "Erogazione inserita."
    pub fn say(self, text: impl Into<String>) {
        self.count.update_value(|count| *count += 1);
        let number = self.count.get_value();
        self.toasts.update(|toasts| toasts.push(Toast { number, text: text.into() }));
        browser::after(TOAST_MILLIS, move || self.take_back(number));
    }

    fn take_back(self, number: u32) {
        self.toasts.update(|toasts| toasts.retain(|toast| toast.number != number));
    }

    /// Marks something as just changed, by a name of the page's choice such as its element id.
    pub fn flash(self, what: impl Into<String>) {
        let what = what.into();
        self.changed.set(Some(what.clone()));
        browser::after(browser::FLASH_MILLIS, move || {
            self.changed.update(|changed| {
                if changed.as_ref() == Some(&what) {
                    *changed = None;
                }
            });
        });
    }

    /// Whether it has just changed: `class:flash=move || notices.is_fresh(&id)`.
    pub fn is_fresh(self, what: &str) -> bool {
        self.changed.with(|changed| changed.as_deref() == Some(what))
    }
}

/// The messages in their corner: always in the page, so that they are read out when they come.
#[component]
pub fn Toasts() -> impl IntoView {
    let notices = Notices::get();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || notices.toasts.get() key=|toast| toast.number let:toast>
                <div class="toast toast--done">
                    <Icon name="it-check-circle"/>
                    <p>{toast.text}</p>
                    <button type="button" class="icon-button" aria-label="Chiudi" on:click=move |_| notices.take_back(toast.number)><Icon name="it-close"/></button>
                </div>
            </For>
        </div>
    }
}
