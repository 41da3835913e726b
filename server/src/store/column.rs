//! From columns to values: what a column cannot mean names its row instead of being guessed.

use std::{fmt::Display, str::FromStr};

use app::domain::{
    provider::Role,
    time::{LocalInstant, Span},
};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::{StoreError, StoreResult};

/// The row being read.
pub(super) struct Place<K> {
    pub table: &'static str,
    pub row: K,
}

impl<K: Display> Place<K> {
    pub fn corrupt(&self, what: impl Display) -> StoreError {
        StoreError::Corrupt { table: self.table, row: self.row.to_string(), what: what.to_string() }
    }

    /// A stored word, such as a state.
    pub fn word<T: FromStr<Err: Display>>(&self, text: &str) -> StoreResult<T> {
        text.parse().map_err(|error| self.corrupt(error))
    }

    /// A stored word that may be absent.
    pub fn word_if<T: FromStr<Err: Display>>(&self, text: Option<&str>) -> StoreResult<Option<T>> {
        text.map(|text| self.word(text)).transpose()
    }

    /// Minutes or days.
    pub fn count(&self, number: i64) -> StoreResult<u32> {
        u32::try_from(number).map_err(|error| self.corrupt(error))
    }

    /// A span of a day.
    pub fn span(&self, on: NaiveDate, from: NaiveTime, to: NaiveTime) -> StoreResult<Span> {
        Span::new(on, from, to).ok_or_else(|| self.corrupt("the span ends before it begins"))
    }
}

/// A count of rows, which is never negative.
pub(super) fn rows(count: i64) -> u64 {
    u64::try_from(count).unwrap_or_default()
}

/// A moment on the Rome wall clock that may be absent.
pub(super) fn local(at: Option<NaiveDateTime>) -> Option<LocalInstant> {
    at.map(LocalInstant)
}

/// The word of a role in the database.
pub(super) fn role_word(role: Role) -> &'static str {
    match role {
        Role::Operator => "operator",
        Role::ProviderAdministrator => "provider_administrator",
        Role::Coach => "coach",
        Role::SystemAdministrator => "system_administrator",
    }
}

/// The role of a word.
pub(super) fn role(word: &str) -> Option<Role> {
    [Role::Operator, Role::ProviderAdministrator, Role::Coach, Role::SystemAdministrator].into_iter().find(|role| role_word(*role) == word)
}
