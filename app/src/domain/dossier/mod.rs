//! The dossier (fascicolo): an OPAL after its admission, same id.

pub mod employer;
pub mod interruption;
mod owed;
pub mod payment;
mod status;
mod timeline;
mod view;
pub mod voucher;

pub use employer::{EmployerChange, EmployerForm, Workplace};
pub use interruption::{Interruption, InterruptionForm, InterruptionPlan, JobOutcome, plan_interruption};
pub use owed::{Evidence, Ledger, Owed, REPORT_DAYS, owed};
pub use status::{DossierAction, DossierFrame, DossierStatus};
pub use timeline::{Mark, Milestone, Timeline};
pub use view::{CoachHours, DossierCursor, DossierPage, DossierRow, EmployerPeriod, InterruptionView, PoliciesFilter};
pub use voucher::{Voucher, VoucherKind};
