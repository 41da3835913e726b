//! The only place that touches the browser: dialogs, focus, timers, full page loads. On the server every call does nothing.

pub mod files;
pub mod focus;
pub mod pointer;

use gloo_timers::future::TimeoutFuture;
use leptos::{
    ev::{FocusEvent, KeyboardEvent},
    html::{self, ElementType},
    prelude::*,
    task::{spawn_local, tick},
    wasm_bindgen::{JsCast, closure::Closure},
};
use uuid::Uuid;

use crate::domain::ids::CommandKey;

/// How long what has just changed stays highlighted, in milliseconds.
pub const FLASH_MILLIS: u32 = 2_000;

/// The element id of the page's content, where the skip link leads.
pub const CONTENT: &str = "contenuto";

fn window() -> Option<web_sys::Window> {
    cfg!(target_arch = "wasm32").then(web_sys::window).flatten()
}

fn element(id: &str) -> Option<web_sys::HtmlElement> {
    window()?.document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// A key for one intention: every repeat of the command carries the same.
#[expect(clippy::disallowed_methods, reason = "the one place where the browser makes ids")]
pub fn new_command_key() -> CommandKey {
    CommandKey(Uuid::now_v7())
}

/// Opens a dialog over the page. The browser remembers what had the focus, and moves the focus to the element marked `autofocus`.
pub fn open_dialog(dialog: NodeRef<html::Dialog>) {
    if let Some(dialog) = dialog.get_untracked().filter(|dialog| !dialog.open()) {
        // It fails only when the dialog is not in the page any more.
        let _ = dialog.show_modal();
    }
}

/// Closes a dialog; the browser gives the focus back.
pub fn close_dialog(dialog: NodeRef<html::Dialog>) {
    if let Some(dialog) = dialog.get_untracked().filter(web_sys::HtmlDialogElement::open) {
        dialog.close();
    }
}

/// Whether a dialog is open now. Its `close` event is queued, so it may arrive after the dialog was opened again.
pub fn is_open(dialog: NodeRef<html::Dialog>) -> bool {
    dialog.get_untracked().is_some_and(|dialog| dialog.open())
}

/// Moves the focus once the page shows what changed, so that it may be something new.
pub fn focus_by_id(id: &str) {
    let id = id.to_owned();
    on_next_frame(move || {
        if let Some(element) = element(&id) {
            let _ = element.focus();
        }
    });
}

/// Moves the focus to the page's content without scrolling: the place where a reader goes on after the page has changed.
pub fn focus_content() {
    on_next_frame(|| {
        if let (Some(window), Some(content)) = (window(), element(CONTENT)) {
            let (x, y) = (window.scroll_x().unwrap_or_default(), window.scroll_y().unwrap_or_default());
            let _ = content.focus();
            window.scroll_to_with_x_and_y(x, y);
        }
    });
}

/// Scrolls to something once the page shows it.
pub fn scroll_into_view(id: &str) {
    let id = id.to_owned();
    on_next_frame(move || {
        if let Some(element) = element(&id) {
            element.scroll_into_view();
        }
    });
}

/// Gives a class to one element, or to none, and takes it from every other. Only for a class that no view sets.
pub fn mark(class: &str, id: Option<&str>) {
    let Some(document) = window().and_then(|window| window.document()) else { return };
    let marked = document.get_elements_by_class_name(class);
    // The collection is live: it shrinks as the class is taken away.
    while let Some(before) = marked.item(0) {
        if before.class_list().remove_1(class).is_err() {
            return;
        }
    }
    if let Some(element) = id.and_then(element) {
        let _ = element.class_list().add_1(class);
    }
}

/// Runs something just before the browser draws again.
pub fn on_next_frame(run: impl FnOnce() + 'static) {
    if window().is_some() {
        request_animation_frame(run);
    }
}

/// Runs something once the page shows what the signals say now, before the next event of a person.
pub fn once_drawn(run: impl FnOnce() + 'static) {
    if window().is_some() {
        spawn_local(async {
            tick().await;
            run();
        });
    }
}

/// Loads a page anew: whatever this one knew is gone.
pub fn go_to(href: &str) {
    if let Some(window) = window() {
        let _ = window.location().set_href(href);
    }
}

/// Opens a page of ours beside this one.
pub fn open_beside(href: &str) {
    if let Some(window) = window() {
        let _ = window.open_with_url_and_target_and_features(href, "_blank", "noopener");
    }
}

/// Loads another page in the place of the entry that the history has now, once the router has made it.
pub fn go_on_to(href: String) {
    on_next_frame(move || {
        if let Some(window) = window() {
            let _ = window.location().replace(&href);
        }
    });
}

/// Leaves to the browser every link to a path that `is_foreign` picks: it is marked on the way in, before the router hears the click on the way out.
pub fn leave_links(is_foreign: impl Fn(&str) -> bool + 'static) {
    let Some(document) = window().and_then(|window| window.document()) else { return };
    let mark = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
        let clicked = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let link = clicked.and_then(|clicked| clicked.closest("a[href]").ok().flatten()?.dyn_into::<web_sys::HtmlAnchorElement>().ok());
        if let Some(link) = link.filter(|link| is_foreign(&link.pathname())) {
            let _ = link.set_attribute("rel", "external");
        }
    });
    let _ = document.add_event_listener_with_callback_and_bool("click", mark.as_ref().unchecked_ref(), true);
    // It listens for as long as the program runs.
    mark.forget();
}

/// The path and query of the page, to come back to.
pub fn here() -> String {
    let read = || {
        let location = window()?.location();
        Some(location.pathname().ok()? + &location.search().ok()?)
    };
    read().unwrap_or_default()
}

/// Runs something after a while.
pub fn after(millis: u32, run: impl FnOnce() + 'static) {
    if window().is_some() {
        spawn_local(async move {
            TimeoutFuture::new(millis).await;
            run();
        });
    }
}

/// A function that runs `act` with the last value it was given, once no other has come for a while; never after its page is gone.
pub fn debounced<T: 'static>(millis: u32, act: impl Fn(T) + Clone + 'static) -> impl Fn(T) + Clone + 'static {
    let calls = StoredValue::new(0_u64);
    move |value| {
        let Some(call) = calls.try_update_value(|calls| {
            *calls += 1;
            *calls
        }) else {
            return;
        };
        let act = act.clone();
        after(millis, move || {
            if calls.try_get_value() == Some(call) {
                act(value);
            }
        });
    }
}

/// Ties a text control to a signal both ways; `rendered` is what the server wrote into it. What was typed before the page came alive stays.
pub fn bind_value<E>(control: NodeRef<E>, value: RwSignal<String>, rendered: String)
where
    E: ElementType + 'static,
    E::Output: JsCast + Clone + 'static,
{
    Effect::new(move |before: Option<bool>| {
        let wanted = value.get();
        let Some(control) = control.get() else { return false };
        // Text areas and selects have the same property under the same name.
        let control: &web_sys::HtmlInputElement = control.unchecked_ref();
        let shown = control.value();
        if before != Some(true) && shown != rendered {
            value.set(shown);
        } else if shown != wanted {
            control.set_value(&wanted);
        }
        true
    });
}

/// Ties a checkbox to a signal both ways, like [`bind_value`].
pub fn bind_checked(control: NodeRef<html::Input>, checked: RwSignal<bool>, rendered: bool) {
    Effect::new(move |before: Option<bool>| {
        let wanted = checked.get();
        let Some(control) = control.get() else { return false };
        if before != Some(true) && control.checked() != rendered {
            checked.set(control.checked());
        } else {
            control.set_checked(wanted);
        }
        true
    });
}

/// Whether the focus leaves for a button: what a form says at that moment would move the button away from under the pointer that is pressing it.
pub fn goes_to_button(event: &FocusEvent) -> bool {
    let to = event.related_target().and_then(|to| to.dyn_into::<web_sys::Element>().ok());
    to.is_some_and(|to| to.tag_name().eq_ignore_ascii_case("button"))
}

/// Lets the arrow keys move the focus through the elements that `selector` finds inside the element that listens.
pub fn move_with_arrows(event: &KeyboardEvent, selector: &str) {
    let step = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return,
    };
    let focused = window().and_then(|window| window.document()?.active_element());
    let inside = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let Some((focused, found)) = focused.zip(inside.and_then(|list| list.query_selector_all(selector).ok())) else { return };
    let at = |index: u32| found.get(index).and_then(|node| node.dyn_into::<web_sys::HtmlElement>().ok());
    let here = (0..found.length()).find(|index| at(*index).is_some_and(|element| *element == focused));
    if let Some(next) = here.and_then(|here| here.checked_add_signed(step)).and_then(at) {
        event.prevent_default();
        let _ = next.focus();
    }
}

/// Whether the page answers to the person yet: `false` on the server and until the program runs in the browser.
#[derive(Clone, Copy)]
pub struct Alive(ReadSignal<bool>);

impl Alive {
    /// Becomes `true` once the page is hydrated.
    pub fn provide() {
        let (alive, set_alive) = signal(false);
        Effect::new(move |_| set_alive.set(true));
        provide_context(Self(alive));
    }

    /// Buttons that need the program wait for it, so that nothing typed is lost or sent in clear.
    pub fn get() -> Signal<bool> {
        use_context::<Self>().map_or(Signal::stored(true), |alive| alive.0.into())
    }
}
