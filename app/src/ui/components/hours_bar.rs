//! The hours of an activity as one stacked bar: erogate, avviate e programmate, inserite, libere. Each part stands in words too.

use leptos::prelude::*;

use crate::domain::{activity::HoursBalance, text};

/// The bar; `slim` is for lists, where the words stand in the cells beside it.
#[component]
pub fn HoursBar(
    /// The minutes to draw.
    hours: HoursBalance,
    /// Without the legend, and thin.
    #[prop(optional)]
    slim: bool,
) -> impl IntoView {
    let free = hours.agreed.saturating_sub(hours.used() + hours.entered);
    let words = format!(
        "Su {} concordate: erogate {}, avviate e programmate {}, inserite {}, libere {}",
        text::hours(hours.agreed),
        text::hours(hours.delivered),
        text::hours(hours.planned),
        text::hours(hours.entered),
        text::hours(free),
    );
    // Written hours may pass the agreed ones (R19 only warns then): the bar is as long as the greater.
    let whole = hours.agreed.max(hours.used() + hours.entered).max(1);
    let share = move |minutes: u32| format!("{:.2}%", f64::from(minutes) * 100.0 / f64::from(whole));
    let height = if slim { "8" } else { "24" };
    let middle = if slim { "4" } else { "12" };

    let bar = view! {
        <svg class="hours-bar" class:hours-bar--sm=slim width="100%" height=height role="img" aria-label=words>
            <rect class="hours-bar__delivered" x="0" y="0" width=share(hours.delivered) height=height></rect>
            <rect class="hours-bar__scheduled" x=share(hours.delivered) y="0" width=share(hours.planned) height=height></rect>
            <line class="hours-bar__entered" x1=share(hours.used()) x2=share(hours.used() + hours.entered) y1=middle y2=middle></line>
        </svg>
    };
    if slim {
        return bar.into_any();
    }
    let part = |class, label, minutes| view! { <li class=class>{label}" "<b>{text::hours(minutes)}</b></li> };
    view! {
        <figure class="hours">
            {bar}
            <figcaption>
                <ul class="legend">
                    {part("legend__delivered", "Erogate", hours.delivered)}
                    {part("legend__scheduled", "Avviate e programmate", hours.planned)}
                    {part("legend__entered", "Inserite", hours.entered)}
                    {part("legend__free", "Libere", free)}
                </ul>
            </figcaption>
        </figure>
    }
    .into_any()
}
