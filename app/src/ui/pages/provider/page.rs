//! One provider: how it stands, since when, why and by whose decision; and the form that changes it.

use chrono::Days;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::form::ChangeStanding;
use crate::{
    api::{self, ApiError},
    domain::{
        ids::ProviderId,
        provider::{Period, ProviderPage as Data, Standings},
        text::{date_long, time_hm},
    },
    ui::{
        components::{Loaded, Notices, PageHead, StateBadge},
        paths,
    },
};

/// The element id of the periods.
pub const PERIODS: &str = "periodi";

/// `/amministrazione/enti/:id`.
#[component]
pub fn ProviderPage() -> impl IntoView {
    let params = use_params_map();
    let load = Resource::new(
        move || params.with(|params| params.get("id").and_then(|id| id.parse::<ProviderId>().ok())),
        |id| async move { api::provider::open(id.ok_or(ApiError::NotFound)?).await },
    );
    let refresh = Callback::new(move |()| load.refetch());
    view! { <Loaded resource=load view=move |data: Data| view! { <Content data refresh/> }/> }.into_any()
}

#[component]
fn Content(data: Data, refresh: Callback<()>) -> impl IntoView {
    let (provider, standings) = (data.row.provider.clone(), data.row.standings.clone());
    let standing = standings.on(data.now.today());
    let notices = Notices::get();
    let breadcrumb =
        vec![("Amministrazione".to_owned(), None), ("Enti".to_owned(), Some(paths::providers())), (provider.code.clone(), None)];
    view! {
        <PageHead title=provider.name breadcrumb facts=provider.code>
            <a class="btn btn-outline-primary" href=paths::providers()>"Indietro"</a>
        </PageHead>
        <div class="split">
            <div class="split__main stack">
                <section class="panel stack" class:flash=move || notices.is_fresh(PERIODS) id=PERIODS aria-labelledby="periodi-titolo">
                    <h2 class="panel__title" id="periodi-titolo" tabindex="-1">"Periodi"</h2>
                    <p>"Oggi: "<StateBadge state=standing/></p>
                    <Periods standings/>
                </section>
            </div>
            <aside class="split__aside">
                <ChangeStanding data refresh/>
            </aside>
        </div>
    }
}

#[component]
fn Periods(standings: Standings) -> impl IntoView {
    let row = |Period { entry, until }: Period<'_>| {
        let last = until.and_then(|until| until.checked_sub_days(Days::new(1)));
        let by = format!("{}, {} {}", entry.by, date_long(entry.at.today()), time_hm(entry.at.time()));
        view! {
            <tr>
                <td data-label="Stato"><StateBadge state=entry.standing/></td>
                <td data-label="Dal" class="nowrap">{date_long(entry.from)}</td>
                <td data-label="Al" class="nowrap">{last.map_or_else(|| "in corso".to_owned(), date_long)}</td>
                <td data-label="Motivo">{entry.reason.clone()}<span class="list__sub">{by}</span></td>
            </tr>
        }
    };
    view! {
        <table class="list list--plain">
            <caption class="visually-hidden">"Periodi dell'ente, dal più recente"</caption>
            <thead>
                <tr>
                    <th scope="col">"Stato"</th>
                    <th scope="col">"Dal"</th>
                    <th scope="col">"Al"</th>
                    <th scope="col">"Motivo"</th>
                </tr>
            </thead>
            <tbody>{standings.periods().into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}
