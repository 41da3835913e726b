//! Where a dossier stands, by the calendar of its voucher (R38) and by how its service ended (S18), and what each state still allows.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::{
    rulebook::{Refusal, Rule, Rulebook},
    text::{date_long, days},
    time::{days_between, minus_days, plus_days},
    words::words,
};

/// The dates of a dossier that rules look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierFrame {
    /// Day of the admission (R10).
    pub admitted_on: NaiveDate,
    /// First day of the voucher.
    pub valid_from: NaiveDate,
    /// Last day of the voucher.
    pub valid_to: NaiveDate,
    /// Day on which the service was broken off before its end (S18).
    pub interrupted_on: Option<NaiveDate>,
}

words! {
    /// What may still happen to a dossier.
    pub enum DossierStatus else "not a state of a dossier" {
        /// The voucher runs.
        Running = "running", "In corso";
        /// All five activities are Terminata.
        Concluded = "concluded", "Concluso";
        /// Interruzione: the service ended early (S18).
        Interrupted = "interrupted", "Interrotto";
        /// The voucher has ended; what was delivered may still be completed.
        Expired = "expired", "Chiuso per scadenza";
        /// Nothing may change any more.
        ReadOnly = "read_only", "Sola lettura";
    }
}

words! {
    /// What can be done to a dossier.
    pub enum DossierAction else "not an action on a dossier" {
        /// Entering, modifying and programming sessions.
        Plan = "plan", "Pianifica";
        /// Starting and completing them, each within its own days (R23).
        Deliver = "deliver", "Avvia e concludi";
        /// Cancelling them and closing them negatively.
        Release = "release", "Annulla e chiudi negativamente";
        /// Concludi attività.
        CloseActivity = "close_activity", "Concludi attività";
        /// Interruzione.
        Interrupt = "interrupt", "Interruzione";
        /// Cambio datore di lavoro.
        ChangeEmployer = "change_employer", "Cambio datore di lavoro";
        /// Documents and the report.
        Document = "document", "Documenti";
    }
}

impl DossierStatus {
    /// Whether the state allows the action; the rules of the action itself come on top.
    pub fn allows(self, action: DossierAction) -> bool {
        use DossierAction::{ChangeEmployer, CloseActivity, Deliver, Document, Interrupt, Plan, Release};
        match self {
            Self::Running => matches!(action, Plan | Deliver | Release | CloseActivity | Interrupt | ChangeEmployer | Document),
            // Every session has ended with its activity (R37), or with the interruption.
            Self::Concluded => action == Document,
            Self::Interrupted => matches!(action, CloseActivity | Document),
            Self::Expired => matches!(action, Deliver | Release | CloseActivity | Document),
            Self::ReadOnly => false,
        }
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

    /// Whether its voucher runs and nobody broke the service off: only then sessions are planned.
    pub fn runs(&self, today: NaiveDate) -> bool {
        self.interrupted_on.is_none() && today < self.closed_from()
    }

    /// Days until the voucher ends: 0 on its last day; `None` once it has.
    pub fn days_left(&self, today: NaiveDate) -> Option<i64> {
        Some(days_between(today, self.valid_to)).filter(|days| *days >= 0)
    }

    /// Where the dossier stands on a day; `all_closed` says whether its five activities are Terminata.
    pub fn status(&self, rulebook: &Rulebook, today: NaiveDate, all_closed: bool) -> DossierStatus {
        if today >= self.read_only_from(rulebook) {
            DossierStatus::ReadOnly
        } else if self.interrupted_on.is_some() {
            DossierStatus::Interrupted
        } else if all_closed {
            DossierStatus::Concluded
        } else if today >= self.closed_from() {
            DossierStatus::Expired
        } else {
            DossierStatus::Running
        }
    }

    /// What happened to a dossier that no longer runs, when, and what can still be done; `None` while it runs. It goes by the version of the rules of
    /// the voucher's last day, like the dates that it names (R23, R38, S18).
    pub fn told(&self, status: DossierStatus, rulebook: &Rulebook) -> Option<String> {
        let from = self.read_only_from(rulebook);
        let (read_only, last) = (date_long(from), date_long(minus_days(from, 1)));
        let ended = match self.interrupted_on {
            Some(on) => format!("Il servizio è stato interrotto il {}.", date_long(on)),
            None => format!("Il voucher è scaduto il {}.", date_long(self.valid_to)),
        };
        Some(match status {
            DossierStatus::Running => return None,
            DossierStatus::Concluded => {
                format!("Il servizio è concluso: le cinque attività sono Terminate. Fino al {last} si possono ancora caricare i documenti.")
            }
            DossierStatus::Interrupted => {
                format!("{ended} Fino al {last} si possono ancora concludere le attività e caricare i documenti.")
            }
            DossierStatus::Expired => format!(
                "{ended} Le erogazioni fatte entro quel giorno si possono avviare e concludere entro {} dalla loro data; \
                 attività e documenti fino al {last}, poi il fascicolo è in sola lettura.",
                days(rulebook.on(self.valid_to).regularisation_days)
            ),
            DossierStatus::ReadOnly => format!("Il fascicolo è in sola lettura dal {read_only}: si può solo consultare. {ended}"),
        })
    }

    /// Goes on when the status allows the action.
    ///
    /// # Errors
    /// R38 for what has ended by its date or was interrupted, R37 for a service that is concluded.
    pub fn permit(&self, action: DossierAction, status: DossierStatus, rulebook: &Rulebook) -> Result<(), Refusal> {
        if status.allows(action) {
            return Ok(());
        }
        let what = action.label();
        Err(match (status, self.interrupted_on) {
            (DossierStatus::Concluded, _) => Refusal::new(
                Rule::R37,
                format!("Il servizio è concluso: le cinque attività sono Terminate e «{what}» non è più possibile."),
            ),
            (DossierStatus::Interrupted, Some(on)) => {
                Refusal::new(Rule::R38, format!("Il servizio è stato interrotto il {}: «{what}» non è più possibile.", date_long(on)))
            }
            (DossierStatus::ReadOnly, _) => Refusal::new(
                Rule::R38,
                format!("Il fascicolo è in sola lettura dal {}: si può solo consultare.", date_long(self.read_only_from(rulebook))),
            ),
            _ => Refusal::new(
                Rule::R38,
                format!("Il voucher si è chiuso alla scadenza del {}: «{what}» non è più possibile.", date_long(self.valid_to)),
            ),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn frame() -> DossierFrame {
        DossierFrame { admitted_on: day("2026-01-08"), valid_from: day("2026-01-07"), valid_to: day("2026-05-31"), interrupted_on: None }
    }

    #[test]
    fn r38_a_voucher_closes_the_day_after_its_end_and_is_read_only_sixty_days_later() {
        let book = Rulebook::builtin();
        let on = |text| frame().status(&book, day(text), false);
        assert_eq!(on("2026-05-31"), DossierStatus::Running);
        assert_eq!(on("2026-06-01"), DossierStatus::Expired);
        assert_eq!(on("2026-07-30"), DossierStatus::Expired);
        assert_eq!(on("2026-07-31"), DossierStatus::ReadOnly);
    }

    #[test]
    fn r38_the_days_left_count_down_to_zero_on_the_last_day_and_then_there_are_none() {
        let left = |today| frame().days_left(day(today));
        assert_eq!([left("2026-05-01"), left("2026-05-31"), left("2026-06-01")], [Some(30), Some(0), None]);
    }

    #[test]
    fn an_interruption_outlives_the_voucher_and_hides_no_read_only_dossier() {
        let book = Rulebook::builtin();
        let interrupted = DossierFrame { interrupted_on: Some(day("2026-03-02")), ..frame() };
        let on = |text, all_closed| interrupted.status(&book, day(text), all_closed);
        assert_eq!([on("2026-03-02", false), on("2026-06-01", true)], [DossierStatus::Interrupted; 2]);
        assert_eq!(on("2026-07-31", false), DossierStatus::ReadOnly);
        assert!(!interrupted.runs(day("2026-03-03")) && frame().runs(day("2026-03-03")) && !frame().runs(day("2026-06-01")));
    }

    #[test]
    fn r38_a_dossier_that_no_longer_runs_says_what_happened_when_and_what_can_still_be_done() {
        let book = Rulebook::builtin();
        let interrupted = DossierFrame { interrupted_on: Some(day("2026-03-02")), ..frame() };
        let told = |frame: DossierFrame, status| frame.told(status, &book);
        assert_eq!(told(frame(), DossierStatus::Running), None);
        for (frame, status, words) in [
            (frame(), DossierStatus::Concluded, &["Terminate", "Fino al gio 30 lug 2026", "documenti"][..]),
            (
                interrupted,
                DossierStatus::Interrupted,
                &["interrotto il lun 2 mar 2026", "Fino al gio 30 lug 2026", "concludere le attività"],
            ),
            (frame(), DossierStatus::Expired, &["scaduto il dom 31 mag 2026", "entro 7 giorni", "fino al gio 30 lug 2026"]),
            (frame(), DossierStatus::ReadOnly, &["sola lettura dal ven 31 lug 2026", "solo consultare", "scaduto il dom 31 mag 2026"]),
            (interrupted, DossierStatus::ReadOnly, &["sola lettura dal ven 31 lug 2026", "interrotto il lun 2 mar 2026"]),
        ] {
            let told = told(frame, status).unwrap();
            assert!(words.iter().all(|words| told.contains(words)), "{status:?}: {told}");
        }
    }

    #[test]
    fn every_pair_of_dossier_state_and_action_is_decided_and_a_refusal_names_its_rule_and_the_action() {
        // plan, deliver, release, close_activity, interrupt, change_employer, document
        let table = [
            (DossierStatus::Running, [true, true, true, true, true, true, true], None),
            (DossierStatus::Concluded, [false, false, false, false, false, false, true], Some(Rule::R37)),
            (DossierStatus::Interrupted, [false, false, false, true, false, false, true], Some(Rule::R38)),
            (DossierStatus::Expired, [false, true, true, true, false, false, true], Some(Rule::R38)),
            (DossierStatus::ReadOnly, [false; 7], Some(Rule::R38)),
        ];
        assert_eq!(table.map(|(status, ..)| status), DossierStatus::ALL);
        let frame = DossierFrame { interrupted_on: Some(day("2026-03-02")), ..frame() };
        for (status, allowed, rule) in table {
            for (action, allows) in DossierAction::ALL.into_iter().zip(allowed) {
                assert_eq!(status.allows(action), allows, "{status:?} {action:?}");
                let permitted = frame.permit(action, status, &Rulebook::builtin());
                assert_eq!(permitted.is_ok(), allows);
                if let Err(refusal) = permitted {
                    assert_eq!(Some(refusal.rule), rule);
                    assert!(status == DossierStatus::ReadOnly || refusal.sentence.contains(action.label()), "{}", refusal.sentence);
                }
            }
        }
    }
}
