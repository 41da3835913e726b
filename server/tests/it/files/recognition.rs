//! Every kind is known by its content, everything else is refused in words, and no bytes make the recognition panic.

use app::domain::document::upload::{FileKind, MAX_UPLOAD_BYTES, UploadProblem};
use proptest::prelude::*;
use server::files::recognise;

use super::samples::{self, JPEG, P7M, P7M_BER, P7M_DETACHED, P7M_PEM, P7M_XML, PDF, PNG};

fn sentence(bytes: &[u8]) -> String {
    recognise(bytes).unwrap_err().sentence()
}

#[test]
fn every_kind_is_known_by_its_content() {
    for (kind, bytes) in samples::all() {
        assert_eq!(recognise(&bytes), Ok(kind));
    }
}

#[test]
fn nothing_and_too_much_are_refused_before_anything_is_looked_at() {
    assert_eq!(recognise(b""), Err(UploadProblem::Empty));
    let mut large = PDF.to_vec();
    large.resize(16 * 1024 * 1024, b' ');
    assert_eq!(recognise(&large), Err(UploadProblem::TooLarge { size: 16 * 1024 * 1024 }));
    assert_eq!(sentence(&large), "Il file è di 16,0 MB, il massimo è 15 MB: riduci la risoluzione della scansione o dividilo in più file.");
    large.truncate(usize::try_from(MAX_UPLOAD_BYTES).unwrap());
    assert_eq!(recognise(&large), Ok(FileKind::Pdf), "white space at the end of a PDF, exactly at the limit");
}

#[test]
fn a_foreign_file_is_called_by_its_name() {
    let mut program = b"MZ".to_vec();
    program.resize(256, 0);
    let cases: [(&[u8], &str); 12] = [
        (&program, "un programma (EXE)"),
        (b"GIF89a\x01\0\x01\0\0\0\0;", "un’immagine (GIF)"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "un’immagine (HEIF)"),
        (b"Rar!\x1a\x07\x01\0", "un archivio (RAR)"),
        (b"<!DOCTYPE html><p>ciao", "un testo (HTML)"),
        (b"ciao <script>alert(1)</script>", "una pagina (HTML)"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "un’immagine (SVG)"),
        (b"Caro diario,\n", "un testo semplice (TXT)"),
        (P7M_PEM, "una firma P7M in forma di testo (PEM o base64)"),
        (P7M_DETACHED, "una firma staccata dal suo documento (P7M)"),
        (P7M_XML, "un P7M con dentro un testo (XML)"),
        (&samples::archive(&[("a.txt", b"a", true)]), "un archivio (ZIP)"),
    ];
    for (bytes, seen) in cases {
        assert_eq!(recognise(bytes), Err(UploadProblem::NotAllowed { seen: Some(seen.to_owned()) }));
    }
    assert_eq!(recognise(&[1, 2, 3, 4]), Err(UploadProblem::NotAllowed { seen: None }));
}

#[test]
fn documents_of_the_same_family_are_not_taken_for_texts() {
    let types = |main: &str| format!("<Types><Override PartName='/word/document.xml' ContentType='application/vnd.{main}+xml'/></Types>");
    let template = samples::docx_of(&types("openxmlformats-officedocument.wordprocessingml.template.main"), &[]);
    assert_eq!(recognise(&template), Err(UploadProblem::NotAllowed { seen: Some("un modello di Word (DOTX)".to_owned()) }));
    let sheet =
        samples::archive(&[("[Content_Types].xml", b"<Types/>", true), ("_rels/.rels", b"<R/>", true), ("xl/workbook.xml", b"<w/>", true)]);
    assert!(matches!(recognise(&sheet), Err(UploadProblem::NotAllowed { .. })), "{:?}", recognise(&sheet));
    let ods = samples::archive(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet", false), ("content.xml", b"<o/>", true)]);
    assert!(matches!(recognise(&ods), Err(UploadProblem::NotAllowed { .. })), "{:?}", recognise(&ods));
}

#[test]
fn programs_in_a_document_are_refused() {
    let types = "<Types><Override ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/></Types>";
    let with_macros = [
        samples::docx_with(&[("word/vbaProject.bin", b"\xd0\xcf\x11\xe0", true)]),
        samples::docx_with(&[("word/VBAPROJECT.BIN", b"\xd0\xcf\x11\xe0", true)]),
        samples::docx_with(&[("word/activeX/activeX1.bin", b"x", true)]),
        samples::docx_of(types, &[]),
        samples::odt_with(&[("Basic/Standard/Module1.xml", b"<script:module/>", true)]),
        samples::odt_with(&[("Scripts/python/a.py", b"import os", true)]),
    ];
    for document in with_macros {
        assert_eq!(recognise(&document), Err(UploadProblem::Macros));
    }
}

#[test]
fn a_bomb_is_not_unpacked_and_a_forest_of_entries_is_refused() {
    // The list of types unpacks to 64 MB of spaces, the text to 256 MB: only the first is opened, and one MB of it.
    let spaces = vec![b' '; 64 * 1024 * 1024];
    let types = [br#"<Types ContentType="wordprocessingml.document.main+xml"/>"#.as_slice(), &spaces].concat();
    let bomb = samples::archive(&[("[Content_Types].xml", &types, true), ("word/document.xml", &spaces.repeat(4), true)]);
    assert!(bomb.len() < 2 * 1024 * 1024, "{}", bomb.len());
    let info = allocation(|| assert_eq!(recognise(&bomb), Ok(FileKind::Docx)));
    assert!(info < 8 * 1024 * 1024, "{info} bytes");

    let names: Vec<String> = (0..5000).map(|number| format!("word/{number}.xml")).collect();
    let entries: Vec<samples::Entry<'_>> = names.iter().map(|name| (name.as_str(), b"x".as_slice(), false)).collect();
    assert_eq!(recognise(&samples::docx_with(&entries)), Err(UploadProblem::NotWhole { kind: FileKind::Docx }));
}

/// The most memory that was in use at once, in bytes.
fn allocation(work: impl FnOnce()) -> u64 {
    allocation_counter::measure(work).bytes_max
}

#[test]
fn a_locked_document_is_not_whole() {
    let mut locked = samples::docx();
    // The flag "encrypted" of the first entry, in the directory at the end.
    let directory = memchr::memmem::find(&locked, b"PK\x01\x02").unwrap();
    locked[directory + 8] |= 1;
    assert_eq!(recognise(&locked), Err(UploadProblem::NotWhole { kind: FileKind::Docx }));
}

#[test]
fn nested_signatures_end() {
    // Lengths of a million levels, and a million sets that each announce the rest.
    for unit in [&b"\x30\x80"[..], b"\x24\x80", b"\x31\x84\x7f\xff\xff\xff"] {
        let start = &P7M_BER[..P7M_BER.len().min(60)];
        assert!(recognise(&[start, &unit.repeat(1_000_000)].concat()).is_err());
    }
}

#[test]
fn what_is_cut_off_anywhere_is_refused() {
    for (kind, bytes) in samples::all() {
        for length in 1..bytes.len() {
            let cut = recognise(&bytes[..length]);
            // A last line feed is no loss.
            let harmless = kind == FileKind::Pdf && bytes[length..].iter().all(u8::is_ascii_whitespace);
            assert!(cut.is_err() || harmless, "{kind:?} of {} bytes cut to {length}", bytes.len());
        }
    }
    for (kind, bytes) in [(FileKind::Jpeg, JPEG), (FileKind::Png, PNG), (FileKind::P7m, P7M), (FileKind::Pdf, PDF)] {
        assert_eq!(recognise(&bytes[..bytes.len() - 10]), Err(UploadProblem::NotWhole { kind }));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn bytes_of_any_origin_are_answered(start in 0..samples::all().len(), keep in 0..40usize, bytes: Vec<u8>) {
        // Alone, and behind the first bytes of each kind.
        let _ = recognise(&bytes);
        let sample = &samples::all()[start].1;
        let _ = recognise(&[&sample[..keep.min(sample.len())], &bytes].concat());
    }

    #[test]
    fn real_files_with_changed_bytes_are_answered(
        which in 0..samples::all().len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut: prop::sample::Index,
        twice: bool,
    ) {
        let mut bytes = samples::all().swap_remove(which).1;
        for (at, byte) in changes {
            *at.get_mut(&mut bytes) = byte;
        }
        let cut = cut.index(bytes.len());
        let mixed = if twice { [&bytes[..cut], &bytes[..]].concat() } else { bytes[cut / 4..].to_vec() };
        for bytes in [bytes, mixed] {
            if let Err(problem) = recognise(&bytes) {
                prop_assert!(problem.sentence().chars().count() <= 200, "{}", problem.sentence());
            }
        }
    }
}
