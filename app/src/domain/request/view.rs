//! A request as pages show it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Deadline, PersonalSearch, RefusalCategory, RequestState};
use crate::domain::{
    command::Version,
    dossier::VoucherKind,
    ids::OpalId,
    page::Page,
    person::PersonName,
    rulebook::{ActivityCode, Refusal},
    time::LocalInstant,
};

/// A row of "Richieste attivazione servizi" (R3).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RequestRow {
    /// Its id.
    pub id: OpalId,
    /// Stato preselezione, by the clock (R7).
    pub state: RequestState,
    /// 7 on day 0, 0 on the last day; only while pending.
    pub days_left: Option<i64>,
    /// Codice OPAL.
    pub opal_code: String,
    /// Beneficiario.
    pub person: PersonName,
    /// Number of activities of the OPAL.
    pub activities: u32,
    /// Minutes of the OPAL.
    pub minutes: u32,
    /// Name of the employment centre.
    pub centre: String,
    /// Kind of voucher.
    pub voucher_kind: VoucherKind,
    /// Day of the notification.
    pub notified_on: NaiveDate,
    /// Code of the site addressed.
    pub site_code: String,
    /// Town of the site addressed.
    pub site_town: String,
}

/// The page "Richieste attivazione servizi".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RequestList {
    /// The rows and how many there are.
    pub page: Page<RequestRow>,
    /// Sites of the search mask.
    pub sites: Vec<SiteChoice>,
    /// What was asked of persons, so that the mask shows it again.
    pub personal: PersonalSearch,
    /// Requests within the actor's reach that expire today, whatever the filter.
    pub due_today: u64,
}

/// One line of the composition of an OPAL.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CompositionLine {
    /// The activity.
    pub code: ActivityCode,
    /// Its name.
    pub name: String,
    /// Agreed minutes.
    pub minutes: u32,
    /// Whether name and hours are our assumption (S1, S2).
    pub assumption: bool,
}

/// The page of a request (R5).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RequestDetail {
    /// The same facts as in the table.
    pub row: RequestRow,
    /// Counts its changes.
    pub version: Version,
    /// When it was notified, on the Rome wall clock.
    pub notified_at: LocalInstant,
    /// The term for deciding (R7).
    pub term: Deadline,
    /// The voucher's id.
    pub voucher_id: String,
    /// First day of the voucher.
    pub valid_from: NaiveDate,
    /// Last day of the voucher.
    pub valid_to: NaiveDate,
    /// The employer's name.
    pub employer_name: String,
    /// The employer's town.
    pub employer_town: String,
    /// The composition: the catalogue of the notification date before admission, the frozen copy after it.
    pub composition: Vec<CompositionLine>,
    /// Whether this actor may decide now.
    pub may_decide: bool,
    /// Whether the provider may admit now (R40).
    pub may_admit: bool,
    /// What is to be known of the provider's standing (R40).
    pub provider_warning: Option<Refusal>,
    /// When it was decided, on the Rome wall clock.
    pub decided_at: Option<LocalInstant>,
    /// Who decided.
    pub decided_by: Option<String>,
    /// The category of a refusal.
    pub refusal_category: Option<RefusalCategory>,
    /// The reason of a refusal.
    pub refusal_reason: Option<String>,
    /// Fewest characters of a refusal's reason (R6).
    pub refusal_reason_min: usize,
    /// The Rome wall clock, by the server.
    pub now: LocalInstant,
}

/// A site in the search mask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteChoice {
    /// Its code.
    pub code: String,
    /// Its town.
    pub town: String,
}
