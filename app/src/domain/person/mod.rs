//! The person with disability: the one the service is for.

pub mod limits;
mod profile;
pub mod tax_code;

pub use limits::PersonLimits;
pub use profile::{PersonDetails, PersonName, PersonProfile};
pub use tax_code::TaxCode;
