//! Regole: the versions of the rulebook, and the form of the next one.

mod editor;
mod holidays;
mod page;
mod preview;
mod typed;
mod version;

pub use self::{editor::NewVersionPage, page::RulebookPage};
