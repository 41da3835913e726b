//! The bell: how many notices are not read, and the way to them.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{
    api,
    ui::{components::Icon, paths},
};

/// Tells the bell that notices were read.
#[derive(Clone, Copy)]
pub struct Unread(RwSignal<u32>);

impl Unread {
    /// For the whole program.
    pub fn provide() {
        provide_context(Self(RwSignal::new(0)));
    }

    /// Has them counted anew.
    pub fn count_anew() {
        if let Some(Self(times)) = use_context() {
            times.update(|times| *times = times.wrapping_add(1));
        }
    }
}

/// The bell of the frame. It counts on every page that is opened, and when a page has marked some as read.
#[component]
pub fn Bell() -> impl IntoView {
    let path = use_location().pathname;
    let times = use_context::<Unread>().map(|Unread(times)| times);
    let unread = Resource::new(move || (path.get(), times.map(|times| times.get())), |_| api::notice::unread());
    let here = move || (path.get() == paths::notices()).then_some("page");
    // Without an answer the bell is a way to the notices all the same.
    let counted = move || {
        Suspend::new(async move {
            view! { <Ring unread=unread.await.unwrap_or_default()/> }
        })
    };
    view! {
        <a class="icon-button bell" href=paths::notices() aria-current=here>
            <Icon name="af-bell"/>
            <Transition fallback=|| view! { <Ring unread=0/> }>{counted}</Transition>
        </a>
    }
}

#[component]
fn Ring(unread: u64) -> impl IntoView {
    let name = match unread {
        0 => "Avvisi".to_owned(),
        1 => "Avvisi, 1 non letto".to_owned(),
        _ => format!("Avvisi, {unread} non letti"),
    };
    let shown = if unread > 99 { "99+".to_owned() } else { unread.to_string() };
    view! {
        <span class="visually-hidden">{name}</span>
        {(unread > 0).then(|| view! { <span class="bell__count" aria-hidden="true">{shown}</span> })}
    }
}
