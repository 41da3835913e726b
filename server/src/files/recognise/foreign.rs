//! What a file is that is none of ours, and the traces of a second format within one of ours.

use app::domain::document::upload::{FileKind, UploadProblem};
use infer::MatcherType;
use memchr::memmem::{find, rfind};

use super::{little_endian, package, pdf, two_things};

/// Readers of PDF take a header that begins within so many bytes.
const PDF_HEADER_WITHIN: usize = 1024;
/// Readers of ZIP look for its end in so many last bytes: the record and the longest comment.
const ZIP_END_WITHIN: usize = package::END_RECORD + 0xffff;
/// Where markup is looked for at both ends: more than any browser sniffs.
const MARKUP_WITHIN: usize = 4096;

/// What begins a page that a browser would run.
const MARKUP: [&[u8]; 5] = [b"<script", b"<html", b"<!doctype html", b"<iframe", b"<?php"];

/// Archives that are unpacked wherever in a file they begin.
const ARCHIVES: [(&[u8], &str); 2] = [(b"Rar!\x1a\x07", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7Z")];

/// The refusal of a file that begins as none of ours.
pub fn refused(bytes: &[u8]) -> UploadProblem {
    let start = &bytes[..bytes.len().min(PDF_HEADER_WITHIN + pdf::START.len())];
    if find(start, pdf::START).is_some() && !is_text(bytes) {
        return two_things(FileKind::Pdf, known(bytes).filter(|name| name != "PDF").unwrap_or_else(|| "dati prima dell’inizio".to_owned()));
    }
    UploadProblem::NotAllowed { seen: name(bytes) }
}

/// What a foreign file is, with its article.
pub fn name(bytes: &[u8]) -> Option<String> {
    if is_signature_as_text(bytes) {
        return Some("una firma P7M in forma di testo (PEM o base64)".to_owned());
    }
    if let Some(found) = infer::get(bytes) {
        let noun = match found.matcher_type() {
            MatcherType::App => "un programma",
            MatcherType::Archive => "un archivio",
            MatcherType::Audio => "un file audio",
            MatcherType::Book => "un libro elettronico",
            MatcherType::Doc => "un documento",
            MatcherType::Font => "un carattere",
            MatcherType::Image => "un’immagine",
            MatcherType::Text => "un testo",
            MatcherType::Video => "un video",
            MatcherType::Custom => "un file",
        };
        return Some(format!("{noun} ({})", found.extension().to_uppercase()));
    }
    let start = &bytes[..bytes.len().min(MARKUP_WITHIN)];
    if markup(start) {
        Some("una pagina (HTML)".to_owned())
    } else if find(&start.to_ascii_lowercase(), b"<svg").is_some() {
        Some("un’immagine (SVG)".to_owned())
    } else {
        is_text(bytes).then(|| "un testo semplice (TXT)".to_owned())
    }
}

/// The short name of a format that these bytes begin as.
pub fn known(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.trim_ascii_start();
    if markup(&bytes[..bytes.len().min(MARKUP_WITHIN)]) {
        return Some("HTML".to_owned());
    }
    infer::get(bytes).map(|found| found.extension().to_uppercase())
}

/// The trace of another format in a file that is otherwise one of ours.
pub fn hidden_in(kind: FileKind, bytes: &[u8]) -> Option<&'static str> {
    let start = &bytes[..bytes.len().min(PDF_HEADER_WITHIN + pdf::START.len())];
    if kind != FileKind::Pdf && find(start, pdf::START).is_some() {
        return Some("PDF");
    }
    let (first, last) = (&bytes[..bytes.len().min(MARKUP_WITHIN)], &bytes[bytes.len().saturating_sub(MARKUP_WITHIN)..]);
    if markup(first) || markup(last) {
        return Some("HTML");
    }
    // Documents that are ZIP files have had their end checked, and name what is in them.
    if matches!(kind, FileKind::Pdf | FileKind::Jpeg | FileKind::Png) {
        if has_zip_end(&bytes[bytes.len().saturating_sub(ZIP_END_WITHIN)..]) {
            return Some("ZIP");
        }
        return ARCHIVES.iter().find(|(magic, _)| find(bytes, magic).is_some()).map(|(_, name)| *name);
    }
    None
}

/// Whether something in it begins a page that a browser would run.
pub fn markup(bytes: &[u8]) -> bool {
    let lower = bytes.to_ascii_lowercase();
    MARKUP.iter().any(|tag| find(&lower, tag).is_some())
}

/// Whether a ZIP reader would take these bytes for the end of an archive: the record with one disk and equal counts, which four
/// bytes of compressed data that happen to spell its mark do not have.
fn has_zip_end(tail: &[u8]) -> bool {
    let mut before = tail;
    while let Some(at) = rfind(before, package::END_MARK) {
        let word = |offset| little_endian::<2>(tail, at + offset);
        if word(4) == Some(0) && word(6) == Some(0) && word(8).is_some() && word(8) == word(10) {
            return true;
        }
        before = &tail[..at];
    }
    false
}

/// PEM, or bare base64 that begins as a DER sequence of two length bytes does.
fn is_signature_as_text(bytes: &[u8]) -> bool {
    let text = bytes.trim_ascii_start();
    let pem = text.starts_with(b"-----BEGIN PKCS7") || text.starts_with(b"-----BEGIN CMS");
    let bare = (text.starts_with(b"MI") || text.starts_with(b"MA"))
        && text.iter().all(|byte| byte.is_ascii_alphanumeric() || byte.is_ascii_whitespace() || b"+/=".contains(byte));
    pem || bare && text.len() > MARKUP_WITHIN / 8
}

/// Text in UTF-8 without control characters.
fn is_text(bytes: &[u8]) -> bool {
    let controls = |text: &str| text.chars().any(|letter| letter.is_control() && !letter.is_whitespace());
    str::from_utf8(bytes).is_ok_and(|text| !controls(text))
}
