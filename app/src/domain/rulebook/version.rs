//! Versions of the rulebook: each holds from its first day until the next one's.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::Catalogue;

/// What happens to a session entered on its day or later (R24).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LateEntry {
    /// Allowed up to the regularisation days, with a warning and a mark.
    Tolerated,
    /// Refused from the day itself.
    Refused,
}

/// The limits in force from one day on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RulebookVersion {
    /// First day on which it holds.
    pub valid_from: NaiveDate,
    /// The manual, law or decree it rests on.
    pub citation: String,
    /// Minutes a day for one person (R26); also the coach's day from which a warning is due.
    pub day_cap: u32,
    /// Minutes an ISO week for one person (R29).
    pub week_cap: u32,
    /// Sessions start no earlier (R27).
    pub earliest: NaiveTime,
    /// Sessions end no later (R27).
    pub latest: NaiveTime,
    /// Times and lengths are multiples of these minutes (R25, S21).
    pub step: u32,
    /// Days after the session's date within which everything must be done (R23).
    pub regularisation_days: u32,
    /// Days after the notification within which the provider decides (R7).
    pub admission_days: u32,
    /// Days after the voucher's end in which documents may still be completed (R38).
    pub tail_days: u32,
    /// R24.
    pub late_entry: LateEntry,
    /// Fewest characters of a refusal's reason (R6).
    pub refusal_reason_min: usize,
    /// The five activities.
    pub catalogue: Catalogue,
}

/// All versions, oldest first; published ones never change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rulebook {
    versions: Vec<RulebookVersion>,
}

impl Rulebook {
    /// The rulebook as the manual and the law stand in November 2026, from 2020 on.
    pub fn builtin() -> Self {
        Self {
            versions: vec![RulebookVersion {
                valid_from: NaiveDate::from_ymd_opt(2020, 1, 1).unwrap_or_default(),
                citation: "Manuale operativo Job Coach di Veneto Lavoro; D.D. 18 del 30/03/2022; L. 260/1949 e L. 151/2025 (festivi)"
                    .to_owned(),
                day_cap: 8 * 60,
                week_cap: 40 * 60,
                earliest: NaiveTime::from_hms_opt(7, 30, 0).unwrap_or_default(),
                latest: NaiveTime::from_hms_opt(23, 0, 0).unwrap_or_default(),
                step: 15,
                regularisation_days: 7,
                admission_days: 7,
                tail_days: 60,
                late_entry: LateEntry::Tolerated,
                refusal_reason_min: 20,
                catalogue: Catalogue::builtin(),
            }],
        }
    }

    /// The same with another late-entry policy, for providers' tests of the strict reading (R24).
    #[must_use]
    pub fn with_late_entry(mut self, policy: LateEntry) -> Self {
        for version in &mut self.versions {
            version.late_entry = policy;
        }
        self
    }

    /// The version that holds on that day; the first one for any day before it.
    #[expect(clippy::indexing_slicing, reason = "a rulebook is only built with at least one version")]
    pub fn on(&self, on: NaiveDate) -> &RulebookVersion {
        let later = self.versions.partition_point(|version| version.valid_from <= on);
        &self.versions[later.saturating_sub(1)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::dossier::voucher::VoucherKind;

    #[test]
    fn r11_the_builtin_catalogue_has_44_hours_for_base_and_52_for_enhanced_and_equal_hours_elsewhere() {
        let rulebook = Rulebook::builtin();
        let catalogue = &rulebook.on(NaiveDate::MIN).catalogue;
        assert!(catalogue.is_lawful());
        assert_eq!(catalogue.total_minutes(VoucherKind::Base), 60 * 60);
        assert_eq!(catalogue.total_minutes(VoucherKind::Enhanced), 68 * 60);
    }
}
