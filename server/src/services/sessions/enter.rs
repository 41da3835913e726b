//! Invia: a new session becomes *inserita* when the rules allow it, judged by what this very transaction sees.

use app::domain::{
    ids::SessionId,
    provider::Actor,
    rulebook::{Refusal, Rule},
    session::{Action, NewSession, SessionState, Words, check},
    time::days_between,
};
use async_trait::async_trait;
use chrono::NaiveDate;
use serde::Serialize;

use super::{
    super::{
        audit::{Author, Chain, Event, Snapshot},
        command::Command,
        dossiers::DossierFacts,
        policy,
        transact::{Attempt, Failure, UseCase, Work},
    },
    audit_action, pass,
};
use crate::{ids::new_id, store::records::SessionRecord};

/// Enters a session.
#[derive(Serialize)]
pub(super) struct Enter {
    #[serde(skip)]
    pub actor: Actor,
    pub new: NewSession,
}

impl Command for Enter {
    const NAME: &'static str = "sessions.enter";
}

#[async_trait]
impl UseCase for Enter {
    type Answer = SessionId;

    async fn run(&self, work: &mut Work) -> Attempt<SessionId> {
        let new = &self.new;
        let dossier = DossierFacts::open(work, &self.actor, new.dossier).await?;
        policy::manages(&self.actor, dossier.opal.site)?;
        self.replaces(&dossier)?;
        let input = new.form.read();
        let proposal = input.proposal(None, new.activity);
        let around = dossier.surroundings(work, &self.actor, input.coach, input.on.unwrap_or(work.now.today())).await?;
        let verdict = check(work.rulebook(), Action::Enter, SessionState::Entered, &proposal, Words::default(), &around);
        pass(&verdict, new.confirmed)?;
        // The rules let no incomplete form pass.
        let draft = input.draft().ok_or_else(|| Failure::defect("the rules passed an incomplete session"))?;
        let coach = around.coaches.into_iter().find(|coach| coach.id == draft.coach);

        let session = SessionRecord {
            id: SessionId(new_id()),
            opal: dossier.opal.id,
            person: dossier.opal.person,
            activity: new.activity,
            coach: draft.coach,
            coach_name: coach.map(|coach| coach.name).unwrap_or_default(),
            span: draft.span,
            note: draft.note,
            state: SessionState::Entered,
            late_days: late_days(draft.span.on(), work.now.today()),
            entered_at: work.at,
            started_local: None,
            completed_local: None,
            description: None,
            end_reason: None,
            end_text: None,
            replaces: new.replaces,
            replaced: false,
            version: 1,
        };
        work.uow.insert_session(&session).await?;
        work.uow.bump_activity(session.opal, session.activity).await?;
        let event = Event { subject: dossier.subject(&session)?, before: None, after: Some(Snapshot::from(&session)) };
        let chain = Chain::of(work, &dossier.opal).await?;
        chain.append(work, Author::Actor(&self.actor), audit_action(Action::Enter), &event).await?;
        Ok(session.id)
    }
}

impl Enter {
    /// R22: only what ended without being delivered can be planned anew, and once.
    fn replaces(&self, dossier: &DossierFacts) -> Attempt<()> {
        let Some(replaced) = self.new.replaces else { return Ok(()) };
        let sentence = match dossier.sessions_of(self.new.activity).find(|session| session.id == replaced) {
            None => "L'erogazione da ripianificare non è di questa attività: aggiorna la pagina.",
            Some(session) if session.state.is_open() || session.state == SessionState::Delivered => {
                "Si ripianifica solo un'erogazione annullata o chiusa negativamente."
            }
            Some(session) if session.replaced => "L'erogazione è già stata ripianificata: aggiorna la pagina per vedere la nuova.",
            Some(_) => return Ok(()),
        };
        Err(Refusal::new(Rule::R22, sentence).into())
    }
}

/// R24: by how many days a session is entered late; `None` up to the day before it.
pub(super) fn late_days(on: NaiveDate, today: NaiveDate) -> Option<u32> {
    u32::try_from(days_between(on, today)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r24_the_day_before_is_in_time_and_the_day_itself_is_late_by_nothing() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let late = |today| late_days(day("2026-11-24"), day(today));
        assert_eq!([late("2026-11-23"), late("2026-11-24"), late("2026-12-01")], [None, Some(0), Some(7)]);
    }
}
