//! What is typed: one session, repeated on some days of the week; and what the form starts with.

use leptos::prelude::*;

use super::super::typed::{Typed, form_of};
use crate::domain::{
    activity::ActivityPage,
    rulebook::{FieldProblem, Finding, Reason, Rule},
    session::{SeriesForm, SessionField as Field, SessionForm},
    time::{Week, plus_days},
    weekdays::DayOfWeek,
};

/// The days that can be chosen: no session takes place on a Sunday (R28).
pub const DAYS: [DayOfWeek; 6] = DayOfWeek::WORKING;
/// The name and id of their group.
pub const WEEKDAYS: &str = "weekdays";

/// The fields.
#[derive(Clone, Copy)]
pub struct Pattern {
    /// The session that is repeated; its date is the first day.
    pub session: Typed,
    /// Whether each of [`DAYS`] is chosen.
    pub days: [RwSignal<bool>; DAYS.len()],
}

impl Pattern {
    /// The fields filled from a form.
    pub fn new(start: SeriesForm) -> Self {
        let days = DAYS.map(|day| RwSignal::new(start.weekdays.has(day)));
        Self { session: Typed::new(start.session), days }
    }

    /// What is typed now; tracks every field.
    pub fn form(self) -> SeriesForm {
        let weekdays = DAYS.into_iter().zip(self.days).filter(|(_, chosen)| chosen.get()).map(|(day, _)| day).collect();
        SeriesForm { session: self.session.form(), weekdays }
    }
}

/// What is quickest to start from: the habit of the activity's last session, whose week also tells the days; from tomorrow, for which nothing is late yet
/// (R12). Where there is no habit, days and times stay empty: nobody would read a pattern that nobody chose.
pub fn start(page: &ActivityPage) -> SeriesForm {
    let on = plus_days(page.now.today(), 1).max(page.frame.valid_from).to_string();
    let live = || page.sessions.iter().filter(|session| session.state.is_live());
    if let Some(last) = live().next_back() {
        let week = Week::of(last.span.on());
        let weekdays = live().map(|session| session.span.on()).filter(|on| week.holds(*on)).map(DayOfWeek::of).collect();
        SeriesForm { session: SessionForm { on, ..form_of(last) }, weekdays }
    } else {
        let coach = if let [only] = page.coaches.as_slice() { only.id.to_string() } else { String::new() };
        SeriesForm { session: SessionForm { coach, on, ..SessionForm::default() }, ..SeriesForm::default() }
    }
}

/// What keeps the pattern from meaning anything, in the order of the fields.
pub fn gaps(form: &SeriesForm) -> Vec<FieldProblem> {
    let input = form.session.read();
    let problem = |field: Field, rule, reason| FieldProblem::new(field.as_str(), rule, Finding::new(rule, reason).sentence());
    let missing = |field| problem(field, Rule::R15, Reason::Missing { field });
    let gaps = [
        (input.coach.is_none(), missing(Field::Coach)),
        (form.weekdays.is_empty(), FieldProblem::new(WEEKDAYS, Rule::R15, "Scegli almeno un giorno della settimana.")),
        (input.on.is_none(), missing(Field::On)),
        (input.from.is_none(), missing(Field::From)),
        (input.to.is_none(), missing(Field::To)),
        (input.from.zip(input.to).is_some_and(|(from, to)| from >= to), problem(Field::To, Rule::R27, Reason::EndsBeforeStart)),
    ];
    gaps.into_iter().filter(|(is_gap, _)| *is_gap).map(|(_, problem)| problem).collect()
}
