//! What the archive and a blind reader need: PDF/A-3a and PDF/UA-1, tags, language, alternative texts, embedded fonts.

use app::domain::{document::paper::Paper, time::LocalInstant};
use server::documents::Attachment;

use super::{samples, tools::Pdf};

#[test]
fn the_file_says_which_standards_it_keeps_and_is_sound() {
    for paper in [samples::register(0, "Ada"), samples::register(60, samples::LONG_NAME), samples::report("Ada")] {
        let pdf = Pdf::of(&paper);
        assert!(pdf.told("qpdf", &["--check", "paper.pdf"]).contains("No syntax or stream encoding errors found"));
        let meta = pdf.told("pdfinfo", &["-meta", "paper.pdf"]);
        for mark in [
            "<pdfaid:part>3</pdfaid:part>",
            "<pdfaid:conformance>A</pdfaid:conformance>",
            "<pdfuaid:part>1</pdfuaid:part>",
            "<rdf:li>it</rdf:li>",
            "<xmp:CreateDate>2026-11-24T09:30:15+01:00</xmp:CreateDate>",
        ] {
            assert!(meta.contains(mark), "{mark}: {meta}");
        }
        assert_eq!(pdf.info("Tagged"), "yes");
        assert_eq!(pdf.info("Title"), paper.title);
        assert_eq!(pdf.info("Creator"), "Affianco");
        let objects = pdf.told("qpdf", &["--json", "paper.pdf"]);
        assert!(objects.contains("\"/Lang\": \"u:it\""), "the document's language");
        assert!(objects.contains("\"/DisplayDocTitle\": true"), "readers show the title, not the file's name");
    }
}

#[test]
fn the_date_has_rome_s_hour_also_when_the_clock_is_turned() {
    for (made, written) in [
        ("2026-07-01T12:00:00", "2026-07-01T12:00:00+02:00"),
        ("2026-10-25T02:30:00", "2026-10-25T02:30:00+02:00"),
        ("2026-03-29T02:30:00", "2026-03-29T02:30:00+02:00"),
    ] {
        let paper = Paper { made: LocalInstant(made.parse().unwrap()), ..samples::register(0, "Ada") };
        let meta = Pdf::of(&paper).told("pdfinfo", &["-meta", "paper.pdf"]);
        assert!(meta.contains(&format!("<xmp:CreateDate>{written}</xmp:CreateDate>")), "{meta}");
    }
}

#[test]
fn every_font_is_in_the_file_with_its_letters() {
    let told = Pdf::of(&samples::register(2, samples::LONG_NAME)).told("pdffonts", &["paper.pdf"]);
    let fonts: Vec<&str> = told.lines().skip(2).collect();
    assert_eq!(fonts.len(), 3, "{told}");
    for font in fonts {
        assert!(font.contains("TitilliumWeb-") || font.contains("NotoSans-Regular"), "{font}");
        let columns: Vec<&str> = font.split_whitespace().rev().take(5).collect();
        assert_eq!(columns[2..], ["yes"; 3], "embedded, a subset, with a map to letters: {font}");
    }
}

#[test]
fn tables_headings_and_pictures_are_tagged_for_who_cannot_see_them() {
    let mut paper = samples::register(60, "Ada Zanòn");
    paper.footer = samples::issued();
    let pdf = Pdf::of(&paper);
    let structure = pdf.structure();
    // A tag stands first on its line, with a colon where attributes follow; words stand in quotes.
    let count = |tag: &str| {
        structure.lines().filter(|line| line.split_whitespace().next().is_some_and(|first| first.trim_end_matches(':') == tag)).count()
    };
    assert_eq!(count("Table"), 1, "one table over all pages: {structure}");
    assert_eq!(count("TR"), 1 + 60 + 1, "a head, the rows, the totals");
    assert_eq!((count("TH"), count("TD")), (9, 9 * 61));
    assert_eq!((count("H1"), count("H2")), (1, 2));
    assert_eq!(count("Figure"), 1 + paper_drawings(), "the QR and each drawn signature");
    let first = structure.split("H2").next().unwrap();
    assert!(first.contains("\"BOZZA\""), "the draft is said with the title: {first}");
    assert!(!structure.contains("Pagina 1 di"), "page numbers are no text");
    let objects = pdf.told("qpdf", &["--json", "paper.pdf"]);
    assert_eq!(objects.matches("\"/Alt\": \"u:Firma disegnata\"").count(), paper_drawings());
    assert_eq!(objects.matches(&format!("\"/Alt\": \"u:Codice QR per la verifica del documento: {}\"", samples::ADDRESS)).count(), 1);
    assert_eq!(objects.matches("\"/Scope\": \"/Column\"").count(), 9, "heads say what they head");
}

/// Drawn signatures in the register of sixty rows: every fourth mark of two columns, of which one changes every other row.
fn paper_drawings() -> usize {
    (1..=60).map(|at: usize| usize::from(at % 4 == 1) + usize::from((at / 2) % 4 == 1)).sum()
}

#[test]
fn files_inside_come_out_as_they_went_in() {
    let data = Attachment {
        name: "dati.json".to_owned(),
        media_type: "application/json".to_owned(),
        description: "I dati del registro".to_owned(),
        bytes: "{\"nome\":\"D'Agostìn\"}".as_bytes().to_vec(),
    };
    let table = Attachment { name: "righe.csv".to_owned(), media_type: "text/csv".to_owned(), bytes: vec![0, 255, 10], ..data.clone() };
    let pdf = Pdf::with(&samples::register(1, "Ada"), &[data.clone(), table.clone()]);
    for each in [data, table] {
        pdf.run("pdfdetach", &["-savefile", &each.name, "-o", "out", "paper.pdf"]);
        assert_eq!(pdf.left("out"), each.bytes);
    }
    assert!(pdf.told("pdfinfo", &["-meta", "paper.pdf"]).contains("<pdfaid:part>3</pdfaid:part>"));
    let objects = pdf.told("qpdf", &["--json", "paper.pdf"]);
    assert_eq!(objects.matches("\"/AFRelationship\": \"/Data\"").count(), 2);
}
