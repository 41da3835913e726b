//! The end of a voucher with its countdown, wherever a dossier shows (R38).

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::domain::{
    dossier::voucher::{Nearness, countdown},
    text::date_long,
};

/// The last day and how far it is.
#[component]
pub fn VoucherEnd(
    /// Last day of the voucher.
    valid_to: NaiveDate,
    /// 0 on that day; `None` once it is over.
    days_left: Option<i64>,
) -> impl IntoView {
    let class = match Nearness::of(days_left) {
        Nearness::Far => "due",
        Nearness::Soon | Nearness::Near => "due due--soon",
        Nearness::Last => "due due--last",
    };
    view! { {date_long(valid_to)}" "<span class=class>{countdown(days_left)}</span> }
}
