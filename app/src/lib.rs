//! Affianco: the domain (both sides), the server functions and the screens (both sides), the ports (server only).
#![recursion_limit = "256"]

pub mod api;
pub mod domain;
#[cfg(feature = "ssr")]
pub mod ports;
pub mod ui;
