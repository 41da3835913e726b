//! Pointers and places on the screen: what is scrolled, where a pointer is, how wide the screen is.

use leptos::{ev::PointerEvent, html, prelude::*, wasm_bindgen::JsCast};

use super::window;

/// Below this many pixels a screen is a phone's: `small` of the stylesheet.
const NARROW: f64 = 576.0;

/// How much of an element's content is scrolled away to the left, how much is seen, and how much there is.
pub fn scrolled(element: NodeRef<html::Div>) -> Option<(f64, f64, f64)> {
    window()?;
    let element = element.get_untracked()?;
    Some((element.scroll_left().into(), element.client_width().into(), element.scroll_width().into()))
}

/// Scrolls an element's content sideways to a part of its whole width.
pub fn scroll_sideways(element: NodeRef<html::Div>, part: f64) {
    if let Some((element, (_, _, whole))) = element.get_untracked().zip(scrolled(element)) {
        #[expect(clippy::cast_possible_truncation, reason = "pixels")]
        element.set_scroll_left((part * whole) as i32);
    }
}

/// The id of the nearest element around an event's target that the selector finds.
pub fn id_around(event: &web_sys::Event, selector: &str) -> Option<String> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    target.closest(selector).ok()?.map(|found| found.id())
}

/// Lets the element under the pointer hear all that the pointer does until it is let go.
pub fn hold(event: &PointerEvent) {
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    if let Some(element) = element {
        // It fails only when the pointer is gone already.
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}

/// Where the pointer is, in parts of an element's width and height: outside of it less than 0 or more than 1.
pub fn point_within(element: NodeRef<html::Div>, event: &PointerEvent) -> Option<(f64, f64)> {
    let room = element.get_untracked()?.get_bounding_client_rect();
    let part = |at: i32, from: f64, length: f64| (f64::from(at) - from) / length.max(1.0);
    Some((part(event.client_x(), room.left(), room.width()), part(event.client_y(), room.top(), room.height())))
}

/// Whether the screen is a phone's; on the server nobody knows.
pub fn is_narrow() -> bool {
    window().and_then(|window| window.inner_width().ok()?.as_f64()).is_some_and(|width| width < NARROW)
}

/// The scheme and host of this program, for links that are given out.
pub fn origin() -> String {
    window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}
