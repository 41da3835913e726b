//! The activity (attività): one of the five parts of an OPAL, with agreed hours and value; ends in *Terminata*.

mod balance;
mod closing;
mod state;
mod view;

pub use balance::{HoursBalance, value_cents};
pub use closing::{ClosingPlan, plan_closing};
pub use state::{ActivityFrame, ActivityState, takes_sessions};
pub use view::{ActivityPage, ActivitySummary, WeekHours};
