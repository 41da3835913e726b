//! The rules of sessions at their boundaries: the table of domain.md 4.7, the cases file, and every pair of state and action.

mod boundaries;
mod cases;
mod states;
