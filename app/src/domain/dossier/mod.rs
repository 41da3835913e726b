//! The dossier (fascicolo): an OPAL after its admission, same id.

pub mod payment;
mod status;
mod view;
pub mod voucher;

pub use status::{DossierFrame, DossierStatus};
pub use view::{DossierCursor, DossierPage, DossierRow, PoliciesFilter};
pub use voucher::{Voucher, VoucherKind};
