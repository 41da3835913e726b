//! Cursors of keyset pages: the sort key and the id of the last row seen, opaque to the client.

use std::{fmt::Display, str::FromStr};

use app::domain::page::Page;

/// Writes the cursor of a row.
pub(super) fn write(key: impl Display, id: impl Display) -> String {
    format!("{key}.{id}")
}

/// Reads a cursor; one that was tampered with starts over.
pub(super) fn read<K: FromStr, I: FromStr>(cursor: Option<&str>) -> Option<(K, I)> {
    let (key, id) = cursor?.rsplit_once('.')?;
    Some((key.parse().ok()?, id.parse().ok()?))
}

/// The page of `size` rows out of what was read with one row more, so that the last page knows it is the last.
pub(super) fn page<T>(mut rows: Vec<T>, size: u32, total: u64, cursor: impl Fn(&T) -> String) -> Page<T> {
    let size = size as usize;
    let more = rows.len() > size;
    rows.truncate(size);
    let next = rows.last().filter(|_| more).map(cursor);
    Page { rows, next, total }
}

#[cfg(test)]
mod tests {
    use app::domain::ids::{OpalId, SessionId};
    use chrono::NaiveDateTime;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        let id = OpalId(Uuid::from_u128(7));
        assert_eq!(read::<i64, OpalId>(Some(&write(-12, id))), Some((-12, id)));
        let (at, id) = ("2026-11-20T09:00:00".parse::<NaiveDateTime>().unwrap(), SessionId(Uuid::from_u128(8)));
        assert_eq!(read(Some(&write(format_args!("{at:?}"), id))), Some((at, id)));
    }

    #[test]
    fn a_cursor_that_nobody_wrote_starts_over() {
        for text in ["", "x", "1.", ".", "1.not-an-id", "x.00000000-0000-0000-0000-000000000007"] {
            assert_eq!(read::<i64, OpalId>(Some(text)), None, "{text}");
        }
    }

    #[test]
    fn the_last_page_has_no_cursor() {
        let page = |rows: Vec<i32>| page(rows, 2, 3, ToString::to_string);
        assert_eq!((page(vec![1, 2, 3]).rows, page(vec![1, 2, 3]).next), (vec![1, 2], Some("2".to_owned())));
        assert_eq!((page(vec![1, 2]).rows, page(vec![1, 2]).next), (vec![1, 2], None));
        assert_eq!(page(vec![]).next, None);
    }
}
