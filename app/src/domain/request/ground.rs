//! Why the service is asked (R39): what looks odd about it is told, the employment centre has the last word.

use chrono::{Months, NaiveDate};

use super::intake::Ground;
use crate::domain::rulebook::{Refusal, Rule};

/// A job is recent in its first months (F10).
const RECENT_MONTHS: u32 = 3;

/// R39: a hire that was no longer recent when the request was notified; a warning, never a block. Like the ground itself it is shown on the
/// profile only.
pub fn ground_warning(ground: &Ground, notified_on: NaiveDate) -> Option<Refusal> {
    let Ground::RecentHire { hired_on, .. } = ground else { return None };
    let last = hired_on.checked_add_months(Months::new(RECENT_MONTHS))?;
    let sentence =
        format!("L'assunzione risale a più di {RECENT_MONTHS} mesi prima della richiesta: verifica con il CPI il motivo indicato.");
    (notified_on > last).then(|| Refusal::new(Rule::R39, sentence))
}

#[cfg(test)]
mod tests {
    use super::{super::intake::DifficultyEvent, *};

    fn warns(hired_on: &str, notified_on: &str) -> bool {
        ground_warning(&Ground::RecentHire { hired_on: hired_on.parse().unwrap(), contract: None }, notified_on.parse().unwrap()).is_some()
    }

    #[test]
    fn r39_a_hire_of_three_months_is_recent_and_a_day_more_is_told() {
        assert_eq!([warns("2026-08-23", "2026-11-23"), warns("2026-08-22", "2026-11-23")], [false, true]);
        assert_eq!([warns("2026-11-30", "2027-02-28"), warns("2026-11-30", "2027-03-01")], [false, true], "a month without that day");
        assert!(!warns("2026-12-01", "2026-11-23"), "hired after the request");
    }

    #[test]
    fn r39_a_difficulty_has_no_age() {
        let ground = Ground::Difficulty { event: DifficultyEvent::Reorganisation };
        assert_eq!(ground_warning(&ground, NaiveDate::MAX), None);
    }
}
