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
    view! {
        <Title text=title.clone()/>
        <div class="page-head">
            {(!breadcrumb.is_empty()).then(|| view! {
                <nav class="page-head__path" aria-label="Percorso"><ol class="breadcrumb">{crumbs(breadcrumb)}</ol></nav>
            })}
            <h1 class="page-head__title">{title}</h1>
            {children.map(|children| view! { <div class="page-head__actions">{children()}</div> })}
            {facts.map(|facts| view! { <p class="page-head__facts">{facts}</p> })}
        </div>
    }
}

/// The last one is this page; one above it without an address is only a heading of the menu.
fn crumbs(path: Vec<(String, Option<String>)>) -> impl IntoView {
    let last = path.len().saturating_sub(1);
    let crumb = move |(at, (label, href)): (usize, (String, Option<String>))| match href {
        Some(href) => view! { <li class="breadcrumb-item"><a href=href>{label}</a></li> }.into_any(),
        None => view! { <li class="breadcrumb-item active" aria-current=(at == last).then_some("page")>{label}</li> }.into_any(),
    };
    path.into_iter().enumerate().map(crumb).collect_view()
}
