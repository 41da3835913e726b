//! Affianco's server: configuration, HTTP, and what is needed to keep personal data.

pub mod cli;
pub mod clock;
pub mod config;
pub mod http;
pub mod ids;
pub mod passwords;
pub mod sealing;
pub mod shutdown;
pub mod startup;
pub mod telemetry;
