//! Documents that are ZIP files: DOCX (ECMA-376, part 2) and ODT (OpenDocument 1.3, part 2). The archive fills the file from its first
//! byte to its last, its two lists of contents agree, and nothing lies between the entries. Only the list of types is ever unpacked.

use std::io::{Cursor, Read as _};

use app::domain::document::upload::{FileKind, UploadProblem};
use memchr::memmem::{find, rfind};
use zip::{CompressionMethod, ZipArchive};

use super::{behind, foreign, little_endian, not_whole, two_things};

/// How it begins: the header of the first entry.
pub const START: &[u8] = b"PK\x03\x04";
/// How the record at its end begins, and its length without a comment.
pub const END_MARK: &[u8] = b"PK\x05\x06";
pub const END_RECORD: usize = 22;

/// The most entries; a thousand pictures make a document of about as many.
const ENTRIES_MAX: usize = 4096;
/// The most that is unpacked of the list of types, in bytes.
const TYPES_MAX: u64 = 1024 * 1024;
/// The longest data descriptor, which may stand behind an entry.
const DESCRIPTOR_MAX: u64 = 24;

const TYPES: &str = "[Content_Types].xml";
const ODT_TYPE: &[u8] = b"application/vnd.oasis.opendocument.text";

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Its kind, when it is whole, one thing only, and without programs.
pub fn check(bytes: &[u8]) -> Result<FileKind, UploadProblem> {
    // Before it is opened, by the names that its first entries have.
    let looks = match infer::get(bytes).map(|found| found.extension()) {
        Some("docx") => FileKind::Docx,
        Some("odt") => FileKind::Odt,
        _ if find(bytes, b"word/document.xml").is_some() => FileKind::Docx,
        _ => return Err(UploadProblem::NotAllowed { seen: foreign::name(bytes) }),
    };
    let cut = || not_whole(looks);
    let end = rfind(bytes, END_MARK).ok_or_else(cut)?;
    if end + END_RECORD > bytes.len() {
        return Err(cut());
    }
    let behind_end = &bytes[end + END_RECORD..];
    if !behind_end.is_empty() {
        return Err(behind(looks, behind_end));
    }
    // Before the library makes room for as many as are announced.
    if little_endian::<2>(bytes, end + 10).is_none_or(|entries| entries > ENTRIES_MAX) {
        return Err(cut());
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| cut())?;
    let names = names(&mut archive, bytes, looks)?;
    let kind = kind(&mut archive, &names, bytes, looks)?;
    let foreign_entry =
        |name: &String| name == "meta-inf/manifest.mf" || name == "androidmanifest.xml" || name.rsplit('.').next() == Some("class");
    if names.iter().any(foreign_entry) {
        return Err(two_things(kind, "JAR"));
    }
    Ok(kind)
}

/// The names of all entries in lower case, once it is sure that they lie side by side and are called the same in both lists.
fn names(archive: &mut Archive<'_>, bytes: &[u8], kind: FileKind) -> Result<Vec<String>, UploadProblem> {
    let cut = || not_whole(kind);
    let hidden = || two_things(kind, "dati nascosti");
    let directory = archive.central_directory_start();
    let (mut names, mut places) = (Vec::new(), Vec::new());
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|_| cut())?;
        let (start, data) = (entry.header_start(), entry.data_start().ok_or_else(cut)?);
        let header = usize::try_from(start).ok().and_then(|start| bytes.get(start..)).ok_or_else(cut)?;
        let length = little_endian::<2>(header, 26).ok_or_else(cut)?;
        if entry.encrypted() {
            return Err(cut());
        }
        if header.get(30..30 + length) != Some(entry.name_raw()) {
            return Err(hidden());
        }
        names.push(entry.name().map_err(|_| cut())?.to_ascii_lowercase());
        places.push((start, data.checked_add(entry.compressed_size()).ok_or_else(cut)?));
    }
    let (count, mut reached) = (names.len(), 0);
    places.sort_unstable();
    for (start, end) in places.into_iter().chain([(directory, directory)]) {
        if start < reached {
            return Err(cut());
        }
        if start - reached > if reached == 0 { 0 } else { DESCRIPTOR_MAX } {
            return Err(hidden());
        }
        reached = end;
    }
    let mut unique = names.clone();
    unique.sort_unstable();
    unique.dedup();
    if unique.len() == count { Ok(names) } else { Err(hidden()) }
}

fn kind(archive: &mut Archive<'_>, names: &[String], bytes: &[u8], looks: FileKind) -> Result<FileKind, UploadProblem> {
    let has = |name: &str| names.iter().any(|entry| entry == name);
    let odt = has_mimetype(archive);
    if has("word/document.xml") && archive.index_for_name(TYPES).is_some() {
        if has("mimetype") || has("content.xml") {
            return Err(two_things(FileKind::Docx, "ODT"));
        }
        return docx(archive, names);
    }
    if odt && has("content.xml") {
        // Where a program that only reads the first bytes finds the type: the entry is first, bare and without extras.
        let bare = bytes.get(38..38 + ODT_TYPE.len()) == Some(ODT_TYPE) && bytes.get(30..38) == Some(b"mimetype");
        let programs = |name: &String| (name.starts_with("basic/") || name.starts_with("scripts/")) && !name.ends_with('/');
        return match (bare, names.iter().any(programs)) {
            (false, _) => Err(not_whole(FileKind::Odt)),
            (true, true) => Err(UploadProblem::Macros),
            (true, false) => Ok(FileKind::Odt),
        };
    }
    Err(match looks {
        FileKind::Odt if !odt => UploadProblem::NotAllowed { seen: foreign::name(bytes) },
        looks => not_whole(looks),
    })
}

/// Whether the first entry says that this is a text of OpenDocument.
fn has_mimetype(archive: &mut Archive<'_>) -> bool {
    let Ok(entry) = archive.by_name("mimetype") else { return false };
    let mut content = Vec::new();
    let fits = entry.compression() == CompressionMethod::Stored && entry.header_start() == 0;
    fits && entry.take(ODT_TYPE.len() as u64 + 1).read_to_end(&mut content).is_ok() && content == ODT_TYPE
}

fn docx(archive: &mut Archive<'_>, names: &[String]) -> Result<FileKind, UploadProblem> {
    let mut types = Vec::new();
    let entry = archive.by_name(TYPES).map_err(|_| not_whole(FileKind::Docx))?;
    entry.take(TYPES_MAX).read_to_end(&mut types).map_err(|_| not_whole(FileKind::Docx))?;
    let says = |text: &str| find(&types, text.as_bytes()).is_some();
    let program = |name: &String| name.contains("vbaproject") || name.contains("vbadata") || name.contains("activex");
    if names.iter().any(program) || says("macroEnabled") || says("vbaProject") {
        return Err(UploadProblem::Macros);
    }
    if says("wordprocessingml.document.main+xml") {
        return Ok(FileKind::Docx);
    }
    let template = says("wordprocessingml.template.main+xml");
    Err(if template { UploadProblem::NotAllowed { seen: Some("un modello di Word (DOTX)".to_owned()) } } else { not_whole(FileKind::Docx) })
}
