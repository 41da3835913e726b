//! The request for activation (richiesta di attivazione): what the employment centre asks and the provider decides.

mod deadline;
mod ground;
pub mod intake;
mod refusal;
mod refusals;
mod search;
mod state;
mod view;

pub use deadline::{Deadline, list_rank};
pub use ground::ground_warning;
pub use refusal::{DUTY, RefusalCategory, RefusalForm, RefusalReason};
pub use refusals::{Period, ProviderRefusals, RefusalsForm, RefusalsReport};
pub use search::{PersonalSearch, RequestFilter, RequestSearchForm};
pub use state::{Decision, RequestAction, RequestState};
pub use view::{CompositionLine, RequestDetail, RequestList, RequestRow, SiteChoice};
