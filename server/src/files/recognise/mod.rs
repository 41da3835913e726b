//! What an uploaded file is: by its content and never by its name, and only if it is that and nothing else.
//!
//! Each kind is walked from its first byte to its last. What is cut off is refused as not whole; what carries a second format along
//! (a *polyglot*, which one program shows as a picture and another unpacks or runs) is refused as two things. Nothing is changed,
//! nothing is unpacked but a short list of contents, and no input makes it panic (tests/it/files/recognition.rs).

mod foreign;
mod jpeg;
mod package;
mod pdf;
mod png;
mod signed;

use app::domain::document::upload::{FileKind, UploadProblem, check_size};

/// How many signatures may lie around a document (countersigned by as many people).
const SIGNATURES: usize = 4;

/// The kind of a file.
///
/// # Errors
/// [`UploadProblem`]: what it is instead, or what is wrong with it.
pub fn recognise(bytes: &[u8]) -> Result<FileKind, UploadProblem> {
    check_size(bytes.len() as u64)?;
    within(bytes, SIGNATURES)
}

fn within(bytes: &[u8], signatures: usize) -> Result<FileKind, UploadProblem> {
    let kind = if bytes.starts_with(pdf::START) {
        pdf::check(bytes)?;
        FileKind::Pdf
    } else if bytes.starts_with(jpeg::START) {
        jpeg::check(bytes)?;
        FileKind::Jpeg
    } else if bytes.starts_with(png::START) {
        png::check(bytes)?;
        FileKind::Png
    } else if bytes.starts_with(package::START) {
        package::check(bytes)?
    } else if signed::is_signed(bytes) {
        // A signature carries another file by design: that one is looked at.
        return signed_content(bytes, signatures).map(|_| FileKind::P7m);
    } else {
        return Err(foreign::refused(bytes));
    };
    match foreign::hidden_in(kind, bytes) {
        Some(other) => Err(two_things(kind, other)),
        None => Ok(kind),
    }
}

fn signed_content(bytes: &[u8], signatures: usize) -> Result<FileKind, UploadProblem> {
    let Some(left) = signatures.checked_sub(1) else { return Err(not_whole(FileKind::P7m)) };
    let content = signed::content(bytes)?;
    match within(&content, left) {
        Err(UploadProblem::NotAllowed { seen }) => {
            let seen = seen.unwrap_or_else(|| "un contenuto sconosciuto".to_owned());
            Err(UploadProblem::NotAllowed { seen: Some(format!("un P7M con dentro {seen}")) })
        }
        answer => answer,
    }
}

fn not_whole(kind: FileKind) -> UploadProblem {
    UploadProblem::NotWhole { kind }
}

fn two_things(kind: FileKind, other: impl Into<String>) -> UploadProblem {
    UploadProblem::TwoThings { kind, other: other.into() }
}

/// What stands behind the end of a file: a second thing, named when it can be.
fn behind(kind: FileKind, rest: &[u8]) -> UploadProblem {
    two_things(kind, foreign::known(rest).unwrap_or_else(|| "dati in coda".to_owned()))
}

/// A number of two or four bytes at a place, the highest byte first.
fn big_endian<const N: usize>(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..)?.first_chunk::<N>().map(|digits| digits.iter().fold(0, |number, digit| number << 8 | usize::from(*digit)))
}

/// The same, the lowest byte first.
fn little_endian<const N: usize>(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..)?.first_chunk::<N>().map(|digits| digits.iter().rev().fold(0, |number, digit| number << 8 | usize::from(*digit)))
}
