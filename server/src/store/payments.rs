//! What the store knows of dossiers before payment: minutes and counts for each activity; what they are worth is the domain's to say.

use app::domain::{
    document::KindSet,
    dossier::{
        DossierCursor, DossierFrame, VoucherKind,
        payment::{ExportFormat, PaymentFilter},
    },
    ids::{AccountId, OpalId, ProviderId},
    person::PersonName,
    provider::Scope,
};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};

use super::StoreResult;

/// Dossiers and what was delivered in them.
#[async_trait]
pub trait PaymentStore {
    /// Admitted dossiers with the sums of their activities, newest admission first; one query, however many.
    async fn payments(&mut self, query: &PaymentQuery) -> StoreResult<Vec<PaymentRecord>>;
    /// Notes that somebody took a list away as a file.
    async fn log_payment_export(&mut self, export: &PaymentExportRecord) -> StoreResult<()>;
}

/// What is asked for. Of the filter only what needs no rule: code, site and period.
pub struct PaymentQuery {
    /// Whose dossiers.
    pub scope: Scope,
    /// What they are narrowed to.
    pub filter: PaymentFilter,
    /// The last dossier seen.
    pub after: Option<DossierCursor>,
    /// The most dossiers.
    pub limit: u32,
}

/// A dossier with the sums of its activities.
#[derive(Clone, Debug, PartialEq)]
pub struct PaymentRecord {
    /// Its id.
    pub opal: OpalId,
    /// Codice OPAL.
    pub opal_code: String,
    /// The person.
    pub person: PersonName,
    /// Town of the site.
    pub site_town: String,
    /// Kind of voucher.
    pub voucher_kind: VoucherKind,
    /// Its dates.
    pub frame: DossierFrame,
    /// Its activities in order.
    pub activities: Vec<ActivityTally>,
}

/// What was delivered of an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActivityTally {
    /// Agreed minutes.
    pub agreed: u32,
    /// Cents an hour.
    pub rate_cents: i64,
    /// The day on which it became *Terminata*.
    pub closed_on: Option<NaiveDate>,
    /// The outputs that it owes (R33).
    pub outputs: KindSet,
    /// Minutes delivered before the period.
    pub before: u32,
    /// Minutes delivered in it.
    pub minutes: u32,
    /// Sessions delivered in it.
    pub sessions: u32,
    /// Those of them that were entered late (R24).
    pub late: u32,
}

/// An export, as it is noted.
pub struct PaymentExportRecord {
    /// Who.
    pub account: AccountId,
    /// Of which provider.
    pub provider: ProviderId,
    /// When.
    pub at: DateTime<Utc>,
    /// As what.
    pub format: ExportFormat,
    /// The filter as it was typed, in JSON.
    pub filter: String,
    /// How many dossiers the filter took.
    pub dossiers: u64,
}
