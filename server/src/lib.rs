//! Affianco's server: configuration, storage, use cases, HTTP, and what is needed to keep personal data.

pub mod cli;
pub mod clock;
pub mod commands;
pub mod config;
pub mod demo;
pub mod documents;
pub mod files;
pub mod http;
pub mod ids;
pub mod jobs;
pub mod mail;
pub mod passwords;
pub mod sealing;
pub mod services;
pub mod shutdown;
pub mod startup;
pub mod store;
pub mod telemetry;
