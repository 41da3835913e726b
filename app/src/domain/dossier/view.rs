//! A dossier as pages show it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{DossierFrame, DossierStatus, Interruption, InterruptionPlan, Owed, Timeline, VoucherKind};
use crate::domain::{
    activity::{ActivitySummary, HoursBalance},
    audit::HistoryEntry,
    command::Version,
    ids::OpalId,
    person::PersonName,
    request::intake::Employer,
    rulebook::Refusal,
    time::LocalInstant,
};

/// A dossier in "Gestione politiche attive", with its five activities.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DossierRow {
    /// Its id.
    pub id: OpalId,
    /// Codice OPAL.
    pub opal_code: String,
    /// The person.
    pub person: PersonName,
    /// Kind of voucher.
    pub voucher_kind: VoucherKind,
    /// Last day of the voucher.
    pub valid_to: NaiveDate,
    /// Days until then: 0 on that day; `None` once it is over.
    pub days_left: Option<i64>,
    /// Town of the site.
    pub site_town: String,
    /// Where it stands.
    pub status: DossierStatus,
    /// Hours of all activities.
    pub hours: HoursBalance,
    /// The five activities.
    pub activities: Vec<ActivitySummary>,
}

/// What "Gestione politiche attive" is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PoliciesFilter {
    /// Part of the OPAL code.
    pub opal_code: String,
    /// Code of the site.
    pub site: String,
    /// Whether dossiers with all five activities Terminata, and interrupted ones, are shown too.
    pub concluded: bool,
}

/// Where a page of dossiers starts: newest admission first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DossierCursor {
    /// Day of the admission of the last row seen.
    pub admitted_on: NaiveDate,
    /// Its id.
    pub id: OpalId,
}

/// Who the person works for from a day on (S17).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EmployerPeriod {
    /// The first day; that of the admission for the employer of the request.
    pub since: NaiveDate,
    /// The employer.
    pub employer: Employer,
    /// Why it changed, for those who manage.
    pub reason: Option<String>,
}

/// A coach's part in a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoachHours {
    /// The coach's name.
    pub name: String,
    /// Delivered minutes.
    pub delivered: u32,
    /// Minutes that are planned and not delivered yet.
    pub planned: u32,
}

/// How a service was broken off (S18).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InterruptionView {
    /// What was said.
    pub interruption: Interruption,
    /// When it was recorded, on the Rome wall clock.
    pub recorded_at: LocalInstant,
    /// Who recorded it.
    pub recorded_by: String,
}

/// The page of a dossier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DossierPage {
    /// The facts of its row.
    pub row: DossierRow,
    /// The voucher's id.
    pub voucher_id: String,
    /// Its dates.
    pub frame: DossierFrame,
    /// When the employment centre's request was notified.
    pub notified_at: LocalInstant,
    /// Name of the employment centre.
    pub centre: String,
    /// Counts the changes of the dossier itself.
    pub version: Version,
    /// From the notification to the read-only days.
    pub timeline: Timeline,
    /// Who the person works for, the present employer last; never empty.
    pub employers: Vec<EmployerPeriod>,
    /// The coaches with sessions here, by name.
    pub coaches: Vec<CoachHours>,
    /// What the paper still lacks.
    pub owed: Vec<Owed>,
    /// What happened to a dossier that no longer runs, and what can still be done.
    pub told: Option<String>,
    /// How the service was broken off, for those who manage.
    pub interruption: Option<InterruptionView>,
    /// What an interruption would do, or why it cannot be; `None` for who may not.
    pub interrupting: Option<Result<InterruptionPlan, Refusal>>,
    /// Why the employer cannot change, when it cannot; `None` for who may not.
    pub changing_employer: Option<Result<(), Refusal>>,
    /// What happened, newest first.
    pub history: Vec<HistoryEntry>,
    /// Whether the chain of the history is whole.
    pub history_intact: bool,
    /// What is to be known of the provider's standing (R40).
    pub provider_warning: Option<Refusal>,
    /// The Rome wall clock, by the server.
    pub now: LocalInstant,
}
