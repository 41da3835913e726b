//! What a dossier is worth and what keeps it from being paid: "Pronto per il pagamento". All values are for demonstration (S3).
//!
//! Nothing is added up in SQL beyond minutes and counts: what an hour is worth, how much of it is recognised and what blocks is said here, once
//! for the page, its totals and the files.

mod amount;
mod filter;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use amount::{ActivityAccount, Amount, Amounts};
pub use filter::{PaymentFilter, PaymentForm, Period, Readiness};

use super::{DossierStatus, VoucherKind};
use crate::domain::{ids::OpalId, person::PersonName, request::SiteChoice, words::words};

words! {
    /// Why a dossier cannot be paid yet. What was entered late is not among these: R24 tolerates it until D+7, so it was delivered in order;
    /// it is a remark, shown beside the blockers and exported, because an inspector asks about it.
    pub enum Blocker else "nothing that keeps a dossier from being paid" {
        /// There is nothing to pay.
        NothingDelivered = "nothing_delivered", "Nessuna ora erogata";
        /// R36: activities that are not *Terminata*.
        ActivitiesOpen = "activities_open", "Attività da concludere";
        /// R32: delivered sessions whose line of the register nobody signed.
        Unsigned = "unsigned", "Erogazioni senza firma";
        /// R34: the report on the outcomes was not delivered to the employment centre.
        ReportMissing = "report_missing", "Relazione sugli esiti mancante";
    }
}

/// A blocker, and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocked {
    /// What it is.
    pub by: Blocker,
    /// How many times; 1 for what is there or not.
    pub count: u32,
}

impl Blocked {
    /// In words, with its count: `3 erogazioni senza firma`.
    pub fn in_words(self) -> String {
        match (self.by, self.count) {
            (Blocker::NothingDelivered, _) => "nessuna ora erogata".to_owned(),
            (Blocker::ActivitiesOpen, 1) => "1 attività da concludere".to_owned(),
            (Blocker::ActivitiesOpen, count) => format!("{count} attività da concludere"),
            (Blocker::Unsigned, 1) => "1 erogazione senza firma".to_owned(),
            (Blocker::Unsigned, count) => format!("{count} erogazioni senza firma"),
            (Blocker::ReportMissing, _) => "relazione sugli esiti mancante".to_owned(),
        }
    }
}

/// The remark on what was entered late (R24): `1 inserimento tardivo`; nothing where nothing was.
pub fn late_in_words(count: u32) -> Option<String> {
    match count {
        0 => None,
        1 => Some("1 inserimento tardivo".to_owned()),
        _ => Some(format!("{count} inserimenti tardivi")),
    }
}

/// A dossier as it stands before payment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaymentRow {
    /// Its id.
    pub id: OpalId,
    /// Codice OPAL.
    pub opal_code: String,
    /// The person.
    pub person: PersonName,
    /// Town of the site.
    pub site_town: String,
    /// Kind of voucher.
    pub voucher_kind: VoucherKind,
    /// Last day of the voucher.
    pub valid_to: NaiveDate,
    /// Where it stands.
    pub status: DossierStatus,
    /// Hours and values of its activities.
    pub amounts: Amounts,
    /// Delivered sessions that were entered late (R24).
    pub late: u32,
    /// What keeps it from being paid.
    pub blocked: Vec<Blocked>,
}

impl PaymentRow {
    /// Whether nothing keeps it from being paid.
    pub fn readiness(&self) -> Readiness {
        if self.blocked.is_empty() { Readiness::Ready } else { Readiness::Blocked }
    }
}

/// The sums over some rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentTotals {
    /// How many.
    pub dossiers: u64,
    /// How many of them nothing blocks.
    pub ready: u64,
    /// Hours and values of all.
    pub amounts: Amounts,
    /// Hours and values of those that nothing blocks.
    pub payable: Amounts,
}

impl PaymentTotals {
    /// With one more row.
    #[must_use]
    pub fn with(self, row: &PaymentRow) -> Self {
        let ready = row.readiness() == Readiness::Ready;
        Self {
            dossiers: self.dossiers + 1,
            ready: self.ready + u64::from(ready),
            amounts: self.amounts.plus(row.amounts),
            payable: if ready { self.payable.plus(row.amounts) } else { self.payable },
        }
    }
}

/// Some rows of the list, newest admission first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PaymentRows {
    /// The rows.
    pub rows: Vec<PaymentRow>,
    /// Where the next ones start; `None` at the end. Opaque to the client.
    pub next: Option<String>,
}

/// The page "Rendicontazione": the sums over all that the filter takes, and the first rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaymentPage {
    /// The provider whose dossiers these are.
    pub provider: String,
    /// The sums.
    pub totals: PaymentTotals,
    /// The first rows.
    pub first: PaymentRows,
    /// The sites the list can be narrowed to.
    pub sites: Vec<SiteChoice>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blocker_is_said_with_its_count() {
        let words = |by, count| Blocked { by, count }.in_words();
        assert_eq!(words(Blocker::Unsigned, 1), "1 erogazione senza firma");
        assert_eq!(words(Blocker::Unsigned, 3), "3 erogazioni senza firma");
        assert_eq!(words(Blocker::ActivitiesOpen, 2), "2 attività da concludere");
        assert_eq!(words(Blocker::ReportMissing, 1), "relazione sugli esiti mancante");
    }

    #[test]
    fn r24_what_was_entered_late_is_remarked_with_its_count() {
        assert_eq!([0, 1, 2].map(late_in_words), [None, Some("1 inserimento tardivo".into()), Some("2 inserimenti tardivi".into())]);
    }
}
