//! Documenti: what a dossier has on paper and what it still owes, the page on which one is written, and the page that verifies a code.

mod card;
mod draft;
mod issue;
mod outputs;
mod page;
mod saving;
mod scan;
mod upload;
mod verify;

pub use draft::DraftPage;
pub use page::DocumentsPage;
pub use verify::VerifyPage;
