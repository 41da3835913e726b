//! Gestione politiche attive and the page of one dossier.

mod employer;
mod history;
mod interrupt;
mod list;
mod page;
mod timeline;

pub use list::PoliciesPage;
pub use page::DossierPage;
