//! The key of one person: dropping it erases whatever was sealed with it, wherever that is.

use std::fmt;

use super::envelope::{KeyBytes, Seal};
use crate::ids::random_bytes;

/// A random key for the data of one person, stored only wrapped by the [`MasterKey`](super::MasterKey).
#[derive(Clone)]
pub struct PersonKey(pub(super) KeyBytes);

impl PersonKey {
    /// A new key, for a person met for the first time.
    pub fn generate() -> Self {
        Self(random_bytes().into())
    }
}

impl Seal for PersonKey {
    fn sealing_key(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for PersonKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonKey(hidden)")
    }
}
