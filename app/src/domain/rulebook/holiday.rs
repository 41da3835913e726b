//! Public holidays (giorni festivi, R28) by the law in force on each day, from L. 260/1949 on.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::domain::time::is_sunday;

/// A day on which no session may take place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holiday {
    /// A Sunday that is nothing else.
    Sunday,
    /// 1 January.
    NewYear,
    /// 6 January.
    Epiphany,
    /// 17 March of 2011 alone, when Italy was 150 years old.
    Unification,
    /// 19 March, until 1976.
    SaintJoseph,
    /// Easter Sunday.
    Easter,
    /// The day after Easter.
    EasterMonday,
    /// 25 April.
    Liberation,
    /// 1 May.
    Labour,
    /// Thursday, 39 days after Easter, until 1976.
    Ascension,
    /// 2 June.
    Republic,
    /// Thursday, 60 days after Easter, until 1976.
    CorpusDomini,
    /// 29 June, until 1976; the patrons of Rome since.
    PeterAndPaul,
    /// 15 August.
    Assumption,
    /// 4 October, from 2026.
    SaintFrancis,
    /// 1 November.
    AllSaints,
    /// 4 November, until 1976.
    Unity,
    /// 8 December.
    Immaculate,
    /// 25 December.
    Christmas,
    /// 26 December.
    SaintStephen,
}

impl Holiday {
    /// The name in Italian, as it stands within a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sunday => "domenica",
            Self::NewYear => "Capodanno",
            Self::Epiphany => "Epifania",
            Self::Unification => "150 anni dell'Unità d'Italia",
            Self::SaintJoseph => "San Giuseppe",
            Self::Easter => "Pasqua",
            Self::EasterMonday => "Lunedì dell'Angelo",
            Self::Liberation => "Liberazione",
            Self::Labour => "Festa del lavoro",
            Self::Ascension => "Ascensione",
            Self::Republic => "Festa della Repubblica",
            Self::CorpusDomini => "Corpus Domini",
            Self::PeterAndPaul => "Santi Pietro e Paolo",
            Self::Assumption => "Assunzione",
            Self::SaintFrancis => "San Francesco",
            Self::AllSaints => "Ognissanti",
            Self::Unity => "Unità nazionale",
            Self::Immaculate => "Immacolata",
            Self::Christmas => "Natale",
            Self::SaintStephen => "Santo Stefano",
        }
    }
}

/// When in the year a holiday falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HolidayDay {
    /// The same date each year.
    Fixed {
        /// 1 to 12.
        month: u32,
        /// 1 to 31.
        day: u32,
    },
    /// So many days after Easter Sunday.
    AfterEaster(u32),
    /// Each Sunday.
    EverySunday,
}

impl HolidayDay {
    /// Whether it falls on that day; Easter is computed only for a day that can be meant.
    fn falls_on(self, on: NaiveDate) -> bool {
        match self {
            Self::Fixed { month, day } => (on.month(), on.day()) == (month, day),
            Self::AfterEaster(days) => on
                .checked_sub_days(Days::new(days.into()))
                .is_some_and(|origin| is_sunday(origin) && matches!(origin.month(), 3 | 4) && origin == easter(origin.year())),
            Self::EverySunday => is_sunday(on),
        }
    }
}

/// One holiday as one law makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HolidayLaw {
    /// Which one.
    pub holiday: Holiday,
    /// When it falls.
    pub day: HolidayDay,
    /// First year in which it falls.
    pub since_year: i32,
    /// Last year in which it falls, when it was abolished.
    pub until_year: Option<i32>,
    /// The law that makes it and the one that ends it, in Italian.
    pub law: &'static str,
}

impl HolidayLaw {
    const fn until(mut self, year: i32) -> Self {
        self.until_year = Some(year);
        self
    }

    /// Whether the law is in force in that year.
    fn holds_in(&self, year: i32) -> bool {
        self.since_year <= year && self.until_year.is_none_or(|until| year <= until)
    }
}

const fn since(since_year: i32, holiday: Holiday, day: HolidayDay, law: &'static str) -> HolidayLaw {
    HolidayLaw { holiday, day, since_year, until_year: None, law }
}

const fn fixed(month: u32, day: u32) -> HolidayDay {
    HolidayDay::Fixed { month, day }
}

const ARTICLE_2: &str = "L. 260/1949, art. 2";
const CUT_1977: &str = "L. 260/1949, art. 2; abolita dalla L. 54/1977, art. 1";

/// Of two that meet on one day the first gives it its name: fixed dates, Easter, the plain Sunday.
/// L. 54/1977 is of 5 March: the Epiphany of that year still was a holiday. What it moved to a Sunday needs no row.
const LAWS: [HolidayLaw; 22] = [
    since(1949, Holiday::NewYear, fixed(1, 1), ARTICLE_2),
    since(1949, Holiday::Epiphany, fixed(1, 6), CUT_1977).until(1977),
    since(1986, Holiday::Epiphany, fixed(1, 6), "D.P.R. 792/1985, art. 1"),
    since(2011, Holiday::Unification, fixed(3, 17), "D.L. 5/2011, art. 1").until(2011),
    since(1949, Holiday::SaintJoseph, fixed(3, 19), CUT_1977).until(1976),
    since(1949, Holiday::Liberation, fixed(4, 25), ARTICLE_2),
    since(1949, Holiday::Labour, fixed(5, 1), ARTICLE_2),
    since(1949, Holiday::Republic, fixed(6, 2), "L. 260/1949, art. 1; spostata alla prima domenica di giugno dalla L. 54/1977, art. 1")
        .until(1976),
    since(2001, Holiday::Republic, fixed(6, 2), "L. 336/2000, art. 1"),
    since(1949, Holiday::PeterAndPaul, fixed(6, 29), CUT_1977).until(1976),
    since(1949, Holiday::Assumption, fixed(8, 15), ARTICLE_2),
    since(2026, Holiday::SaintFrancis, fixed(10, 4), "L. 151/2025"),
    since(1949, Holiday::AllSaints, fixed(11, 1), ARTICLE_2),
    since(1949, Holiday::Unity, fixed(11, 4), "L. 260/1949, art. 2; spostata alla prima domenica di novembre dalla L. 54/1977, art. 1")
        .until(1976),
    since(1949, Holiday::Immaculate, fixed(12, 8), ARTICLE_2),
    since(1949, Holiday::Christmas, fixed(12, 25), ARTICLE_2),
    since(1949, Holiday::SaintStephen, fixed(12, 26), ARTICLE_2),
    since(1949, Holiday::Easter, HolidayDay::AfterEaster(0), "L. 260/1949, art. 2 (domenica)"),
    since(1949, Holiday::EasterMonday, HolidayDay::AfterEaster(1), ARTICLE_2),
    since(1949, Holiday::Ascension, HolidayDay::AfterEaster(39), CUT_1977).until(1976),
    since(1949, Holiday::CorpusDomini, HolidayDay::AfterEaster(60), CUT_1977).until(1976),
    since(1949, Holiday::Sunday, HolidayDay::EverySunday, ARTICLE_2),
];

/// The public holiday on that day with the law in force on it; a named one before the plain Sunday. Exact from 1962 on.
pub fn national_holiday(on: NaiveDate) -> Option<&'static HolidayLaw> {
    LAWS.iter().find(|law| law.holds_in(on.year()) && law.day.falls_on(on))
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
    use chrono::Weekday;

    use super::*;

    fn on(text: &str) -> Option<Holiday> {
        national_holiday(text.parse().unwrap()).map(|law| law.holiday)
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
    fn r28_the_unification_was_festive_in_2011_only() {
        assert_eq!(["2010-03-17", "2011-03-17", "2012-03-17"].map(on), [None, Some(Holiday::Unification), None]);
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
            let days = NaiveDate::from_ymd_opt(year, 1, 1).unwrap().iter_days().take_while(|on| on.year() == year);
            days.filter_map(national_holiday).filter(|law| law.holiday != Holiday::Sunday).count()
        };
        assert_eq!([2025, 2026].map(named), [12, 13]);
        // Easter itself falls on 25 April.
        assert_eq!(named(2038), 13 - 1);
    }

    #[test]
    fn r28_what_the_law_of_1977_cut_was_festive_before() {
        for (before, after) in
            [("1976-03-19", "1977-03-19"), ("1976-05-27", "1977-05-19"), ("1976-06-17", "1977-06-09"), ("1977-01-06", "1978-01-06")]
        {
            assert!(on(before).is_some() && on(after).is_none(), "{before} {after}");
        }
        assert_eq!((on("1985-01-06"), on("1986-01-06")), (Some(Holiday::Sunday), Some(Holiday::Epiphany)));
    }

    #[test]
    fn r28_each_holiday_cites_its_law_and_no_two_laws_hold_for_it_at_once() {
        for (at, law) in LAWS.iter().enumerate() {
            assert!(law.law.starts_with("L. ") || law.law.starts_with("D."), "{}", law.law);
            for other in LAWS.iter().skip(at + 1).filter(|other| other.holiday == law.holiday) {
                assert!(law.until_year.is_some_and(|until| until < other.since_year), "{:?}", law.holiday);
            }
        }
    }
}
