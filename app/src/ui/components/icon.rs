//! Icons: drawings beside words, never in their place.

use leptos::prelude::*;

/// An icon of the site's sprite; its names are in `style/icons.txt` and `style/icons/`.
#[component]
pub fn Icon(
    /// `it-…` of the library, `af-…` of ours.
    name: &'static str,
    /// `icon--sm` or `icon--lg`.
    #[prop(optional)]
    size: &'static str,
) -> impl IntoView {
    let class = if size.is_empty() { "icon".to_owned() } else { format!("icon {size}") };
    view! {
        <svg class=class aria-hidden="true">
            <use href=format!("/pkg/icons.svg#{name}")></use>
        </svg>
    }
}
