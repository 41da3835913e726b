//! What stands on the pages: every row, every page numbered, nothing beyond the margins.

use super::{samples, tools::Pdf};

/// Left and right of the text, in millimetres.
const MARGIN: f64 = 18.0;

#[test]
fn r31_registers_of_no_one_and_sixty_rows_hold_every_row_under_repeated_heads() {
    for (rows, least) in [(0, 1), (1, 1), (60, 5)] {
        let paper = samples::register(rows, "Ada D'Agostìn");
        let pdf = Pdf::of(&paper);
        let pages = pdf.pages();
        assert_eq!(pdf.info("Pages"), pages.len().to_string());
        assert!(pages.len() >= least, "{rows} rows on {} pages", pages.len());
        let all = pages.concat();
        for row in 1..=rows {
            for end in [format!("Riga{row:03}"), format!("fine{row:03}")] {
                assert_eq!(all.matches(&end).count(), 1, "{end} of {rows} rows");
            }
        }
        for (at, page) in pages.iter().enumerate() {
            assert!(page.contains(&format!("Pagina {} di {}", at + 1, pages.len())), "{page}");
            assert_eq!(page.contains("Descrizione dell"), page.contains("Riga"), "heads stand where rows stand: {page}");
        }
        assert_eq!(all.contains("Nessuna erogazione conclusa"), rows == 0);
        assert_eq!(all.contains("Totale"), rows > 0);
    }
}

#[test]
fn r31_the_head_is_on_paper_as_the_model_says_it() {
    let paper = samples::register(1, samples::LONG_NAME);
    let letters = Pdf::of(&paper).letters();
    for line in paper.to_text().lines().filter(|line| !line.contains('|')) {
        // The model marks a draft in brackets, the page in a frame of its own; label and value stand apart.
        for part in line.replace(" [", ": ").replace(']', "").split(": ") {
            assert!(letters.contains(&super::tools::solid(part)), "{part}");
        }
    }
}

#[test]
fn pages_are_a4_upright_or_on_their_side() {
    assert!(Pdf::of(&samples::register(0, "Ada")).info("Page size").starts_with("841.89 x 595.2"));
    assert!(Pdf::of(&samples::report("Ada")).info("Page size").starts_with("595.2"));
}

#[test]
fn nothing_is_drawn_beyond_the_margins_and_no_page_is_blank() {
    for (paper, width) in [(samples::register(7, samples::LONG_NAME), 297.0), (samples::report(samples::LONG_NAME), 210.0)] {
        let pdf = Pdf::of(&paper);
        for page in 1..=pdf.pages().len() {
            let picture = pdf.picture(page, 75);
            // Darker than the watermark.
            let [left, top, right, bottom] = picture.inked(200).unwrap();
            // A pixel is a third of a millimetre.
            let (near, far) = ((MARGIN - 0.7) / width, 1.0 - (MARGIN - 0.7) / width);
            assert!(left >= near && right <= far, "page {page}: {left} to {right}, margins {near} and {far}");
            assert!(top > 0.04 && bottom < 0.97, "page {page}: {top} to {bottom}");
            assert!(bottom - top > 0.5, "page {page} holds something between head and foot");
        }
    }
}

#[test]
fn a_place_to_sign_is_tall_enough_for_ink() {
    use app::domain::document::paper::{Block, Cell, Column, Mark, Paper, Section, Table};
    let rows = |count: usize| {
        let columns = vec![Column::left("Data", 1), Column::left("Firma", 1)];
        let rows = (0..count).map(|_| vec![Cell::text("24/11/2026"), Cell::Mark(Mark::Blank)]).collect();
        let table = Table { caption: String::new(), columns, rows, totals: None, empty: String::new() };
        let sections = vec![Section { heading: "Firme".to_owned(), draft: false, blocks: vec![Block::Table(table)] }];
        Paper { draft: false, sections, ..samples::register(0, "Ada") }
    };
    // How far down the last line above the foot is, on pages with one and with three rows.
    let depth = |count: usize| {
        let mut picture = Pdf::of(&rows(count)).picture(1, 100);
        let foot = picture.height * 9 / 10;
        picture.grey.truncate(foot * picture.width);
        picture.height = foot;
        picture.inked(200).unwrap()[3] * 0.9 * 210.0
    };
    let each = (depth(3) - depth(1)) / 2.0;
    assert!((14.0..20.0).contains(&each), "{each} mm");
}

#[test]
fn the_qr_on_each_page_leads_to_the_check_and_drafts_have_none() {
    let mut paper = samples::register(12, "Ada D'Agostìn");
    let draft = Pdf::of(&paper);
    assert!(draft.picture(1, 200).codes().is_empty());
    paper.footer = samples::issued();
    paper.draft = false;
    for paper in [paper, samples::report("Ada")] {
        let pdf = Pdf::of(&paper);
        let pages = pdf.pages();
        assert!(pages.len() > 1);
        for (at, page) in pages.iter().enumerate() {
            assert_eq!(pdf.picture(at + 1, 200).codes(), [samples::ADDRESS], "page {}", at + 1);
            assert!(page.contains("Codice di verifica 7QK2 M4ZP 9TXB"), "{page}");
            assert!(page.contains("Documento n. 12/2026, emesso il 24/11/2026"), "{page}");
        }
    }
}
