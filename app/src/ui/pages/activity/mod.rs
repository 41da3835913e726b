//! The page of an activity: its hours, its sessions with their actions, and its end.

mod act;
mod bulk;
mod close;
mod page;
mod sessions;

pub use page::ActivityPage;
