//! Every day from 1950 to 2100 against the package `holidays` (R28). The one difference it found, 17 March 2011, is in our list since.
#![expect(clippy::unwrap_used, reason = "a fixture that cannot be read is a failed test")]

use std::collections::{BTreeMap, BTreeSet};

use app::domain::{
    rulebook::{
        holiday::{Holiday, national_holiday},
        patron,
    },
    time::is_sunday,
};
use chrono::{Datelike, NaiveDate};

use crate::rows;

const ITALY: &str = include_str!("../fixtures/holidays-italy.csv");
const VENETO: &str = include_str!("../fixtures/patrons-veneto.csv");

/// What they list and we do not, in these years: name, years, why.
const EXPLAINED: [(&str, std::ops::RangeInclusive<i32>, &str); 3] = [
    (
        "Republic Day",
        1977..=2000,
        "L. 54/1977, art. 1: «la celebrazione della festa nazionale della Repubblica e quella della festa dell'unità nazionale hanno luogo, \
         rispettivamente, nella prima domenica di giugno e nella prima domenica di novembre». A Sunday is festive anyway.",
    ),
    ("National Unity Day", 1977..=2100, "The same article: always a Sunday."),
    (
        "Anniversary of the Unification of Italy",
        1961..=1961,
        "National feast of that year alone; unlike 2011 (D.L. 5/2011, art. 1: «Limitatamente all'anno 2011, il giorno 17 marzo è considerato giorno \
         festivo») no act that makes it festive for L. 260/1949 was found. The rulebook begins in 2020.",
    ),
];

/// What they list for a capital and we do not: town, month and day, why.
const EXPLAINED_PATRONS: [(&str, &str, &str); 1] =
    [("Venezia", "11-21", "Madonna della Salute: a feast of the city, not the day of its patron, who is Saint Mark alone.")];

fn explanation(name: &str, on: NaiveDate) -> Option<usize> {
    EXPLAINED.iter().position(|(explained, years, _)| *explained == name && years.contains(&on.year()))
}

/// The holiday that the package means by a name.
fn meant(name: &str) -> Holiday {
    match name {
        "New Year's Day" => Holiday::NewYear,
        "Epiphany" => Holiday::Epiphany,
        "Anniversary of the Unification of Italy" => Holiday::Unification,
        "Saint Joseph's Day" => Holiday::SaintJoseph,
        "Easter Sunday" => Holiday::Easter,
        "Easter Monday" => Holiday::EasterMonday,
        "Liberation Day" => Holiday::Liberation,
        "Labor Day" => Holiday::Labour,
        "Ascension Day" => Holiday::Ascension,
        "Republic Day" => Holiday::Republic,
        "Corpus Christi" => Holiday::CorpusDomini,
        "Saints Peter and Paul" => Holiday::PeterAndPaul,
        "Assumption Of Mary Day" => Holiday::Assumption,
        "Saint Francis of Assisi, Patron Saint of Italy" => Holiday::SaintFrancis,
        "All Saints' Day" => Holiday::AllSaints,
        "National Unity Day" => Holiday::Unity,
        "Immaculate Conception" => Holiday::Immaculate,
        "Christmas Day" => Holiday::Christmas,
        "Saint Stephen's Day" => Holiday::SaintStephen,
        other => panic!("a holiday that we do not know: {other}"),
    }
}

fn listed() -> impl Iterator<Item = (NaiveDate, &'static str)> {
    rows(ITALY).map(|[on, name]| (on.parse().unwrap(), name))
}

#[test]
fn r28_every_day_from_1950_to_2100_is_festive_by_both_or_by_neither_and_for_the_same_reason() {
    let mut theirs: BTreeMap<NaiveDate, Vec<Holiday>> = BTreeMap::new();
    for (on, name) in listed().filter(|(on, name)| explanation(name, *on).is_none()) {
        theirs.entry(on).or_default().push(meant(name));
    }
    let first = NaiveDate::from_ymd_opt(1950, 1, 1).unwrap();
    let differences: Vec<_> = first
        .iter_days()
        .take_while(|on| on.year() <= 2100)
        .filter_map(|on| {
            let (ours, theirs) = (national_holiday(on).map(|law| law.holiday), theirs.get(&on).map_or(&[][..], Vec::as_slice));
            let same = match ours {
                None => theirs.is_empty() && !is_sunday(on),
                Some(Holiday::Sunday) => theirs.is_empty() && is_sunday(on),
                Some(named) => theirs.contains(&named),
            };
            (!same).then(|| format!("{on}: ours {ours:?}, theirs {theirs:?}"))
        })
        .collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn r28_each_explained_difference_is_one_and_from_1977_on_none_concerns_a_working_day() {
    let mut used = BTreeSet::new();
    for (on, at) in listed().filter_map(|(on, name)| explanation(name, on).map(|at| (on, at))) {
        used.insert(at);
        assert!(is_sunday(on) || on.year() < 1977, "{on}");
        assert!(matches!(national_holiday(on).map(|law| law.holiday), None | Some(Holiday::Sunday | Holiday::AllSaints)), "{on}");
    }
    assert_eq!(used.len(), EXPLAINED.len());
}

#[test]
fn r28_the_patrons_of_the_seven_capitals_are_those_they_list() {
    let town = |province: &str| match province {
        "BL" => "Belluno",
        "PD" => "Padova",
        "RO" => "Rovigo",
        "TV" => "Treviso",
        "VE" => "Venezia",
        "VI" => "Vicenza",
        "VR" => "Verona",
        other => panic!("not a province of Veneto: {other}"),
    };
    let ours: BTreeSet<_> =
        patron::builtin().into_iter().map(|saint| (saint.town, format!("{:02}-{:02}", saint.month, saint.day))).collect();
    let explained = EXPLAINED_PATRONS.map(|(town, day, _)| (town.to_owned(), day.to_owned()));
    let theirs: BTreeSet<_> = rows(VENETO).map(|[province, day, _]| (town(province).to_owned(), day.to_owned())).collect();
    assert_eq!(&theirs - &ours, BTreeSet::from(explained));
    assert_eq!(&ours - &theirs, BTreeSet::new());
}
