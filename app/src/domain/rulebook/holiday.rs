//! Public holidays (giorni festivi, R28) by the law valid on each day: L. 260/1949 art. 2 as amended.

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::domain::time::plus_days;

/// A day on which no session may take place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holiday {
    /// A Sunday that is nothing else.
    Sunday,
    /// 1 January.
    NewYear,
    /// 6 January; abolished by L. 54/1977, back by DPR 792/1985.
    Epiphany,
    /// Easter Sunday.
    Easter,
    /// The day after Easter.
    EasterMonday,
    /// 25 April.
    Liberation,
    /// 1 May.
    Labour,
    /// 2 June; moved to a Sunday by L. 54/1977, back from 2001 by L. 336/2000.
    Republic,
    /// 15 August.
    Assumption,
    /// 4 October, from 2026 by L. 151 of 08/10/2025.
    SaintFrancis,
    /// 1 November.
    AllSaints,
    /// 8 December.
    Immaculate,
    /// 25 December.
    Christmas,
    /// 26 December.
    SaintStephen,
}

/// Month, day and first year of the holidays with a fixed date, as far back as 1990.
const FIXED: [(u32, u32, i32, Holiday); 11] = [
    (1, 1, 1990, Holiday::NewYear),
    (1, 6, 1990, Holiday::Epiphany),
    (4, 25, 1990, Holiday::Liberation),
    (5, 1, 1990, Holiday::Labour),
    (6, 2, 2001, Holiday::Republic),
    (8, 15, 1990, Holiday::Assumption),
    (10, 4, 2026, Holiday::SaintFrancis),
    (11, 1, 1990, Holiday::AllSaints),
    (12, 8, 1990, Holiday::Immaculate),
    (12, 25, 1990, Holiday::Christmas),
    (12, 26, 1990, Holiday::SaintStephen),
];

impl Holiday {
    /// The name in Italian, as it stands within a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sunday => "domenica",
            Self::NewYear => "Capodanno",
            Self::Epiphany => "Epifania",
            Self::Easter => "Pasqua",
            Self::EasterMonday => "Lunedì dell'Angelo",
            Self::Liberation => "Liberazione",
            Self::Labour => "Festa del lavoro",
            Self::Republic => "Festa della Repubblica",
            Self::Assumption => "Assunzione",
            Self::SaintFrancis => "San Francesco",
            Self::AllSaints => "Ognissanti",
            Self::Immaculate => "Immacolata",
            Self::Christmas => "Natale",
            Self::SaintStephen => "Santo Stefano",
        }
    }
}

/// The public holiday on that day, by the law valid on it; a named one before the plain Sunday. Exact from 1990 on.
pub fn national_holiday(on: NaiveDate) -> Option<Holiday> {
    let fixed = FIXED.into_iter().find(|(month, day, since, _)| (on.month(), on.day()) == (*month, *day) && on.year() >= *since);
    let sunday = easter(on.year());
    match fixed {
        Some((.., holiday)) => Some(holiday),
        None if on == sunday => Some(Holiday::Easter),
        None if on == plus_days(sunday, 1) => Some(Holiday::EasterMonday),
        None => (on.weekday() == Weekday::Sun).then_some(Holiday::Sunday),
    }
}

/// Easter Sunday of a year: the Gregorian computus in the form of Meeus, Jones and Butcher; the last day there is for years beyond the calendar.
pub fn easter(year: i32) -> NaiveDate {
    let moon = year.rem_euclid(19);
    let (century, in_century) = (year.div_euclid(100), year.rem_euclid(100));
    let correction = (century - (century + 8).div_euclid(25) + 1).div_euclid(3);
    let epact = (19 * moon + century - century.div_euclid(4) - correction + 15).rem_euclid(30);
    let weekday = (32 + 2 * century.rem_euclid(4) + 2 * (in_century / 4) - epact - in_century % 4).rem_euclid(7);
    let late = (moon + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday - 7 * late + 114;
    let (month, day) = (days / 31, days % 31 + 1);
    u32::try_from(month)
        .ok()
        .zip(u32::try_from(day).ok())
        .and_then(|(month, day)| NaiveDate::from_ymd_opt(year, month, day))
        .unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> Option<Holiday> {
        national_holiday(text.parse().unwrap())
    }

    #[test]
    fn easter_falls_where_the_calendars_say() {
        for text in [
            "1990-04-15",
            "2000-04-23",
            "2008-03-23",
            "2011-04-24",
            "2019-04-21",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2028-04-16",
            "2029-04-01",
            "2030-04-21",
            "2031-04-13",
            "2038-04-25",
            "2049-04-18",
            "2076-04-19",
            "2285-03-22",
        ] {
            let day: NaiveDate = text.parse().unwrap();
            assert_eq!(easter(day.year()), day);
        }
    }

    #[test]
    fn easter_is_always_a_sunday_of_march_or_april() {
        for year in (1900..2300).chain([-262_143, -1, 0, 262_142]) {
            let day = easter(year);
            assert!(day.weekday() == Weekday::Sun && (day.month() == 3 || day.month() == 4) && day.year() == year, "{year}");
        }
        assert_eq!(easter(i32::MAX), NaiveDate::MAX);
    }

    #[test]
    fn r28_saint_francis_is_festive_from_2026_only() {
        assert_eq!(on("2025-10-04"), None);
        assert_eq!(on("2026-10-04"), Some(Holiday::SaintFrancis));
        assert_eq!(on("2027-10-04"), Some(Holiday::SaintFrancis));
    }

    #[test]
    fn r28_the_republic_is_festive_from_2001_only() {
        assert_eq!(on("2000-06-02"), None);
        assert_eq!(on("2001-06-02"), Some(Holiday::Republic));
    }

    #[test]
    fn r28_easter_monday_is_festive_and_a_fixed_date_goes_before_it() {
        assert_eq!(on("2027-03-28"), Some(Holiday::Easter));
        assert_eq!(on("2027-03-29"), Some(Holiday::EasterMonday));
        assert_eq!(on("2011-04-25"), Some(Holiday::Liberation));
    }

    #[test]
    fn r28_a_holiday_on_a_saturday_is_festive_and_other_saturdays_are_not() {
        assert_eq!(on("2026-04-25"), Some(Holiday::Liberation));
        assert_eq!(on("2026-12-26"), Some(Holiday::SaintStephen));
        assert_eq!(on("2026-11-28"), None);
    }

    #[test]
    fn r28_sundays_are_festive_and_a_named_holiday_keeps_its_name() {
        assert_eq!(on("2026-11-29"), Some(Holiday::Sunday));
        assert_eq!(on("2026-11-01"), Some(Holiday::AllSaints));
    }

    #[test]
    fn r28_abolished_and_local_feasts_are_working_days() {
        // 4 November, 19 March, Ascension, Corpus Domini, 29 June, Good Friday, the last day of the year.
        for day in ["2024-11-04", "2026-03-19", "2026-05-14", "2026-06-04", "2026-06-29", "2026-04-03", "2026-12-31"] {
            assert_eq!(on(day), None, "{day}");
        }
    }

    #[test]
    fn r28_a_year_has_twelve_named_holidays_beside_the_sundays_and_one_more_since_2026() {
        let named = |year: i32| {
            let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
            first
                .iter_days()
                .take_while(|day| day.year() == year)
                .filter_map(national_holiday)
                .filter(|holiday| *holiday != Holiday::Sunday)
                .count()
        };
        assert_eq!((named(2025), named(2026)), (12, 13));
    }
}
