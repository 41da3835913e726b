//! Keyset pages: a list is read forward from a cursor that names the last row seen.

use serde::{Deserialize, Serialize};

/// Rows on one page.
pub const PAGE_SIZE: u32 = 50;

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows, in the list's order.
    pub rows: Vec<T>,
    /// Where the next page starts; `None` on the last one. Opaque to the client.
    pub next: Option<String>,
    /// How many rows the whole list has.
    pub total: u64,
}
