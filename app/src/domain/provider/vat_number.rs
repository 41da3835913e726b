//! The VAT number (partita IVA) of a provider or employer, or the eleven-digit tax code of a body without one: the last digit checks the others.

use serde::{Deserialize, Serialize};

/// How many digits a VAT number has.
const DIGITS: usize = 11;
/// Its first seven digits count the taxpayers of an office, from one.
const NOBODY: &str = "0000000";

/// A VAT number that can exist.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VatNumber(String);

/// Why a text is not a VAT number. `Display` is for machines, [`VatNumberError::sentence`] for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VatNumberError {
    /// Not eleven digits.
    #[error("VAT number: not 11 digits")]
    Form,
    /// The last digit does not follow from the others.
    #[error("VAT number: wrong check digit")]
    Check,
}

impl VatNumberError {
    /// The stable word for machines.
    pub fn code(self) -> &'static str {
        match self {
            Self::Form => "vat_number_form",
            Self::Check => "vat_number_check",
        }
    }

    /// What is wrong and what to do, in Italian.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Form => "La partita IVA è di 11 cifre: scrivile tutte, senza lettere né spazi.",
            Self::Check => "La cifra di controllo della partita IVA non torna: ricontrolla le cifre una per una.",
        }
    }
}

impl VatNumber {
    /// Reads a number, ignoring spaces around it. The office in its digits 8 to 10 is not looked up: offices come and go, and the check digit covers it.
    ///
    /// # Errors
    /// Not eleven digits, nobody's number, or a wrong check digit.
    pub fn parse(input: &str) -> Result<Self, VatNumberError> {
        let text = input.trim();
        let digits: Vec<u32> = text.chars().map_while(|found| found.to_digit(10)).collect();
        if digits.len() != DIGITS || text.len() != DIGITS || text.starts_with(NOBODY) {
            return Err(VatNumberError::Form);
        }
        // Every second digit counts twice, as the sum of its digits; the whole ends in zero.
        let doubled = |digit: u32| if digit > 4 { 2 * digit - 9 } else { 2 * digit };
        let sum: u32 = digits.iter().enumerate().map(|(at, digit)| if at % 2 == 1 { doubled(*digit) } else { *digit }).sum();
        if sum.is_multiple_of(10) { Ok(Self(text.to_owned())) } else { Err(VatNumberError::Check) }
    }

    /// The eleven digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for VatNumber {
    type Error = VatNumberError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<VatNumber> for String {
    fn from(number: VatNumber) -> Self {
        number.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RIGHT: &str = "29081003393";

    #[test]
    fn a_right_number_is_read_with_spaces_around_it() {
        assert_eq!(VatNumber::parse(" 29081003393 ").unwrap().as_str(), RIGHT);
    }

    #[test]
    fn a_wrong_check_digit_is_named() {
        assert_eq!(VatNumber::parse("12345678901"), Err(VatNumberError::Check));
    }

    #[test]
    fn anything_but_eleven_digits_has_the_wrong_form() {
        for text in [
            "",
            "2908100339",
            "290810033930",
            "2908100339a",
            "IT29081003393",
            "29081 003393",
            "00000000000",
            "00000000190",
            "２９０８１００３３９３",
        ] {
            assert_eq!(VatNumber::parse(text), Err(VatNumberError::Form), "{text}");
        }
    }

    #[test]
    fn a_number_travels_as_a_string_and_is_checked_on_arrival() {
        let number = VatNumber::parse(RIGHT).unwrap();
        assert_eq!(serde_json::to_value(&number).unwrap(), serde_json::json!(RIGHT));
        assert!(serde_json::from_str::<VatNumber>("\"12345678901\"").is_err());
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_always_noticed(at in 0..DIGITS, other in "[0-9]") {
            let mut text = RIGHT.to_owned();
            text.replace_range(at..=at, &other);
            prop_assert_eq!(VatNumber::parse(&text).is_ok(), text == RIGHT);
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in any::<String>()) {
            let read = VatNumber::parse(&text);
            prop_assert!(read.is_err() || text.trim().len() == DIGITS);
        }
    }
}
