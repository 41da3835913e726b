//! One line of time: from the notification over the admission and the voucher to the end of the days that follow it (R7, R9, R38, S18).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::DossierFrame;
use crate::domain::{rulebook::Rulebook, time::days_between, words::words};

words! {
    /// A moment of a dossier's life.
    pub enum Milestone else "not a moment of a dossier" {
        /// The request was notified.
        Notified = "notified", "Notifica";
        /// Ammissione al servizio.
        Admitted = "admitted", "Ammissione";
        /// The voucher begins.
        VoucherStart = "voucher_start", "Inizio del voucher";
        /// Interruzione.
        Interrupted = "interrupted", "Interruzione";
        /// The fifth activity became Terminata.
        Concluded = "concluded", "Servizio concluso";
        /// Last day of the voucher.
        VoucherEnd = "voucher_end", "Scadenza del voucher";
        /// First day on which nothing changes any more.
        ReadOnly = "read_only", "Sola lettura";
    }
}

/// A milestone with its day and its place on the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// What.
    pub milestone: Milestone,
    /// When.
    pub on: NaiveDate,
    /// Thousandths of the way from the first milestone to the last.
    pub at: u32,
}

/// The line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeline {
    /// Its milestones by day; those of one day in the order of [`Milestone`].
    pub marks: Vec<Mark>,
    /// Where today is, in thousandths; at either end when it is outside.
    pub today: u32,
}

/// The length of the line.
const WHOLE: u32 = 1000;

impl Timeline {
    /// The line of a dossier; `concluded_on` is the day on which the last of its activities became Terminata.
    pub fn of(
        frame: &DossierFrame,
        notified_on: NaiveDate,
        concluded_on: Option<NaiveDate>,
        rulebook: &Rulebook,
        today: NaiveDate,
    ) -> Self {
        let mut days: Vec<_> = [
            (Milestone::Notified, Some(notified_on)),
            (Milestone::Admitted, Some(frame.admitted_on)),
            (Milestone::VoucherStart, Some(frame.valid_from)),
            (Milestone::Interrupted, frame.interrupted_on),
            (Milestone::Concluded, concluded_on),
            (Milestone::VoucherEnd, Some(frame.valid_to)),
            (Milestone::ReadOnly, Some(frame.read_only_from(rulebook))),
        ]
        .into_iter()
        .filter_map(|(milestone, on)| Some((on?, milestone)))
        .collect();
        days.sort();
        let (first, last) = (days.first().map_or(today, |(on, _)| *on), days.last().map_or(today, |(on, _)| *on));
        let place = |on: NaiveDate| {
            let (gone, whole) = (days_between(first, on).max(0), days_between(first, last).max(1));
            u32::try_from(gone * i64::from(WHOLE) / whole).unwrap_or(WHOLE).min(WHOLE)
        };
        let marks = days.iter().map(|(on, milestone)| Mark { milestone: *milestone, on: *on, at: place(*on) }).collect();
        Self { marks, today: place(today) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn line(interrupted_on: Option<NaiveDate>, today: &str) -> Timeline {
        let frame =
            DossierFrame { admitted_on: day("2026-01-08"), valid_from: day("2026-01-07"), valid_to: day("2026-05-31"), interrupted_on };
        Timeline::of(&frame, day("2026-01-05"), None, &Rulebook::builtin(), day(today))
    }

    #[test]
    fn r38_the_line_runs_from_the_notification_to_the_first_read_only_day() {
        use Milestone::{Admitted, Notified, ReadOnly, VoucherEnd, VoucherStart};
        let line = line(None, "2026-01-05");
        assert_eq!(
            line.marks.iter().map(|mark| mark.milestone).collect::<Vec<_>>(),
            [Notified, VoucherStart, Admitted, VoucherEnd, ReadOnly]
        );
        assert_eq!(line.marks.last().map(|mark| (mark.on, mark.at)), Some((day("2026-07-31"), 1000)));
        assert!(line.marks.is_sorted_by_key(|mark| mark.at) && line.marks[0].at == 0);
    }

    #[test]
    fn today_never_leaves_the_line() {
        assert_eq!([line(None, "2025-12-01").today, line(None, "2026-01-05").today, line(None, "2027-01-01").today], [0, 0, 1000]);
        let middle = line(None, "2026-04-18").today;
        assert!((490..=510).contains(&middle), "{middle}");
    }

    #[test]
    fn an_interruption_has_its_place() {
        let line = line(Some(day("2026-04-18")), "2026-04-18");
        assert!(line.marks.iter().any(|mark| mark.milestone == Milestone::Interrupted && mark.at == line.today));
    }
}
