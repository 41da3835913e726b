//! Where a dossier stands, by the calendar of its voucher (R38).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::{rulebook::Rulebook, time::plus_days, words::words};

/// The dates of a dossier that rules look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierFrame {
    /// Day of the admission (R10).
    pub admitted_on: NaiveDate,
    /// First day of the voucher.
    pub valid_from: NaiveDate,
    /// Last day of the voucher.
    pub valid_to: NaiveDate,
}

words! {
    /// What may still happen to a dossier.
    pub enum DossierStatus else "not a status of a dossier" {
        /// The voucher runs.
        Running = "running", "In corso";
        /// All five activities are Terminata.
        Concluded = "concluded", "Concluso";
        /// The voucher has ended; what was delivered may still be completed.
        Expired = "expired", "Chiuso per scadenza";
        /// Nothing may change any more.
        ReadOnly = "read_only", "Sola lettura";
    }
}

impl DossierFrame {
    /// First day on which the voucher is closed: the day after its end.
    pub fn closed_from(&self) -> NaiveDate {
        plus_days(self.valid_to, 1)
    }

    /// First day on which the dossier is read-only: the tail after the closure is over.
    pub fn read_only_from(&self, rulebook: &Rulebook) -> NaiveDate {
        plus_days(self.closed_from(), rulebook.on(self.valid_to).tail_days)
    }

    /// Where the dossier stands on a day; `all_closed` says whether its five activities are Terminata.
    pub fn status(&self, rulebook: &Rulebook, today: NaiveDate, all_closed: bool) -> DossierStatus {
        if today >= self.read_only_from(rulebook) {
            DossierStatus::ReadOnly
        } else if all_closed {
            DossierStatus::Concluded
        } else if today >= self.closed_from() {
            DossierStatus::Expired
        } else {
            DossierStatus::Running
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r38_a_voucher_closes_the_day_after_its_end_and_is_read_only_sixty_days_later() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let frame = DossierFrame { admitted_on: day("2026-01-08"), valid_from: day("2026-01-07"), valid_to: day("2026-05-31") };
        let book = Rulebook::builtin();
        let on = |text| frame.status(&book, day(text), false);
        assert_eq!(on("2026-05-31"), DossierStatus::Running);
        assert_eq!(on("2026-06-01"), DossierStatus::Expired);
        assert_eq!(on("2026-07-30"), DossierStatus::Expired);
        assert_eq!(on("2026-07-31"), DossierStatus::ReadOnly);
    }
}
