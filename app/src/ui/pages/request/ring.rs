//! The time left to decide: a ring of the term's days with the number inside.

use leptos::prelude::*;

use crate::domain::text::days_left;

/// The ring.
#[component]
pub fn Ring(
    /// 0 is the last day.
    days: i64,
    /// The term in days.
    of: u32,
) -> impl IntoView {
    let class = match days {
        ..=0 => "ring ring--last",
        1..=3 => "ring ring--soon",
        _ => "ring",
    };
    let label = match days {
        ..=0 => "Ultimo giorno per decidere".to_owned(),
        _ => format!("{} per decidere", days_left(days)),
    };
    let left = days.clamp(0, of.into());
    view! {
        <svg class=class viewBox="0 0 120 120" role="img" aria-label=label>
            <circle class="ring__track" cx="60" cy="60" r="52"></circle>
            {(left > 0).then(|| view! {
                <circle class="ring__left" cx="60" cy="60" r="52" pathLength=of.to_string() stroke-dasharray=format!("{left} {of}") transform="rotate(-90 60 60)"></circle>
            })}
            <text class="ring__number" x="60" y="64">{days.max(0)}</text>
            <text class="ring__word" x="60" y="86">{if days == 1 { "giorno" } else { "giorni" }}</text>
        </svg>
    }
}
