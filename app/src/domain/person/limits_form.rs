//! The form "Limiti personali" (R30): strings as typed, and the limits that one check makes of them, in the browser and again on the server.

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::{LimitField, PersonLimits};
use crate::domain::{
    rulebook::{
        FieldProblem, Rule, Rulebook,
        limit::{read_hours, said, typed_hours},
    },
    text::{hours, time_hm},
    time::minute_of_day,
    weekdays::{DayOfWeek, Weekdays},
};

/// What the law allows everybody from a day on: personal limits only ever narrow it. Of several versions of the rulebook that hold then or
/// later the strictest counts, so that limits stay within all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitBounds {
    /// Minutes a day (R26).
    pub day_cap: u32,
    /// Minutes an ISO week (R29).
    pub week_cap: u32,
    /// Sessions start no earlier (R27).
    pub earliest: NaiveTime,
    /// Sessions end no later (R27).
    pub latest: NaiveTime,
    /// Times and lengths are multiples of these minutes (R25).
    pub step: u32,
}

impl LimitBounds {
    /// The bounds for whoever types limits on that day.
    pub fn of(rulebook: &Rulebook, today: NaiveDate) -> Self {
        let book = rulebook.on(today);
        let first =
            Self { day_cap: book.day_cap, week_cap: book.week_cap, earliest: book.earliest, latest: book.latest, step: book.step.max(1) };
        rulebook.since(today).versions().iter().fold(first, |bounds, book| Self {
            day_cap: bounds.day_cap.min(book.day_cap),
            week_cap: bounds.week_cap.min(book.week_cap),
            earliest: bounds.earliest.max(book.earliest),
            latest: bounds.latest.min(book.latest),
            step: bounds.step,
        })
    }
}

/// The form, as typed. An empty field limits nothing; nor do all the working days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitsForm {
    /// Hours a day: `4`, `4:30`.
    pub max_day: String,
    /// Hours a week.
    pub max_week: String,
    /// `09:00`.
    pub earliest: String,
    /// `14:00`.
    pub latest: String,
    /// The days of the week.
    pub weekdays: Weekdays,
}

impl Default for LimitsForm {
    /// Nessun limite.
    fn default() -> Self {
        Self {
            max_day: String::new(),
            max_week: String::new(),
            earliest: String::new(),
            latest: String::new(),
            weekdays: DayOfWeek::WORKING.into_iter().collect(),
        }
    }
}

/// The form filled from limits. Those of an employment centre may be wider than the law: they stand here as they are, for a person to correct.
impl From<Option<PersonLimits>> for LimitsForm {
    fn from(limits: Option<PersonLimits>) -> Self {
        let PersonLimits { max_minutes_per_day, max_minutes_per_week, earliest, latest, weekdays } = limits.unwrap_or_default();
        let working = |days: Weekdays| DayOfWeek::WORKING.into_iter().filter(|day| days.has(*day)).collect();
        Self {
            max_day: max_minutes_per_day.map(typed_hours).unwrap_or_default(),
            max_week: max_minutes_per_week.map(typed_hours).unwrap_or_default(),
            earliest: earliest.map(time_hm).unwrap_or_default(),
            latest: latest.map(time_hm).unwrap_or_default(),
            weekdays: weekdays.map_or(Self::default().weekdays, working),
        }
    }
}

impl LimitsForm {
    /// Makes the limits; `None` when nothing is limited.
    ///
    /// # Errors
    /// Every problem at once, in the order of the fields.
    pub fn check(&self, bounds: &LimitBounds) -> Result<Option<PersonLimits>, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let mut note = |field: LimitField, sentence: String| problems.push(FieldProblem::new(field.as_str(), Rule::R30, sentence));
        let day = read_length(&self.max_day, bounds.day_cap, bounds.step, "al giorno").unwrap_or_else(|sentence| {
            note(LimitField::MaxDay, sentence);
            None
        });
        let week = read_length(&self.max_week, bounds.week_cap, bounds.step, "alla settimana").unwrap_or_else(|sentence| {
            note(LimitField::MaxWeek, sentence);
            None
        });
        if let (Some(day), Some(week)) = (day, week)
            && day > week
        {
            let (day, week) = (hours(day), hours(week));
            note(LimitField::MaxDay, format!("{day} al giorno superano le {week} della settimana: indica al giorno al massimo {week}."));
        }
        let [earliest, latest] = [(LimitField::Earliest, &self.earliest), (LimitField::Latest, &self.latest)].map(|(field, typed)| {
            read_time(typed, bounds).unwrap_or_else(|sentence| {
                note(field, sentence);
                None
            })
        });
        let (from, to) = (earliest.unwrap_or(bounds.earliest), latest.unwrap_or(bounds.latest));
        if earliest.or(latest).is_some() && from >= to {
            let (from, to) = (time_hm(from), time_hm(to));
            note(LimitField::Latest, format!("Tra le {from} e le {to} non resta tempo: indica una fine dopo le {from}."));
        }
        let all = Self::default().weekdays;
        if self.weekdays.is_empty() {
            note(LimitField::Weekdays, "Nessun giorno scelto: scegline almeno uno, o tutti se non c'è un limite.".to_owned());
        } else if self.weekdays.has(DayOfWeek::Sun) {
            note(LimitField::Weekdays, "La domenica è festiva per tutti: scegli tra lunedì e sabato.".to_owned());
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let limits = PersonLimits {
            max_minutes_per_day: day,
            max_minutes_per_week: week,
            earliest,
            latest,
            weekdays: Some(self.weekdays).filter(|days| *days != all),
        };
        Ok(Some(limits).filter(|limits| *limits != PersonLimits::default()))
    }
}

/// Minutes out of hours as typed: none when empty, and never more than the law's.
fn read_length(text: &str, cap: u32, step: u32, a: &str) -> Result<Option<u32>, String> {
    const WEEK: u32 = 7 * 24 * 60;
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let most = hours(cap);
    let Ok(minutes) = read_hours(text, WEEK) else {
        return Err(format!("{} non sono ore {a}: scrivi un numero come 4 oppure 4:30, al massimo {most}.", said(text)));
    };
    if minutes > cap {
        Err(format!("{} {a} superano il massimo di legge di {most}: indica al massimo {most}.", hours(minutes)))
    } else if !minutes.is_multiple_of(step) {
        Err(format!(
            "{} {a} non è un multiplo di {}: indica per esempio {}.",
            hours(minutes),
            hours(step),
            hours((minutes - minutes % step).max(step))
        ))
    } else {
        Ok(Some(minutes))
    }
}

/// A time of day as typed: none when empty, and always within the law's window.
fn read_time(text: &str, bounds: &LimitBounds) -> Result<Option<NaiveTime>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let (first, last) = (time_hm(bounds.earliest), time_hm(bounds.latest));
    let read = NaiveTime::parse_from_str(text, "%H:%M").or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S"));
    let Ok(time) = read else { return Err(format!("{} non è un'ora del giorno: scrivila tra {first} e {last}, come 09:00.", said(text))) };
    if time < bounds.earliest || time > bounds.latest {
        return Err(format!("{} è fuori dagli orari di legge, {first}-{last}: indica un'ora tra {first} e {last}.", time_hm(time)));
    }
    let minute = minute_of_day(time);
    let whole = NaiveTime::default() + TimeDelta::minutes(minute.into());
    if whole != time || !minute.is_multiple_of(bounds.step) {
        let near = NaiveTime::default() + TimeDelta::minutes((minute - minute % bounds.step).into());
        return Err(format!(
            "{text} non è un multiplo di {}: indica per esempio {}.",
            hours(bounds.step),
            time_hm(near.max(bounds.earliest))
        ));
    }
    Ok(Some(time))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rulebook::RulebookVersion;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn bounds() -> LimitBounds {
        LimitBounds::of(&Rulebook::builtin(), day("2026-11-23"))
    }

    fn form(max_day: &str, max_week: &str, earliest: &str, latest: &str) -> LimitsForm {
        let typed = |text: &str| text.to_owned();
        LimitsForm {
            max_day: typed(max_day),
            max_week: typed(max_week),
            earliest: typed(earliest),
            latest: typed(latest),
            ..LimitsForm::default()
        }
    }

    /// The one problem of a form: its field and sentence.
    fn problem(form: &LimitsForm) -> (String, String) {
        let problems = form.check(&bounds()).unwrap_err();
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!(problems[0].rule, Rule::R30);
        (problems[0].field.clone(), problems[0].sentence.clone())
    }

    #[test]
    fn r30_limits_are_read_from_the_form_and_stand_in_it_as_they_were_typed() {
        let typed = LimitsForm { weekdays: [DayOfWeek::Mon, DayOfWeek::Fri].into_iter().collect(), ..form("4:30", "20", "09:00", "14:15") };
        let limits = typed.check(&bounds()).unwrap().unwrap();
        assert_eq!((limits.max_minutes_per_day, limits.max_minutes_per_week), (Some(270), Some(1200)));
        assert_eq!(limits.parts().join(", "), "4 h 30 min al giorno, 20 h alla settimana, 09:00-14:15, lun ven");
        assert_eq!(LimitsForm::from(Some(limits)), typed);
    }

    #[test]
    fn r30_an_empty_form_with_every_working_day_limits_nothing() {
        assert_eq!(LimitsForm::default().check(&bounds()), Ok(None));
        assert_eq!(LimitsForm::from(None), LimitsForm::default());
        assert_eq!(form(" ", "", "", "").check(&bounds()), Ok(None));
    }

    #[test]
    fn r30_the_limits_of_the_law_are_the_widest_and_a_step_more_is_told_with_value_limit_and_remedy() {
        assert!(form("8", "40", "07:30", "23:00").check(&bounds()).is_ok());
        for (typed, field, sentence) in [
            (form("8:15", "", "", ""), "max_day", "8 h 15 min al giorno superano il massimo di legge di 8 h: indica al massimo 8 h."),
            (
                form("", "40:15", "", ""),
                "max_week",
                "40 h 15 min alla settimana superano il massimo di legge di 40 h: indica al massimo 40 h.",
            ),
            (form("", "", "07:15", ""), "earliest", "07:15 è fuori dagli orari di legge, 07:30-23:00: indica un'ora tra 07:30 e 23:00."),
            (form("", "", "", "23:15"), "latest", "23:15 è fuori dagli orari di legge, 07:30-23:00: indica un'ora tra 07:30 e 23:00."),
            (form("4:10", "", "", ""), "max_day", "4 h 10 min al giorno non è un multiplo di 15 min: indica per esempio 4 h."),
            (form("0:05", "", "", ""), "max_day", "5 min al giorno non è un multiplo di 15 min: indica per esempio 15 min."),
            (form("", "", "09:10", ""), "earliest", "09:10 non è un multiplo di 15 min: indica per esempio 09:00."),
            (
                form("quattro", "", "", ""),
                "max_day",
                "«quattro» non sono ore al giorno: scrivi un numero come 4 oppure 4:30, al massimo 8 h.",
            ),
            (form("", "", "nove", ""), "earliest", "«nove» non è un'ora del giorno: scrivila tra 07:30 e 23:00, come 09:00."),
            (form("5", "4", "", ""), "max_day", "5 h al giorno superano le 4 h della settimana: indica al giorno al massimo 4 h."),
            (form("", "", "14:00", "14:00"), "latest", "Tra le 14:00 e le 14:00 non resta tempo: indica una fine dopo le 14:00."),
            (form("", "", "23:00", ""), "latest", "Tra le 23:00 e le 23:00 non resta tempo: indica una fine dopo le 23:00."),
        ] {
            assert_eq!(problem(&typed), (field.to_owned(), sentence.to_owned()));
        }
    }

    #[test]
    fn r30_at_least_one_working_day_is_chosen() {
        let on = |days: &[DayOfWeek]| LimitsForm { weekdays: days.iter().copied().collect(), ..LimitsForm::default() };
        assert_eq!(problem(&on(&[])).0, "weekdays");
        assert_eq!(problem(&on(&[DayOfWeek::Mon, DayOfWeek::Sun])).1, "La domenica è festiva per tutti: scegli tra lunedì e sabato.");
        assert!(on(&[DayOfWeek::Sat]).check(&bounds()).is_ok());
    }

    #[test]
    fn r30_every_problem_is_told_at_once_in_the_order_of_the_fields() {
        let typed = LimitsForm { weekdays: Weekdays::default(), ..form("9", "41", "06:00", "24:00") };
        let fields: Vec<_> = typed.check(&bounds()).unwrap_err().into_iter().map(|problem| problem.field).collect();
        assert_eq!(fields, LimitField::ALL.map(LimitField::as_str));
    }

    #[test]
    fn r30_a_stricter_version_to_come_bounds_the_limits_today_and_one_that_is_past_does_not() {
        let first = Rulebook::builtin();
        let version = |valid_from, day_cap, latest: &str| RulebookVersion {
            valid_from: day(valid_from),
            day_cap,
            latest: latest.parse().unwrap(),
            ..first.latest().clone()
        };
        let book = first.with(version("2021-01-01", 240, "18:00:00")).with(version("2022-01-01", 480, "23:00:00"));
        assert_eq!(LimitBounds::of(&book, day("2026-11-23")), bounds());
        let stricter = LimitBounds::of(&book.with(version("2027-01-01", 360, "20:00:00")), day("2026-11-23"));
        assert_eq!((stricter.day_cap, stricter.latest), (360, "20:00:00".parse().unwrap()));
    }
}
