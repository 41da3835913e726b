//! The preview: every session with what the rules say of it, the days left out, the hours; or why there is none yet.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::{
    planning::Planning,
    row::SeriesRow,
    rows::{Series, Sum},
};
use crate::{
    api::ApiError,
    domain::{
        activity::ActivityPage,
        rulebook::{FieldProblem, Refusal},
        session::{LeftOut, SeriesEnd},
        text,
    },
    ui::{
        browser::debounced,
        components::{ActionButton, EmptyState, Failure, Findings, Icon, Notice, Skeleton, sessions_in_words},
        paths,
    },
};

/// How long the hours must rest before they are read out, in milliseconds.
const REST_MILLIS: u32 = 600;
/// More days left out than these are folded away.
const FEW: usize = 6;

/// What the preview shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// Fields are missing.
    Gaps,
    /// The facts did not arrive.
    Failed,
    /// They are on their way.
    Loading,
    /// No day of the pattern is possible.
    Nothing,
    /// Sessions.
    Rows,
}

/// The preview with its buttons.
#[component]
pub fn Preview(
    /// The activity's data.
    page: ActivityPage,
    /// The series.
    planning: Planning,
    /// What the pattern lacks.
    gaps: Memo<Vec<FieldProblem>>,
    /// Why the facts are not there.
    failed: RwSignal<Option<ApiError>>,
    /// Asks for them again.
    retry: Callback<()>,
    /// Why nothing was entered.
    stopped: RwSignal<Option<String>>,
    /// Enters the series.
    on_send: Callback<()>,
) -> impl IntoView {
    let shown = Memo::new(move |_| match planning.series.with(|series| series.as_ref().map(|series| series.rows.is_empty())) {
        _ if !gaps.with(Vec::is_empty) => Shown::Gaps,
        Some(true) => Shown::Nothing,
        Some(false) => Shown::Rows,
        None if failed.with(Option::is_some) => Shown::Failed,
        None => Shown::Loading,
    });
    move || match shown.get() {
        Shown::Gaps => view! {
            <EmptyState icon="it-calendar" title="L'anteprima compare qui">
                <p>{move || gaps.get().into_iter().map(|gap| gap.sentence).collect::<Vec<_>>().join(" ")}</p>
            </EmptyState>
        }
        .into_any(),
        Shown::Failed => failed.get().map(|error| view! { <Failure error retry/> }).into_any(),
        Shown::Loading => view! { <Skeleton/> }.into_any(),
        Shown::Nothing => view! { <Nothing planning/> }.into_any(),
        Shown::Rows => view! { <Rows page=page.clone() planning stopped on_send/> }.into_any(),
    }
}

/// Why there is no session at all: what the rules say of the first day of the pattern.
#[component]
fn Nothing(planning: Planning) -> impl IntoView {
    let first = Memo::new(move |_| {
        let first = |series: &Series| series.left_out.first().map(|day| day.findings.iter().map(Refusal::from).collect::<Vec<_>>());
        planning.series.with(|series| series.as_ref().and_then(first)).unwrap_or_default()
    });
    let why = move || {
        if first.with(Vec::is_empty) {
            "In questo periodo non c'è nessuna erogazione da aggiungere: le ore concordate sono già tutte impegnate o inserite, o i giorni scelti non ci sono."
        } else {
            "Con questi giorni e orari non è possibile nessuna erogazione."
        }
    };
    view! { <div class="stack"><p>{why}</p><Findings blocks=first warns=Signal::stored(Vec::new())/></div> }
}

/// The sessions, what was left out, and the bar with the hours.
#[component]
fn Rows(page: ActivityPage, planning: Planning, stopped: RwSignal<Option<String>>, on_send: Callback<()>) -> impl IntoView {
    let days = Memo::new(move |_| planning.days());
    let is_changed = Memo::new(move |_| planning.series.with(|series| series.as_ref().is_some_and(Series::is_changed)));
    let blocked = Memo::new(move |_| planning.blocked().len());
    let can_replan = Memo::new(move |_| is_changed.get() && blocked.get() == 0);
    let (valid_to, back) = (page.frame.valid_to, paths::activity(page.dossier, page.activity.code));
    let end = move || {
        let why = |series: &Series| why_it_ends(series.end, planning.sum.get(), can_replan.get(), valid_to);
        planning.series.with(|series| series.as_ref().map(why))
    };
    let left_out =
        Memo::new(move |_| planning.series.with(|series| series.as_ref().map(|series| series.left_out.clone())).unwrap_or_default());
    let count = move || sessions_in_words(planning.sum.get().sessions);
    view! {
        <div class="stack">
            {move || stopped.get().map(|why| view! { <Notice kind="error"><p>{why}</p></Notice> })}
            <p>{end}</p>
            <div>
                <table class="list list--plain">
                    <caption class="visually-hidden">"Erogazioni della serie"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Quando"</th>
                            <th scope="col" class="num">"Durata"</th>
                            <th scope="col">"Esito"</th>
                            <th scope="col"><span class="visually-hidden">"Azioni"</span></th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || days.get() key=|day| *day let:day>
                            <SeriesRow planning day/>
                        </For>
                    </tbody>
                </table>
                {move || {
                    let days = left_out.get();
                    (!days.is_empty()).then(|| view! { <LeftOutDays days/> })
                }}
                <div class="bulk" role="group" aria-label="Serie">
                    <Count planning blocked/>
                    <div class="bulk__actions">
                        <a class="btn btn-outline-primary btn-sm" href=back>"Indietro"</a>
                        {move || can_replan.get().then(|| view! {
                            <ActionButton class="btn btn-outline-primary btn-sm" on_press=Callback::new(move |()| planning.replan())>"Ricalcola"</ActionButton>
                        })}
                        <ActionButton class="btn btn-primary btn-sm" on_press=on_send>"Inserisci "{count}</ActionButton>
                    </div>
                </div>
            </div>
        </div>
    }
}

/// Sessions and hours as they are now; read out once they have come to rest.
#[component]
fn Count(planning: Planning, blocked: Memo<usize>) -> impl IntoView {
    let now = Memo::new(move |_| {
        let Sum { sessions, taken, agreed, .. } = planning.sum.get();
        let hours = format!("{} di {}", text::hours(taken), text::hours(agreed));
        let blocked = Some(blocked.get()).filter(|blocked| *blocked > 0).map(|blocked| format!(" · {blocked} da sistemare"));
        format!("{} · {hours}{}", sessions_in_words(sessions), blocked.unwrap_or_default())
    });
    let said = RwSignal::new(now.get_untracked());
    let say_later = debounced(REST_MILLIS, move |now| said.set(now));
    Effect::new(move |begun: Option<()>| {
        let now = now.get();
        if begun.is_some() {
            say_later(now);
        }
    });
    view! {
        <p class="bulk__count">
            <b aria-hidden="true">{now}</b>
            <span class="visually-hidden" role="status">{said}</span>
        </p>
    }
}

/// The total and why the series ends.
fn why_it_ends(end: SeriesEnd, sum: Sum, can_replan: bool, valid_to: NaiveDate) -> String {
    let total = format!("{} per {}.", sessions_in_words(sum.sessions), text::hours(sum.minutes));
    let left = sum.agreed.saturating_sub(sum.taken);
    let (left, agreed) = (text::hours(left), text::hours(sum.agreed));
    let why = match end {
        _ if sum.taken >= sum.agreed => format!("Ore concordate raggiunte: {agreed}."),
        _ if can_replan => format!("Restano {left} delle {agreed} concordate: con «Ricalcola» vanno ai giorni seguenti."),
        SeriesEnd::Voucher => {
            format!("Fine del voucher, {}: restano {left} delle {agreed} concordate.", text::date_long(valid_to))
        }
        SeriesEnd::BelowStep => format!("Restano {left} delle {agreed} concordate: meno dell'erogazione più breve."),
        SeriesEnd::AgreedHours | SeriesEnd::Horizon => format!("Restano {left} delle {agreed} concordate."),
    };
    format!("{total} {why}")
}

/// The days of the pattern without a session, with the reason.
#[component]
fn LeftOutDays(days: Vec<LeftOut>) -> impl IntoView {
    let line = |LeftOut { on, findings }: &LeftOut| {
        let date = text::date_long(*on);
        let reasons = findings.iter().map(|finding| {
            let sentence = finding.sentence();
            // Most sentences name the day themselves.
            let sentence = if sentence.contains(&date) { sentence } else { format!("{date}: {sentence}") };
            format!("{sentence} ({})", finding.rule)
        });
        view! { <li><Icon name="it-info-circle"/><span>{reasons.collect::<Vec<_>>().join(" ")}</span></li> }
    };
    view! {
        <details open=days.len() <= FEW>
            <summary>{format!("Giorni saltati: {}", days.len())}</summary>
            <ul class="verdict">{days.iter().map(line).collect_view()}</ul>
        </details>
    }
}
