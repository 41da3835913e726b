//! The use cases on both databases: what the screens and the jobs are promised.

mod accounts;
mod activities;
mod calendars;
mod commands;
mod history;
mod intake;
mod lapse;
mod lists;
mod many;
mod reach;
mod requests;
mod rulebook;
mod sessions;
