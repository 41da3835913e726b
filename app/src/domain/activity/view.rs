//! An activity as pages show it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ActivityState, ClosingPlan, HoursBalance};
use crate::domain::{
    command::Version,
    dossier::{DossierFrame, DossierStatus, VoucherKind},
    ids::OpalId,
    person::{PersonLimits, PersonName},
    provider::CoachName,
    rulebook::{ActivityCode, Refusal},
    session::SessionRow,
    time::LocalInstant,
};

/// One activity in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActivitySummary {
    /// Which one.
    pub code: ActivityCode,
    /// Its name.
    pub name: String,
    /// Whether name and hours are our assumption (S1, S2).
    pub assumption: bool,
    /// Where it stands.
    pub state: ActivityState,
    /// Its hours.
    pub hours: HoursBalance,
    /// Value of the agreed hours in cents; for demonstration (S3).
    pub value_cents: i64,
    /// Value of the delivered hours in cents, capped by the agreed.
    pub delivered_cents: i64,
    /// Counts its changes.
    pub version: Version,
}

/// A person's hours in an ISO week, over all its dossiers (R29).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekHours {
    /// Its first day.
    pub monday: NaiveDate,
    /// Minutes taken.
    pub minutes: u32,
    /// The most there may be.
    pub cap: u32,
}

/// The page of an activity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActivityPage {
    /// The dossier.
    pub dossier: OpalId,
    /// Its OPAL code.
    pub opal_code: String,
    /// The voucher's id.
    pub voucher_id: String,
    /// The voucher's kind.
    pub voucher_kind: VoucherKind,
    /// The dossier's dates.
    pub frame: DossierFrame,
    /// Where the dossier stands.
    pub status: DossierStatus,
    /// What happened to the dossier, when it no longer runs, and what can still be done.
    pub told: Option<String>,
    /// The person.
    pub person: PersonName,
    /// The employer's name.
    pub employer_name: String,
    /// The employer's town.
    pub employer_town: String,
    /// The activity.
    pub activity: ActivitySummary,
    /// Whether it takes place at the employer's.
    pub at_employer: bool,
    /// Its sessions by date.
    pub sessions: Vec<SessionRow>,
    /// Each ISO week that has a session here.
    pub weeks: Vec<WeekHours>,
    /// Coaches that may be chosen.
    pub coaches: Vec<CoachName>,
    /// Whether this actor may plan here.
    pub manages: bool,
    /// Whether "Nuova erogazione" is offered (R14).
    pub may_enter: bool,
    /// What closing the activity would do, or why it cannot be closed.
    pub closing: Result<ClosingPlan, Refusal>,
    /// What the person can sustain (R30), for those who plan.
    pub limits: Option<PersonLimits>,
    /// What is to be known of the provider's standing (R40).
    pub provider_warning: Option<Refusal>,
    /// The Rome wall clock, by the server.
    pub now: LocalInstant,
}
