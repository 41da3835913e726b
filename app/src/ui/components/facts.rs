//! Facts as a definition list.

use leptos::prelude::*;

/// A list of facts.
#[component]
pub fn Facts(
    /// `facts--row` in heads, `facts--compact` in dialogs.
    #[prop(optional)]
    class: &'static str,
    /// The facts.
    children: Children,
) -> impl IntoView {
    let class = if class.is_empty() { "facts".to_owned() } else { format!("facts {class}") };
    view! { <dl class=class>{children()}</dl> }
}

/// One fact.
#[component]
pub fn Fact(
    /// What it is.
    #[prop(into)]
    term: String,
    /// Its value.
    children: Children,
) -> impl IntoView {
    view! { <div><dt>{term}</dt><dd>{children()}</dd></div> }
}
