//! What every command carries besides its content, so that a repeat is harmless and a stale page is noticed (R43).

use serde::{Deserialize, Serialize};

use super::ids::CommandKey;

/// Counts the changes of a row; a command names the one its author saw.
pub type Version = i64;

/// The envelope of a command on an existing row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The same for every repeat of one intention.
    pub key: CommandKey,
    /// The version of the row acted on, as the author saw it.
    pub version: Version,
}
