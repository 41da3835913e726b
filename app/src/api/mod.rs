//! The server functions: the private interface between the screens and the server. Each one obtains the actor, calls one port and replies.
#![expect(missing_docs, reason = "the macro makes a struct of every function's arguments, which the function's line explains")]

pub mod account;
pub mod activity;
pub mod agenda;
pub mod calendar;
#[cfg(feature = "ssr")]
pub mod context;
pub mod document;
pub mod dossier;
mod error;
mod json;
pub mod notice;
pub mod payment;
pub mod person;
pub mod provider;
pub mod request;
pub mod rulebook;
pub mod session;

pub use error::{ApiError, ApiResult};
