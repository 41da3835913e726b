//! PDF (ISO 32000): header at the first byte, `startxref` and `%%EOF` at the end.

use app::domain::document::upload::{FileKind, UploadProblem};
use memchr::memmem::rfind;

use super::{foreign, not_whole, two_things};

/// How it begins.
pub const START: &[u8] = b"%PDF-";

const END: &[u8] = b"%%EOF";
const OFFSET: &[u8] = b"startxref";
/// Where the offset of the last table of contents is looked for.
const OFFSET_WITHIN: usize = 1024;

/// White space of PDF (ISO 32000-2, 7.2.3).
fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

/// Whether it is whole, with nothing behind it.
pub fn check(bytes: &[u8]) -> Result<(), UploadProblem> {
    let cut = || not_whole(FileKind::Pdf);
    let end = rfind(bytes, END).ok_or_else(cut)?;
    let behind = &bytes[end + END.len()..];
    if !behind.iter().all(|byte| is_space(*byte)) {
        // A file that is saved anew grows at its end and keeps its former ends: cut off, it has one in its midst.
        return Err(foreign::known(behind).map_or_else(cut, |other| two_things(FileKind::Pdf, other)));
    }
    let version = bytes.get(START.len()).is_some_and(u8::is_ascii_digit);
    let start = end.saturating_sub(OFFSET_WITHIN);
    let table = rfind(&bytes[start..end], OFFSET).and_then(|at| offset(&bytes[start + at + OFFSET.len()..end]));
    // The first end of a file made for the web says 0: what follows is missing.
    if version && table.is_some_and(|table| 0 < table && table < end) { Ok(()) } else { Err(cut()) }
}

/// The number that stands there by itself.
fn offset(bytes: &[u8]) -> Option<usize> {
    str::from_utf8(bytes).ok()?.trim().parse().ok()
}
