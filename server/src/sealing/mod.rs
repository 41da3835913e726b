//! Personal data at rest: who holds the master key can read it, and who drops a person's key has erased that person.
//!
//! ```text
//! master key ─┬─ wraps ──► key of each person ── seals ──► details, limits, audit payloads, files of that person
//!             ├─ seals ──► things of no single person (saved searches)
//!             └─ keys ───► the hash by which a tax code is found again
//! ```
//! Every sealed text is bound to a *context* (what it is and whose, as `b"person:<uuid>:details"`): it opens nowhere else.

mod envelope;
mod key_file;
mod master;
mod person;

pub use envelope::{OVERHEAD, Seal};
pub use key_file::{FILE_NAME, KeyFileError, load_or_generate};
pub use master::MasterKey;
pub use person::PersonKey;

/// Why something could not be sealed or opened. Never says what was in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Too short, or of a version that this program does not know.
    #[error("these bytes are not sealed data of a known version")]
    Format,
    /// Another key, another context, or changed bytes: the cipher can't tell which.
    #[error("the sealed data does not open: wrong key, wrong context or damaged bytes")]
    Closed,
    /// The person's key was wrapped by another master key.
    #[error("the key was wrapped by the master key {found}, this program has {held}", found = hex::encode(.found), held = hex::encode(.held))]
    OtherMaster {
        /// Id of the master key that wrapped it.
        found: [u8; 4],
        /// Id of the master key this program has.
        held: [u8; 4],
    },
    /// What was opened is not the expected record, or can't be written as one.
    #[error("the sealed record does not have the expected shape")]
    Shape,
    /// More than the cipher takes in one piece (64 GiB).
    #[error("too long to be sealed in one piece")]
    TooLong,
}
