//! Moves the dates of a demonstration record by whole days of the Rome wall clock, and knows that clock's offset.

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, SecondsFormat, TimeDelta, TimeZone, Utc};
use serde_json::Value;

const WINTER: FixedOffset = hours_east(1);
const SUMMER: FixedOffset = hours_east(2);

/// Moves notification and voucher of one record; birth and hire dates stay. What cannot be read is left for the reading to refuse.
pub fn shift_dates(record: &mut Value, days: i64) {
    let Some(by) = TimeDelta::try_days(days) else { return };
    for field in ["valid_from", "valid_to"] {
        rewrite(record.get_mut("voucher").and_then(|voucher| voucher.get_mut(field)), |text| {
            text.parse::<NaiveDate>().ok()?.checked_add_signed(by).map(|date| date.to_string())
        });
    }
    rewrite(record.get_mut("notified_at"), |text| {
        let wall = rome_wall_clock(DateTime::parse_from_rfc3339(text).ok()?.to_utc());
        rome_instant(wall.checked_add_signed(by)?).map(|instant| instant.to_rfc3339_opts(SecondsFormat::Secs, false))
    });
}

/// Replaces a text by another, where there is one.
fn rewrite(place: Option<&mut Value>, change: impl FnOnce(&str) -> Option<String>) {
    if let Some(place) = place
        && let Some(text) = place.as_str().and_then(change)
    {
        *place = text.into();
    }
}

/// What the clocks in Rome show at an instant.
pub(super) fn rome_wall_clock(instant: DateTime<Utc>) -> NaiveDateTime {
    instant.with_timezone(&offset_at(instant.naive_utc())).naive_local()
}

/// The instant at which the clocks in Rome show that time: the first of two in October, the one by winter time where summer time skips it in March.
fn rome_instant(wall: NaiveDateTime) -> Option<DateTime<FixedOffset>> {
    let holds = |offset: &FixedOffset| wall.checked_sub_offset(*offset).is_some_and(|utc| offset_at(utc) == *offset);
    let offset = [SUMMER, WINTER].into_iter().find(holds).unwrap_or(WINTER);
    offset.from_local_datetime(&wall).single()
}

/// The offset of Rome by the rule of the Union (Directive 2000/84/EC): summer time from the last Sunday of March to that of October, at 01:00 UTC.
fn offset_at(utc: NaiveDateTime) -> FixedOffset {
    let change = |month| {
        let last = NaiveDate::from_ymd_opt(utc.year(), month, 31)?;
        last.checked_sub_days(Days::new(last.weekday().num_days_from_sunday().into()))?.and_hms_opt(1, 0, 0)
    };
    let summer = change(3).is_some_and(|start| start <= utc) && change(10).is_some_and(|end| utc < end);
    if summer { SUMMER } else { WINTER }
}

/// An offset known at compile time.
const fn hours_east(hours: i32) -> FixedOffset {
    match FixedOffset::east_opt(hours * 3600) {
        Some(offset) => offset,
        None => panic!("an offset is less than a day"),
    }
}
