//! The frame around every page of somebody signed in.

mod frame;
mod menu;

pub use frame::Frame;
