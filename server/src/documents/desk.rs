//! What typst may see while it lays a paper out: the template, the fonts and the paper's data. Nothing else is there to be asked for.

use std::sync::{LazyLock, OnceLock};

use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, Source},
    text::{Font, FontBook},
    utils::LazyHash,
};

use super::{Attachment, fonts::FONTS};

/// The page itself; it names the other files.
static MAIN: LazyLock<Source> = LazyLock::new(|| Source::detached(include_str!("template/paper.typ")));
/// What the page imports.
static PARTS: [Part; 2] = [
    Part { name: "parts.typ", text: include_str!("template/parts.typ"), source: OnceLock::new() },
    Part { name: "table.typ", text: include_str!("template/table.typ"), source: OnceLock::new() },
];
/// Made once: that takes longer than a short paper.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

/// A file of the template, read when it is first asked for.
struct Part {
    name: &'static str,
    text: &'static str,
    source: OnceLock<Source>,
}

/// One paper and its attachments, ready to be laid out.
pub struct Desk {
    leaves: Bytes,
    attachments: Vec<Bytes>,
}

impl Desk {
    /// `leaves` is the JSON that the template reads.
    pub fn new(leaves: Vec<u8>, attachments: &[Attachment]) -> Self {
        Self { leaves: Bytes::new(leaves), attachments: attachments.iter().map(|each| Bytes::new(each.bytes.clone())).collect() }
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        MAIN.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == MAIN.id() {
            return Ok(MAIN.clone());
        }
        let part = PARTS.iter().find(|part| part.name == id.vpath().get_without_slash()).ok_or(FileError::AccessDenied)?;
        Ok(part.source.get_or_init(|| Source::new(id, part.text.to_owned())).clone())
    }

    // Attachments are asked for by number: typst never forgets a file's name.
    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let name = id.vpath().get_without_slash();
        let bytes = match name.strip_prefix("attachments/") {
            Some(number) => number.parse().ok().and_then(|at: usize| self.attachments.get(at)),
            None => (name == "paper.json").then_some(&self.leaves),
        };
        bytes.cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
