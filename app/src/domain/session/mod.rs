//! The session (erogazione): one dated delivery, its states, and the checks of every action on it.

mod check;
mod draft;
mod state;
mod surroundings;
#[cfg(test)]
mod tests;
mod view;

pub use check::{Proposal, Words, check};
pub use draft::{
    CompletionForm, DESCRIPTION_LIMIT, EndReason, EndReasonForm, NOTE_LIMIT, NewSession, SessionDraft, SessionForm, SessionInput,
    SessionStep,
};
pub use state::{Action, SessionState};
pub use surroundings::{Busy, BusyWho, SessionFacts, Surroundings, TimeUsed};
pub use view::SessionRow;
