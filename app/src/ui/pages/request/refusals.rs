//! Rifiuti per ente: what providers refused in a period, by category (R8). No person is named.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use crate::{
    api::{self, ApiError},
    domain::{
        provider::Actor,
        request::{DUTY, Period, ProviderRefusals, RefusalCategory, RefusalsForm, RefusalsReport},
        rulebook::FieldProblem,
        text::date_long,
    },
    ui::{
        components::{ActionButton, EmptyState, Loaded, NotFound, Notice, PageHead},
        forms::TextField,
        paths, signed_in,
    },
};

const TITLE: &str = "Rifiuti per ente";

/// `/rifiuti`, for those who look over a provider; for anybody else it is not there.
#[component]
pub fn RefusalsPage() -> impl IntoView {
    if signed_in().as_ref().and_then(Actor::oversight).is_none() {
        return view! { <NotFound/> }.into_any();
    }
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(paths::read_refusals));
    let report = Resource::new(move || asked.get(), api::request::refusals);
    view! {
        <PageHead title=TITLE breadcrumb=vec![("Cruscotto".to_owned(), Some(paths::home())), (TITLE.to_owned(), None)]/>
        <PeriodMask asked report/>
        <Loaded resource=report headed=true view=|report: RefusalsReport| view! { <Report report/> }/>
    }
    .into_any()
}

/// The period. What was typed stays until the address says otherwise; the answer fills in what was left empty.
#[component]
fn PeriodMask(asked: Memo<RefusalsForm>, report: Resource<Result<RefusalsReport, ApiError>>) -> impl IntoView {
    let form = asked.get_untracked();
    let (from, to) = (RwSignal::new(form.from), RwSignal::new(form.to));
    let problems = RwSignal::new(Vec::<FieldProblem>::new());
    Effect::new(move |_| match report.get() {
        Some(Ok(RefusalsReport { period, .. })) => {
            from.set(period.from.to_string());
            to.set(period.to.to_string());
            problems.set(Vec::new());
        }
        Some(Err(ApiError::Invalid(wrong))) => problems.set(wrong),
        _ => {}
    });
    let navigate = use_navigate();
    let search = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let address = from.with_untracked(|from| to.with_untracked(|to| paths::refusals_between(from, to)));
        navigate(&address, NavigateOptions::default());
    };
    view! {
        <form class="filters" role="search" aria-label="Periodo" on:submit=search>
            <div class="filters__row">
                <TextField name="from" label="Dal" kind="date" value=from problems/>
                <TextField name="to" label="Al" kind="date" value=to problems/>
                <div class="filters__actions">
                    <ActionButton class="btn btn-primary btn-sm" submit=true>"Mostra"</ActionButton>
                    <a class="btn btn-link btn-sm" href=paths::refusals()>"Azzera"</a>
                </div>
            </div>
        </form>
    }
}

#[component]
fn Report(report: RefusalsReport) -> impl IntoView {
    let RefusalsReport { period, rows, .. } = report;
    let facts = view! { <p class="muted" role="status">{count_line(period, &rows)}</p> };
    if rows.is_empty() {
        return view! {
            <div class="stack">
                {facts}
                <EmptyState icon="it-search" title="Nessuna decisione in questo periodo"><p>"Scegli altre date: contano i giorni in cui le richieste sono state decise."</p></EmptyState>
            </div>
        }
        .into_any();
    }
    view! {
        <div class="stack">
            {facts}
            <table class="list">
                <caption class="visually-hidden">"Rifiuti per ente e tipo di impedimento"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Ente"</th>
                        {RefusalCategory::ALL.map(|category| view! { <th scope="col" class="num">{category.short()}</th> }).collect_view()}
                        <th scope="col" class="num">"Rifiuti"</th>
                        <th scope="col" class="num">"Decisioni"</th>
                        <th scope="col" class="num">"Quota di rifiuti"</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
            <Notice>
                <p>{DUTY}</p>
                <p>"I tipi di impedimento: "{RefusalCategory::ALL.map(RefusalCategory::label).join("; ")}"."</p>
            </Notice>
        </div>
    }
    .into_any()
}

fn row(row: ProviderRefusals) -> impl IntoView {
    let cell = |label: &'static str, value: String| view! { <td class="num" data-label=label>{value}</td> };
    let (refusals, decisions, percent) = (row.refusals(), row.decisions(), row.percent());
    view! {
        <tr class="list__row">
            <th scope="row" data-label="Ente">{row.name}</th>
            {RefusalCategory::ALL.into_iter().zip(row.refused).map(|(category, count)| cell(category.short(), count.to_string())).collect_view()}
            {cell("Rifiuti", refusals.to_string())}
            {cell("Decisioni", decisions.to_string())}
            {cell("Quota di rifiuti", format!("{percent}%"))}
        </tr>
    }
}

/// `Da gio 1 gen 2026 a lun 23 nov 2026 · 12 decisioni · 3 rifiuti`.
fn count_line(period: Period, rows: &[ProviderRefusals]) -> String {
    let sum = |count: fn(&ProviderRefusals) -> u64| rows.iter().map(count).sum::<u64>();
    let words = |count: u64, one: &str, many: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {many}") };
    let (decisions, refusals) = (sum(ProviderRefusals::decisions), sum(ProviderRefusals::refusals));
    let days =
        if period.from == period.to { date_long(period.from) } else { format!("Da {} a {}", date_long(period.from), date_long(period.to)) };
    format!("{days} · {} · {}", words(decisions, "decisione", "decisioni"), words(refusals, "rifiuto", "rifiuti"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r8_the_line_says_the_period_and_the_sums() {
        let day = |text: &str| text.parse().unwrap();
        let provider = |admitted, refused| ProviderRefusals { code: String::new(), name: String::new(), admitted, refused };
        let rows = [provider(8, [1, 1]), provider(1, [0, 1])];
        let year = Period { from: day("2026-01-01"), to: day("2026-11-23") };
        assert_eq!(count_line(year, &rows), "Da gio 1 gen 2026 a lun 23 nov 2026 · 12 decisioni · 3 rifiuti");
        let today = Period { from: day("2026-11-23"), ..year };
        assert_eq!(count_line(today, &[provider(0, [0, 1])]), "lun 23 nov 2026 · 1 decisione · 1 rifiuto");
    }
}
