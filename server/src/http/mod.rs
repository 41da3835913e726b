//! What browsers and machines meet: pages, server functions, files, assets, health, limits and the headers that every answer carries.

pub mod actor;
pub mod assets;
pub mod calendar;
pub mod demo_clock;
mod documents;
pub mod download;
pub mod health;
pub mod limits;
mod payments;
pub mod problem;
pub mod router;
pub mod security;
pub mod upload;
