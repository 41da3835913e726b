//! Nuova serie: a weekly pattern, the sessions it becomes while it is typed, and the one command that enters them all or none.

mod confirm;
mod known;
mod page;
mod pattern;
mod planning;
mod preview;
mod row;
mod rows;

pub use page::NewSeriesPage;
