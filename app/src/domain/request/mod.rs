//! The request for activation (richiesta di attivazione): what the employment centre asks and the provider decides.

mod deadline;
pub mod intake;
mod refusal;
mod search;
mod state;
mod view;

pub use deadline::{Deadline, list_rank};
pub use refusal::{DUTY, RefusalCategory, RefusalForm, RefusalReason};
pub use search::{PersonalSearch, RequestFilter, RequestSearchForm};
pub use state::{Decision, RequestAction, RequestState};
pub use view::{CompositionLine, RequestDetail, RequestList, RequestRow, SiteChoice};
