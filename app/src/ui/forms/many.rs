//! The answer to a command about several sessions, all or none: as for one, or refused by their places in the list.

use super::Sent;
use crate::{
    api::{ApiError, ApiResult},
    domain::rulebook::{FieldProblem, Refusal},
};

/// What became of such a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SentMany<T> {
    /// Done, or asked once more.
    Sent(Sent<T>),
    /// None was done: which stand in the way, by their index, and why.
    Refused(Vec<(usize, Refusal)>),
}

impl<T> SentMany<T> {
    /// Takes the question, and what is said of single sessions, out of the errors.
    ///
    /// # Errors
    /// Every other one.
    pub fn of(answer: ApiResult<T>) -> ApiResult<Self> {
        match answer {
            Err(ApiError::Invalid(problems)) => match problems.iter().map(place).collect::<Option<Vec<_>>>() {
                Some(places) if !places.is_empty() => Ok(Self::Refused(places)),
                _ => Err(ApiError::Invalid(problems)),
            },
            answer => Sent::of(answer).map(Self::Sent),
        }
    }
}

/// The server counts from 1: `item-1` is the first of the list.
fn place(problem: &FieldProblem) -> Option<(usize, Refusal)> {
    let place: usize = problem.field.strip_prefix("item-")?.parse().ok()?;
    Some((place.checked_sub(1)?, Refusal::new(problem.rule, problem.sentence.clone())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rulebook::Rule;

    #[test]
    fn problems_of_single_sessions_are_told_by_their_index_and_others_stay_errors() {
        let problem = |field: &str| FieldProblem::new(field, Rule::R41, "Già impegnato.");
        let invalid = |fields: &[&str]| ApiError::Invalid(fields.iter().map(|field| problem(field)).collect());
        let refusal = || Refusal::new(Rule::R41, "Già impegnato.");
        let places = SentMany::<()>::of(Err(invalid(&["item-1", "item-12"])));
        assert_eq!(places, Ok(SentMany::Refused(vec![(0, refusal()), (11, refusal())])));
        for fields in [&["item-1", "sessions"][..], &["item-0"], &[]] {
            assert_eq!(SentMany::<()>::of(Err(invalid(fields))), Err(invalid(fields)));
        }
        assert_eq!(SentMany::of(Ok(7)), Ok(SentMany::Sent(Sent::Done(7))));
    }
}
