//! Reads the fields of a JSON object one by one, knows which were never read, and reads the values that fields hold.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, ParseError, format::ParseErrorKind};
use serde_json::Value;

use super::{IntakeError, IntakeReason};
use crate::domain::{
    person::TaxCode,
    provider::VatNumber,
    weekdays::{DayOfWeek, Weekdays},
};

/// The longest code, in characters.
const CODE_MAX: usize = 40;
/// The longest e-mail address (RFC 5321).
const EMAIL_MAX: usize = 254;

/// A JSON object whose fields are taken one by one; null counts as absent.
pub(super) struct Fields<'a> {
    path: &'static str,
    left: BTreeMap<&'a str, &'a Value>,
}

impl<'a> Fields<'a> {
    /// Opens an object; `path` is what errors about the object as a whole name.
    pub(super) fn of(path: &'static str, value: &'a Value) -> Result<Self, IntakeError> {
        let object = value.as_object().ok_or(IntakeReason::NotAnObject.at(path))?;
        let left = object.iter().filter(|(key, _)| !key.starts_with('_')).map(|(key, value)| (key.as_str(), value)).collect();
        Ok(Self { path, left })
    }

    /// Takes the value at a path, whose last part is the key.
    fn take(&mut self, path: &'static str) -> Option<&'a Value> {
        let key = path.rsplit('.').next().unwrap_or(path);
        self.left.remove(key).filter(|value| !value.is_null())
    }

    /// Reads a field that may be absent or null.
    pub(super) fn maybe<T>(
        &mut self,
        path: &'static str,
        read: impl FnOnce(&'a Value) -> Result<T, IntakeReason>,
    ) -> Result<Option<T>, IntakeError> {
        self.take(path).map(read).transpose().map_err(|reason| reason.at(path))
    }

    /// Reads a field that must be there.
    pub(super) fn get<T>(&mut self, path: &'static str, read: impl FnOnce(&'a Value) -> Result<T, IntakeReason>) -> Result<T, IntakeError> {
        self.maybe(path, read)?.ok_or(IntakeReason::Missing.at(path))
    }

    /// Opens a nested object that may be absent or null.
    pub(super) fn maybe_object(&mut self, path: &'static str) -> Result<Option<Self>, IntakeError> {
        self.take(path).map(|value| Self::of(path, value)).transpose()
    }

    /// Opens a nested object that must be there.
    pub(super) fn object(&mut self, path: &'static str) -> Result<Self, IntakeError> {
        self.maybe_object(path)?.ok_or(IntakeReason::Missing.at(path))
    }

    /// Refuses what nobody read. The key itself is not repeated: anything may stand there.
    pub(super) fn finish(self) -> Result<(), IntakeError> {
        if self.left.is_empty() { Ok(()) } else { Err(IntakeReason::UnknownKey.at(self.path)) }
    }
}

/// A trimmed text of one line.
fn line(value: &Value) -> Result<&str, IntakeReason> {
    let text = value.as_str().ok_or(IntakeReason::NotText)?.trim();
    if text.is_empty() {
        Err(IntakeReason::Empty)
    } else if text.chars().any(char::is_control) {
        Err(IntakeReason::ControlCharacter)
    } else {
        Ok(text)
    }
}

/// A text of one line with at most so many characters.
pub(super) fn text(max: usize) -> impl Fn(&Value) -> Result<String, IntakeReason> {
    move |value| {
        let text = line(value)?;
        if text.chars().count() > max { Err(IntakeReason::TooLong { max }) } else { Ok(text.to_owned()) }
    }
}

/// An identifier given by somebody else. Codes are printed and logged, so one that could be a tax code is refused.
pub(super) fn code(value: &Value) -> Result<String, IntakeReason> {
    let code = line(value)?;
    let fit = code.len() <= CODE_MAX && code.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_./".contains(letter));
    if fit && TaxCode::parse(code).is_err() { Ok(code.to_owned()) } else { Err(IntakeReason::NotACode) }
}

/// One of a list of words.
pub(super) fn word<T: Copy>(
    value: &Value,
    all: &[T],
    spelling: impl Fn(T) -> &'static str,
    unknown: IntakeReason,
) -> Result<T, IntakeReason> {
    let word = value.as_str().ok_or(IntakeReason::NotText)?;
    all.iter().copied().find(|item| spelling(*item) == word).ok_or(unknown)
}

/// A tax code.
pub(super) fn tax_code(value: &Value) -> Result<TaxCode, IntakeReason> {
    TaxCode::parse(value.as_str().ok_or(IntakeReason::NotText)?).map_err(IntakeReason::TaxCode)
}

/// A VAT number.
pub(super) fn vat_number(value: &Value) -> Result<VatNumber, IntakeReason> {
    VatNumber::parse(value.as_str().ok_or(IntakeReason::NotText)?).map_err(IntakeReason::VatNumber)
}

/// An e-mail address: something on both sides of one @ and no spaces.
pub(super) fn email(value: &Value) -> Result<String, IntakeReason> {
    let address = text(EMAIL_MAX)(value)?;
    let fit = address.split_once('@').is_some_and(|(user, host)| !user.is_empty() && !host.is_empty() && !host.contains('@'));
    if fit && !address.contains(char::is_whitespace) { Ok(address) } else { Err(IntakeReason::NotAnEmail) }
}

/// Two capital letters.
pub(super) fn province(value: &Value) -> Result<String, IntakeReason> {
    let letters = line(value)?;
    if letters.len() == 2 && letters.bytes().all(|letter| letter.is_ascii_uppercase()) {
        Ok(letters.to_owned())
    } else {
        Err(IntakeReason::NotAProvince)
    }
}

/// A whole number of minutes from 1 to the maximum.
pub(super) fn minutes(max: u32) -> impl Fn(&Value) -> Result<u32, IntakeReason> {
    move |value| {
        let minutes = value.as_u64().and_then(|minutes| u32::try_from(minutes).ok());
        minutes.filter(|minutes| (1..=max).contains(minutes)).ok_or(IntakeReason::NotMinutes { max })
    }
}

/// Some days of the week, at least one.
pub(super) fn weekdays(value: &Value) -> Result<Weekdays, IntakeReason> {
    let day = |value: &Value| value.as_str()?.parse::<DayOfWeek>().ok();
    let days: Option<Weekdays> = value.as_array().and_then(|days| days.iter().map(day).collect());
    days.filter(|days| !days.is_empty()).ok_or(IntakeReason::NotWeekdays)
}

/// A civil date, `2026-11-23` and nothing looser.
pub(super) fn date(value: &Value) -> Result<NaiveDate, IntakeReason> {
    let text = line(value)?;
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|error| misread(error, IntakeReason::NotADate))?;
    if date.to_string() == text { in_range(date) } else { Err(IntakeReason::NotADate) }
}

/// An instant with its offset (RFC 3339).
pub(super) fn instant(value: &Value) -> Result<DateTime<FixedOffset>, IntakeReason> {
    let instant = DateTime::parse_from_rfc3339(line(value)?).map_err(|error| misread(error, IntakeReason::NotAnInstant))?;
    in_range(instant.date_naive()).map(|_| instant)
}

/// A time of day, `09:00` and nothing looser.
pub(super) fn time(value: &Value) -> Result<NaiveTime, IntakeReason> {
    let text = line(value)?;
    let time = NaiveTime::parse_from_str(text, "%H:%M").ok();
    time.filter(|time| time.format("%H:%M").to_string() == text).ok_or(IntakeReason::NotATime)
}

/// Tells a moment that does not exist from a text that is none.
fn misread(error: ParseError, malformed: IntakeReason) -> IntakeReason {
    match error.kind() {
        ParseErrorKind::OutOfRange | ParseErrorKind::Impossible => IntakeReason::DateDoesNotExist,
        _ => malformed,
    }
}

/// Keeps slips of the year out.
fn in_range(date: NaiveDate) -> Result<NaiveDate, IntakeReason> {
    if (1900..2200).contains(&date.year()) { Ok(date) } else { Err(IntakeReason::DateOutOfRange) }
}
