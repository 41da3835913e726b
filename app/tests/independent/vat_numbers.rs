//! 2,000 right VAT numbers and eleven-digit tax codes of bodies, and 2,000 wrong ones, against `python-stdnum`.

use std::collections::BTreeMap;

use app::domain::{
    person::{TaxCode, tax_code::TaxCodeError},
    provider::{VatNumber, vat_number::VatNumberError},
};

use crate::rows;

const NUMBERS: &str = include_str!("../fixtures/vat-numbers.csv");

/// The one thing that they refuse and we take. Digits 8 to 10 are the office that gave the number, and by D.P.R. 633/1972, art. 35 the number stays with
/// its holder wherever that moves, until the activity ends. Offices come and go with the provinces; the check digit covers these three digits like the others.
const EXPLAINED: &str = "InvalidComponent";

#[test]
fn each_number_is_taken_or_refused_for_the_reason_they_give() {
    let mut read: BTreeMap<&str, u32> = BTreeMap::new();
    for [number, verdict] in rows(NUMBERS) {
        let expected = match verdict {
            "valid" | EXPLAINED => Ok(number),
            "InvalidChecksum" => Err(VatNumberError::Check),
            "InvalidFormat" | "InvalidLength" => Err(VatNumberError::Form),
            other => panic!("a verdict that we do not know: {other}"),
        };
        assert_eq!(VatNumber::parse(number).as_ref().map(VatNumber::as_str).map_err(|error| *error), expected, "{number} {verdict}");
        *read.entry(verdict).or_default() += 1;
    }
    assert_eq!((read["valid"], read.len()), (2_000, 5));
    assert_eq!(read.values().sum::<u32>(), 4_000);
}

#[test]
fn an_eleven_digit_code_is_a_body_s_and_never_a_person_s() {
    for [number, _] in rows(NUMBERS).filter(|[_, verdict]| *verdict == "valid") {
        assert_eq!(TaxCode::parse(number).err(), Some(TaxCodeError::Length { found: 11 }), "{number}");
    }
}
