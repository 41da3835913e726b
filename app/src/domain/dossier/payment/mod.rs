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

use super::{DossierStatus, Ledger, Owed, VoucherKind, owed};
use crate::domain::{ids::OpalId, person::PersonName, request::SiteChoice, text::counted, words::words};

/// Why a dossier cannot be paid yet. What was entered late is not among these: R24 tolerates it until D+7, so it was delivered in order;
/// it is a remark, shown beside the blockers and exported, because an inspector asks about it. The report (R34) is never reason enough to
/// refuse an act (S15), but a service without one is not accounted for, so here it blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Blocker {
    /// There is nothing to pay.
    NothingDelivered,
    /// R36: activities that are not *Terminata*.
    ActivitiesOpen {
        /// How many.
        activities: u32,
    },
    /// R32 to R35: what is missing on paper.
    Owed(Owed),
}

impl Blocker {
    /// In words, with its count: `3 erogazioni senza firme`.
    pub fn label(self) -> String {
        match self {
            Self::NothingDelivered => "Nessuna ora erogata".to_owned(),
            Self::ActivitiesOpen { activities } => format!("{activities} attività da concludere"),
            Self::Owed(owed) => owed.label(),
        }
    }
}

words! {
    /// The kinds of file that the list is taken away as.
    pub enum ExportFormat else "not a kind of file" {
        /// Text with semicolons, as Italian spreadsheets expect.
        Csv = "csv", "CSV";
        /// A spreadsheet.
        Xlsx = "xlsx", "XLSX";
    }
}

/// The remark on what was entered late (R24): `1 inserimento tardivo`; none where nothing was.
pub fn late_in_words(count: u32) -> Option<String> {
    (count > 0).then(|| counted(count, "inserimento tardivo", "inserimenti tardivi"))
}

/// What keeps a dossier from being paid: its status, its five activities, and what it owes on paper.
///
/// A service that runs is accounted for when all of it is *Terminata*. One that ended before (S18, R38) waits only for the activities with
/// delivered hours: the others can no longer be closed (R36) and pay nothing.
pub fn blockers(status: DossierStatus, activities: &[ActivityAccount], ledger: &Ledger) -> Vec<Blocker> {
    let runs = status == DossierStatus::Running;
    let open = activities.iter().filter(|activity| !activity.closed && (runs || activity.has_delivered())).count();
    let open = u32::try_from(open).unwrap_or(u32::MAX);
    let nothing = (ledger.delivered == 0).then_some(Blocker::NothingDelivered);
    let open = (open > 0).then_some(Blocker::ActivitiesOpen { activities: open });
    nothing.into_iter().chain(open).chain(owed(ledger).into_iter().map(Blocker::Owed)).collect()
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
    /// Day of the admission.
    pub admitted_on: NaiveDate,
    /// Last day of the voucher.
    pub valid_to: NaiveDate,
    /// Where it stands.
    pub status: DossierStatus,
    /// Hours and values of its activities.
    pub amounts: Amounts,
    /// Delivered sessions that were entered late (R24).
    pub late: u32,
    /// What keeps it from being paid.
    pub blocked: Vec<Blocker>,
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
    use crate::domain::dossier::Evidence;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Ten hours at forty euros, so many minutes of them delivered.
    fn activity(delivered: u32, closed: bool) -> ActivityAccount {
        ActivityAccount { agreed: 600, rate_cents: 40_00, closed, before: 0, delivered }
    }

    /// Concluded, with every delivered session signed and the report delivered.
    fn complete() -> Ledger {
        let evidence = Evidence { signed: 2, report_on: Some(day("2026-11-23")), ..Evidence::default() };
        Ledger { delivered: 2, concluded_on: Some(day("2026-11-20")), evidence, ..Ledger::default() }
    }

    #[test]
    fn a_concluded_dossier_with_signatures_and_report_is_ready() {
        let five = [activity(600, true); 5];
        assert_eq!(blockers(DossierStatus::Concluded, &five, &complete()), []);
    }

    #[test]
    fn r36_every_open_activity_of_a_running_dossier_blocks() {
        let activities = [activity(600, true), activity(60, false), activity(0, false)];
        let blocked = blockers(DossierStatus::Running, &activities, &complete());
        assert_eq!(blocked, [Blocker::ActivitiesOpen { activities: 2 }]);
        assert_eq!(blocked[0].label(), "2 attività da concludere");
    }

    #[test]
    fn r36_after_an_early_end_only_activities_with_delivered_hours_block() {
        let earlier = ActivityAccount { before: 60, ..activity(0, false) };
        for status in [DossierStatus::Interrupted, DossierStatus::Expired, DossierStatus::ReadOnly] {
            assert_eq!(blockers(status, &[activity(60, true), activity(0, false)], &complete()), []);
            assert_eq!(
                blockers(status, &[activity(60, false), activity(0, false)], &complete()),
                [Blocker::ActivitiesOpen { activities: 1 }]
            );
            assert_eq!(
                blockers(status, &[earlier], &complete()),
                [Blocker::ActivitiesOpen { activities: 1 }],
                "delivered before the period"
            );
        }
    }

    #[test]
    fn r32_r34_missing_signatures_and_a_missing_report_block() {
        let bare = Ledger { evidence: Evidence::default(), ..complete() };
        let labels: Vec<_> = blockers(DossierStatus::Concluded, &[activity(60, true)], &bare).into_iter().map(Blocker::label).collect();
        assert_eq!(labels, ["2 erogazioni senza firme", "Relazione sugli esiti da consegnare al CPI"]);
    }

    #[test]
    fn a_dossier_with_nothing_delivered_has_nothing_to_pay() {
        let nothing = Ledger { delivered: 0, ..complete() };
        assert_eq!(blockers(DossierStatus::Interrupted, &[activity(0, false)], &nothing), [Blocker::NothingDelivered]);
    }

    #[test]
    fn r24_what_was_entered_late_is_remarked_with_its_count() {
        assert_eq!([0, 1, 2].map(late_in_words), [None, Some("1 inserimento tardivo".into()), Some("2 inserimenti tardivi".into())]);
    }
}
