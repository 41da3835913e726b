//! Proof on paper (R31–R35): what each document says, as pure data.

pub mod paper;
