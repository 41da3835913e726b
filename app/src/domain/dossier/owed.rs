//! What a dossier still owes on paper (R32 to R35): signatures under what was delivered, outputs, and the report on how it ended.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::{
    document::{DocumentKind, KindSet},
    text::counted,
    time::plus_days,
};

/// S15, an assumption: the report is reminded of so many days after the service has ended; it never blocks.
pub const REPORT_DAYS: u32 = 30;

/// What is known of a dossier's proof. The default is that there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Delivered sessions whose row is signed, or has a reason why not (R32).
    pub signed: u32,
    /// Outputs that were issued (R33).
    pub outputs: KindSet,
    /// When the report was delivered to the employment centre (R34).
    pub report_on: Option<NaiveDate>,
}

/// The facts that decide what is owed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Sessions delivered.
    pub delivered: u32,
    /// Outputs that the catalogue asks of the activities that are *Terminata* (R33).
    pub due: KindSet,
    /// Day on which the last of the five activities became Terminata.
    pub concluded_on: Option<NaiveDate>,
    /// Day of the Interruzione (S18).
    pub interrupted_on: Option<NaiveDate>,
    /// First day without the voucher, once it has ended (R38).
    pub expired_on: Option<NaiveDate>,
    /// What there is already.
    pub evidence: Evidence,
}

/// One thing that is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owed {
    /// R32: rows of the register that nobody signed.
    Signatures {
        /// How many.
        sessions: u32,
    },
    /// R33: an output of an activity that is *Terminata*.
    Output {
        /// Which one.
        kind: DocumentKind,
    },
    /// R34: the report on the outcome.
    Report {
        /// The day it is reminded for (S15).
        by: NaiveDate,
    },
    /// R35: the report with the three analyses, for a service that ended early.
    FailureReport {
        /// The day it is reminded for (S15).
        by: NaiveDate,
    },
}

impl Owed {
    /// In a few words: `3 erogazioni senza firme`.
    pub fn label(self) -> String {
        match self {
            Self::Signatures { sessions } => format!("{} senza firme", counted(sessions, "erogazione", "erogazioni")),
            Self::Output { kind } => format!("Output da emettere: {}", kind.label()),
            Self::Report { .. } => "Relazione sugli esiti da consegnare al CPI".to_owned(),
            Self::FailureReport { .. } => "Relazione sull'insuccesso da consegnare al CPI".to_owned(),
        }
    }

    /// The day it is reminded for, where there is one.
    pub fn by(self) -> Option<NaiveDate> {
        match self {
            Self::Signatures { .. } | Self::Output { .. } => None,
            Self::Report { by } | Self::FailureReport { by } => Some(by),
        }
    }
}

/// What is missing, in the order of the rules.
pub fn owed(ledger: &Ledger) -> Vec<Owed> {
    let Ledger { delivered, due, concluded_on, interrupted_on, expired_on, evidence } = *ledger;
    let unsigned = delivered.saturating_sub(evidence.signed);
    let signatures = (unsigned > 0).then_some(Owed::Signatures { sessions: unsigned });
    let outputs = due.without(evidence.outputs).iter().map(|kind| Owed::Output { kind });
    let by = |ended: NaiveDate| plus_days(ended, REPORT_DAYS);
    let report = match (interrupted_on, concluded_on.or(expired_on)) {
        _ if evidence.report_on.is_some() => None,
        (Some(interrupted), _) => Some(Owed::FailureReport { by: by(interrupted) }),
        (None, ended) => ended.map(|ended| Owed::Report { by: by(ended) }),
    };
    signatures.into_iter().chain(outputs).chain(report).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn r32_each_delivered_session_owes_its_signatures() {
        let ledger = Ledger { delivered: 3, evidence: Evidence { signed: 1, ..Evidence::default() }, ..Ledger::default() };
        assert_eq!(owed(&ledger), [Owed::Signatures { sessions: 2 }]);
        assert!(owed(&Ledger { delivered: 1, ..ledger }).is_empty());
    }

    #[test]
    fn r33_a_closed_activity_owes_the_outputs_that_its_catalogue_asks_for_until_they_are_issued() {
        let due: KindSet = [DocumentKind::CoachingPlan, DocumentKind::InterviewReport].into_iter().collect();
        let ledger = Ledger { due, ..Ledger::default() };
        let plan = Owed::Output { kind: DocumentKind::CoachingPlan };
        assert_eq!(owed(&ledger), [Owed::Output { kind: DocumentKind::InterviewReport }, plan]);
        let outputs = [DocumentKind::InterviewReport].into_iter().collect();
        assert_eq!(owed(&Ledger { evidence: Evidence { outputs, ..Evidence::default() }, ..ledger }), [plan]);
        assert_eq!((plan.label().as_str(), plan.by()), ("Output da emettere: Piano di coaching", None));
    }

    #[test]
    fn r34_a_service_that_runs_owes_no_report_and_one_that_has_ended_does() {
        assert!(owed(&Ledger::default()).is_empty());
        let by = day("2026-12-23");
        for ended in [
            Ledger { concluded_on: Some(day("2026-11-23")), ..Ledger::default() },
            Ledger { expired_on: Some(day("2026-11-23")), ..Ledger::default() },
        ] {
            assert_eq!(owed(&ended), [Owed::Report { by }]);
            let delivered = Evidence { report_on: Some(day("2026-11-30")), ..Evidence::default() };
            assert!(owed(&Ledger { evidence: delivered, ..ended }).is_empty());
        }
    }

    #[test]
    fn r35_an_interrupted_service_owes_the_report_with_the_analyses_also_after_the_voucher_s_end() {
        let interrupted = Ledger { interrupted_on: Some(day("2026-11-23")), expired_on: Some(day("2027-01-01")), ..Ledger::default() };
        assert_eq!(owed(&interrupted), [Owed::FailureReport { by: day("2026-12-23") }]);
    }
}
