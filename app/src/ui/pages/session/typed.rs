//! What is typed in the form: one signal a field, and what picking on the week does to them.

use chrono::{NaiveDate, NaiveTime};
use leptos::prelude::*;

use crate::{
    domain::{
        session::{SessionForm, SessionRow, Slot},
        text::time_hm,
        time::{Span, Week, minute_of_day},
    },
    ui::components::Pick,
};

/// Length of a session whose start was picked before any end was typed, in minutes.
const PICKED_MINUTES: u32 = 60;
/// The last minute of a day that a time can name.
const LAST_MINUTE: u32 = 24 * 60 - 1;

/// The five fields.
#[derive(Clone, Copy)]
pub struct Typed {
    /// Operatore.
    pub coach: RwSignal<String>,
    /// Data.
    pub on: RwSignal<String>,
    /// Ora inizio.
    pub from: RwSignal<String>,
    /// Ora fine.
    pub to: RwSignal<String>,
    /// Note.
    pub note: RwSignal<String>,
    /// The week looked at while there is no date.
    looked_at: RwSignal<Option<Week>>,
}

impl Typed {
    /// The fields filled from a form.
    pub fn new(form: SessionForm) -> Self {
        let SessionForm { coach, on, from, to, note } = form;
        Self {
            coach: RwSignal::new(coach),
            on: RwSignal::new(on),
            from: RwSignal::new(from),
            to: RwSignal::new(to),
            note: RwSignal::new(note),
            looked_at: RwSignal::new(None),
        }
    }

    /// What is typed now; tracks every field.
    pub fn form(self) -> SessionForm {
        SessionForm { coach: self.coach.get(), on: self.on.get(), from: self.from.get(), to: self.to.get(), note: self.note.get() }
    }

    /// The day, once it is one.
    pub fn day(self) -> Option<NaiveDate> {
        SessionForm { on: self.on.get(), ..SessionForm::default() }.read().on
    }

    /// The week to show: that of the date, else the one looked at, else that of today.
    pub fn week(self, today: NaiveDate) -> Week {
        self.day().map(Week::of).or(self.looked_at.get()).unwrap_or(Week::of(today))
    }

    /// Takes a suggested time.
    pub fn take(self, slot: Slot) {
        self.coach.set(slot.coach.to_string());
        self.on.set(slot.span.on().to_string());
        self.from.set(time_hm(slot.span.from()));
        self.to.set(time_hm(slot.span.to()));
    }

    /// Does what was picked on the picture of the week.
    pub fn pick(self, pick: Pick) {
        let form = untrack(|| self.form()).read();
        match pick {
            Pick::Day(on) => self.on.set(on.to_string()),
            Pick::Start(on, start) => {
                let length = form.from.zip(form.to).and_then(|(from, to)| Span::new(on, from, to)).map_or(PICKED_MINUTES, Span::minutes);
                self.on.set(on.to_string());
                self.set_times(minute_of_day(start), minute_of_day(start) + length);
            }
            Pick::Shift(minutes) => {
                let moved = |time| minute_of_day(time).checked_add_signed(i32::try_from(minutes).ok()?);
                if let Some((from, to)) = form.from.and_then(moved).zip(form.to.and_then(moved)) {
                    self.set_times(from, to);
                }
            }
            Pick::Week(week) => self.looked_at.set(Some(week)),
        }
    }

    /// Sets both times when they lie within one day.
    fn set_times(self, from: u32, to: u32) {
        if let Some((from, to)) = time_at(from).zip(time_at(to.min(LAST_MINUTE))) {
            self.from.set(time_hm(from));
            self.to.set(time_hm(to));
        }
    }
}

fn time_at(minute: u32) -> Option<NaiveTime> {
    NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0)
}

/// The form of a session as it stands.
pub fn form_of(row: &SessionRow) -> SessionForm {
    SessionForm {
        coach: row.coach.to_string(),
        on: row.span.on().to_string(),
        from: time_hm(row.span.from()),
        to: time_hm(row.span.to()),
        note: row.note.clone(),
    }
}

/// The form that takes the place of an ended session: the same, without a date.
pub fn form_after(ended: &SessionRow) -> SessionForm {
    SessionForm { on: String::new(), ..form_of(ended) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Signals live as long as an owner.
    fn owner() -> Owner {
        let owner = Owner::new_root(None);
        owner.set();
        owner
    }

    fn typed(on: &str, from: &str, to: &str) -> Typed {
        Typed::new(SessionForm { on: on.to_owned(), from: from.to_owned(), to: to.to_owned(), ..SessionForm::default() })
    }

    fn when(typed: Typed) -> (String, String, String) {
        let SessionForm { on, from, to, .. } = typed.form();
        (on, from, to)
    }

    fn expected(on: &str, from: &str, to: &str) -> (String, String, String) {
        (on.to_owned(), from.to_owned(), to.to_owned())
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_picked_start_keeps_the_length_and_without_one_makes_an_hour() {
        let _owner = owner();
        let nine = NaiveTime::from_hms_opt(9, 0, 0).unwrap();
        let filled = typed("2026-11-24", "14:00", "16:30");
        filled.pick(Pick::Start(day("2026-11-26"), nine));
        assert_eq!(when(filled), expected("2026-11-26", "09:00", "11:30"));
        let empty = typed("", "", "");
        empty.pick(Pick::Start(day("2026-11-26"), nine));
        assert_eq!(when(empty), expected("2026-11-26", "09:00", "10:00"));
    }

    #[test]
    fn moving_both_times_never_leaves_the_day() {
        let _owner = owner();
        let early = typed("2026-11-24", "00:00", "01:00");
        early.pick(Pick::Shift(-15));
        assert_eq!(when(early), expected("2026-11-24", "00:00", "01:00"));
        early.pick(Pick::Shift(15));
        assert_eq!(when(early), expected("2026-11-24", "00:15", "01:15"));
    }

    #[test]
    fn another_week_is_only_looked_at_while_there_is_no_date() {
        let _owner = owner();
        let (today, next) = (day("2026-11-23"), Week::of(day("2026-12-01")));
        let empty = typed("", "", "");
        empty.pick(Pick::Week(next));
        assert_eq!((when(empty).0, empty.week(today)), (String::new(), next));
        empty.pick(Pick::Day(day("2026-11-26")));
        assert_eq!(empty.week(today), Week::of(today));
    }
}
