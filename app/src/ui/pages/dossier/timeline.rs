//! The dossier's line of time: drawn for the eye, and told as a list with every date.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::domain::{
    dossier::{Mark, Milestone, Timeline},
    text::date_long,
};

/// The line.
#[component]
pub fn TimeLine(timeline: Timeline, today: NaiveDate) -> impl IntoView {
    let at = |milestone| timeline.marks.iter().find(|mark| mark.milestone == milestone).map_or(0, |mark| mark.at);
    let (begins, ends) = (at(Milestone::VoucherStart), at(Milestone::VoucherEnd));
    let dots = timeline.marks.iter().map(|Mark { milestone, on, at }| {
        let class = format!("timeline__dot timeline__dot--{}", if *on <= today { "past" } else { "ahead" });
        view! { <circle class=class data-milestone=milestone.as_str() cx=inset(*at) cy="14" r="6"></circle> }
    });
    let steps = timeline.marks.iter().map(|Mark { milestone, on, .. }| {
        let class = (*on > today).then_some("timeline__ahead");
        view! { <li class=class><span>{milestone.label()}</span><b>{date_long(*on)}</b></li> }
    });
    let now = inset(timeline.today);
    view! {
        <section class="panel" aria-labelledby="tempo">
            <h2 class="panel__title" id="tempo">"Nel tempo"</h2>
            <svg class="timeline" width="100%" height="28" aria-hidden="true">
                <line class="timeline__line" x1=inset(0) x2=inset(1000) y1="14" y2="14"></line>
                <line class="timeline__voucher" x1=inset(begins) x2=inset(ends) y1="14" y2="14"></line>
                {dots.collect_view()}
                <line class="timeline__today" x1=now.clone() x2=now y1="0" y2="28"></line>
            </svg>
            <ol class="timeline-steps">{steps.collect_view()}</ol>
        </section>
    }
}

/// Thousandths of the line as a share of the picture, which leaves room for half a dot at either end.
fn inset(thousandths: u32) -> String {
    format!("{:.2}%", 1.5 + f64::from(thousandths) * 0.097)
}
