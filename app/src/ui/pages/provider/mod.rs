//! Enti: which providers are on the list (R40), for the administrator of the system.

mod form;
mod list;
mod page;

pub use self::{list::ProvidersPage, page::ProviderPage};
