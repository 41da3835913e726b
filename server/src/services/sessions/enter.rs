//! Invia: a new session becomes *inserita* when the rules allow it, judged by what this very transaction sees.

use app::domain::{
    ids::SessionId,
    provider::{Actor, Coach},
    rulebook::{ActivityCode, Refusal, Rule},
    session::{Action, Horizon, NewSession, SessionDraft, SessionInput, SessionState, Words, check, late_days},
};
use async_trait::async_trait;
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
use crate::{ids::new_id, sealing::PersonKey, store::records::SessionRecord};

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
        let horizon = Horizon::week(input.coach, input.on.unwrap_or(work.now.today()));
        let around = dossier.surroundings(work, &self.actor, horizon).await?;
        let verdict = check(Action::Enter, SessionState::Entered, &proposal, Words::default(), &around);
        pass(&verdict, new.confirmed)?;
        let draft = complete(input)?;
        let chain = Chain::of(work, &dossier.opal).await?;
        let entering = Entering { actor: &self.actor, dossier: &dossier, coaches: &around.coaches, chain: &chain };
        let id = entering.write(work, new.activity, draft, new.replaces).await?;
        work.uow.bump_activity(new.dossier, new.activity).await?;
        Ok(id)
    }
}

/// The rules let no incomplete form pass.
pub(super) fn complete(input: SessionInput) -> Attempt<SessionDraft> {
    input.draft().ok_or_else(|| Failure::defect("the rules passed an incomplete session"))
}

/// Where sessions that the rules have passed are written.
pub(super) struct Entering<'a> {
    pub actor: &'a Actor,
    pub dossier: &'a DossierFacts,
    pub coaches: &'a [Coach],
    pub chain: &'a Chain<PersonKey>,
}

impl Entering<'_> {
    /// Writes a new session with its event.
    pub async fn write(
        &self,
        work: &mut Work,
        activity: ActivityCode,
        draft: SessionDraft,
        replaces: Option<SessionId>,
    ) -> Attempt<SessionId> {
        let coach = self.coaches.iter().find(|coach| coach.id == draft.coach);
        let session = SessionRecord {
            id: SessionId(new_id()),
            opal: self.dossier.opal.id,
            person: self.dossier.opal.person,
            activity,
            coach: draft.coach,
            coach_name: coach.map(|coach| coach.name.clone()).unwrap_or_default(),
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
            replaces,
            replaced: false,
            version: 1,
        };
        work.uow.insert_session(&session).await?;
        let event = Event { subject: self.dossier.subject(&session)?, before: None, after: Some(Snapshot::from(&session)) };
        self.chain.append(work, Author::Actor(self.actor), audit_action(Action::Enter), &event).await?;
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
