//! The answer to a command that rules may want confirmed: done, or asked once more.

use crate::{
    api::{ApiError, ApiResult},
    domain::rulebook::Refusal,
};

/// What became of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent<T> {
    /// It was done.
    Done(T),
    /// Rules warn: it is done once these are confirmed.
    Ask(Vec<Refusal>),
}

impl<T> Sent<T> {
    /// Takes the question out of the errors.
    ///
    /// # Errors
    /// Every other one.
    pub fn of(answer: ApiResult<T>) -> ApiResult<Self> {
        match answer {
            Ok(value) => Ok(Self::Done(value)),
            Err(ApiError::Unconfirmed(refusals)) => Ok(Self::Ask(refusals)),
            Err(error) => Err(error),
        }
    }
}
