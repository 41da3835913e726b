//! Several sessions at once: each is judged as if those before it had been accepted, in the browser's preview and in the one transaction that writes them.

use uuid::Uuid;

use super::{Action, Proposal, SessionFacts, SessionState, Surroundings, Words, check};
use crate::domain::{ids::SessionId, rulebook::Verdict};

/// Judges entering or programming several sessions in their order; one that is refused does not count for those after it.
pub fn judge_each(action: Action, proposals: &[Proposal], around: &Surroundings) -> Vec<Verdict> {
    let mut batch = Batch::new(around.clone());
    proposals.iter().map(|proposal| batch.judge(action, proposal)).collect()
}

/// The surroundings as they would be once the sessions accepted so far were written.
pub struct Batch {
    around: Surroundings,
}

impl Batch {
    /// Begins with what is there.
    pub fn new(around: Surroundings) -> Self {
        Self { around }
    }

    /// What the next session is judged by.
    pub fn around(&self) -> &Surroundings {
        &self.around
    }

    /// Judges the next session and takes it in when nothing blocks it.
    pub fn judge(&mut self, action: Action, proposal: &Proposal) -> Verdict {
        self.judge_if(action, proposal, Words::default(), Verdict::allows)
    }

    /// Judges the next session with its words, and takes it in when `takes` says that it will be written.
    pub fn judge_if(&mut self, action: Action, proposal: &Proposal, words: Words<'_>, takes: impl FnOnce(&Verdict) -> bool) -> Verdict {
        let known = proposal.id.and_then(|id| self.around.sessions.iter().find(|session| session.id == id));
        let state = known.map_or(SessionState::Entered, |session| session.state);
        let verdict = check(action, state, proposal, words, &self.around);
        if takes(&verdict) {
            self.accept(action, state, proposal);
        }
        verdict
    }

    /// Takes a session in, whatever was said of it.
    pub(super) fn accept(&mut self, action: Action, state: SessionState, proposal: &Proposal) {
        let (Some(coach), Some(span), Ok(state)) = (proposal.coach, proposal.span(), state.after(action)) else { return };
        let id = proposal.id.unwrap_or_else(|| self.next_id());
        self.around.sessions.retain(|session| session.id != id);
        self.around.sessions.push(SessionFacts { id, activity: proposal.activity, coach, span, state });
    }

    /// Stands for a session that has no id yet: unlike the ids of stored ones, which are never this small.
    fn next_id(&self) -> SessionId {
        SessionId(Uuid::from_u128(1 + self.around.sessions.len() as u128))
    }
}
