//! Files that are two things at once: a picture for one program, an archive or a page for another.

use app::domain::document::upload::{FileKind, UploadProblem};
use server::files::recognise;

use super::samples::{self, JPEG, P7M, PDF, PNG};

const PAGE: &[u8] = b"<html><script>alert(document.cookie)</script></html>";

fn two_things(kind: FileKind, other: &str) -> Result<FileKind, UploadProblem> {
    Err(UploadProblem::TwoThings { kind, other: other.to_owned() })
}

fn archive() -> Vec<u8> {
    samples::archive(&[("a.html", PAGE, true)])
}

/// A chunk of PNG; readers that do not know it skip it.
fn chunk(name: &[u8], data: &[u8]) -> Vec<u8> {
    [&u32::try_from(data.len()).unwrap().to_be_bytes(), name, data, &[0; 4]].concat()
}

/// A segment of JPEG.
fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    [&[0xff, marker], u16::try_from(data.len() + 2).unwrap().to_be_bytes().as_slice(), data].concat()
}

fn inserted(bytes: &[u8], at: usize, more: &[u8]) -> Vec<u8> {
    [&bytes[..at], more, &bytes[at..]].concat()
}

#[test]
fn something_behind_the_end_is_named() {
    for (kind, bytes) in [(FileKind::Pdf, PDF), (FileKind::Jpeg, JPEG), (FileKind::Png, PNG), (FileKind::P7m, P7M)] {
        assert_eq!(recognise(&[bytes, &archive()].concat()), two_things(kind, "ZIP"));
        assert_eq!(recognise(&[bytes, PAGE].concat()), two_things(kind, "HTML"));
        if kind != FileKind::Pdf {
            assert_eq!(recognise(&[bytes, b"\n%PDF-1.7 x"].concat()), two_things(kind, "PDF"));
            assert_eq!(recognise(&[bytes, b"\x01\x02"].concat()), two_things(kind, "dati in coda"));
        }
    }
    for (kind, bytes) in [(FileKind::Docx, samples::docx()), (FileKind::Odt, samples::odt())] {
        assert_eq!(recognise(&[&bytes, PAGE].concat()), two_things(kind, "HTML"));
        assert_eq!(recognise(&[&bytes, &b"x"[..]].concat()), two_things(kind, "dati in coda"));
    }
}

#[test]
fn something_inside_is_named() {
    // In a comment of the PDF, before its end mark.
    let end = memchr::memmem::rfind(PDF, b"startxref").unwrap();
    for (more, other) in [(archive(), "ZIP"), (PAGE.to_vec(), "HTML"), (b"Rar!\x1a\x07\x01\0".to_vec(), "RAR")] {
        assert_eq!(recognise(&inserted(PDF, end, &[b"%", &more[..], b"\n"].concat())), two_things(FileKind::Pdf, other));
    }
    // In a chunk behind the head, and in a comment behind the start.
    for (more, other) in [(archive(), "ZIP"), (PAGE.to_vec(), "HTML"), (PDF.to_vec(), "PDF")] {
        assert_eq!(recognise(&inserted(PNG, 33, &chunk(b"prVt", &more))), two_things(FileKind::Png, other));
        assert_eq!(recognise(&inserted(JPEG, 2, &segment(0xfe, &more))), two_things(FileKind::Jpeg, other));
    }
    assert_eq!(recognise(&samples::docx_with(&[("word/media/a.pdf", PDF, false)])), two_things(FileKind::Docx, "PDF"));
    assert_eq!(recognise(&samples::docx_with(&[("META-INF/MANIFEST.MF", b"Main-Class: A", true)])), two_things(FileKind::Docx, "JAR"));
    assert_eq!(recognise(&samples::docx_with(&[("content.xml", b"<o/>", true)])), two_things(FileKind::Docx, "ODT"));
}

#[test]
fn a_pdf_that_does_not_begin_at_the_first_byte_is_refused() {
    assert_eq!(recognise(&[b"GIF89a\x01\0\x01\0\0\0\0;", PDF].concat()), two_things(FileKind::Pdf, "GIF"));
    assert_eq!(recognise(&[b"\x01\n", PDF].concat()), two_things(FileKind::Pdf, "dati prima dell’inizio"));
    assert_eq!(recognise(&[b"MZ\0\0", PDF].concat()), two_things(FileKind::Pdf, "EXE"));
}

#[test]
fn what_lies_between_the_entries_of_a_document_is_refused() {
    let document = samples::docx();
    let directory = memchr::memmem::find(&document, b"PK\x01\x02").unwrap();
    let mut hidden = inserted(&document, directory, &[7; 100]);
    let end = hidden.len() - 6;
    hidden[end..end + 4].copy_from_slice(&u32::try_from(directory + 100).unwrap().to_le_bytes());
    assert_eq!(recognise(&hidden), two_things(FileKind::Docx, "dati nascosti"));
}

#[test]
fn an_entry_that_is_called_otherwise_in_the_directory_is_refused() {
    let mut document = samples::docx();
    let directory = memchr::memmem::find(&document, b"PK\x01\x02").unwrap();
    let name = memchr::memmem::find(&document[..directory], b"_rels/.rels").unwrap();
    document[name] = b'x';
    assert_eq!(recognise(&document), two_things(FileKind::Docx, "dati nascosti"));
}

#[test]
fn an_archive_before_the_document_is_refused() {
    let document = [&archive(), &samples::docx()[..]].concat();
    assert!(recognise(&document).is_err(), "{:?}", recognise(&document));
}

#[test]
fn what_phones_put_behind_a_photo_belongs_to_it() {
    // A preview as a second picture, and zeros.
    assert_eq!(recognise(&[JPEG, JPEG, &[0; 64]].concat()), Ok(FileKind::Jpeg));
    // Samsung's list of facts: data, SEFH, version, count, one entry; its length; SEFT.
    let directory = [b"SEFH".as_slice(), &107_u32.to_le_bytes(), &1_u32.to_le_bytes(), &[0; 12]].concat();
    let facts =
        [b"\0\0\x01\x0a\x0e\0\0\0Image_UTC_Data".as_slice(), &directory, &u32::try_from(directory.len()).unwrap().to_le_bytes(), b"SEFT"]
            .concat();
    assert_eq!(recognise(&[JPEG, &facts].concat()), Ok(FileKind::Jpeg));
    // An archive that ends like one, a list that points nowhere, a film.
    assert!(recognise(&[JPEG, &archive(), &directory, &24_u32.to_le_bytes(), b"SEFT"].concat()).is_err());
    assert!(recognise(&[JPEG, b"x", &u32::MAX.to_le_bytes(), b"SEFT"].concat()).is_err());
    assert_eq!(recognise(&[JPEG, b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"].concat()), two_things(FileKind::Jpeg, "MP4"));
}
