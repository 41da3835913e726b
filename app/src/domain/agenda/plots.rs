//! The numbers of the dashboard's two plots: hours delivered by week against plan, dossiers by state.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::{
    dossier::DossierStatus,
    session::SessionState,
    time::{Week, minus_days, plus_days},
};

/// Weeks that the plot shows up to the running one, and with it.
pub const WEEKS_BACK: u32 = 8;
/// Weeks that the plot shows after the running one.
pub const WEEKS_AHEAD: u32 = 4;

/// Minutes of the sessions of one day in one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedMinutes {
    /// The day.
    pub on: NaiveDate,
    /// The state.
    pub state: SessionState,
    /// Their sum.
    pub minutes: u32,
}

/// One ISO week of the plot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlottedWeek {
    /// Its Monday.
    pub monday: NaiveDate,
    /// Minutes of the erogate.
    pub delivered: u32,
    /// Minutes of programmate, avviate and erogate.
    pub planned: u32,
}

/// How many dossiers are in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlottedStatus {
    /// The state.
    pub status: DossierStatus,
    /// How many.
    pub count: u64,
}

/// The two plots.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plots {
    /// The weeks in their order.
    pub weeks: Vec<PlottedWeek>,
    /// All states in their order, also those that no dossier is in.
    pub statuses: Vec<PlottedStatus>,
}

/// The first and the last day of the weeks shown on a day.
pub fn plotted_days(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let week = Week::of(today);
    (minus_days(week.monday(), 7 * (WEEKS_BACK - 1)), plus_days(week.sunday(), 7 * WEEKS_AHEAD))
}

/// Hours by week: a week without sessions stands there with nothing, what lies outside the weeks is left out.
pub fn by_week(today: NaiveDate, sums: impl IntoIterator<Item = PlannedMinutes>) -> Vec<PlottedWeek> {
    let first = plotted_days(today).0;
    let week = |n| PlottedWeek { monday: plus_days(first, 7 * n), delivered: 0, planned: 0 };
    let mut weeks: Vec<_> = (0..WEEKS_BACK + WEEKS_AHEAD).map(week).collect();
    for PlannedMinutes { on, state, minutes } in sums.into_iter().filter(|sum| sum.state.uses_hours()) {
        let monday = Week::of(on).monday();
        if let Some(week) = weeks.iter_mut().find(|week| week.monday == monday) {
            week.planned += minutes;
            week.delivered += if state == SessionState::Delivered { minutes } else { 0 };
        }
    }
    weeks
}

/// Dossiers by state.
pub fn by_status(statuses: impl IntoIterator<Item = (DossierStatus, u64)>) -> Vec<PlottedStatus> {
    let mut counts = DossierStatus::ALL.map(|status| PlottedStatus { status, count: 0 });
    for (status, count) in statuses {
        if let Some(known) = counts.iter_mut().find(|known| known.status == status) {
            known.count += count;
        }
    }
    counts.to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn sum(on: &str, state: SessionState, minutes: u32) -> PlannedMinutes {
        PlannedMinutes { on: day(on), state, minutes }
    }

    #[test]
    fn the_plot_shows_eight_weeks_up_to_the_running_one_and_four_to_come_also_across_the_years() {
        assert_eq!(plotted_days(day("2026-11-25")), (day("2026-10-05"), day("2026-12-27")));
        let weeks = by_week(day("2027-01-01"), []);
        assert_eq!(
            (weeks.len(), weeks[0].monday, weeks[7].monday, weeks[11].monday),
            (12, day("2026-11-09"), day("2026-12-28"), day("2027-01-25"))
        );
        assert!(weeks.iter().all(|week| week.delivered == 0 && week.planned == 0));
    }

    #[test]
    fn the_plan_of_a_week_is_what_uses_hours_and_delivered_is_a_part_of_it() {
        let weeks = by_week(
            day("2026-11-25"),
            [
                sum("2026-11-23", SessionState::Delivered, 120),
                sum("2026-11-29", SessionState::Scheduled, 60),
                sum("2026-11-24", SessionState::Started, 30),
                sum("2026-11-24", SessionState::Entered, 600),
                sum("2026-11-24", SessionState::Cancelled, 600),
                sum("2026-11-24", SessionState::NotDelivered, 600),
                sum("2026-11-30", SessionState::Scheduled, 15),
                sum("2026-10-04", SessionState::Delivered, 600),
                sum("2026-12-28", SessionState::Scheduled, 600),
            ],
        );
        let some: Vec<_> = weeks.into_iter().filter(|week| week.planned > 0).collect();
        let week = |monday: &str, delivered, planned| PlottedWeek { monday: day(monday), delivered, planned };
        assert_eq!(some, [week("2026-11-23", 120, 210), week("2026-11-30", 0, 15)]);
    }

    #[test]
    fn every_state_of_a_dossier_has_its_count() {
        let counts = by_status([(DossierStatus::Running, 3), (DossierStatus::ReadOnly, 2), (DossierStatus::Running, 1)]);
        assert_eq!(counts.iter().map(|known| known.status).collect::<Vec<_>>(), DossierStatus::ALL);
        assert_eq!(counts.iter().map(|known| known.count).collect::<Vec<_>>(), [4, 0, 0, 0, 2]);
    }
}
