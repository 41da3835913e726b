//! Rendicontazione: what is ready for payment, what blocks the rest, and the list as a file.

mod list;
mod mask;
mod page;

pub use page::PaymentsPage;
