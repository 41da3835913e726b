//! What the tests share.

pub mod databases;
pub mod folder;
pub mod world;
