//! The page `/da-regolarizzare`: the list, the bar with what is chosen, the preview of an act.

use leptos::{prelude::*, task::spawn_local};

use super::{
    chosen::Choice,
    list::{Kinds, LateList},
    plan::{Plan, chosen},
    preview::PreviewDialog,
};
use crate::{
    api::{self, ApiError, ApiResult},
    domain::{
        agenda::LateSessions,
        session::{BulkAct, SessionRow},
        text,
    },
    ui::{
        browser::focus_content,
        components::{ActionButton, EmptyState, Failure, Loaded, Notices, PageHead, sessions_in_words},
        paths,
    },
};

const TITLE: &str = "Da regolarizzare";

/// `/da-regolarizzare`.
#[component]
pub fn RegularisePage() -> impl IntoView {
    let load = Resource::new(|| (), |()| api::agenda::to_regularise(None));
    view! {
        <PageHead title=TITLE breadcrumb=vec![("Cruscotto".to_owned(), Some(paths::home())), (TITLE.to_owned(), None)]/>
        <Loaded resource=load headed=true view=|late: LateSessions| view! { <Desk late/> }.into_any()/>
    }
    .into_any()
}

/// As many rows as were shown, read anew.
async fn read_again(shown: usize) -> ApiResult<LateSessions> {
    let mut late = api::agenda::to_regularise(None).await?;
    while let (true, Some(after)) = (late.page.rows.len() < shown, late.page.next.take()) {
        let more = api::agenda::to_regularise(Some(after)).await?;
        late.page.rows.extend(more.page.rows);
        late.page.next = more.page.next;
    }
    Ok(late)
}

#[component]
fn Desk(late: LateSessions) -> impl IntoView {
    let today = late.now.today();
    let choice = Choice::of(late.page.rows);
    let (next, total) = (RwSignal::new(late.page.next), RwSignal::new(late.page.total));
    let (plan, open) = (RwSignal::new(Plan::nothing(BulkAct::Schedule)), RwSignal::new(false));
    let (asking, failed) = (RwSignal::new(None::<BulkAct>), RwSignal::new(None::<(ApiError, BulkAct)>));
    let ask = Callback::new(move |act: BulkAct| {
        // What stands at another step is left out without being called wrong.
        let (rows, others): (Vec<_>, Vec<_>) = untrack(|| choice.chosen()).into_iter().partition(|row| row.actions.contains(&act.action()));
        asking.set(Some(act));
        failed.set(None);
        spawn_local(async move {
            let sessions = rows.iter().map(|row| chosen(row, String::new(), false)).collect();
            let answer = api::session::rehearse(act, sessions).await;
            // Nothing is there to hear it when the page is gone.
            if asking.try_set(None).is_some() {
                return;
            }
            match answer {
                Ok(outcomes) => {
                    plan.set(Plan { others: others.len(), ..Plan::of(act, rows, outcomes) });
                    open.set(true);
                }
                Err(error) => failed.set(Some((error, act))),
            }
        });
    });
    let notices = Notices::get();
    let reload = Callback::new(move |first: Option<SessionRow>| {
        let shown = choice.rows.with_untracked(Vec::len);
        spawn_local(async move {
            let Ok(late) = read_again(shown).await else { return };
            let stays = first.filter(|first| late.page.rows.iter().any(|row| row.id == first.id));
            if choice.rows.try_set(late.page.rows).is_some() {
                return;
            }
            next.set(late.page.next);
            total.set(late.page.total);
            // Whoever changed it finds it again, also when the button pressed is gone; what was concluded is gone itself.
            match stays {
                Some(row) => notices.flash(paths::session_anchor(row.id)),
                None => focus_content(),
            }
        });
    });
    let is_empty = Memo::new(move |_| choice.rows.with(Vec::is_empty));
    view! {
        <p class="page-head__facts" role="status">
            {move || format!("{} ancora da portare a termine", sessions_in_words(usize::try_from(total.get()).unwrap_or(usize::MAX)))}
        </p>
        {move || if is_empty.get() {
            view! {
                <EmptyState icon="it-check-circle" title="Niente da regolarizzare">
                    <p>"Qui compaiono le erogazioni dei giorni scorsi ancora da programmare, avviare o concludere, fino al settimo giorno."</p>
                    <a class="btn btn-outline-primary" href=paths::home()>"Vai al cruscotto"</a>
                </EmptyState>
            }.into_any()
        } else {
            view! {
                <div class="stack">
                    <Kinds choice/>
                    <LateList choice next total today/>
                </div>
            }.into_any()
        }}
        {move || failed.get().map(|(error, act)| view! { <Failure error retry=Callback::new(move |()| ask.run(act))/> })}
        <Bar choice asking on_ask=ask/>
        <PreviewDialog choice plan open on_done=reload/>
    }
}

/// How many are chosen, and the acts that at least one of them offers.
#[component]
fn Bar(choice: Choice, asking: RwSignal<Option<BulkAct>>, on_ask: Callback<BulkAct>) -> impl IntoView {
    let rows = Memo::new(move |_| choice.chosen());
    let is_any = Memo::new(move |_| rows.with(|rows| !rows.is_empty()));
    let count = move || rows.with(|rows| sessions_in_words(rows.len()));
    let hours = move || rows.with(|rows| text::hours(rows.iter().map(|row| row.span.minutes()).sum()));
    let button = move |act: BulkAct| {
        let offered = Memo::new(move |_| rows.with(|rows| rows.iter().filter(|row| row.actions.contains(&act.action())).count()));
        let pending = Signal::derive(move || asking.get() == Some(act));
        let press = Callback::new(move |()| on_ask.run(act));
        move || {
            (offered.get() > 0).then(|| {
                view! { <ActionButton class="btn btn-primary btn-sm" pending on_press=press>{act.label()}" "{offered}</ActionButton> }
            })
        }
    };
    move || {
        is_any.get().then(|| {
            view! {
                <div class="bulk" role="group" aria-label="Erogazioni scelte">
                    <p class="bulk__count" role="status"><b>{count}</b>" · "<b>{hours}</b></p>
                    <div class="bulk__actions">{BulkAct::ALL.map(button).into_iter().collect_view()}</div>
                </div>
            }
        })
    }
}
