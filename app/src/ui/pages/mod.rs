//! The pages, one folder per area; they never import each other.

pub mod activity;
pub mod agenda;
pub mod dashboard;
pub mod document;
pub mod dossier;
pub mod notice;
pub mod payment;
pub mod provider;
pub mod regularise;
pub mod request;
pub mod rulebook;
pub mod session;
pub mod sign_in;
