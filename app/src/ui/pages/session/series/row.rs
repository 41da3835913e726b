//! One row of the preview: when, how long, what the rules say, and what can be done about it.

use chrono::NaiveDate;
use leptos::{ev, prelude::*};

use super::{
    planning::{Planning, row_id},
    rows::Row,
};
use crate::{
    domain::{
        rulebook::Refusal,
        session::{SessionForm, Slot},
        text,
        time::Span,
    },
    ui::{browser::focus_by_id, components::Icon, forms::TextField},
};

/// The row, and below it the fields that move it.
#[component]
pub fn SeriesRow(
    /// The preview.
    planning: Planning,
    /// Names the row.
    day: NaiveDate,
) -> impl IntoView {
    let row = Memo::new(move |_| planning.row(day));
    let blocks = Memo::new(move |_| row.get().filter(|row| !row.dropped).map(|row| planning.blocks(&row)).unwrap_or_default());
    let warns = Memo::new(move |_| {
        planning.verdicts.with(|verdicts| {
            verdicts.get(&day).map(|verdict| verdict.warns.iter().map(Refusal::from).collect::<Vec<_>>()).unwrap_or_default()
        })
    });
    let slots = Memo::new(move |_| if blocks.with(Vec::is_empty) { Vec::new() } else { planning.slots(day) });
    let dropped = Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|row| row.dropped)));
    let is_moving = Memo::new(move |_| planning.moving.get() == Some(day));
    let which = format!(" l'erogazione del {}", text::date_long(day));
    let outcome = move || {
        if dropped.get() {
            return view! { <span class="muted">"Tolta dalla serie"</span> }.into_any();
        }
        let (blocks, warns) = (blocks.get(), warns.get());
        let fine = (blocks.is_empty() && warns.is_empty())
            .then(|| view! { <li class="verdict__ok"><Icon name="it-check-circle"/><span>"Va bene"</span></li> });
        view! {
            <ul class="verdict">
                {blocks.into_iter().map(|refusal| line("verdict__block", "it-close-circle", &refusal)).collect_view()}
                {warns.into_iter().map(|refusal| line("verdict__warn", "it-warning-circle", &refusal)).collect_view()}
                {fine}
            </ul>
        }
        .into_any()
    };
    let pick = move |slot: Slot| {
        planning.moving.set(None);
        planning.change(day, |row| row.take(SessionForm::of(slot.coach, slot.span, "")));
        focus_by_id(&mover_id(day));
    };
    let instead = move || {
        let slots = slots.get();
        (!slots.is_empty()).then(|| view! {
            <ul class="slots__list" aria-label=format!("Orari possibili invece di {}", text::date_long(day))>
                {slots.into_iter().map(|slot| view! {
                    <li><button type="button" class="btn btn-outline-primary btn-xs" on:click=move |_| pick(slot)>{when(slot.span)}</button></li>
                }).collect_view()}
            </ul>
        })
    };
    let toggle = move |_| {
        if is_moving.get_untracked() {
            planning.moving.set(None);
        }
        planning.change(day, Row::toggle);
    };
    let open = move |_| {
        planning.moving.set((!is_moving.get_untracked()).then_some(day));
        if is_moving.get_untracked() {
            focus_by_id(ON);
        }
    };
    view! {
        <tr id=row_id(day) tabindex="-1" class:list__row--block=move || !blocks.with(Vec::is_empty) class:list__row--off=dropped>
            <th scope="row" data-label="Quando">{move || row.get().map(|row| place(&row))}</th>
            <td class="num" data-label="Durata">{move || row.with(|row| row.as_ref().and_then(Row::span).map(|span| text::hours(span.minutes())))}</td>
            // What is being moved is judged at every key, and read out.
            <td data-label="Esito" aria-live=move || if is_moving.get() { "polite" } else { "off" }>{outcome}{instead}</td>
            <td class="list__actions" data-label="Azioni">
                {move || (!dropped.get()).then(|| view! {
                    <button type="button" class="btn btn-outline-primary btn-xs" id=mover_id(day) aria-expanded=move || is_moving.get().to_string() on:click=open>
                        "Sposta"<span class="visually-hidden">{format!(" l'erogazione del {}", text::date_long(day))}</span>
                    </button>
                })}
                <button type="button" class="btn btn-link btn-xs" on:click=toggle>
                    {move || if dropped.get() { "Rimetti" } else { "Togli" }}<span class="visually-hidden">{which}</span>
                </button>
            </td>
        </tr>
        {move || is_moving.get().then(|| row.get_untracked().map(|row| view! { <tr><td colspan="4"><Mover planning row/></td></tr> }))}
    }
}

/// The field that has the focus first.
const ON: &str = "sposta-on";

/// The button that opens the fields of a row.
fn mover_id(day: NaiveDate) -> String {
    format!("sposta-{day}")
}

fn line(class: &'static str, icon: &'static str, refusal: &Refusal) -> impl IntoView + use<> {
    view! { <li class=class><Icon name=icon/><span>{format!("{} ({})", refusal.sentence, refusal.rule)}</span></li> }
}

fn when(span: Span) -> String {
    format!("{}, {}-{}", text::date_long(span.on()), text::time_hm(span.from()), text::time_hm(span.to()))
}

/// When it takes place, and where the pattern had it.
fn place(row: &Row) -> impl IntoView + use<> {
    let (on, times) = row.span().map_or_else(
        || (text::date_long(row.day()), "da completare".to_owned()),
        |span| (text::date_long(span.on()), format!("{}-{}", text::time_hm(span.from()), text::time_hm(span.to()))),
    );
    let moved = row.is_moved().then(|| format!(" · spostata dal {}", text::date_long(row.day())));
    view! { {on}<span class="list__sub">{times}{moved}</span> }
}

/// Date and times of one row, judged with all the others at every key.
#[component]
fn Mover(planning: Planning, row: Row) -> impl IntoView {
    let day = row.day();
    let before = row.form().clone();
    let (on, from, to) = (RwSignal::new(before.on.clone()), RwSignal::new(before.from.clone()), RwSignal::new(before.to.clone()));
    let coach = before.coach.clone();
    Effect::new(move |begun: Option<()>| {
        let form = SessionForm { coach: coach.clone(), on: on.get(), from: from.get(), to: to.get(), note: String::new() };
        if begun.is_some() {
            planning.change(day, |row| row.take(form));
        }
    });
    let fill = move |form: &SessionForm| {
        on.set(form.on.clone());
        from.set(form.from.clone());
        to.set(form.to.clone());
    };
    let close = move || {
        planning.moving.set(None);
        focus_by_id(&mover_id(day));
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        close();
    };
    let escape = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            planning.change(day, |row| row.take(before.clone()));
            close();
        }
    };
    let problems = Signal::stored(Vec::new());
    view! {
        <form class="form-grid" novalidate aria-label=format!("Sposta l'erogazione del {}", text::date_long(day)) on:submit=submit on:keydown=escape>
            <TextField name=ON label="Data" kind="date" value=on problems class="field--third"/>
            <TextField name="sposta-from" label="Ora inizio" kind="time" step=900 value=from problems class="field--third field--pair"/>
            <TextField name="sposta-to" label="Ora fine" kind="time" step=900 value=to problems class="field--third field--pair"/>
            <div class="form-grid__actions">
                <button type="button" class="btn btn-link btn-sm" on:click=move |_| fill(&row.planned())>"Rimetti com'era"</button>
                <button type="submit" class="btn btn-outline-primary btn-sm">"Fatto"</button>
            </div>
        </form>
    }
}
