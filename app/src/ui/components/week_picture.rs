//! The week beside a form: who is taken when, and where the new session would fall. A day or a time can be picked by pointer or by the arrow keys.

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta};
use leptos::{ev, prelude::*};

use super::Icon;
use crate::{
    domain::{
        person::PersonLimits,
        text,
        time::{Span, Week, minute_of_day, plus_days},
    },
    ui::browser::focus_by_id,
};

/// First hour drawn.
const FIRST_HOUR: u32 = 7;
/// Hours drawn: up to 23:00, the end of the day by R27.
const HOURS: u32 = 16;
/// Length of a quarter of an hour: the unit of the picture.
const QUARTER: u32 = 15;

/// Whose time a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The person is engaged.
    Person,
    /// The coach is engaged.
    Coach,
    /// The session being typed, and whether a rule refuses it.
    New {
        /// Whether a rule refuses it.
        clash: bool,
    },
}

/// A part of the week that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// By whom.
    pub who: Taken,
    /// When.
    pub span: Span,
}

/// What was picked on the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// A day.
    Day(NaiveDate),
    /// A start on a day.
    Start(NaiveDate, NaiveTime),
    /// The same length, so many minutes later or earlier.
    Shift(i64),
    /// Another week, while no day is chosen.
    Week(Week),
}

impl Taken {
    fn class(self) -> &'static str {
        match self {
            Self::Person => "wk-person",
            Self::Coach => "wk-coach",
            Self::New { clash: false } => "wk-new",
            Self::New { clash: true } => "wk-new wk-new--clash",
        }
    }

    /// Left edge and width in tenths of a column: the person on the left, the coach on the right, the new session over both.
    fn lane(self) -> (&'static str, &'static str) {
        match self {
            Self::Person => ("0", "5"),
            Self::Coach => ("5", "5"),
            Self::New { .. } => ("0.5", "9"),
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Person => "persona impegnata",
            Self::Coach => "operatore impegnato",
            Self::New { .. } => "nuova erogazione",
        }
    }
}

/// `23-29 nov`, or `30 nov-6 dic`.
pub fn week_days(week: Week) -> String {
    let month = |on: NaiveDate| text::month_full(on).chars().take(3).collect::<String>();
    let (first, last) = (week.monday(), week.sunday());
    if first.month() == last.month() {
        format!("{}-{} {}", first.day(), last.day(), month(last))
    } else {
        format!("{} {}-{} {}", first.day(), month(first), last.day(), month(last))
    }
}

/// The picture with its heading and, for those who do not see it, the same facts as a list. A narrow screen shows one day of it.
#[component]
pub fn WeekPicture(
    /// The week shown.
    #[prop(into)]
    week: Signal<Week>,
    /// What is taken in it; the new session last, so that it is drawn over the rest.
    #[prop(into)]
    blocks: Signal<Vec<Block>>,
    /// The day of the form; the week is its own.
    #[prop(into)]
    chosen: Signal<Option<NaiveDate>>,
    /// The name of the public holiday on a day (R28).
    festive: Callback<NaiveDate, Option<String>>,
    /// What the person can sustain (R30): days and hours outside of it are shaded.
    limits: Option<PersonLimits>,
    /// Hears what was picked.
    on_pick: Callback<Pick>,
) -> impl IntoView {
    let limits = limits.filter(|limits| limits.weekdays.is_some() || hours_in_words(limits).is_some());
    // The one day of the seven that the tab key reaches and a narrow screen shows: that of the form, else the one looked at.
    let looked_at = RwSignal::new(None);
    let shown = Memo::new(move |_| {
        let week = week.get();
        chosen.get().or(looked_at.get()).filter(|on| week.holds(*on)).unwrap_or_else(|| week.monday())
    });
    let step = move |class, icon, name: &'static str, days: i64| {
        let to = move |from| add_days(from, days);
        let go = move |_| {
            let to = to(shown.get_untracked());
            looked_at.set(Some(to));
            on_pick.run(if chosen.get_untracked().is_some() { Pick::Day(to) } else { Pick::Week(Week::of(to)) });
        };
        let name = move || match days.abs() {
            1 => format!("{name}: {}", text::date_long(to(shown.get()))),
            _ => name.to_owned(),
        };
        view! { <button type="button" class=class aria-label=name on:click=go><Icon name=icon/></button> }
    };
    let columns = (0..7)
        .map(|n| {
            let on = Signal::derive(move || plus_days(week.get().monday(), n));
            view! { <Day on blocks chosen shown festive limits on_pick/> }
        })
        .collect_view();
    view! {
        <section class="week" aria-labelledby="settimana">
            <div class="week__head">
                <h2 class="week__title" id="settimana">
                    "Settimana "{move || week.get().number()}" "<span>{move || week_days(week.get())}</span>
                </h2>
                {step("icon-button", "it-chevron-left", "Settimana precedente", -7)}
                {step("icon-button", "it-chevron-right", "Settimana successiva", 7)}
            </div>
            <div class="week__body">
                {step("icon-button week__step", "it-chevron-left", "Giorno precedente", -1)}
                <div class="week__grid" role="group" aria-label="Giorni: le frecce a sinistra e a destra cambiano giorno, su e giù spostano l'orario">
                    <ol class="week__hours" aria-hidden="true">
                        {(FIRST_HOUR..FIRST_HOUR + HOURS).map(|hour| view! { <li>{hour}</li> }).collect_view()}
                    </ol>
                    {columns}
                </div>
                {step("icon-button week__step", "it-chevron-right", "Giorno successivo", 1)}
            </div>
            <ul class="legend" aria-hidden="true">
                <li class="legend__person">"Persona"</li>
                <li class="legend__coach">"Coach"</li>
                <li class="legend__new">"Nuova"</li>
                <li class="legend__holiday">"Festivo"</li>
                {limits.map(|_| view! { <li class="legend__unsuited">"Fuori dai limiti"</li> })}
            </ul>
            <ul class="visually-hidden" aria-label="Impegni della settimana">{move || facts(week.get(), &blocks.get(), festive, limits)}</ul>
        </section>
    }
}

/// One column: the day as a button, and its hours.
#[component]
fn Day(
    on: Signal<NaiveDate>,
    blocks: Signal<Vec<Block>>,
    chosen: Signal<Option<NaiveDate>>,
    shown: Memo<NaiveDate>,
    festive: Callback<NaiveDate, Option<String>>,
    limits: Option<PersonLimits>,
    on_pick: Callback<Pick>,
) -> impl IntoView {
    let is_chosen = move || chosen.get() == Some(on.get());
    let is_shown = move || shown.get() == on.get();
    let holiday = move || festive.run(on.get());
    let keys = move |event: ev::KeyboardEvent| {
        let go = |days: i64| {
            let to = add_days(on.get_untracked(), days);
            on_pick.run(Pick::Day(to));
            focus_by_id(&day_id(to));
        };
        match event.key().as_str() {
            "ArrowLeft" => go(-1),
            "ArrowRight" => go(1),
            "ArrowUp" => on_pick.run(Pick::Shift(-i64::from(QUARTER))),
            "ArrowDown" => on_pick.run(Pick::Shift(QUARTER.into())),
            _ => return,
        }
        event.prevent_default();
    };
    let point = move |event: ev::MouseEvent| {
        let height = event_target::<web_sys::Element>(&event).client_height().max(1);
        if let Some(start) = half_hour_at(event.offset_y(), height) {
            on_pick.run(Pick::Start(on.get_untracked(), start));
        }
    };
    view! {
        <div
            class="week__day"
            class:week__day--shown=is_shown
            class:week__day--chosen=is_chosen
            class:week__day--holiday=move || holiday().is_some()
        >
            <button
                type="button"
                class="week__date"
                // Fixed per column, so that focus stays in its column while the week below it changes.
                id=day_id(on.get_untracked())
                tabindex=move || if is_shown() { "0" } else { "-1" }
                aria-pressed=move || is_chosen().to_string()
                on:click=move |_| on_pick.run(Pick::Day(on.get_untracked()))
                on:keydown=keys
            >
                {move || text::weekday_full(on.get()).chars().take(3).collect::<String>()}
                " "
                <b>{move || on.get().day()}</b>
                <span class="visually-hidden">
                    {move || {
                        let holiday = holiday().map(|holiday| format!(", festivo ({holiday})"));
                        let unsuited = (holiday.is_none() && is_unsuited(limits, on.get())).then_some(", non tra i giorni della persona");
                        format!(" {}{}{}", text::month_full(on.get()), holiday.unwrap_or_default(), unsuited.unwrap_or_default())
                    }}
                </span>
            </button>
            <svg class="week__col" viewBox="0 0 10 64" preserveAspectRatio="none" aria-hidden="true" on:click=point>
                {move || {
                    let on = on.get();
                    // A closed day is hatched already, for everybody.
                    let limits = limits.filter(|_| holiday().is_none());
                    unsuited(limits, on).into_iter().map(shade).collect_view()
                }}
                {move || {
                    let on = on.get();
                    blocks.get().into_iter().filter(|block| block.span.on() == on).map(rect).collect_view()
                }}
            </svg>
        </div>
    }
}

/// So many days later or earlier; the same day at the end of time.
fn add_days(on: NaiveDate, days: i64) -> NaiveDate {
    on.checked_add_signed(TimeDelta::days(days)).unwrap_or(on)
}

/// The id of a column's button: by weekday.
fn day_id(on: NaiveDate) -> String {
    format!("giorno-{}", on.weekday().num_days_from_monday())
}

/// Quarters of an hour from the top of the picture.
fn quarters(time: NaiveTime) -> f64 {
    let minutes = minute_of_day(time).clamp(FIRST_HOUR * 60, (FIRST_HOUR + HOURS) * 60) - FIRST_HOUR * 60;
    f64::from(minutes) / f64::from(QUARTER)
}

/// Whether the person does not come on that day of the week.
fn is_unsuited(limits: Option<PersonLimits>, on: NaiveDate) -> bool {
    limits.is_some_and(|limits| !limits.suits(on))
}

/// The parts of a column that are outside the person's days and hours, from and to in quarters.
fn unsuited(limits: Option<PersonLimits>, on: NaiveDate) -> Vec<(f64, f64)> {
    let (top, bottom) = (0.0, f64::from(HOURS * 60 / QUARTER));
    let Some(PersonLimits { earliest, latest, .. }) = limits else { return Vec::new() };
    if is_unsuited(limits, on) {
        return vec![(top, bottom)];
    }
    let before = earliest.map(|earliest| (top, quarters(earliest)));
    let after = latest.map(|latest| (quarters(latest), bottom));
    before.into_iter().chain(after).filter(|(from, to)| from < to).collect()
}

fn shade((top, bottom): (f64, f64)) -> impl IntoView {
    view! { <rect class="wk-unsuited" x="0" y=top.to_string() width="10" height=(bottom - top).to_string() pointer-events="none"></rect> }
}

/// `dalle 09:00 alle 14:00`, where the hours of the person are limited.
fn hours_in_words(limits: &PersonLimits) -> Option<String> {
    let parts = [
        limits.earliest.map(|time| format!("dalle {}", text::time_hm(time))),
        limits.latest.map(|time| format!("alle {}", text::time_hm(time))),
    ];
    let words = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then_some(words)
}

/// Blocks let the pointer through: the column under them hears the click, and the event's offset is the column's.
fn rect(block: Block) -> impl IntoView {
    let (top, bottom) = (quarters(block.span.from()), quarters(block.span.to()));
    let (x, width) = block.who.lane();
    view! {
        <rect
            class=block.who.class()
            x=x
            y=top.to_string()
            width=width
            height=(bottom - top).to_string()
            pointer-events="none"
        ></rect>
    }
}

/// The half hour that a point of a column lies in.
fn half_hour_at(y: i32, height: i32) -> Option<NaiveTime> {
    let halves = i32::try_from(HOURS * 2).ok()?;
    let half = u32::try_from((y.clamp(0, height - 1) * halves) / height).ok()?;
    NaiveTime::from_hms_opt(FIRST_HOUR + half / 2, half % 2 * 30, 0)
}

/// The week in words: the person's hours, then holidays, the person's other days and what is taken, day by day.
fn facts(
    week: Week,
    blocks: &[Block],
    festive: Callback<NaiveDate, Option<String>>,
    limits: Option<PersonLimits>,
) -> impl IntoView + use<> {
    let mut lines = Vec::new();
    lines.extend(limits.as_ref().and_then(hours_in_words).map(|hours| format!("Orario della persona: {hours}")));
    for on in week.days() {
        if let Some(holiday) = festive.run(on) {
            lines.push(format!("{}: festivo ({holiday})", text::date_long(on)));
        } else if is_unsuited(limits, on) {
            lines.push(format!("{}: non tra i giorni della persona", text::date_long(on)));
        }
        let mut taken: Vec<_> = blocks.iter().filter(|block| block.span.on() == on).collect();
        taken.sort_by_key(|block| block.span.from());
        lines.extend(taken.into_iter().map(|Block { who, span }| {
            format!("{}, {}-{}: {}", text::date_long(on), text::time_hm(span.from()), text::time_hm(span.to()), who.words())
        }));
    }
    lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::weekdays::DayOfWeek;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_week_is_written_with_both_months_when_it_crosses_one() {
        assert_eq!(week_days(Week::of(day("2026-11-24"))), "23-29 nov");
        assert_eq!(week_days(Week::of(day("2026-12-01"))), "30 nov-6 dic");
    }

    #[test]
    fn a_click_falls_on_the_half_hour_under_it() {
        assert_eq!(half_hour_at(0, 448), NaiveTime::from_hms_opt(7, 0, 0));
        assert_eq!(half_hour_at(14, 448), NaiveTime::from_hms_opt(7, 30, 0));
        assert_eq!(half_hour_at(447, 448), NaiveTime::from_hms_opt(22, 30, 0));
        assert_eq!(half_hour_at(-5, 448), NaiveTime::from_hms_opt(7, 0, 0));
    }

    #[test]
    fn r30_the_days_and_hours_that_do_not_suit_the_person_are_shaded_and_no_others() {
        let limits = PersonLimits {
            earliest: "09:00:00".parse().ok(),
            latest: "14:00:00".parse().ok(),
            weekdays: Some([DayOfWeek::Mon, DayOfWeek::Wed].into_iter().collect()),
            ..PersonLimits::default()
        };
        assert_eq!(unsuited(Some(limits), day("2026-11-23")), [(0.0, 8.0), (28.0, 64.0)]);
        assert_eq!(unsuited(Some(limits), day("2026-11-24")), [(0.0, 64.0)], "a Tuesday");
        let early = PersonLimits { earliest: "07:00:00".parse().ok(), ..PersonLimits::default() };
        assert!(unsuited(Some(early), day("2026-11-24")).is_empty() && unsuited(None, day("2026-11-24")).is_empty());
        assert_eq!([&limits, &early].map(hours_in_words), [Some("dalle 09:00 alle 14:00".to_owned()), Some("dalle 07:00".to_owned())]);
        assert_eq!(hours_in_words(&PersonLimits::default()), None);
    }

    #[test]
    fn the_picture_measures_in_quarters_from_seven() {
        assert!((quarters(NaiveTime::from_hms_opt(9, 30, 0).unwrap()) - 10.0).abs() < f64::EPSILON);
        assert!((quarters(NaiveTime::from_hms_opt(6, 0, 0).unwrap())).abs() < f64::EPSILON);
    }
}
