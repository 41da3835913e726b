//! The server's integration tests, one program.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking, also in what it shares with others")]

mod documents;
mod files;
mod http;
mod services;
mod store;
mod support;
