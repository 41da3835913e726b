//! The state machine of a request: one decision, no way back (domain.md 4.1).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Deadline;
use crate::domain::{
    rulebook::{Refusal, Rule, Rulebook},
    text::days,
    words::words,
};

words! {
    /// Where a request stands.
    pub enum RequestState else "not a state of a request" {
        /// Approvata: waits for the provider's decision.
        Pending = "pending", "Approvata";
        /// Ammesso al servizio.
        Admitted = "admitted", "Ammesso al servizio";
        /// Rifiutata.
        Refused = "refused", "Rifiutata";
        /// Cancellata (termine scaduto).
        Lapsed = "lapsed", "Cancellata (termine scaduto)";
        /// Ritirata dal CPI.
        Withdrawn = "withdrawn", "Ritirata dal CPI";
    }
}

/// What can happen to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestAction {
    /// Ammissione al servizio.
    Admit,
    /// Rifiuta la richiesta.
    Refuse,
    /// The seven days pass (R7).
    Lapse,
    /// The employment centre takes it back.
    Withdraw,
}

impl RequestState {
    /// The state on a day: the clock decides, whether or not the job has written it (R7).
    #[must_use]
    pub fn on(self, rulebook: &Rulebook, notified_on: NaiveDate, today: NaiveDate) -> Self {
        if self == Self::Pending && Deadline::of(rulebook, notified_on).is_over(today) { Self::Lapsed } else { self }
    }

    /// The state after the action; `None` once it is decided, there is no way back.
    pub fn after(self, action: RequestAction) -> Option<Self> {
        (self == Self::Pending).then_some(match action {
            RequestAction::Admit => Self::Admitted,
            RequestAction::Refuse => Self::Refused,
            RequestAction::Lapse => Self::Lapsed,
            RequestAction::Withdraw => Self::Withdrawn,
        })
    }
}

/// A stored request as decisions see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The stored state.
    pub state: RequestState,
    /// Day 0 of the term.
    pub notified_on: NaiveDate,
    /// Whether the provider is on the list (R40).
    pub provider_active: bool,
}

impl Decision {
    /// Takes the action on a day, by the clock and not by what a job has written.
    ///
    /// # Errors
    /// R7 once the term is over, R40 for an admission by a provider that is not active, R10 when already decided.
    pub fn take(self, rulebook: &Rulebook, action: RequestAction, today: NaiveDate) -> Result<RequestState, Refusal> {
        let state = if action == RequestAction::Lapse {
            if !Deadline::of(rulebook, self.notified_on).is_over(today) {
                return Err(Refusal { rule: Rule::R7, sentence: "Il termine per decidere non è ancora scaduto.".to_owned() });
            }
            self.state
        } else {
            self.state.on(rulebook, self.notified_on, today)
        };
        let term = Deadline::of(rulebook, self.notified_on).days;
        let next = state.after(action).ok_or_else(|| not_pending(state, term))?;
        if action == RequestAction::Admit && !self.provider_active {
            return Err(Refusal {
                rule: Rule::R40,
                sentence: "L'ente non risulta attivo nell'elenco degli erogatori: l'ammissione non è possibile.".to_owned(),
            });
        }
        Ok(next)
    }
}

/// Why a request in that state cannot be decided; `term` is that of R7 in days.
fn not_pending(state: RequestState, term: u32) -> Refusal {
    let (rule, sentence) = match state {
        RequestState::Lapsed => {
            let passed = format!(
                "La richiesta è stata cancellata: il termine di {} per decidere è trascorso. Contatta il CPI se serve una nuova richiesta.",
                days(term)
            );
            return Refusal::new(Rule::R7, passed);
        }
        RequestState::Withdrawn => (Rule::R10, "Il CPI ha ritirato la richiesta: non c'è più nulla da decidere."),
        _ => (Rule::R10, "La richiesta è già stata decisa: aggiorna la pagina per vedere l'esito."),
    };
    Refusal::new(rule, sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn pending() -> Decision {
        Decision { state: RequestState::Pending, notified_on: day("2026-03-03"), provider_active: true }
    }

    #[test]
    fn every_pair_of_request_state_and_action_is_decided() {
        use RequestAction::{Admit, Lapse, Refuse, Withdraw};
        for state in RequestState::ALL {
            for (action, next) in [
                (Admit, RequestState::Admitted),
                (Refuse, RequestState::Refused),
                (Lapse, RequestState::Lapsed),
                (Withdraw, RequestState::Withdrawn),
            ] {
                let expected = (state == RequestState::Pending).then_some(next);
                assert_eq!(state.after(action), expected, "{state:?} {action:?}");
            }
        }
    }

    #[test]
    fn r7_the_last_day_still_decides_and_the_next_one_finds_it_cancelled_without_any_job() {
        let book = Rulebook::builtin();
        let admit = |today| pending().take(&book, RequestAction::Admit, day(today));
        assert_eq!(admit("2026-03-10"), Ok(RequestState::Admitted));
        let refused = admit("2026-03-11").unwrap_err();
        assert_eq!(refused.rule, Rule::R7);
        assert_eq!(RequestState::Pending.on(&book, day("2026-03-03"), day("2026-03-11")), RequestState::Lapsed);
    }

    #[test]
    fn r7_the_job_cancels_no_request_whose_term_still_runs() {
        let book = Rulebook::builtin();
        assert!(pending().take(&book, RequestAction::Lapse, day("2026-03-10")).is_err());
        assert_eq!(pending().take(&book, RequestAction::Lapse, day("2026-03-11")), Ok(RequestState::Lapsed));
    }

    #[test]
    fn r40_a_provider_that_is_not_active_may_refuse_but_not_admit() {
        let book = Rulebook::builtin();
        let decision = Decision { provider_active: false, ..pending() };
        let today = day("2026-03-04");
        assert_eq!(decision.take(&book, RequestAction::Admit, today).unwrap_err().rule, Rule::R40);
        assert_eq!(decision.take(&book, RequestAction::Refuse, today), Ok(RequestState::Refused));
    }
}
