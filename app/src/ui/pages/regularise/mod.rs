//! Da regolarizzare: all sessions of past days that can still be brought to their end, and the three acts on those that are chosen.

mod chosen;
mod list;
mod page;
mod plan;
mod preview;

pub use page::RegularisePage;
