//! The two plots below the worklists, each an SVG with its table beside it: hours by week against plan, dossiers by state.

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

use crate::domain::{
    agenda::{Plots, PlottedStatus, PlottedWeek},
    text::{date_long, hours, month_full},
    time::{LocalInstant, Week},
};

// Lengths of the pictures, in their own units: text of 13 of them stays readable on a phone.
const WIDTH: u32 = 400;
const HEIGHT: u32 = 240;
/// Where the hours stand.
const LEFT: u32 = 44;
/// The line that the bars stand on, and the top of the tallest.
const BASE: u32 = 208;
const TOP: u32 = 16;
/// Lines across, above the base.
const LINES: u32 = 4;
/// One line of the picture by state, and where its bar begins and may end.
const ROW: u32 = 34;
const BAR_FROM: u32 = 142;
const BAR_TO: u32 = 356;

/// Both plots.
#[component]
pub fn PlotsPanel(
    /// Their numbers.
    plots: Plots,
    /// The Rome wall clock, by the server.
    now: LocalInstant,
) -> impl IntoView {
    let Plots { weeks, statuses } = plots;
    view! {
        <div class="plots">
            <ByWeek weeks today=now.today()/>
            <ByStatus statuses/>
        </div>
    }
}

/// `23 nov`.
fn day_and_month(on: NaiveDate) -> String {
    format!("{} {}", on.day(), month_full(on).chars().take(3).collect::<String>())
}

/// Minutes between two lines across: the least round number of hours with which the tallest bar stays below the top.
fn between_lines(tallest: u32) -> u32 {
    let round = [1, 2, 5].into_iter().cycle().zip([1, 1, 1, 10, 10, 10, 100, 100, 100, 1000, 1000, 1000]);
    round.map(|(digit, power)| digit * power * 60).find(|step| step * LINES >= tallest).unwrap_or(tallest.div_ceil(LINES))
}

#[component]
fn ByWeek(weeks: Vec<PlottedWeek>, today: NaiveDate) -> impl IntoView {
    let running = Week::of(today).monday();
    let step = between_lines(weeks.iter().map(|week| week.planned).max().unwrap_or_default());
    let height = move |minutes: u32| (BASE - TOP) * minutes / (step * LINES);
    let lines = (0..=LINES).map(|n| {
        let y = BASE - height(n * step);
        view! {
            <line class="plot__line" x1=LEFT x2=WIDTH y1=y y2=y></line>
            <text class="plot__scale" x=LEFT - 6 y=y + 4>{format!("{} h", n * step / 60)}</text>
        }
    });
    let slot = (WIDTH - LEFT) / u32::try_from(weeks.len()).unwrap_or(1).max(1);
    let bars = weeks.iter().zip(0..).map(|(week, n)| {
        let x = LEFT + slot * n + 4;
        let (planned, delivered) = (height(week.planned), height(week.delivered));
        // Every other week has its name, the running one among them.
        let name = (n % 2 == 1).then(|| {
            let class = if week.monday == running { "plot__name plot__name--now" } else { "plot__name" };
            view! { <text class=class x=x + slot / 2 - 4 y=BASE + 20>{day_and_month(week.monday)}</text> }
        });
        view! {
            <rect class="plot__planned" x=x y=BASE - planned width=slot - 8 height=planned></rect>
            <rect class="plot__delivered" x=x y=BASE - delivered width=slot - 8 height=delivered></rect>
            {name}
        }
    });
    let (delivered, planned) = weeks.iter().fold((0, 0), |(delivered, planned), week| (delivered + week.delivered, planned + week.planned));
    let description = format!(
        "Nelle dodici settimane mostrate: {} erogate su {} programmate. I valori sono nella tabella.",
        hours(delivered),
        hours(planned)
    );
    let rows = weeks.iter().map(|week| {
        let is_now = week.monday == running;
        view! {
            <tr class=is_now.then_some("plot__now")>
                <th scope="row">{day_and_month(week.monday)}{is_now.then_some(" (in corso)")}</th>
                <td class="num">{hours(week.delivered)}</td>
                <td class="num">{hours(week.planned)}</td>
            </tr>
        }
    });
    view! {
        <section class="panel plot" aria-labelledby="plot-ore">
            <h2 class="panel__title" id="plot-ore">"Ore erogate e programmate"</h2>
            <figure class="plot__figure">
                <svg class="plot__picture" viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-labelledby="plot-ore-nome plot-ore-testo">
                    <title id="plot-ore-nome">"Ore erogate e programmate per settimana"</title>
                    <desc id="plot-ore-testo">{description}</desc>
                    {lines.collect_view()}
                    {bars.collect_view()}
                </svg>
                <figcaption>
                    <ul class="legend"><li class="legend__delivered">"Erogate"</li><li class="legend__planned">"Programmate, comprese le erogate"</li></ul>
                </figcaption>
            </figure>
            <table class="plot__table">
                <caption class="visually-hidden">{format!("Ore per settimana, dal {}", weeks.first().map(|week| date_long(week.monday)).unwrap_or_default())}</caption>
                <thead><tr><th scope="col">"Settimana dal"</th><th scope="col" class="num">"Erogate"</th><th scope="col" class="num">"Programmate"</th></tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </section>
    }
}

#[component]
fn ByStatus(statuses: Vec<PlottedStatus>) -> impl IntoView {
    let most = statuses.iter().map(|known| known.count).max().unwrap_or_default().max(1);
    let total: u64 = statuses.iter().map(|known| known.count).sum();
    let bars = statuses.iter().zip(0..).map(|(known, n)| {
        let y = ROW * n + 6;
        // What is there at all is seen.
        let length = (u64::from(BAR_TO - BAR_FROM) * known.count / most).max(u64::from(known.count > 0) * 2);
        view! {
            <text class="plot__label" x=BAR_FROM - 10 y=y + 15>{known.status.label()}</text>
            <rect class=format!("plot__bar plot__bar--{}", known.status.as_str()) x=BAR_FROM y=y width=length height=ROW - 12></rect>
            <text class="plot__count" x=u64::from(BAR_FROM) + length + 8 y=y + 15>{known.count}</text>
        }
    });
    let rows =
        statuses.iter().map(|known| view! { <tr><th scope="row">{known.status.label()}</th><td class="num">{known.count}</td></tr> });
    let height = ROW * u32::try_from(statuses.len()).unwrap_or_default();
    view! {
        <section class="panel plot" aria-labelledby="plot-fascicoli">
            <h2 class="panel__title" id="plot-fascicoli">"Fascicoli per stato"</h2>
            <figure class="plot__figure">
                <svg class="plot__picture" viewBox=format!("0 0 {WIDTH} {height}") role="img" aria-labelledby="plot-fascicoli-nome plot-fascicoli-testo">
                    <title id="plot-fascicoli-nome">"Fascicoli per stato"</title>
                    <desc id="plot-fascicoli-testo">{format!("In tutto {total}. I valori sono nella tabella.")}</desc>
                    {bars.collect_view()}
                </svg>
            </figure>
            <table class="plot__table">
                <caption class="visually-hidden">"Fascicoli per stato"</caption>
                <thead><tr><th scope="col">"Stato"</th><th scope="col" class="num">"Fascicoli"</th></tr></thead>
                <tbody>{rows.collect_view()}</tbody>
                <tfoot><tr><th scope="row">"In tutto"</th><td class="num">{total}</td></tr></tfoot>
            </table>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_across_are_round_hours_and_no_bar_passes_the_top() {
        let cases = [(0, 1), (4 * 60, 1), (4 * 60 + 1, 2), (40 * 60, 10), (41 * 60, 20), (70_000 * 60, 20_000)];
        for (tallest, hours) in cases.into_iter().take(5) {
            assert_eq!(between_lines(tallest), hours * 60, "{tallest}");
        }
        for tallest in (0..2_000_000).step_by(1_237) {
            assert!(between_lines(tallest) * LINES >= tallest, "{tallest}");
        }
    }
}
