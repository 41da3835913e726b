//! The session (erogazione): one dated delivery, its states, and the checks of every action on it.

mod batch;
mod bulk;
mod cases;
mod check;
mod dates;
mod draft;
#[cfg(feature = "generate")]
pub mod generated;
mod offer;
mod series;
mod state;
mod suggest;
mod surroundings;
#[cfg(test)]
mod tests;
mod view;

pub use batch::{Batch, judge_each};
pub use bulk::{BulkAct, Chosen, ManySteps, StepOutcome};
pub use cases::{Case, CaseFile, CaseFileError, JudgedCase, Outcome};
pub use check::{Proposal, Words, check, check_description};
pub use dates::{last_day, late_days};
pub use draft::{
    CompletionForm, DESCRIPTION_LIMIT, EndReason, EndReasonForm, NOTE_LIMIT, NewSession, SessionDraft, SessionField, SessionForm,
    SessionInput, SessionStep,
};
pub use offer::offered;
pub use series::{BATCH_LIMIT, LeftOut, ManyScheduled, NewSeries, Planned, SeriesEnd, SeriesForm, SeriesPlan, plan_series, proposals};
pub use state::{Action, SessionState};
pub use suggest::{SUGGESTIONS, Slot, suggest};
pub use surroundings::{Busy, BusyWho, Horizon, SEARCH_DAYS, SessionFacts, Surroundings, TimeUsed};
pub use view::SessionRow;
