//! The use cases on both databases: what the screens and the jobs are promised.

mod accounts;
mod activities;
mod commands;
mod endings;
mod history;
mod intake;
mod lapse;
mod lists;
mod many;
mod persons;
mod providers;
mod reach;
mod requests;
mod rulebook;
mod sessions;
