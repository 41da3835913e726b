//! The use cases on both databases: what the screens and the jobs are promised.

mod accounts;
mod activities;
mod calendars;
mod commands;
mod documents;
mod endings;
mod history;
mod intake;
mod lapse;
mod lists;
mod mail_tls;
mod many;
mod notices;
mod outbox;
mod payments;
mod persons;
mod providers;
mod reach;
mod regularise;
mod requests;
mod rulebook;
mod sessions;
