//! How a use case fails, as the services say it; the server functions put it on the wire.

use crate::domain::{
    audit::Change,
    rulebook::{FieldProblem, Refusal},
};

/// The result of a use case.
pub type PortResult<T> = Result<T, PortError>;

/// Why a use case did not happen. Nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum PortError {
    /// Fields cannot be read or are missing.
    #[error("the form has {} problems", .0.len())]
    Invalid(Vec<FieldProblem>),
    /// Rules refuse it.
    #[error("refused by {}", rules(.0))]
    Refused(Vec<Refusal>),
    /// Rules warn, and the warnings were not confirmed yet.
    #[error("waits for a confirmation of {}", rules(.0))]
    Unconfirmed(Vec<Refusal>),
    /// It does not exist, or this actor may not know of it.
    #[error("not found")]
    NotFound,
    /// The actor knows of it but may not do this.
    #[error("forbidden")]
    Forbidden,
    /// Somebody changed it meanwhile: `before` is what is stored now, `after` what was asked.
    #[error("changed meanwhile")]
    Conflict(Vec<Change>),
    /// The sign-in failed; the sentence does not say which part was wrong.
    #[error("sign-in failed")]
    SignInFailed(String),
    /// The database does not answer; trying again later is fine.
    #[error("unavailable")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A defect of ours.
    #[error("internal error")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// The rules of some refusals, for logs.
fn rules(refusals: &[Refusal]) -> String {
    refusals.iter().map(|refusal| refusal.rule.to_string()).collect::<Vec<_>>().join(" ")
}
