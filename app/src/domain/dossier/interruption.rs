//! Interruzione (S18): the job ended, or the service cannot go on. What is asked, what must hold, and what it does to the open sessions.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{DossierAction, DossierFrame, DossierStatus};
use crate::domain::{
    ids::SessionId,
    rulebook::{FieldProblem, Refusal, Rule, Rulebook},
    session::{Action, SessionFacts, SessionState},
    text::{counted, date_long},
    words::words,
};

/// The longest reason, in characters.
pub const REASON_LIMIT: usize = 2000;

words! {
    /// What happened to the job (R35).
    pub enum JobOutcome else "not an outcome of a job" {
        /// The person left.
        Resigned = "resigned", "Dimissioni";
        /// The employer ended it.
        Dismissed = "dismissed", "Licenziamento";
        /// Its term ended.
        TermEnded = "term_ended", "Contratto scaduto e non rinnovato";
        /// Both agreed to end it.
        Agreed = "agreed", "Risoluzione consensuale";
        /// It goes on without the service.
        GoesOn = "goes_on", "Il rapporto di lavoro prosegue";
        /// Something else.
        Other = "other", "Altro";
    }
}

/// The form "Interruzione", as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterruptionForm {
    /// Data: `2026-11-26`.
    pub interrupted_on: String,
    /// What happened to the job: a word.
    pub job: String,
    /// Motivo. It may tell of health, so it is sealed.
    pub reason: String,
}

/// An interruption that may be confirmed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interruption {
    /// The day.
    pub on: NaiveDate,
    /// What happened to the job.
    pub job: JobOutcome,
    /// Why, trimmed.
    pub reason: String,
}

silent_debug!(Interruption);

/// What the interruption does, beside ending the service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterruptionPlan {
    /// Open sessions that end with it, each with the action that ends it.
    pub ends: Vec<(SessionId, Action)>,
    /// What to think of first, in words.
    pub warns: Vec<String>,
}

impl InterruptionForm {
    /// Makes the typed interruption.
    ///
    /// # Errors
    /// Every problem at once, in the order of the fields: R10 for a day before the admission.
    pub fn check(&self, dossier: &DossierFrame, today: NaiveDate) -> Result<Interruption, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let on = self.interrupted_on.trim().parse::<NaiveDate>().ok();
        let wrong_day = match on {
            None => Some((Rule::R35, "Indica la data dell'interruzione.".to_owned())),
            Some(on) if on > today => Some((
                Rule::R35,
                format!("L'interruzione si registra quando è avvenuta: indica una data fino a oggi, {}.", date_long(today)),
            )),
            Some(on) if on < dossier.admitted_on => Some((
                Rule::R10,
                format!("Il servizio è iniziato con l'ammissione del {}: indica quel giorno o uno dopo.", date_long(dossier.admitted_on)),
            )),
            Some(_) => None,
        };
        problems.extend(wrong_day.map(|(rule, sentence)| FieldProblem::new("interrupted_on", rule, sentence)));
        let job = self.job.trim().parse().ok();
        if job.is_none() {
            problems.push(FieldProblem::new("job", Rule::R35, "Scegli che cosa è stato del rapporto di lavoro."));
        }
        let reason = self.reason.trim();
        problems.extend(reason_problem("interruption_reason", reason));
        match (on, job, problems.is_empty()) {
            (Some(on), Some(job), true) => Ok(Interruption { on, job, reason: reason.to_owned() }),
            _ => Err(problems),
        }
    }
}

/// A reason is wanted, and no longer than it may be.
pub(super) fn reason_problem(field: &str, reason: &str) -> Option<FieldProblem> {
    let sentence = match reason.chars().count() {
        0 => "Scrivi il motivo: resta nel fascicolo.".to_owned(),
        length if length > REASON_LIMIT => format!("Il motivo ha {length} caratteri: accorcialo entro {REASON_LIMIT}."),
        _ => return None,
    };
    Some(FieldProblem::new(field, Rule::R35, sentence))
}

/// Plans the interruption of a dossier from its sessions, all of them.
///
/// # Errors
/// R37 and R38 where the dossier has ended already; R37 while a session is *avviata*: somebody must say how it ended.
pub fn plan_interruption(
    dossier: &DossierFrame,
    status: DossierStatus,
    rulebook: &Rulebook,
    sessions: &[SessionFacts],
    today: NaiveDate,
) -> Result<InterruptionPlan, Refusal> {
    dossier.permit(DossierAction::Interrupt, status, rulebook)?;
    if let Some(started) = sessions.iter().find(|session| session.state == SessionState::Started) {
        let on = date_long(started.span.on());
        return Err(Refusal::new(
            Rule::R37,
            format!("L'erogazione del {on} è ancora avviata: concludila o chiudila prima di interrompere."),
        ));
    }
    let ends: Vec<_> = sessions.iter().filter_map(|session| Some((session.id, session.state.release()?))).collect();
    let past = sessions.iter().filter(|session| session.state == SessionState::Scheduled && session.span.on() <= today).count();
    let past = u32::try_from(past).unwrap_or(u32::MAX);
    let unsaid = (past > 0).then(|| {
        let what = counted(past, "erogazione programmata ha una data passata", "erogazioni programmate hanno una data passata");
        format!("{what}: se si è svolta, avviala e concludila prima, dopo l'interruzione non si può più.")
    });
    Ok(InterruptionPlan { ends, warns: unsaid.into_iter().collect() })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::{ids::CoachId, rulebook::ActivityCode, time::Span};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn frame() -> DossierFrame {
        DossierFrame { admitted_on: day("2026-11-02"), valid_from: day("2026-11-01"), valid_to: day("2027-10-31"), interrupted_on: None }
    }

    fn form(on: &str, job: &str, reason: &str) -> InterruptionForm {
        InterruptionForm { interrupted_on: on.to_owned(), job: job.to_owned(), reason: reason.to_owned() }
    }

    fn session(number: u128, on: &str, state: SessionState) -> SessionFacts {
        let time = |text: &str| text.parse().unwrap();
        SessionFacts {
            id: SessionId(Uuid::from_u128(number)),
            activity: ActivityCode::CoachingPlan,
            coach: CoachId(Uuid::from_u128(1)),
            span: Span::new(day(on), time("09:00:00"), time("11:00:00")).unwrap(),
            state,
        }
    }

    fn plan(sessions: &[SessionFacts]) -> Result<InterruptionPlan, Refusal> {
        plan_interruption(&frame(), DossierStatus::Running, &Rulebook::builtin(), sessions, day("2026-11-23"))
    }

    #[test]
    fn all_that_is_wrong_with_the_form_is_told_at_once() {
        let check = |form: InterruptionForm| form.check(&frame(), day("2026-11-23"));
        let fields = |form| check(form).unwrap_err().into_iter().map(|problem| problem.field).collect::<Vec<_>>();
        assert_eq!(fields(InterruptionForm::default()), ["interrupted_on", "job", "interruption_reason"]);
        assert_eq!(fields(form("2026-11-24", "resigned", "x")), ["interrupted_on"]);
        assert_eq!(fields(form("2026-11-01", "resigned", "  ")), ["interrupted_on", "interruption_reason"]);
        let long = "x".repeat(REASON_LIMIT + 1);
        assert_eq!(fields(form("2026-11-23", "resigned", &long)), ["interruption_reason"]);
        for on in ["2026-11-02", "2026-11-23"] {
            let made = check(form(on, "goes_on", " ha cambiato città ")).unwrap();
            assert!(made == Interruption { on: day(on), job: JobOutcome::GoesOn, reason: "ha cambiato città".to_owned() });
        }
    }

    #[test]
    fn the_open_sessions_end_and_those_that_ended_stay_as_they_are() {
        use SessionState::{Cancelled, Delivered, Entered, NotDelivered, Scheduled};
        let sessions = [
            session(1, "2026-11-24", Entered),
            session(2, "2026-11-25", Scheduled),
            session(3, "2026-11-10", Delivered),
            session(4, "2026-11-11", Cancelled),
            session(5, "2026-11-12", NotDelivered),
        ];
        let made = plan(&sessions).unwrap();
        assert_eq!(made.ends, [(sessions[0].id, Action::Cancel), (sessions[1].id, Action::CloseNegative)]);
        assert!(made.warns.is_empty());
    }

    #[test]
    fn what_may_have_taken_place_is_pointed_out_before_it_is_closed() {
        let made = plan(&[session(1, "2026-11-23", SessionState::Scheduled), session(2, "2026-11-20", SessionState::Scheduled)]).unwrap();
        assert_eq!(made.warns.len(), 1);
        assert!(made.warns[0].starts_with("2 erogazioni programmate"), "{}", made.warns[0]);
    }

    #[test]
    fn r37_a_session_that_was_started_must_be_ended_by_somebody_who_knows_how() {
        let refusal = plan(&[session(1, "2026-11-20", SessionState::Started)]).unwrap_err();
        assert_eq!(refusal.rule, Rule::R37);
    }

    #[test]
    fn r37_r38_what_has_ended_is_not_interrupted() {
        for status in DossierStatus::ALL {
            let planned = plan_interruption(&frame(), status, &Rulebook::builtin(), &[], day("2026-11-23"));
            assert_eq!(planned.is_ok(), status == DossierStatus::Running, "{status:?}");
        }
    }
}
