//! The head of a page: where one is, its title, one line of facts, its actions.

use leptos::prelude::*;
use leptos_meta::Title;

/// The head of a page; it also names the browser's tab.
#[component]
pub fn PageHead(
    /// The only `h1`.
    #[prop(into)]
    title: String,
    /// The pages above, with their addresses; the last one is this page and has none.
    breadcrumb: Vec<(String, Option<String>)>,
    /// One line below the title.
    #[prop(optional, into)]
    facts: Option<String>,
    /// Buttons and links.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let crumbs = breadcrumb.into_iter().map(|(label, href)| match href {
        Some(href) => view! { <li class="breadcrumb-item"><a href=href>{label}</a></li> }.into_any(),
        None => view! { <li class="breadcrumb-item active" aria-current="page">{label}</li> }.into_any(),
    });
    view! {
        <Title text=title.clone()/>
        <div class="page-head">
            <nav class="page-head__path" aria-label="Percorso"><ol class="breadcrumb">{crumbs.collect_view()}</ol></nav>
            <h1 class="page-head__title">{title}</h1>
            {children.map(|children| view! { <div class="page-head__actions">{children()}</div> })}
            {facts.map(|facts| view! { <p class="page-head__facts">{facts}</p> })}
        </div>
    }
}
