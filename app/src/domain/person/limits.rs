//! What a person can sustain (R30): a help for planning, health data, never a diagnosis.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::domain::{
    audit::Change,
    text::{hours, time_hm},
    weekdays::{DayOfWeek, Weekdays},
    words::words,
};

words! {
    /// The personal limits, in the order of the form; the word is the field's name in the page.
    pub enum LimitField else "not a personal limit" {
        /// Most hours in a day.
        MaxDay = "max_day", "Ore al giorno";
        /// Most hours in an ISO week.
        MaxWeek = "max_week", "Ore alla settimana";
        /// Not before this time of day.
        Earliest = "earliest", "Non prima delle";
        /// Not after this time of day.
        Latest = "latest", "Non dopo le";
        /// Only on these days.
        Weekdays = "weekdays", "Giorni della settimana";
    }
}

/// Personal limits; what is `None` is not limited beyond the rules for everyone.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonLimits {
    /// Most minutes in a day.
    pub max_minutes_per_day: Option<u32>,
    /// Most minutes in an ISO week.
    pub max_minutes_per_week: Option<u32>,
    /// Not before this time of day.
    pub earliest: Option<NaiveTime>,
    /// Not after this time of day.
    pub latest: Option<NaiveTime>,
    /// Only on these days of the week. Left out while there are none: the hash of a request that came before them stays what it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weekdays: Option<Weekdays>,
}

impl PersonLimits {
    /// Whether that day of the week suits the person.
    pub fn suits(&self, on: NaiveDate) -> bool {
        self.weekdays.is_none_or(|weekdays| weekdays.holds(on))
    }

    /// Each that there is: `4 h al giorno`, `20 h alla settimana`, `09:00-14:00`, `lun mer ven`.
    pub fn parts(&self) -> Vec<String> {
        let times = match (self.earliest, self.latest) {
            (Some(earliest), Some(latest)) => Some(format!("{}-{}", time_hm(earliest), time_hm(latest))),
            (Some(earliest), None) => Some(format!("dalle {}", time_hm(earliest))),
            (None, Some(latest)) => Some(format!("fino alle {}", time_hm(latest))),
            (None, None) => None,
        };
        let parts = [
            self.max_minutes_per_day.map(|minutes| format!("{} al giorno", hours(minutes))),
            self.max_minutes_per_week.map(|minutes| format!("{} alla settimana", hours(minutes))),
            times,
            self.weekdays.map(short_days),
        ];
        parts.into_iter().flatten().collect()
    }

    /// One of them in words.
    fn said(&self, field: LimitField) -> Option<String> {
        match field {
            LimitField::MaxDay => self.max_minutes_per_day.map(hours),
            LimitField::MaxWeek => self.max_minutes_per_week.map(hours),
            LimitField::Earliest => self.earliest.map(time_hm),
            LimitField::Latest => self.latest.map(time_hm),
            LimitField::Weekdays => self.weekdays.map(short_days),
        }
    }

    /// What differs between two, for whoever was slower; never for a log.
    pub fn changes(before: Option<Self>, after: Option<Self>) -> Vec<Change> {
        let said = |limits: Option<Self>, field| limits.and_then(|limits| limits.said(field));
        let change = |field: LimitField| Change { field: field.label().to_owned(), before: said(before, field), after: said(after, field) };
        LimitField::ALL.into_iter().map(change).filter(|change| change.before != change.after).collect()
    }
}

/// `lun mer ven`.
fn short_days(days: Weekdays) -> String {
    days.days().map(DayOfWeek::short).collect::<Vec<_>>().join(" ")
}

silent_debug!(PersonLimits);

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Option<NaiveTime> {
        text.parse().ok()
    }

    #[test]
    fn r30_the_limits_are_told_in_short_and_only_those_that_there_are() {
        let days = [DayOfWeek::Mon, DayOfWeek::Wed, DayOfWeek::Fri].into_iter().collect();
        let all = PersonLimits {
            max_minutes_per_day: Some(240),
            max_minutes_per_week: Some(1200),
            earliest: time("09:00:00"),
            latest: time("14:00:00"),
            weekdays: Some(days),
        };
        assert_eq!(all.parts(), ["4 h al giorno", "20 h alla settimana", "09:00-14:00", "lun mer ven"]);
        let latest = PersonLimits { latest: time("13:30:00"), ..PersonLimits::default() };
        let earliest = PersonLimits { earliest: time("10:00:00"), ..PersonLimits::default() };
        assert_eq!([latest, earliest].map(|limits| limits.parts()), [["fino alle 13:30"], ["dalle 10:00"]]);
        assert!(PersonLimits::default().parts().is_empty());
    }

    #[test]
    fn r43_of_two_sets_of_limits_only_what_differs_is_told() {
        let limits =
            |minutes| Some(PersonLimits { max_minutes_per_day: Some(minutes), earliest: time("09:00:00"), ..PersonLimits::default() });
        let told =
            |before, after| PersonLimits::changes(before, after).into_iter().map(|change| (change.field, change.before, change.after));
        let hours = |text: &str| Some(text.to_owned());
        assert_eq!(told(limits(240), limits(300)).collect::<Vec<_>>(), [("Ore al giorno".to_owned(), hours("4 h"), hours("5 h"))]);
        assert_eq!(told(limits(240), None).count(), 2);
        assert_eq!(told(None, Some(PersonLimits::default())).count(), 0);
    }
}
