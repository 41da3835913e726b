//! 10,000 codes of people who do not exist, and 2,000 codes that cannot exist, against `python-codicefiscale`.
#![expect(clippy::unwrap_used, reason = "a fixture that cannot be read is a failed test")]

use std::collections::BTreeSet;

use app::domain::person::{PersonName, TaxCode, tax_code::TaxCodeError};
use chrono::NaiveDate;

use crate::rows;

const RIGHT: &str = include_str!("../fixtures/tax-codes.csv");
const WRONG: &str = include_str!("../fixtures/wrong-tax-codes.csv");

/// A made-up person, both codes read.
struct Made {
    name: PersonName,
    female: bool,
    born: NaiveDate,
    place: &'static str,
    plain: TaxCode,
    omocode: TaxCode,
    /// How many digits omocodia has replaced.
    replaced: usize,
}

fn made() -> Vec<Made> {
    rows(RIGHT)
        .map(|[last, first, sex, born, place, plain, omocode, replaced]| Made {
            name: PersonName { first: first.to_owned(), last: last.to_owned() },
            female: sex == "F",
            born: born.parse().unwrap(),
            place,
            plain: TaxCode::parse(plain).unwrap_or_else(|error| panic!("{plain}: {error}")),
            omocode: TaxCode::parse(omocode).unwrap_or_else(|error| panic!("{omocode}: {error}")),
            replaced: replaced.parse().unwrap(),
        })
        .collect()
}

/// The six letters that come from the name.
fn name_part(code: &TaxCode) -> &str {
    &code.as_str()[..6]
}

#[test]
fn each_of_ten_thousand_codes_says_the_birth_the_sex_and_the_place_it_was_made_from() {
    let people = made();
    assert_eq!(people.len(), 5_000);
    for person in &people {
        for code in [&person.plain, &person.omocode] {
            let said = code.decode();
            assert!(said.birth_dates().any(|on| on == person.born), "{}: {}", code.as_str(), person.born);
            assert_eq!((said.female, said.place.as_str()), (person.female, person.place), "{}", code.as_str());
        }
    }
}

#[test]
fn omocodia_changes_the_text_and_nothing_it_says_whatever_the_number_of_digits_replaced() {
    let people = made();
    for person in &people {
        assert!(person.plain != person.omocode && person.plain.decode() == person.omocode.decode(), "{}", person.omocode.as_str());
        let differing = person.plain.as_str()[..15].bytes().zip(person.omocode.as_str().bytes()).filter(|(plain, other)| plain != other);
        assert_eq!(differing.count(), person.replaced);
    }
    let levels: BTreeSet<_> = people.iter().map(|person| person.replaced).collect();
    assert_eq!(levels, (1..=7).collect());
}

#[test]
fn the_made_up_people_are_of_both_sexes_from_italy_and_abroad_and_some_are_born_on_29_february() {
    let people = made();
    let share = |holds: fn(&Made) -> bool| people.iter().filter(|person| holds(person)).count();
    assert!(share(|person| person.female) > 2_000 && share(|person| !person.female) > 2_000);
    assert!(share(|person| person.place.starts_with('Z')) > 1_000);
    assert!(share(|person| person.born.format("%m-%d").to_string() == "02-29") > 100);
}

#[test]
fn a_code_matches_the_name_it_was_made_from_and_of_other_names_only_those_with_the_same_letters() {
    let people = made();
    for (person, other) in people.iter().zip(people.iter().cycle().skip(1)) {
        assert!(person.plain.matches_name(&person.name) && person.omocode.matches_name(&person.name), "{}", person.plain.as_str());
        assert_eq!(
            person.plain.matches_name(&other.name),
            name_part(&person.plain) == name_part(&other.plain),
            "{} {}",
            person.plain.as_str(),
            other.name.full()
        );
    }
}

#[test]
fn each_of_two_thousand_codes_that_cannot_exist_is_refused_for_its_own_reason() {
    let mut read = 0;
    for [code, reason] in rows(WRONG) {
        let Err(error) = TaxCode::parse(code) else { panic!("{code} was taken, wrong is its {reason}") };
        let said = match error {
            TaxCodeError::Missing => "missing",
            TaxCodeError::Length { .. } => "length",
            TaxCodeError::Form { .. } => "form",
            TaxCodeError::Check => "check",
            TaxCodeError::Day { .. } => "day",
            TaxCodeError::Date => "date",
        };
        assert_eq!(said, reason, "{code}");
        read += 1;
    }
    assert_eq!(read, 2_000);
}
