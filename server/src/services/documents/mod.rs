//! Documents: what a dossier's papers say, writing and issuing them, uploads and scans, the way from a code to its document, and the bundle of all.

mod proof;

pub(super) use proof::{due, proof};
