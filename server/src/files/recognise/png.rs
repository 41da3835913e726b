//! PNG (ISO/IEC 15948): the signature, then chunks from IHDR to IEND, then nothing.

use app::domain::document::upload::{FileKind, UploadProblem};

use super::{behind, big_endian, foreign, not_whole, two_things};

/// How it begins.
pub const START: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Length and name before the data of a chunk, checksum behind them, in bytes.
const HEAD: usize = 8;
const CHECKSUM: usize = 4;

/// Whether it is whole, with nothing behind it.
pub fn check(bytes: &[u8]) -> Result<(), UploadProblem> {
    let cut = || not_whole(FileKind::Png);
    let (mut at, mut picture) = (START.len(), false);
    loop {
        let length = big_endian::<4>(bytes, at).ok_or_else(cut)?;
        let name = bytes.get(at + 4..at + HEAD).ok_or_else(cut)?;
        let data = bytes.get(at + HEAD..).and_then(|rest| rest.get(..length)).ok_or_else(cut)?;
        let next = at + HEAD + length + CHECKSUM;
        if next > bytes.len() || !name.iter().all(u8::is_ascii_alphabetic) || (at == START.len()) != (name == b"IHDR" && length == 13) {
            return Err(cut());
        }
        match name {
            b"IEND" if length > 0 || !picture => return Err(cut()),
            b"IEND" if next < bytes.len() => return Err(behind(FileKind::Png, &bytes[next..])),
            b"IEND" => return Ok(()),
            b"IDAT" => picture = true,
            b"PLTE" | b"IHDR" => {}
            _ if foreign::markup(data) => return Err(two_things(FileKind::Png, "HTML")),
            _ => {}
        }
        at = next;
    }
}
