//! What a page shows while its data come, when they do not, and when there are none. The one Suspense of a leaf page.

use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use super::{ActionButton, Icon, Notice, PageHead};
use crate::{
    api::{ApiError, ApiResult},
    ui::{browser, paths},
};

/// Shows a page's data once they are there; keeps the old ones while new ones come.
#[component]
pub fn Loaded<T, F, V>(
    /// The data.
    resource: Resource<ApiResult<T>>,
    /// Shows them.
    view: F,
    /// Whether the page has its head, and so its `h1`, outside.
    #[prop(optional)]
    headed: bool,
) -> impl IntoView
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    F: Fn(T) -> V + Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let retry = Callback::new(move |()| resource.refetch());
    let content = move || {
        let view = view.clone();
        Suspend::new(async move {
            match resource.await {
                Ok(data) => view(data).into_any(),
                Err(ApiError::NotFound) => view! { <NotFound/> }.into_any(),
                Err(error) => {
                    let title = (!headed).then(|| view! { <PageHead title="Pagina non disponibile" breadcrumb=Vec::new()/> });
                    view! { {title}<Failure error retry/> }.into_any()
                }
            }
        })
    };
    view! { <Transition fallback=|| view! { <Skeleton/> }>{content}</Transition> }
}

/// Stands for what is still loading.
#[component]
pub fn Skeleton() -> impl IntoView {
    view! {
        <div class="skeleton" aria-hidden="true"><span></span><span></span><span></span></div>
        <p class="visually-hidden">"Caricamento…"</p>
    }
}

/// Why there is nothing to show, and how to try again.
#[component]
pub fn Failure(
    /// Why.
    error: ApiError,
    /// Tries again.
    #[prop(into)]
    retry: Callback<()>,
) -> impl IntoView {
    let help = match &error {
        ApiError::SignInNeeded => {
            let sign_in = Callback::new(|()| browser::go_to(&paths::sign_in_and_return(&browser::here())));
            Some(view! { <ActionButton class="btn btn-outline-primary btn-sm" on_press=sign_in>"Accedi"</ActionButton> })
        }
        ApiError::Forbidden | ApiError::Invalid(_) => None,
        _ => Some(view! { <ActionButton class="btn btn-outline-primary btn-sm" on_press=retry>"Riprova"</ActionButton> }),
    };
    view! { <Notice kind="error"><p>{error.sentence()}</p>{help}</Notice> }
}

/// There is nothing at this address, or nothing that this person may know of; the page answers 404.
#[component]
pub fn NotFound() -> impl IntoView {
    answer_not_found();
    view! {
        <leptos_meta::Title text="Pagina non trovata"/>
        <div class="empty">
            <Icon name="it-search" size="icon--lg"/>
            <h1 class="empty__title">"Pagina non trovata"</h1>
            <p>{ApiError::NotFound.sentence()}</p>
            <a class="btn btn-outline-primary" href=paths::home()>"Vai al cruscotto"</a>
        </div>
    }
}

#[cfg(feature = "ssr")]
fn answer_not_found() {
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
}

#[cfg(not(feature = "ssr"))]
fn answer_not_found() {}

/// A list with nothing in it.
#[component]
pub fn EmptyState(
    /// Its icon.
    #[prop(default = "it-inbox")]
    icon: &'static str,
    /// What there is none of.
    #[prop(into)]
    title: String,
    /// What to do about it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon name=icon size="icon--lg"/>
            <p class="empty__title">{title}</p>
            {children.map(|children| children())}
        </div>
    }
}
