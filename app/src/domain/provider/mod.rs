//! The accredited body (ente), its sites, its coaches and the people who act for it.

pub mod actor;
mod parts;
pub mod standing;
pub mod vat_number;

pub use actor::{Actor, Oversight, Role, Scope};
pub use parts::{Coach, CoachName, Provider, Site};
pub use standing::{Period, ProviderList, ProviderPage, ProviderStanding, Standing, StandingEntry, StandingField, StandingForm, Standings};
pub use vat_number::VatNumber;
