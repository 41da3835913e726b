//! The public holidays of a few years, each with the law that makes it (R28).

use leptos::prelude::*;

use crate::domain::{
    rulebook::{HolidayRow, Rulebook, holiday_calendar},
    text::date_long,
};

/// The holidays of some years.
#[component]
pub fn Holidays(rulebook: Rulebook, years: [i32; 2]) -> impl IntoView {
    let year = |year: i32| {
        let line = |HolidayRow { on, name, law }| {
            view! {
                <tr>
                    <th scope="row" data-label="Giorno">{date_long(on)}</th>
                    <td data-label="Festività">{name}</td>
                    <td class="rules__source" data-label="Legge">{law}</td>
                </tr>
            }
        };
        view! {
            <h3>{year}</h3>
            <table class="list list--plain">
                <caption class="visually-hidden">{format!("Festivi del {year}")}</caption>
                <thead><tr><th scope="col">"Giorno"</th><th scope="col">"Festività"</th><th scope="col">"Legge"</th></tr></thead>
                <tbody>{holiday_calendar(&rulebook, year).into_iter().map(line).collect_view()}</tbody>
            </table>
        }
    };
    view! {
        <section class="panel stack" aria-labelledby="festivi-titolo">
            <h2 class="panel__title" id="festivi-titolo">"Festivi"</h2>
            <p>"Nei giorni festivi e in tutte le domeniche non si svolgono erogazioni. Il sabato è un giorno feriale."</p>
            {years.map(year).collect_view()}
        </section>
    }
}
