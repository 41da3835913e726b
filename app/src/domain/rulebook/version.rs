//! Versions of the rulebook: each holds from its first day until the next one's.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::{
    Catalogue,
    holiday::{Holiday, national_holiday},
    patron::{self, PatronSaint},
};
use crate::domain::words::words;

words! {
    /// What happens to a session entered on its day or later (R24).
    pub enum LateEntry else "not a policy of late entry" {
        /// Allowed up to the regularisation days, with a warning and a mark.
        Tolerated = "tolerated", "tollerante";
        /// Refused from the day itself.
        Refused = "refused", "rigida";
    }
}

words! {
    /// How strictly a rule is applied where the law leaves it open.
    pub enum Strictness else "not a degree of strictness" {
        /// Not looked at.
        Off = "off", "non controllato";
        /// A finding that wants a confirmation.
        Warn = "warn", "avviso";
        /// A finding that refuses.
        Block = "block", "blocco";
    }
}

/// A public holiday that a law has added since this program was written; the older ones are in [`holiday`](super::holiday).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddedHoliday {
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
    /// Its name in Italian.
    pub name: String,
    /// The law that made it.
    pub law: String,
}

/// The limits in force from one day on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RulebookVersion {
    /// First day on which it holds.
    pub valid_from: NaiveDate,
    /// The manual, law or decree it rests on.
    pub citation: String,
    /// Minutes a day for one person (R26).
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
    /// Whether a term that ends on a public holiday moves to the next working day (R7); the manual says nothing of it, so the first version does not.
    pub admission_past_holidays: bool,
    /// Days after the voucher's end in which documents may still be completed (R38).
    pub tail_days: u32,
    /// R24.
    pub late_entry: LateEntry,
    /// The patron saint of the session's town (R28, S20).
    pub patron_saint: Strictness,
    /// Minutes a day for one coach over all persons (R26).
    pub coach_day_cap: u32,
    /// What more than that is.
    pub coach_day: Strictness,
    /// A coach in two places at once (R41).
    pub coach_overlap: Strictness,
    /// Fewest characters of a refusal's reason (R6).
    pub refusal_reason_min: usize,
    /// The reference to the measure that every document carries (R33).
    #[serde(default = "measure")]
    pub measure: String,
    /// The five activities.
    pub catalogue: Catalogue,
    /// Holidays beyond those the program knows.
    pub added_holidays: Vec<AddedHoliday>,
    /// Patron saints by town.
    pub patron_saints: Vec<PatronSaint>,
}

impl RulebookVersion {
    /// The public holiday on that day (R28): its name and the law that makes it. A holiday of a later law gives its name to a plain Sunday.
    pub fn holiday(&self, on: NaiveDate) -> Option<(&str, &str)> {
        let added = self.added_holidays.iter().find(|added| (added.month, added.day) == (on.month(), on.day()));
        let known = national_holiday(on).filter(|known| added.is_none() || known.holiday != Holiday::Sunday);
        known.map(|known| (known.holiday.name(), known.law)).or(added.map(|added| (added.name.as_str(), added.law.as_str())))
    }
}

/// The measure as manual 3.2 quotes it; also that of versions published before there were documents.
fn measure() -> String {
    "Fondo Regionale per l'Occupazione delle persone con Disabilità. Decreto Direttoriale di Veneto Lavoro n. 18 del 30/03/2022 «Approvazione \
     e adozione dell'Avviso pubblico per la realizzazione di interventi di accompagnamento al lavoro delle persone con disabilità di cui alla \
     D.G.R. 1103 del 09/08/2021»."
        .to_owned()
}

/// All versions, oldest first and never none; published ones never change. Clones share them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(into = "Vec<RulebookVersion>", try_from = "Vec<RulebookVersion>")]
pub struct Rulebook {
    versions: Arc<Vec<RulebookVersion>>,
}

impl Rulebook {
    /// The rulebook as the manual and the law stand in November 2026, from 2020 on.
    pub fn builtin() -> Self {
        Self {
            versions: Arc::new(vec![RulebookVersion {
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
                admission_past_holidays: false,
                tail_days: 60,
                late_entry: LateEntry::Tolerated,
                patron_saint: Strictness::Warn,
                coach_day_cap: 8 * 60,
                coach_day: Strictness::Warn,
                coach_overlap: Strictness::Block,
                refusal_reason_min: 20,
                measure: measure(),
                catalogue: Catalogue::builtin(),
                added_holidays: Vec::new(),
                patron_saints: patron::builtin(),
            }]),
        }
    }

    /// The versions, oldest first.
    pub fn versions(&self) -> &[RulebookVersion] {
        &self.versions
    }

    /// The version that holds on that day; the first one for any day before it.
    #[expect(clippy::indexing_slicing, reason = "a rulebook is only built with at least one version")]
    pub fn on(&self, on: NaiveDate) -> &RulebookVersion {
        let later = self.versions.partition_point(|version| version.valid_from <= on);
        &self.versions[later.saturating_sub(1)]
    }

    /// The version that no other follows yet.
    pub fn latest(&self) -> &RulebookVersion {
        self.on(NaiveDate::MAX)
    }

    /// The same without the versions that no day from `first` on looks at.
    #[must_use]
    pub fn since(&self, first: NaiveDate) -> Self {
        let over = self.versions.partition_point(|version| version.valid_from <= first).saturating_sub(1);
        if over == 0 { self.clone() } else { Self { versions: Arc::new(self.versions.iter().skip(over).cloned().collect()) } }
    }

    /// The same with one version more; of two that begin on the same day the new one stays.
    #[must_use]
    pub fn with(&self, new: RulebookVersion) -> Self {
        let mut versions = Vec::clone(&self.versions);
        versions.retain(|version| version.valid_from != new.valid_from);
        versions.push(new);
        versions.sort_by_key(|version| version.valid_from);
        Self { versions: Arc::new(versions) }
    }

    /// The same with every version changed alike, for what-if questions and tests of the policies.
    #[must_use]
    pub fn adjusted(&self, change: impl Fn(&mut RulebookVersion)) -> Self {
        let mut versions = Vec::clone(&self.versions);
        versions.iter_mut().for_each(change);
        Self { versions: Arc::new(versions) }
    }
}

impl From<Rulebook> for Vec<RulebookVersion> {
    fn from(rulebook: Rulebook) -> Self {
        Arc::unwrap_or_clone(rulebook.versions)
    }
}

impl TryFrom<Vec<RulebookVersion>> for Rulebook {
    type Error = &'static str;

    fn try_from(mut versions: Vec<RulebookVersion>) -> Result<Self, Self::Error> {
        if versions.is_empty() {
            return Err("a rulebook has at least one version");
        }
        versions.sort_by_key(|version| version.valid_from);
        Ok(Self { versions: Arc::new(versions) })
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

    #[test]
    fn each_day_has_the_version_that_had_begun_by_then() {
        let later: NaiveDate = "2027-01-01".parse().unwrap();
        let rulebook = Rulebook::builtin();
        let rulebook = rulebook.with(RulebookVersion { valid_from: later, day_cap: 6 * 60, ..rulebook.on(later).clone() });
        let cap = |on: &str| rulebook.on(on.parse().unwrap()).day_cap;
        assert_eq!([cap("2019-12-31"), cap("2026-12-31"), cap("2027-01-01"), cap("2031-05-02")], [480, 480, 360, 360]);
        let kept = |on: &str| rulebook.since(on.parse().unwrap()).versions().len();
        assert_eq!([kept("2019-12-31"), kept("2026-12-31"), kept("2027-01-01")], [2, 2, 1]);
    }

    #[test]
    fn a_rulebook_travels_as_its_versions_and_never_without_any() {
        let rulebook = Rulebook::builtin();
        let json = serde_json::to_string(&rulebook).unwrap();
        assert_eq!(serde_json::from_str::<Rulebook>(&json).unwrap(), rulebook);
        assert!(serde_json::from_str::<Rulebook>("[]").is_err());
    }

    #[test]
    fn r28_a_holiday_of_a_later_law_counts_and_gives_its_name_to_a_sunday() {
        let added = AddedHoliday { month: 11, day: 4, name: "Unità nazionale".to_owned(), law: "L. 1/2030".to_owned() };
        let rulebook = Rulebook::builtin().adjusted(|version| version.added_holidays.push(added.clone()));
        let name = |on: &str| rulebook.on(NaiveDate::MIN).holiday(on.parse().unwrap()).map(|(name, _)| name.to_owned());
        assert_eq!(name("2030-11-04").as_deref(), Some("Unità nazionale"));
        assert_eq!(name("2029-11-04").as_deref(), Some("Unità nazionale"), "a Sunday");
        assert_eq!((name("2030-11-05"), name("2030-11-03").as_deref()), (None, Some("domenica")));
    }
}
