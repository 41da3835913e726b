//! The rules of sessions: their boundaries and policies, what is suggested instead, series and batches, and every pair of state and action.

mod batch;
mod boundaries;
mod fixtures;
mod limits;
mod policies;
mod series;
mod states;
mod suggestions;
