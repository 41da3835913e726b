//! The program as browsers and people at a command line meet it: the real router in process, and the built binary.

mod api;
mod calendar;
mod check_schedule;
mod demo;
mod documents;
mod files;
mod import;
mod pages;
mod payments;
mod process;
mod protection;
mod sign_in;
pub mod world;
