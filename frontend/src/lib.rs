//! The programs of the back office in the browser, one for each area: each takes over the page that the server rendered.

use leptos::prelude::IntoView;

/// Takes over the page with the views that the server has rendered it from.
pub fn take_over<View: IntoView + 'static>(program: impl FnOnce() -> View + 'static) {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(program);
}
