//! The tax code (codice fiscale) of a person: form, check letter, omocodia and a date that exists (DM 13814 of 23/12/1976).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::PersonName;
use crate::domain::text::fold;

/// What stands at each place: a letter, a number (a digit or the letter that replaces it), a month.
const FORM: &str = "LLLLLLNNMNNLNNNL";
/// The letters of the months, January first.
const MONTHS: &str = "ABCDEHLMPRST";
/// Omocodia: the letter that stands for each digit when two people would share a code.
const OMOCODIA: &str = "LMNPQRSTUV";
/// Values at the odd places by rank; `A` to `J` count as `0` to `9`.
const ODD: [u32; 26] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
/// What is added to the day of birth of a woman.
const FEMALE: u32 = 40;

/// A tax code that can exist: upper-case, 16 characters. The person's own, so it has no `Display` and its `Debug` is silent.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TaxCode {
    text: String,
    decoded: Decoded,
}

/// What a tax code says, omocodia undone.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Decoded {
    /// Day of birth, 1 to 31.
    pub day: u32,
    /// Month of birth, 1 to 12.
    pub month: u32,
    /// Last two digits of the year of birth; the code does not tell the century.
    pub year: u32,
    /// Whether the code is a woman's.
    pub female: bool,
    /// Place of birth: the municipality's or, with `Z`, the foreign state's code, such as `H501`.
    pub place: String,
}

impl Decoded {
    /// The days of birth it can mean, one a century, oldest first: 29 February 00 was in 2000 only.
    pub fn birth_dates(&self) -> impl Iterator<Item = NaiveDate> {
        [1900, 2000]
            .into_iter()
            .filter_map(|century| NaiveDate::from_ymd_opt(i32::try_from(self.year).ok()? + century, self.month, self.day))
    }
}

/// Why a text is not a tax code. `Display` is for machines, [`TaxCodeError::sentence`] for people; neither repeats the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TaxCodeError {
    /// Nothing was written.
    #[error("tax code: missing")]
    Missing,
    /// Not 16 characters.
    #[error("tax code: {found} characters instead of 16")]
    Length {
        /// How many there are.
        found: usize,
    },
    /// A character that cannot stand where it stands.
    #[error("tax code: character {position} cannot stand there")]
    Form {
        /// Its place, from 1.
        position: usize,
    },
    /// The last letter does not follow from the others.
    #[error("tax code: wrong check character")]
    Check,
    /// Not 1 to 31 nor 41 to 71.
    #[error("tax code: day {day} does not exist")]
    Day {
        /// The number at the day's place.
        day: u32,
    },
    /// A day that the month does not have.
    #[error("tax code: the day of birth does not exist in that month")]
    Date,
}

impl TaxCodeError {
    /// The stable word for machines.
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "tax_code_missing",
            Self::Length { .. } => "tax_code_length",
            Self::Form { .. } => "tax_code_form",
            Self::Check => "tax_code_check",
            Self::Day { .. } => "tax_code_day",
            Self::Date => "tax_code_date",
        }
    }

    /// What is wrong and what to do, in Italian.
    pub fn sentence(self) -> String {
        match self {
            Self::Missing => "Manca il codice fiscale: scrivi i suoi 16 caratteri.".to_owned(),
            Self::Length { found } => {
                format!("Il codice fiscale ha {found} caratteri invece di 16: controlla di averlo scritto per intero.")
            }
            Self::Form { position } => {
                format!("Il carattere {position} del codice fiscale non può stare in quel posto: confrontalo con la tessera.")
            }
            Self::Check => "Il carattere di controllo del codice fiscale non torna: confronta ogni carattere con la tessera.".to_owned(),
            Self::Day { day } => {
                format!("Nel codice fiscale il giorno di nascita {day} non esiste: va da 1 a 31, o da 41 a 71 per le donne. Correggilo.")
            }
            Self::Date => "La data di nascita nel codice fiscale non esiste: controlla giorno e mese.".to_owned(),
        }
    }
}

impl TaxCode {
    /// Reads a code, ignoring case and spaces around it.
    ///
    /// # Errors
    /// The first thing wrong: length, form, check letter, date.
    pub fn parse(input: &str) -> Result<Self, TaxCodeError> {
        let text = input.trim().to_ascii_uppercase();
        match text.chars().count() {
            0 => return Err(TaxCodeError::Missing),
            found if found != FORM.len() => return Err(TaxCodeError::Length { found }),
            _ => {}
        }
        if let Some(at) = text.chars().zip(FORM.chars()).position(|(found, kind)| !fits(found, kind)) {
            return Err(TaxCodeError::Form { position: at + 1 });
        }
        if !text.ends_with(check_letter(&text)) {
            return Err(TaxCodeError::Check);
        }
        let decoded = decode(&text)?;
        Ok(Self { text, decoded })
    }

    /// The code as text, for sealing, hashing and the pages of those who may read it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What the code says.
    pub fn decode(&self) -> &Decoded {
        &self.decoded
    }

    /// Whether its first six letters are those the name would get. Real codes may differ and are right all the same, so this is only ever a warning.
    pub fn matches_name(&self, name: &PersonName) -> bool {
        letters(&name.last, false).chain(letters(&name.first, true)).eq(self.text.chars().take(6))
    }

    /// Enough of it to recognise, too little to use: `RSS•••••••••501U`.
    pub fn masked(&self) -> String {
        let shown = |at| at < 3 || at >= FORM.len() - 4;
        self.text.chars().enumerate().map(|(at, letter)| if shown(at) { letter } else { '•' }).collect()
    }
}

silent_debug!(TaxCode, Decoded);

impl TryFrom<String> for TaxCode {
    type Error = TaxCodeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<TaxCode> for String {
    fn from(code: TaxCode) -> Self {
        code.text
    }
}

/// Whether a character may stand where [`FORM`] wants that kind.
fn fits(found: char, kind: char) -> bool {
    match kind {
        'N' => digit(found).is_some(),
        'M' => MONTHS.contains(found),
        _ => found.is_ascii_uppercase(),
    }
}

/// The digit that a character is, or stands for.
fn digit(found: char) -> Option<u32> {
    found.to_digit(10).or_else(|| rank_in(OMOCODIA, found))
}

/// Where a character stands in a list of them, from 0.
fn rank_in(list: &str, found: char) -> Option<u32> {
    (0..).zip(list.chars()).find_map(|(rank, letter)| (letter == found).then_some(rank))
}

/// The letter that must follow the first 15 characters, omocodia left as it is.
fn check_letter(text: &str) -> char {
    let sum: u32 = text
        .bytes()
        .take(FORM.len() - 1)
        .enumerate()
        .map(|(at, byte)| {
            let rank = if byte.is_ascii_digit() { byte - b'0' } else { byte.wrapping_sub(b'A') };
            if at % 2 == 0 { ODD.get(usize::from(rank)).copied().unwrap_or(0) } else { rank.into() }
        })
        .sum();
    char::from_digit(sum % 26 + 10, 36).unwrap_or('?').to_ascii_uppercase()
}

/// Reads birth and place of a text whose form is right.
fn decode(text: &str) -> Result<Decoded, TaxCodeError> {
    let number =
        |from: usize, to: usize| {
            text.chars().skip(from).take(to - from).zip(from..).try_fold(0, |number, (found, at)| {
                digit(found).map(|digit| number * 10 + digit).ok_or(TaxCodeError::Form { position: at + 1 })
            })
        };
    let year = number(6, 8)?;
    let month = text.chars().nth(8).and_then(|letter| rank_in(MONTHS, letter)).ok_or(TaxCodeError::Form { position: 9 })? + 1;
    let written = number(9, 11)?;
    let female = written > FEMALE;
    let day = if female { written - FEMALE } else { written };
    if !(1..=31).contains(&day) {
        return Err(TaxCodeError::Day { day: written });
    }
    let place = text.chars().skip(11).take(1).collect::<String>() + &format!("{:03}", number(12, 15)?);
    let decoded = Decoded { day, month, year, female, place };
    if decoded.birth_dates().next().is_none() { Err(TaxCodeError::Date) } else { Ok(decoded) }
}

/// The three letters of a name: its consonants, then its vowels, then `X`. A given name with more than three consonants leaves out the second.
fn letters(name: &str, given: bool) -> impl Iterator<Item = char> {
    let plain = fold(name).to_ascii_uppercase();
    let (vowels, mut consonants): (Vec<char>, Vec<char>) =
        plain.chars().filter(char::is_ascii_alphabetic).partition(|letter| "AEIOU".contains(*letter));
    if given && consonants.len() > 3 {
        consonants.remove(1);
    }
    consonants.into_iter().chain(vowels).chain(std::iter::repeat('X')).take(3)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ROSSI: &str = "RSSMRA80A01H501U";
    const OMOCODES: [&str; 7] = [
        "RSSMRA80A01H50MM",
        "RSSMRA80A01H5LMX",
        "RSSMRA80A01HRLMS",
        "RSSMRA80A0MHRLMK",
        "RSSMRA80ALMHRLMV",
        "RSSMRA8LALMHRLMG",
        "RSSMRAULALMHRLMD",
    ];

    /// The code with its check letter made right.
    fn closed(first_fifteen: &str) -> String {
        format!("{first_fifteen}{}", check_letter(first_fifteen))
    }

    fn error(text: &str) -> TaxCodeError {
        TaxCode::parse(text).unwrap_err()
    }

    #[test]
    fn known_codes_are_read() {
        for (text, day, month, year, female, place) in [
            (ROSSI, 1, 1, 80, false, "H501"),
            ("RCCMNL83S18D969H", 18, 11, 83, false, "D969"),
            ("CNTCHR83T41D969D", 1, 12, 83, true, "D969"),
            ("BNCLRA85D50L736Q", 10, 4, 85, true, "L736"),
        ] {
            let code = TaxCode::parse(text).unwrap();
            let expected = Decoded { day, month, year, female, place: place.to_owned() };
            assert!(*code.decode() == expected, "{text}");
        }
    }

    #[test]
    fn omocodes_say_the_same_as_the_plain_code() {
        let plain = TaxCode::parse(ROSSI).unwrap();
        for text in OMOCODES {
            assert!(TaxCode::parse(text).unwrap().decode() == plain.decode(), "{text}");
        }
    }

    #[test]
    fn case_and_spaces_around_do_not_matter() {
        assert_eq!(TaxCode::parse("  rssmra80a01h501u\n").unwrap().as_str(), ROSSI);
    }

    #[test]
    fn a_wrong_check_letter_is_named() {
        assert_eq!(error("RSSMRA80A01H501X"), TaxCodeError::Check);
        assert_eq!(error("ZNNSVT62A28Z60NA"), TaxCodeError::Check);
    }

    #[test]
    fn days_that_no_month_has_are_named_even_when_the_check_letter_is_right() {
        assert_eq!(error("RSSMRA80A72H501G"), TaxCodeError::Day { day: 72 });
        for day in [0, 32, 40, 72, 99] {
            assert_eq!(error(&closed(&format!("RSSMRA80A{day:02}H501"))), TaxCodeError::Day { day });
        }
        for day in [1, 31, 41, 71] {
            assert!(TaxCode::parse(&closed(&format!("RSSMRA80A{day:02}H501"))).is_ok());
        }
        assert_eq!(error("RSSMRA80A72H501G").to_string(), "tax code: day 72 does not exist");
    }

    #[test]
    fn the_day_of_birth_must_exist_in_some_century() {
        assert!(TaxCode::parse(&closed("RSSMRA80B29H501")).is_ok());
        assert!(TaxCode::parse(&closed("RSSMRA00B29H501")).is_ok());
        assert_eq!(error(&closed("RSSMRA81B29H501")), TaxCodeError::Date);
        assert_eq!(error(&closed("RSSMRA80D31H501")), TaxCodeError::Date);
        assert_eq!(error(&closed("RSSMRA80B70H501")), TaxCodeError::Date);
    }

    #[test]
    fn length_and_form_are_told_apart() {
        assert_eq!(error(" "), TaxCodeError::Missing);
        assert_eq!(error("RSSMRA80A01H501"), TaxCodeError::Length { found: 15 });
        assert_eq!(error("12345678901"), TaxCodeError::Length { found: 11 });
        assert_eq!(error("RSSMRÀ80A01H501U"), TaxCodeError::Form { position: 6 });
        assert_eq!(error("RSSMRA80F01H501U"), TaxCodeError::Form { position: 9 });
        assert_eq!(error("RSSMRA80AO1H501U"), TaxCodeError::Form { position: 10 });
        assert_eq!(error("RSSMRA80A01H501ı"), TaxCodeError::Form { position: 16 });
    }

    #[test]
    fn the_days_of_birth_that_a_code_can_mean_are_one_a_century() {
        let dates = |first_fifteen: &str| {
            let code = TaxCode::parse(&closed(first_fifteen)).unwrap();
            code.decode().birth_dates().map(|on| on.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(dates("RSSMRA80A41H501"), ["1980-01-01", "2080-01-01"]);
        assert_eq!(dates("RSSMRA00B29H501"), ["2000-02-29"]);
    }

    #[test]
    fn a_name_is_compared_by_its_consonants_then_its_vowels() {
        let matches = |code: &str, first: &str, last: &str| {
            let name = PersonName { first: first.to_owned(), last: last.to_owned() };
            TaxCode::parse(&closed(&format!("{code}80A01H501"))).unwrap().matches_name(&name)
        };
        assert!(matches("RSSMRA", "Maria", "Rossi") && !matches("RSSMRA", "Maria", "Bruni") && !matches("RSSMRA", "Marco", "Rossi"));
        assert!(matches("DMCGFR", "Gianfranco", "D'Amico"), "of four consonants the second is left out");
        assert!(matches("FOXLIX", "Li", "Fo") && matches("GUIUEX", "Üe", "Gùi"), "short names are filled with X");
    }

    #[test]
    fn nothing_prints_the_code_by_accident() {
        let code = TaxCode::parse(ROSSI).unwrap();
        assert_eq!(format!("{code:?} {:?}", code.decode()), "TaxCode(…) Decoded(…)");
        assert_eq!(code.masked(), "RSS•••••••••501U");
    }

    #[test]
    fn a_code_travels_as_a_string_and_is_checked_on_arrival() {
        let code = TaxCode::parse(ROSSI).unwrap();
        let json = serde_json::to_string(&code).unwrap();
        assert_eq!(json, format!("\"{ROSSI}\""));
        assert_eq!(serde_json::from_str::<TaxCode>(&json).unwrap(), code);
        let refused = serde_json::from_str::<TaxCode>("\"RSSMRA80A01H501X\"").unwrap_err().to_string();
        assert!(refused.contains("wrong check character") && !refused.contains("RSSMRA"));
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(text in any::<String>(), near in "[A-Za-zÀ0-9]{16}", form in "[A-Z]{6}[0-9L-V]{2}[A-T][0-9L-V]{2}[A-Z][0-9L-V]{3}") {
            for text in [text, near, closed(&form)] {
                if let Err(error) = TaxCode::parse(&text) {
                    prop_assert!(error.code().starts_with("tax_code_") && !error.sentence().is_empty());
                }
            }
        }

        #[test]
        fn one_wrong_character_is_always_noticed(at in 0..16_usize, other in "[A-Z0-9]") {
            let mut text = ROSSI.to_owned();
            text.replace_range(at..=at, &other);
            prop_assert_eq!(TaxCode::parse(&text).is_ok(), text == ROSSI);
        }
    }
}
