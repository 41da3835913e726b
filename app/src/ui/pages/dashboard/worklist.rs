//! A short list of things to do, with its whole count.

use leptos::prelude::*;

use crate::ui::components::Due;

/// One thing to do.
pub struct Item {
    /// Where it is done.
    pub href: String,
    /// What and who.
    pub main: String,
    /// When and where.
    pub detail: String,
    /// Days left to decide.
    pub days: Option<i64>,
    /// A word at the end of the line.
    pub mark: Option<Mark>,
}

/// What is to be done, or by when.
pub struct Mark {
    /// The words.
    pub words: String,
    /// Whether it is the last day, or past it.
    pub urgent: bool,
}

impl Mark {
    /// Words that can wait.
    pub fn calm(words: impl Into<String>) -> Self {
        Self { words: words.into(), urgent: false }
    }

    /// Words that cannot.
    pub fn urgent(words: impl Into<String>) -> Self {
        Self { words: words.into(), urgent: true }
    }
}

/// A list under its question.
#[component]
pub fn WorklistPanel(
    /// The element id.
    id: &'static str,
    /// The question.
    title: &'static str,
    /// How many there are, shown or not.
    total: u64,
    /// Whether something ends today or has ended.
    #[prop(optional)]
    urgent: bool,
    /// What is said when there are none.
    none: &'static str,
    /// The first of them.
    items: Vec<Item>,
    /// Where all of them are.
    #[prop(optional, into)]
    more: Option<String>,
    /// The words of the way there, where something can be done to all: then it is shown also when none are left out.
    #[prop(optional)]
    all: Option<&'static str>,
) -> impl IntoView {
    let heading = format!("{id}-titolo");
    let shown = u64::try_from(items.len()).unwrap_or(u64::MAX);
    let rest = total.saturating_sub(shown);
    let empty = items.is_empty();
    view! {
        <section class="worklist" id=id aria-labelledby=heading.clone()>
            <h2 class="worklist__title" id=heading.clone()>
                {title}" "<span class=if urgent { "worklist__count worklist__count--last" } else { "worklist__count" }>{total}</span>
            </h2>
            {if empty {
                view! { <p class="worklist__none">{none}</p> }.into_any()
            } else {
                view! { <ul>{items.into_iter().map(|item| view! { <Line item/> }).collect_view()}</ul> }.into_any()
            }}
            {(rest > 0 || (all.is_some() && !empty)).then(|| match more {
                Some(href) => view! { <a class="worklist__more" href=href>{all.unwrap_or("Vedi tutte")}</a> }.into_any(),
                None => view! { <p class="worklist__none">{if rest == 1 { "e un'altra".to_owned() } else { format!("e altre {rest}") }}</p> }.into_any(),
            })}
        </section>
    }
}

#[component]
fn Line(item: Item) -> impl IntoView {
    view! {
        <li>
            <a class="worklist__item" href=item.href>
                <span class="worklist__main">{item.main}</span>
                <span class="worklist__detail">{item.detail}</span>
                {item.days.map(|days| view! { <Due days/> })}
                {item.mark.map(|mark| view! { <span class=if mark.urgent { "due due--last" } else { "due" }>{mark.words}</span> })}
            </a>
        </li>
    }
}
