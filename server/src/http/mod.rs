//! What browsers and machines meet: assets, health, limits and the headers that every answer carries.

pub mod assets;
pub mod health;
pub mod limits;
pub mod problem;
pub mod security;
