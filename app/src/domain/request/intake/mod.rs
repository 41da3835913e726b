//! Reads requests of the employment centres from files of the format `affianco/requests@1`: from JSON to typed values, or one clear error per record.
//!
//! Keys that begin with `_` are ignored at any depth, other unknown keys are refused. What only shows across records (a code twice, an unknown site)
//! is judged by the caller, with the reasons kept here. Nothing an error prints comes from the record.

mod fields;
mod file;
mod parts;
mod reason;
mod shift;
#[cfg(test)]
mod tests;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Timelike, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use file::{FileError, NewProvider, NewSite, RequestsFile};
pub use parts::{DifficultyEvent, Employer, EmploymentCentre, Ground, JobContract, NewPerson};
pub use reason::{IntakeError, IntakeReason};
pub use shift::shift_dates;

use crate::domain::{
    dossier::{Voucher, VoucherKind},
    person::PersonLimits,
};
use fields::{Fields, code, date, email, minutes, tax_code, text, time, vat_number, weekdays, word};

/// A request for activation as an employment centre sends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewRequest {
    /// Codice OPAL: opaque and unique (S8).
    pub opal_code: String,
    /// The voucher.
    pub voucher: Voucher,
    /// The person the service is for.
    pub beneficiary: NewPerson,
    /// Where the person works.
    pub employer: Employer,
    /// Why the service is asked (R39).
    pub ground: Ground,
    /// Who asks.
    pub employment_centre: EmploymentCentre,
    /// Code of the provider asked.
    pub provider_code: String,
    /// Code of its site asked.
    pub site_code: String,
    /// When it was notified, as evidence; whole seconds.
    pub notified_at: DateTime<Utc>,
    /// The same moment on the Rome wall clock: its date is day 0 of the term (R7).
    pub notified_local: NaiveDateTime,
}

impl NewRequest {
    /// Reads one record.
    ///
    /// # Errors
    /// The first thing wrong with it, in the order of the format.
    pub fn parse(record: &Value) -> Result<Self, IntakeError> {
        let mut fields = Fields::of("request", record)?;
        let opal_code = fields.get("opal_code", code)?;
        let voucher = voucher(fields.object("voucher")?)?;
        let beneficiary = beneficiary(fields.object("beneficiary")?)?;
        let employer = employer(fields.object("employer")?)?;
        let ground = ground(fields.object("ground")?)?;
        let employment_centre = employment_centre(fields.object("employment_centre")?)?;
        let provider_code = fields.get("provider_code", code)?;
        let site_code = fields.get("site_code", code)?;
        let written = fields.get("notified_at", fields::instant)?;
        fields.finish()?;

        let notified_at = written.to_utc();
        let notified_at = notified_at.with_nanosecond(0).unwrap_or(notified_at);
        let notified_local = shift::rome_wall_clock(notified_at);
        if beneficiary.birth_date > notified_local.date() {
            return Err(IntakeReason::BornAfterNotification.at("beneficiary.birth_date"));
        }
        Ok(Self {
            opal_code,
            voucher,
            beneficiary,
            employer,
            ground,
            employment_centre,
            provider_code,
            site_code,
            notified_at,
            notified_local,
        })
    }

    /// The OPAL code of a record that may be broken elsewhere, when it is fit to be printed.
    pub fn opal_code_of(record: &Value) -> Option<String> {
        record.get("opal_code").and_then(|value| code(value).ok())
    }
}

fn voucher(mut fields: Fields<'_>) -> Result<Voucher, IntakeError> {
    let id = fields.get("voucher.id", code)?;
    let kind = fields.get("voucher.kind", |value| match value.as_str() {
        Some("rafforzato") => Err(IntakeReason::OtherMeasure),
        _ => word(value, &VoucherKind::ALL, VoucherKind::as_str, IntakeReason::UnknownVoucherKind),
    })?;
    let valid_from = fields.get("voucher.valid_from", date)?;
    let valid_to = fields.get("voucher.valid_to", |value| {
        date(value).and_then(|day: NaiveDate| if day < valid_from { Err(IntakeReason::VoucherEndsBeforeStart) } else { Ok(day) })
    })?;
    fields.finish()?;
    Ok(Voucher { id, kind, valid_from, valid_to })
}

fn beneficiary(mut fields: Fields<'_>) -> Result<NewPerson, IntakeError> {
    let person = NewPerson {
        tax_code: fields.get("beneficiary.tax_code", tax_code)?,
        first_name: fields.get("beneficiary.first_name", text(100))?,
        last_name: fields.get("beneficiary.last_name", text(100))?,
        birth_date: fields.get("beneficiary.birth_date", date)?,
        birth_place: fields.get("beneficiary.birth_place", text(100))?,
        phone: fields.get("beneficiary.phone", text(40))?,
        email: fields.maybe("beneficiary.email", email)?,
        limits: fields.maybe_object("beneficiary.limits")?.map(limits).transpose()?,
    };
    fields.finish()?;
    Ok(person)
}

fn limits(mut fields: Fields<'_>) -> Result<PersonLimits, IntakeError> {
    let limits = PersonLimits {
        max_minutes_per_day: fields.maybe("beneficiary.limits.max_minutes_per_day", minutes(24 * 60))?,
        max_minutes_per_week: fields.maybe("beneficiary.limits.max_minutes_per_week", minutes(7 * 24 * 60))?,
        earliest: fields.maybe("beneficiary.limits.earliest", time)?,
        latest: fields.maybe("beneficiary.limits.latest", time)?,
        weekdays: fields.maybe("beneficiary.limits.weekdays", weekdays)?,
    };
    fields.finish()?;
    if limits.earliest.zip(limits.latest).is_some_and(|(earliest, latest)| earliest >= latest) {
        return Err(IntakeReason::LatestNotAfterEarliest.at("beneficiary.limits.latest"));
    }
    Ok(limits)
}

fn employer(mut fields: Fields<'_>) -> Result<Employer, IntakeError> {
    let employer = Employer {
        name: fields.get("employer.name", text(200))?,
        vat_number: fields.get("employer.vat_number", vat_number)?,
        town: fields.get("employer.town", text(100))?,
        contact: fields.get("employer.contact", text(200))?,
    };
    fields.finish()?;
    Ok(employer)
}

fn ground(mut fields: Fields<'_>) -> Result<Ground, IntakeError> {
    let recent_hire = fields.get("ground.kind", |value| match value.as_str() {
        Some("recent_hire") => Ok(true),
        Some("difficulty") => Ok(false),
        _ => Err(IntakeReason::UnknownGround),
    })?;
    let ground = if recent_hire {
        let contract = |value: &Value| word(value, &JobContract::ALL, JobContract::as_str, IntakeReason::UnknownContract);
        Ground::RecentHire { hired_on: fields.get("ground.hired_on", date)?, contract: fields.maybe("ground.contract", contract)? }
    } else {
        let event = |value: &Value| word(value, &DifficultyEvent::ALL, DifficultyEvent::as_str, IntakeReason::UnknownEvent);
        Ground::Difficulty { event: fields.get("ground.event", event)? }
    };
    fields.finish()?;
    Ok(ground)
}

fn employment_centre(mut fields: Fields<'_>) -> Result<EmploymentCentre, IntakeError> {
    let centre =
        EmploymentCentre { code: fields.get("employment_centre.code", code)?, name: fields.get("employment_centre.name", text(100))? };
    fields.finish()?;
    Ok(centre)
}
