//! The job-coach service as the manual and the law describe it: pure values and rules, the same in the browser and on the server.
//!
//! Nothing here reads a clock, a random source, a file or a network: time, ids and facts are arguments.

/// Keeps personal data out of logs: the type's name is all that is printed.
macro_rules! silent_debug {
    ($($name:ident),* $(,)?) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )*};
}

pub mod activity;
pub mod agenda;
pub mod audit;
pub mod command;
pub mod document;
pub mod dossier;
pub mod ids;
pub mod page;
pub mod person;
pub mod provider;
pub mod request;
pub mod rulebook;
pub mod session;
pub mod text;
pub mod time;
pub mod weekdays;
mod words;
