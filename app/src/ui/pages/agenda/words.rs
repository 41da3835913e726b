//! The agenda in words: what a cell, a column, a session says.

use chrono::{Datelike, NaiveDate};

use crate::{
    domain::{
        agenda::{
            Calendar, CalendarSession, CalendarView, Whose,
            grid::{Cell, Column, Grid, Item},
        },
        text::{date_long, month_full, time_hm, weekday_full},
        time::{Span, Week},
    },
    ui::components::week_days,
};

/// `martedì 24 novembre`.
pub fn day(on: NaiveDate) -> String {
    format!("{} {} {}", weekday_full(on), on.day(), month_full(on))
}

/// `mar 24`.
pub fn day_short(on: NaiveDate) -> String {
    format!("{} {}", weekday_full(on).chars().take(3).collect::<String>(), on.day())
}

/// `09:00-12:30`.
pub fn times(span: Span) -> String {
    format!("{}-{}", time_hm(span.from()), time_hm(span.to()))
}

/// `martedì 24 novembre, 09:00-12:30`.
pub fn when(span: Span) -> String {
    format!("{}, {}", day(span.on()), times(span))
}

/// The days shown: `Settimana 48 · 23-29 nov 2026`, or `martedì 24 novembre 2026`.
pub fn period(view: CalendarView, on: NaiveDate) -> String {
    match view {
        CalendarView::Day => format!("{} {}", day(on), on.year()),
        CalendarView::Week => {
            let week = Week::of(on);
            format!("Settimana {} · {} {}", week.number(), week_days(week), week.sunday().year())
        }
    }
}

/// Whose agenda it is.
pub fn whose(calendar: &Calendar) -> String {
    match calendar.whose {
        Whose::Site => "Tutta la sede".to_owned(),
        Whose::Coach(id) => calendar.coach_name(id).to_owned(),
        Whose::Dossier(_) => calendar.dossier.as_ref().map(|dossier| dossier.person.full()).unwrap_or_default(),
    }
}

/// Whom a session is about, in an agenda: nobody is told twice whose it is.
pub fn title(calendar: &Calendar, session: &CalendarSession) -> (String, String) {
    match calendar.whose {
        Whose::Dossier(_) => (session.activity_name.clone(), calendar.coach_name(session.coach).to_owned()),
        Whose::Site | Whose::Coach(_) => (session.person.full(), session.activity_name.clone()),
    }
}

/// The holiday of a day.
pub fn holiday(calendar: &Calendar, on: NaiveDate) -> Option<&str> {
    calendar.days.iter().find(|day| day.on == on)?.holiday.as_deref()
}

/// The head of a column: its day, its coach, or both; and the holiday.
pub fn column(calendar: &Calendar, column: Column) -> (String, Option<String>) {
    let coach = column.coach.map(|coach| calendar.coach_name(coach).to_owned());
    match (coach, calendar.view) {
        (Some(coach), CalendarView::Day) => (coach, None),
        (Some(coach), CalendarView::Week) => (coach, Some(day_short(column.on))),
        (None, _) => (day_short(column.on), holiday(calendar, column.on).map(str::to_owned)),
    }
}

/// What a cell says: when it is, whose, and what is there.
pub fn cell(calendar: &Calendar, grid: &Grid, cell: Cell) -> String {
    let Some(column) = grid.columns().get(cell.column) else { return String::new() };
    let mut parts = vec![day(column.on), time_hm(grid.time(cell.row))];
    parts.extend(column.coach.map(|coach| calendar.coach_name(coach).to_owned()));
    parts.extend(holiday(calendar, column.on).map(|name| format!("festivo ({name})")));
    let taken: Vec<_> = grid.taken(cell).map(|block| item(calendar, block.item)).collect();
    parts.push(if taken.is_empty() { "libero".to_owned() } else { taken.join("; ") });
    parts.join(", ")
}

/// `Anna Rossi, Piano di coaching, inserita`.
fn item(calendar: &Calendar, item: Item) -> String {
    match item {
        Item::Busy => "già impegnato".to_owned(),
        Item::Session(at) => calendar.sessions.get(at).map(|session| about(calendar, session)).unwrap_or_default(),
    }
}

fn about(calendar: &Calendar, session: &CalendarSession) -> String {
    let (title, detail) = title(calendar, session);
    format!("{title}, {detail}, {}", session.state.label().to_lowercase())
}

/// Where a session that is being moved would fall.
pub fn moved(calendar: &Calendar, span: Span, coach: Option<&str>) -> String {
    let coach = coach.filter(|_| calendar.whose == Whose::Site).map(|name| format!(", {name}")).unwrap_or_default();
    format!("{}{coach}", when(span))
}

/// `mar 24 nov 2026, 09:00-12:30`.
pub fn dated(span: Span) -> String {
    format!("{}, {}", date_long(span.on()), times(span))
}
