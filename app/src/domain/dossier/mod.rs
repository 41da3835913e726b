//! The dossier (fascicolo): an OPAL after its admission, same id.

mod owed;
pub mod payment;
mod status;
mod view;
pub mod voucher;

pub use owed::{Evidence, Ledger, Owed, REPORT_DAYS, owed};
pub use status::{DossierAction, DossierFrame, DossierStatus};
pub use view::{DossierCursor, DossierPage, DossierRow, PoliciesFilter};
pub use voucher::{Voucher, VoucherKind};
