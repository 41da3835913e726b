//! Concludi attività (R36, R37): what must hold, and what closing it does to its open sessions.

use serde::{Deserialize, Serialize};

use super::{ActivityState, HoursBalance};
use crate::domain::{
    dossier::DossierFrame,
    ids::SessionId,
    rulebook::{Refusal, Rule, Rulebook},
    session::{Action, SessionFacts, SessionState},
    text::{date_long, hours},
    time::LocalInstant,
};

/// What "Procedi" will do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosingPlan {
    /// Open sessions that end with it, each with the action that ends it.
    pub ends: Vec<(SessionId, Action)>,
    /// Agreed minutes that are given up.
    pub given_up: u32,
    /// Warnings to confirm, in words.
    pub warns: Vec<String>,
}

/// Plans the closing of an activity from its state, its sessions and the dossier's dates.
///
/// # Errors
/// Says which rule refuses: R37 already closed or a session still started, R36 nothing delivered, R38 read-only.
pub fn plan_closing(
    rulebook: &Rulebook,
    now: LocalInstant,
    dossier: DossierFrame,
    state: ActivityState,
    agreed: u32,
    sessions: &[SessionFacts],
) -> Result<ClosingPlan, Refusal> {
    let refuse = |rule, sentence: String| Err(Refusal { rule, sentence });
    let read_only_from = dossier.read_only_from(rulebook);
    if state == ActivityState::Closed {
        return refuse(Rule::R37, "L'attività è già Terminata: nessuna operazione è più possibile.".to_owned());
    }
    if now.today() >= read_only_from {
        return refuse(Rule::R38, format!("Il fascicolo è in sola lettura dal {}.", date_long(read_only_from)));
    }
    if let Some(started) = sessions.iter().find(|session| session.state == SessionState::Started) {
        return refuse(
            Rule::R37,
            format!("L'erogazione del {} è ancora avviata: concludila prima di concludere l'attività.", date_long(started.span.on())),
        );
    }
    if !sessions.iter().any(|session| session.state == SessionState::Delivered) {
        return refuse(
            Rule::R36,
            "Per concludere l'attività serve almeno un'erogazione nello stato «erogata»: avviane e concludine una.".to_owned(),
        );
    }
    let balance = HoursBalance::of(agreed, sessions.iter().map(|session| (session.state, session.span.minutes())));
    let given_up = agreed.saturating_sub(balance.delivered);
    let mut warns = Vec::new();
    if given_up > 0 {
        warns.push(format!("{} concordate e non erogate andranno perse.", hours(given_up)));
    }
    if balance.delivered < 60 {
        warns.push("È stata erogata meno di un'ora di attività (R36).".to_owned());
    }
    let ends = sessions.iter().filter_map(|session| Some((session.id, session.state.release()?))).collect();
    Ok(ClosingPlan { ends, given_up, warns })
}
