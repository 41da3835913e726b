//! Manca qualcosa: what a dossier lacks, all of it in one row, and which dossier comes first.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::{
    activity::HoursBalance,
    document::KindSet,
    dossier::{DossierFrame, DossierStatus, Evidence, Ledger, Owed, owed, voucher::WARNING_DAYS},
    ids::OpalId,
    person::PersonName,
    rulebook::{ActivityCode, Rulebook},
    text::{counted, days_left, hours},
    time::days_between,
};

/// A voucher is near its end from so many days before it on.
pub const VOUCHER_NEAR_DAYS: i64 = WARNING_DAYS[0] as i64;
/// An activity is near its hours from so many tenths of them in use on, while it is not closed.
const NEARLY_FULL_TENTHS: u32 = 9;

/// What is known of one activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityProgress {
    /// Which one.
    pub code: ActivityCode,
    /// Its name.
    pub name: String,
    /// Whether it is Terminata.
    pub closed: bool,
    /// Its hours, of all coaches.
    pub hours: HoursBalance,
}

/// What is known of a dossier, added up. Of the sessions only those that are the actor's business are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The dossier.
    pub dossier: OpalId,
    /// Its dates.
    pub frame: DossierFrame,
    /// Its activities in order.
    pub activities: Vec<ActivityProgress>,
    /// Day on which the last of them became Terminata.
    pub concluded_on: Option<NaiveDate>,
    /// Sessions delivered.
    pub delivered: u32,
    /// Outputs that its closed activities owe (R33).
    pub due: KindSet,
    /// Sessions that are open and whose days are over (R23).
    pub overdue: u32,
    /// What proof there is.
    pub evidence: Evidence,
}

impl Progress {
    /// Where the dossier stands.
    pub fn status(&self, rulebook: &Rulebook, today: NaiveDate) -> DossierStatus {
        self.frame.status(rulebook, today, self.concluded_on.is_some())
    }

    /// What it lacks, the most urgent first.
    pub fn lacks(&self, today: NaiveDate) -> Vec<Lack> {
        let ledger = Ledger {
            delivered: self.delivered,
            due: self.due,
            concluded_on: self.concluded_on,
            interrupted_on: self.frame.interrupted_on,
            expired_on: (today >= self.frame.closed_from()).then(|| self.frame.closed_from()),
            evidence: self.evidence,
        };
        let overdue = (self.overdue > 0).then_some(Lack::Overdue { sessions: self.overdue });
        let mut lacks: Vec<_> = overdue.into_iter().chain(owed(&ledger).into_iter().map(Lack::Owed)).collect();
        if self.frame.runs(today) {
            let open = || self.activities.iter().filter(|activity| !activity.closed);
            let unused = open().map(|activity| activity.hours.remaining()).sum();
            let days = self.frame.days_left(today).filter(|days| *days <= VOUCHER_NEAR_DAYS && unused > 0);
            lacks.extend(days.map(|days| Lack::VoucherEnds { days, unused }));
            let full = open().filter(|activity| activity.hours.used() * 10 >= activity.hours.agreed * NEARLY_FULL_TENTHS);
            lacks.extend(full.map(|activity| Lack::NearlyFull { activity: activity.name.clone(), hours: activity.hours }));
        }
        lacks.sort_by_key(|lack| lack.urgency(today));
        lacks
    }
}

/// One thing that a dossier lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lack {
    /// R23: sessions that nobody brought to their end in their days.
    Overdue {
        /// How many.
        sessions: u32,
    },
    /// R38: the voucher ends soon, with hours that no session has taken.
    VoucherEnds {
        /// 0 on its last day.
        days: i64,
        /// Agreed minutes that are neither programmed nor delivered.
        unused: u32,
    },
    /// R32 to R35: signatures, outputs and reports.
    Owed(Owed),
    /// R19: an activity is about to use up its hours.
    NearlyFull {
        /// Its name.
        activity: String,
        /// Its hours.
        hours: HoursBalance,
    },
}

impl Lack {
    /// In a few words.
    pub fn label(&self) -> String {
        match self {
            Self::Overdue { sessions } => format!("{} oltre il termine", counted(*sessions, "erogazione", "erogazioni")),
            Self::VoucherEnds { unused, .. } => format!("Voucher in scadenza con {} da programmare", hours(*unused)),
            Self::Owed(owed) => owed.label(),
            Self::NearlyFull { activity, hours: of } => format!("{activity}: {} di {}", hours(of.used()), hours(of.agreed)),
        }
    }

    /// The mark of a row whose first lack it is.
    pub fn mark(&self, today: NaiveDate) -> String {
        match self {
            Self::Overdue { .. } => "oltre il termine".to_owned(),
            Self::VoucherEnds { days, .. } => days_left(*days),
            Self::Owed(Owed::Signatures { .. }) => "firme".to_owned(),
            Self::Owed(Owed::Output { .. }) => "output".to_owned(),
            Self::Owed(owed) if owed.by().is_some_and(|by| by < today) => "relazione in ritardo".to_owned(),
            Self::Owed(_) => "relazione".to_owned(),
            Self::NearlyFull { .. } => "quasi esaurita".to_owned(),
        }
    }

    /// Whether its day has come, or is over.
    pub fn is_urgent(&self, today: NaiveDate) -> bool {
        self.urgency(today) <= 0
    }

    /// The lower, the sooner somebody should look: days where there is a day, then what has none.
    fn urgency(&self, today: NaiveDate) -> i64 {
        let undated = |place: i64| VOUCHER_NEAR_DAYS + place;
        match self {
            Self::Overdue { .. } => -1,
            Self::VoucherEnds { days, .. } => *days,
            Self::Owed(owed) => owed.by().map_or(undated(1), |by| days_between(today, by).clamp(0, VOUCHER_NEAR_DAYS)),
            Self::NearlyFull { .. } => undated(2),
        }
    }
}

/// A dossier with what it lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LackingDossier {
    /// The dossier.
    pub dossier: OpalId,
    /// Its OPAL code.
    pub opal_code: String,
    /// The person.
    pub person: PersonName,
    /// What it lacks, the most urgent first; never nothing.
    pub lacks: Vec<Lack>,
}

/// Where a dossier stands among those that lack something: by its most urgent lack, then by the end of its voucher.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LackingPlace {
    /// Days until somebody should look; what has no day comes after a voucher's warnings.
    pub urgency: i64,
    /// Last day of the voucher.
    pub valid_to: NaiveDate,
    /// The dossier.
    pub dossier: OpalId,
}

/// The dossiers that lack something with their places, the most urgent first.
pub fn lacking(all_progress: &[Progress], today: NaiveDate) -> Vec<(LackingPlace, Vec<Lack>)> {
    let with = |progress: &Progress| {
        let lacks = progress.lacks(today);
        let urgency = lacks.first()?.urgency(today);
        Some((LackingPlace { urgency, valid_to: progress.frame.valid_to, dossier: progress.dossier }, lacks))
    };
    let mut lacking: Vec<_> = all_progress.iter().filter_map(with).collect();
    lacking.sort_by_key(|(place, _)| *place);
    lacking
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn activity(agreed: u32, delivered: u32) -> ActivityProgress {
        let hours = HoursBalance { agreed, delivered, ..HoursBalance::default() };
        ActivityProgress { code: ActivityCode::CoachingPlan, name: "Piano di coaching".to_owned(), closed: false, hours }
    }

    fn progress(number: u128, valid_to: &str) -> Progress {
        Progress {
            dossier: OpalId(Uuid::from_u128(number)),
            frame: DossierFrame {
                admitted_on: day("2026-06-01"),
                valid_from: day("2026-06-01"),
                valid_to: day(valid_to),
                interrupted_on: None,
            },
            activities: vec![activity(240, 60)],
            concluded_on: None,
            delivered: 0,
            due: KindSet::default(),
            overdue: 0,
            evidence: Evidence::default(),
        }
    }

    const TODAY: &str = "2026-11-23";

    fn labels(progress: &Progress) -> Vec<String> {
        progress.lacks(day(TODAY)).iter().map(Lack::label).collect()
    }

    #[test]
    fn a_dossier_that_runs_with_all_in_order_lacks_nothing() {
        assert!(progress(1, "2027-05-31").lacks(day(TODAY)).is_empty());
    }

    #[test]
    fn r38_a_voucher_with_hours_left_is_near_its_end_from_thirty_days_before_to_its_last_day() {
        let lacks = |valid_to: &str| progress(1, valid_to).lacks(day(TODAY));
        assert_eq!(lacks("2026-12-24"), []);
        assert_eq!(lacks("2026-12-23"), [Lack::VoucherEnds { days: 30, unused: 180 }]);
        assert_eq!(lacks(TODAY), [Lack::VoucherEnds { days: 0, unused: 180 }]);
        assert!(lacks(TODAY)[0].is_urgent(day(TODAY)) && !lacks("2026-12-23")[0].is_urgent(day(TODAY)));
        let mut used = progress(1, "2026-12-01");
        used.activities[0].closed = true;
        assert_eq!(used.lacks(day(TODAY)), [], "what is closed has no hours to use");
    }

    #[test]
    fn r19_an_open_activity_is_near_its_hours_from_nine_tenths_on_while_the_voucher_runs() {
        let with = |delivered, valid_to| Progress { activities: vec![activity(240, delivered)], ..progress(1, valid_to) };
        assert_eq!(labels(&with(215, "2027-05-31")), [] as [&str; 0]);
        assert_eq!(labels(&with(216, "2027-05-31")), ["Piano di coaching: 3 h 36 min di 4 h"]);
        let mut closed = with(240, "2027-05-31");
        closed.activities[0].closed = true;
        assert!(closed.lacks(day(TODAY)).is_empty());
        assert!(!labels(&with(240, "2026-11-22")).iter().any(|label| label.contains("Piano")), "the voucher has ended");
    }

    #[test]
    fn r32_r34_r35_r23_one_dossier_is_one_row_that_names_all_it_lacks_the_most_urgent_first() {
        let lacks_all = Progress { delivered: 3, overdue: 1, activities: vec![activity(240, 220)], ..progress(1, "2026-11-30") };
        assert_eq!(
            labels(&lacks_all),
            [
                "1 erogazione oltre il termine",
                "Voucher in scadenza con 20 min da programmare",
                "3 erogazioni senza firme",
                "Piano di coaching: 3 h 40 min di 4 h",
            ]
        );
        let interrupted_on = Some(day("2026-11-20"));
        let interrupted = Progress { frame: DossierFrame { interrupted_on, ..lacks_all.frame }, overdue: 0, ..lacks_all };
        assert_eq!(labels(&interrupted), ["Relazione sull'insuccesso da consegnare al CPI", "3 erogazioni senza firme"]);
        let concluded = Progress { concluded_on: Some(day("2026-09-01")), ..progress(1, "2027-05-31") };
        let lacks = concluded.lacks(day(TODAY));
        assert_eq!((lacks[0].mark(day(TODAY)).as_str(), lacks[0].is_urgent(day(TODAY))), ("relazione in ritardo", true));
    }

    #[test]
    fn the_most_urgent_dossier_comes_first_and_one_that_lacks_nothing_not_at_all() {
        let all_progress = [
            progress(1, "2027-05-31"),
            Progress { delivered: 1, ..progress(2, "2027-05-31") },
            progress(3, "2026-12-10"),
            Progress { overdue: 2, ..progress(4, "2027-05-31") },
            Progress { delivered: 1, ..progress(5, "2027-03-31") },
        ];
        let order: Vec<_> = lacking(&all_progress, day(TODAY)).into_iter().map(|(place, _)| place.dossier.0.as_u128()).collect();
        assert_eq!(order, [4, 3, 5, 2]);
    }
}
