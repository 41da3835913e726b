//! JPEG (ITU-T T.81): segments from SOI to EOI. Phones put more behind the picture: further whole pictures (CIPA DC-007: the preview,
//! the brightness map of HDR) and, by Samsung, a short list of facts. Those are part of the photo; anything else is a second thing.

use app::domain::document::upload::{FileKind, UploadProblem};
use memchr::memchr;

use super::{behind, big_endian, foreign, little_endian, not_whole, two_things};

/// How it begins: SOI and the start of the next marker.
pub const START: &[u8] = b"\xff\xd8\xff";

/// The longest list of facts that is taken for one, in bytes; a film of the moment before the shot is longer.
const FACTS_MAX: usize = 64 * 1024;

/// Whether it is whole, with nothing behind it but what belongs to a photo.
pub fn check(bytes: &[u8]) -> Result<(), UploadProblem> {
    let mut rest = bytes;
    loop {
        let end = picture(rest)?;
        rest = &rest[end..];
        if rest.is_empty() || rest.iter().all(|byte| *byte == 0) || is_list_of_facts(rest) {
            return Ok(());
        }
        if !rest.starts_with(START) {
            return Err(behind(FileKind::Jpeg, rest));
        }
    }
}

/// Where the picture that begins here ends.
fn picture(bytes: &[u8]) -> Result<usize, UploadProblem> {
    let cut = || not_whole(FileKind::Jpeg);
    let (mut at, mut scanned) = (2, false);
    loop {
        if bytes.get(at) != Some(&0xff) {
            return Err(cut());
        }
        // Any number of fill bytes may stand before a marker.
        while bytes.get(at) == Some(&0xff) {
            at += 1;
        }
        let marker = *bytes.get(at).ok_or_else(cut)?;
        at += 1;
        match marker {
            0xd9 if scanned => return Ok(at),
            0xd9 | 0x00 | 0xd8 => return Err(cut()),
            0x01 | 0xd0..=0xd7 => continue,
            _ => {}
        }
        let length = big_endian::<2>(bytes, at).filter(|length| *length >= 2).ok_or_else(cut)?;
        let data = bytes.get(at + 2..at + length).ok_or_else(cut)?;
        if matches!(marker, 0xe0..=0xef | 0xfe) && foreign::markup(data) {
            return Err(two_things(FileKind::Jpeg, "HTML"));
        }
        at += length;
        if marker == 0xda {
            scanned = true;
            at += scan(&bytes[at..]).ok_or_else(cut)?;
        }
    }
}

/// How long the compressed data are that begin here: up to a marker that is neither a stuffed zero nor a restart.
fn scan(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr(0xff, &bytes[at..])?;
        match bytes.get(at + 1)? {
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ => return Some(at),
        }
    }
}

/// Samsung's trailer: data, then `SEFH` and a directory, its length, `SEFT`.
fn is_list_of_facts(rest: &[u8]) -> bool {
    let Some(before) = rest.strip_suffix(b"SEFT") else { return false };
    let Some(length_at) = before.len().checked_sub(4) else { return false };
    let directory = little_endian::<4>(before, length_at).and_then(|length| length_at.checked_sub(length));
    rest.len() <= FACTS_MAX && directory.is_some_and(|at| before[at..].starts_with(b"SEFH"))
}
