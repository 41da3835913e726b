//! The rulebook as its page shows it: who published which version, what a new one would change, the holidays of a year with their laws.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Refusal, Rule, Rulebook, RulebookDraft, holiday::Holiday};
use crate::domain::{
    ids::CommandKey,
    session::SessionState,
    time::{LocalInstant, Span},
};

/// Who added a version, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// First day of the version.
    pub valid_from: NaiveDate,
    /// When it was published, on the Rome wall clock.
    pub at: LocalInstant,
    /// The name of who did.
    pub by: String,
}

/// All versions with their publications; the one the program comes with has none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RulebookOverview {
    /// The versions.
    pub rulebook: Rulebook,
    /// Who published them, oldest first.
    pub publications: Vec<Publication>,
    /// The Rome wall clock.
    pub now: LocalInstant,
}

/// A planned session that a new version would judge otherwise. Nothing in it is about a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedVerdict {
    /// When.
    pub span: Span,
    /// Where it stands.
    pub state: SessionState,
    /// The dossier's code.
    pub opal_code: String,
    /// The town of the dossier's site.
    pub site_town: String,
    /// The activity's name.
    pub activity_name: String,
    /// The rules that speak today.
    pub before: Vec<Rule>,
    /// What would block it.
    pub blocks: Vec<Refusal>,
    /// What would warn.
    pub warns: Vec<Refusal>,
}

/// What a new version would change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// How many planned sessions were judged.
    pub judged: u64,
    /// How many of them would be judged otherwise.
    pub total: u64,
    /// The first of these, by date.
    pub changed: Vec<ChangedVerdict>,
}

/// The command that publishes a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewVersion {
    /// The same for every repeat of one intention.
    pub key: CommandKey,
    /// First day of the latest version that its author saw: the draft is a change of that one (R43).
    pub follows: NaiveDate,
    /// What was typed.
    pub draft: RulebookDraft,
}

/// A named holiday of a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HolidayRow {
    /// The day.
    pub on: NaiveDate,
    /// Its name.
    pub name: String,
    /// The law that makes it.
    pub law: String,
}

/// The named holidays of a year, each by the law and the version in force on its day; plain Sundays are left out.
pub fn holiday_calendar(rulebook: &Rulebook, year: i32) -> Vec<HolidayRow> {
    let row = |on: NaiveDate| {
        let (name, law) = rulebook.on(on).holiday(on).filter(|(name, _)| *name != Holiday::Sunday.name())?;
        Some(HolidayRow { on, name: name.to_owned(), law: law.to_owned() })
    };
    (1..=366).filter_map(|ordinal| NaiveDate::from_yo_opt(year, ordinal)).filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Datelike;

    use crate::domain::rulebook::{AddedHoliday, RulebookVersion};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn r28_each_holiday_of_a_year_has_its_law_and_saint_francis_that_of_2025() {
        let rows = holiday_calendar(&Rulebook::builtin(), 2027);
        assert_eq!(rows.len(), 13);
        assert!(rows.iter().all(|row| !row.law.is_empty()) && rows.is_sorted_by_key(|row| row.on));
        let francis = rows.iter().find(|row| row.on == day("2027-10-04")).unwrap();
        assert_eq!((francis.name.as_str(), francis.law.as_str()), ("San Francesco", "L. 151/2025"));
        assert!(holiday_calendar(&Rulebook::builtin(), 2025).iter().all(|row| row.on != day("2025-10-04")));
    }

    #[test]
    fn r28_an_added_holiday_is_in_the_calendar_from_the_first_day_of_its_version() {
        let added = AddedHoliday { month: 11, day: 4, name: "Unità nazionale".to_owned(), law: "L. 1/2027".to_owned() };
        let rulebook = Rulebook::builtin();
        let latest = rulebook.latest().clone();
        let rulebook = rulebook.with(RulebookVersion { valid_from: day("2027-01-01"), added_holidays: vec![added], ..latest });
        let law =
            |year| holiday_calendar(&rulebook, year).into_iter().find(|row| (row.on.month(), row.on.day()) == (11, 4)).map(|row| row.law);
        assert_eq!([law(2026), law(2027), law(2028)], [None, Some("L. 1/2027".to_owned()), Some("L. 1/2027".to_owned())]);
    }
}
