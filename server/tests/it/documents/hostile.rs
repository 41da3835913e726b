//! Values that are not what the template hopes for: markup, odd letters, nothing at all, far too much.

use app::domain::{
    document::paper::{Block, Cell, Check, Drawing, Fact, Mark, Paper, Section},
    time::LocalInstant,
};
use server::documents::{Attachment, DocumentError, render};

use super::{
    samples,
    tools::{Pdf, solid},
};

/// Texts that typst would act upon if it ever read them as markup.
const MARKUP: [&str; 12] = [
    "#panic(\"no\")",
    "*grassetto* _corsivo_ `codice`",
    "$ x^2 $",
    "] ) } [ ( {",
    "\\ \\u{41} \\n",
    "\"virgolette\" 'apici' D'Agostìn D’Agostìn",
    "= Titolo",
    "/* commento */ // fine",
    "<etichetta> @rimando",
    "https://esempio.it/a?b=c&d=%20",
    "#import \"@preview/x:1.0.0\": *",
    "~ --- ... -? \u{a0}1.760,00\u{a0}€",
];

/// A paper with this text wherever there can be one.
fn everywhere(text: &str) -> Paper {
    let mut paper = samples::report(text);
    let own = || text.to_owned();
    paper.title = own();
    paper.subtitle = Some(own());
    paper.measure = own();
    paper.notes = vec![own()];
    paper.facts = vec![Fact::new(text, text)];
    let missing = Mark::Missing { reason: own(), witness: Some(own()) };
    let sections = samples::register(1, text).sections.into_iter();
    paper.sections.extend(sections.map(|section| Section { heading: own(), ..section }));
    for block in paper.sections.iter_mut().flat_map(|section| &mut section.blocks) {
        match block {
            Block::Text(paragraphs) => *paragraphs = vec![own()],
            Block::Answer(answer) => (answer.question, answer.paragraphs) = (own(), vec![own()]),
            Block::Facts(facts) => *facts = vec![Fact::new(text, text)],
            Block::Table(table) => {
                table.caption = own();
                table.columns.iter_mut().for_each(|column| column.head = own());
                table.rows.push(vec![Cell::text(text), Cell::Mark(missing.clone())]);
                table.totals = Some(vec![Cell::text(text)]);
            }
            Block::Signatures(boxes) => {
                for each in boxes.iter_mut() {
                    (each.role, each.name, each.mark) = (own(), own(), missing.clone());
                }
            }
            Block::Empty(sentence) => *sentence = own(),
        }
    }
    paper.footer.number = Some(own());
    paper.footer.issued = Some(own());
    paper.footer.made_with = own();
    paper.footer.check = Some(Check { code: own(), address: own() });
    paper
}

#[test]
fn markup_in_the_data_is_printed_and_never_obeyed() {
    for text in MARKUP {
        let paper = everywhere(text);
        let pdf = Pdf::with(
            &paper,
            &[Attachment {
                name: "a.txt".to_owned(),
                media_type: "text/plain".to_owned(),
                description: text.to_owned(),
                bytes: Vec::new(),
            }],
        );
        let printed = pdf.letters().matches(&solid(text)).count();
        // Title, subtitle, facts, measure, notes, headings, questions, cells, marks, foot.
        assert!(printed >= 30, "{text} is there {printed} times");
    }
}

#[test]
fn an_empty_paper_and_one_of_endless_words_are_laid_out() {
    // Empty in everything that may be empty; the title may not.
    let empty = Paper { title: "-".to_owned(), ..everywhere("") };
    let wide = everywhere(&"W".repeat(400));
    // Words that would fill pages, also in what is repeated on each or kept together.
    let many = everywhere(&"parola ".repeat(3_000));
    let odd = everywhere("王小明 \u{0}\u{7}\u{1b}\u{202e}\u{e000}\u{ffff}😀 \u{301} a\u{301}\u{302}\u{303}");
    // The address of a QR is the one text with a limit.
    for paper in [empty, wide, Paper { title: "Molte parole".to_owned(), footer: samples::issued(), ..many }, odd] {
        let bytes = render(&paper, &[]);
        assert!(bytes.is_ok(), "{:?}", bytes.err());
    }
}

#[test]
fn a_description_longer_than_a_page_goes_on_on_the_next() {
    let mut paper = samples::register(1, "Ada");
    let Some(Block::Table(table)) = paper.sections[0].blocks.first_mut() else { panic!("the register begins with its table") };
    table.rows[0][4] = Cell::text(format!("inizio {} fine", "molto da dire in questa riga ".repeat(400)));
    let pdf = Pdf::of(&paper);
    let letters = pdf.letters();
    assert!(pdf.pages().len() > 2);
    assert_eq!((letters.matches("inizio").count(), letters.matches("questa").count()), (1, 400));
    // Foot and head of a page stand between the last words of one and the first of the next, and hide none.
    assert!(letters.contains("rigafine"), "the end is there");
}

#[test]
fn what_cannot_be_laid_out_is_told_in_an_error() {
    let paper = samples::register(1, "Ada");
    for title in ["", " \n", "\u{200b}\u{202e}"] {
        assert_eq!(render(&Paper { title: title.to_owned(), ..paper.clone() }, &[]), Err(DocumentError::Untitled));
    }
    for made in ["-0001-01-01T00:00:00", "+12000-01-01T00:00:00"] {
        let made = LocalInstant(made.parse().unwrap());
        assert_eq!(render(&Paper { made, ..paper.clone() }, &[]), Err(DocumentError::Undated), "{made:?}");
    }
    let mut long = paper.clone();
    let Some(Block::Table(table)) = long.sections[0].blocks.first_mut() else { panic!("the register begins with its table") };
    table.rows.push(vec![Cell::text("x"); 10]);
    assert_eq!(render(&long, &[]), Err(DocumentError::Shape { row: 2, cells: 10, columns: 9 }));
    let endless = Paper { notes: vec!["parola ".repeat(300_000)], ..paper.clone() };
    assert!(matches!(render(&endless, &[]), Err(DocumentError::TooLong { bytes: 2_100_000.. })));
    let mut far = paper.clone();
    far.footer.check = Some(Check { code: "A".to_owned(), address: "à".repeat(501) });
    assert_eq!(render(&far, &[]), Err(DocumentError::Address { bytes: 1_002 }));
    let file = |name: &str, media_type: &str| Attachment {
        name: name.to_owned(),
        media_type: media_type.to_owned(),
        description: String::new(),
        bytes: Vec::new(),
    };
    for bad in [
        file("../a", "text/plain"),
        file("", "text/plain"),
        file(".a", "text/plain"),
        file("a\\b", "text/plain"),
        file("a", "text"),
        file("a", "text/ plain"),
    ] {
        assert_eq!(render(&paper, &[file("ok", "text/plain"), bad]), Err(DocumentError::Attachment { number: 2 }));
    }
    assert_eq!(render(&paper, &[file("a", "text/plain"), file("a", "text/plain")]), Err(DocumentError::Attachment { number: 2 }));
}

#[test]
fn strokes_of_any_kind_are_drawn_or_left_out() {
    let drawing = |width: f32, strokes: Vec<Vec<(f32, f32)>>| Mark::Drawn(Drawing { width, strokes, ..samples::drawing("Ada Zanòn") });
    let marks = [
        drawing(400.0, vec![vec![(1.0, 1.0)]]),
        drawing(400.0, Vec::new()),
        drawing(0.0, vec![vec![(1.0, 1.0), (2.0, 2.0)]]),
        drawing(f32::NAN, vec![vec![(f32::INFINITY, 1.0)]]),
        drawing(9e9, vec![vec![(-5.0, 1e30), (1.0, 1.0)]]),
        drawing(400.0, vec![(0..5_000_u16).map(|at| (f32::from(at) / 20.0, f32::from(at % 100))).collect()]),
    ];
    let mut paper = samples::register(0, "Ada");
    for mark in marks {
        let mut boxes = samples::report("Ada").sections;
        paper.sections = boxes.split_off(2);
        let Some(Block::Signatures(signatures)) = paper.sections[0].blocks.first_mut() else { panic!("the report ends with signatures") };
        signatures[0].mark = mark;
        assert!(Pdf::of(&paper).letters().contains("FirmaaschermodiAdaZanòn"));
    }
}
