//! The focus of a widget that draws only what is seen: given at once or without scrolling, asked after, and its tab stop.

use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement};

use super::{element, window};

/// Gives the focus to an element now, which scrolls it into view; `false` when it is not in the page.
pub fn give(id: &str) -> bool {
    element(id).is_some_and(|element| element.focus().is_ok())
}

/// Gives the focus to an element now, and leaves the page where it is.
pub fn give_in_place(id: &str) {
    if let Some(element) = element(id) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        // It fails only when the element cannot be focused at all.
        let _ = element.focus_with_options(&options);
    }
}

/// What has the focus; `None` when nothing has.
fn holder() -> Option<Element> {
    window()?.document()?.active_element().filter(|holder| !holder.tag_name().eq_ignore_ascii_case("body"))
}

/// Whether nothing has the focus: what had it is gone.
pub fn is_nowhere() -> bool {
    holder().is_none()
}

/// Whether an element has the focus, or something in it has.
pub fn is_within(id: &str) -> bool {
    holder().is_some_and(|holder| element(id).is_some_and(|element| element.contains(Some(&holder))))
}

/// Whether the focus is on something that is not in an element; on nothing is not elsewhere.
pub fn is_elsewhere(id: &str) -> bool {
    holder().is_some() && !is_within(id)
}

/// Makes an element the one in a widget that the tab key reaches. Set by hand: as many closures as there are cells would cost more than drawing them.
pub fn move_tab_stop(widget: &str, id: &str) {
    let Some(widget) = element(widget) else { return };
    if let Ok(before) = widget.query_selector_all("[tabindex='0']") {
        for stop in (0..before.length()).filter_map(|index| before.get(index)?.dyn_into::<HtmlElement>().ok()) {
            stop.set_tab_index(-1);
        }
    }
    if let Some(stop) = element(id) {
        stop.set_tab_index(0);
    }
}
