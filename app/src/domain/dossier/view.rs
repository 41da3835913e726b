//! A dossier as pages show it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{DossierFrame, DossierStatus, VoucherKind};
use crate::domain::{
    activity::{ActivitySummary, HoursBalance},
    audit::HistoryEntry,
    ids::OpalId,
    person::PersonName,
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
    /// Whether dossiers with all five activities Terminata are shown too.
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
    /// The employer's name.
    pub employer_name: String,
    /// The employer's town.
    pub employer_town: String,
    /// What happened, newest first.
    pub history: Vec<HistoryEntry>,
    /// Whether the chain of the history is whole.
    pub history_intact: bool,
    /// What is to be known of the provider's standing (R40).
    pub provider_warning: Option<Refusal>,
    /// The Rome wall clock, by the server.
    pub now: LocalInstant,
}
