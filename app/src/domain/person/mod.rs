//! The person with disability: the one the service is for.

pub mod limits;
mod limits_form;
mod profile;
pub mod tax_code;

pub use limits::{LimitField, PersonLimits};
pub use limits_form::{LimitBounds, LimitsForm};
pub use profile::{PersonDetails, PersonName, PersonProfile};
pub use tax_code::TaxCode;
