//! Gestione politiche attive and the page of one dossier.

mod history;
mod list;
mod page;

pub use list::PoliciesPage;
pub use page::DossierPage;
