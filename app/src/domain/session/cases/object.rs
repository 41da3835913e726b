//! Reads the keys of a JSON object one by one, knows where in the file it stands and which keys were never read, and reads what values hold.

use std::{collections::BTreeMap, str::FromStr};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde_json::Value;

use super::CaseFileError;

/// A value read, or what is wrong with it.
pub(super) type Read<T> = Result<T, &'static str>;

/// The longest key of the format is shorter; anything else may hold anything.
const KEY_MAX: usize = 40;

/// A JSON object whose keys are taken one by one; null counts as absent.
pub(super) struct Object<'a> {
    place: String,
    left: BTreeMap<&'a str, &'a Value>,
}

impl<'a> Object<'a> {
    /// Opens the object at a place of the file, which errors name.
    pub(super) fn of(place: String, value: &'a Value) -> Result<Self, CaseFileError> {
        let Some(object) = value.as_object() else { return Err(CaseFileError::Wrong { place, wrong: "not a JSON object" }) };
        let left = object.iter().filter(|(key, _)| !key.starts_with('_')).map(|(key, value)| (key.as_str(), value)).collect();
        Ok(Self { place, left })
    }

    /// What is wrong with the value of a key.
    pub(super) fn wrong(&self, key: &str, wrong: &'static str) -> CaseFileError {
        CaseFileError::Wrong { place: self.inside(key), wrong }
    }

    fn inside(&self, key: &str) -> String {
        if self.place.is_empty() { key.to_owned() } else { format!("{}: {key}", self.place) }
    }

    fn take(&mut self, key: &str) -> Option<&'a Value> {
        self.left.remove(key).filter(|value| !value.is_null())
    }

    /// Reads a value that may be absent.
    pub(super) fn maybe<T>(&mut self, key: &str, read: impl FnOnce(&'a Value) -> Read<T>) -> Result<Option<T>, CaseFileError> {
        self.take(key).map(read).transpose().map_err(|wrong| self.wrong(key, wrong))
    }

    /// Reads a value that must be there.
    pub(super) fn get<T>(&mut self, key: &str, read: impl FnOnce(&'a Value) -> Read<T>) -> Result<T, CaseFileError> {
        self.maybe(key, read)?.ok_or_else(|| self.wrong(key, "missing"))
    }

    /// Opens an object within that may be absent.
    pub(super) fn maybe_object(&mut self, key: &str) -> Result<Option<Self>, CaseFileError> {
        self.take(key).map(|value| Self::of(self.inside(key), value)).transpose()
    }

    /// Opens an object within that must be there.
    pub(super) fn object(&mut self, key: &str) -> Result<Self, CaseFileError> {
        self.maybe_object(key)?.ok_or_else(|| self.wrong(key, "missing"))
    }

    /// Opens the objects of a list that may be absent; each is named and counted from 1.
    pub(super) fn objects(&mut self, key: &str, each: &str) -> Result<Vec<Self>, CaseFileError> {
        let values = self.maybe(key, list)?.unwrap_or_default();
        values.iter().zip(1..).map(|(value, position)| Self::of(self.inside(&format!("{each} {position}")), value)).collect()
    }

    /// Tells of the keys that nobody read.
    pub(super) fn finish(self, unknown: &mut Vec<String>) {
        for key in self.left.keys() {
            let fit = key.len() <= KEY_MAX && key.bytes().all(|letter| letter.is_ascii_lowercase() || letter == b'_');
            let named = if fit { format!("unknown key \"{key}\"") } else { "unknown key".to_owned() };
            unknown.push(self.inside(&named));
        }
    }
}

/// A JSON array.
pub(super) fn list(value: &Value) -> Read<&[Value]> {
    value.as_array().map(Vec::as_slice).ok_or("not a JSON array")
}

/// A JSON string.
pub(super) fn text(value: &Value) -> Read<&str> {
    value.as_str().ok_or("not a text")
}

/// One word of a closed list.
pub(super) fn word<T: FromStr<Err = &'static str>>(value: &Value) -> Read<T> {
    text(value)?.parse()
}

/// A list of such words.
pub(super) fn words<T: FromStr<Err = &'static str>, All: FromIterator<T>>(value: &Value) -> Read<All> {
    list(value)?.iter().map(word).collect()
}

/// What may be left blank in a form: a blank text reads as `None`.
pub(super) fn blank_or<'a, T>(read: impl FnOnce(&'a Value) -> Read<T>) -> impl FnOnce(&'a Value) -> Read<Option<T>> {
    |value| if value.as_str().is_some_and(|text| text.trim().is_empty()) { Ok(None) } else { read(value).map(Some) }
}

/// A civil date of four-digit years.
pub(super) fn date(value: &Value) -> Read<NaiveDate> {
    let text = text(value)?;
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|date| date.to_string() == text && text.len() == 10);
    date.ok_or("not a date of the calendar in the form 2026-11-23")
}

/// A time of day, with or without seconds.
pub(super) fn time(value: &Value) -> Read<NaiveTime> {
    let text = text(value)?;
    let time = NaiveTime::parse_from_str(text, "%H:%M").or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S"));
    time.map_err(|_| "not a time of day in the form 09:00")
}

/// A moment of the Rome wall clock, with or without seconds.
pub(super) fn moment(value: &Value) -> Read<NaiveDateTime> {
    let wrong = "not a date and time in the form 2026-11-23T10:00";
    let (on, at) = text(value)?.split_once('T').ok_or(wrong)?;
    let part = |text: &str| Value::String(text.to_owned());
    match (date(&part(on)), time(&part(at))) {
        (Ok(on), Ok(at)) => Ok(on.and_time(at)),
        _ => Err(wrong),
    }
}

/// A whole number of minutes.
pub(super) fn minutes(value: &Value) -> Read<u32> {
    value.as_u64().and_then(|minutes| u32::try_from(minutes).ok()).ok_or("not a whole number of minutes")
}
