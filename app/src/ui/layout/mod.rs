//! The frame around every page of somebody signed in.

mod bell;
mod frame;
mod menu;

pub use bell::Unread;
pub use frame::Frame;
