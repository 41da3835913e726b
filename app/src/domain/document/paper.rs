//! The document model: one shape for every kind of paper, so that one template lays them all out and a test can read them as text.
//!
//! A `Paper` holds finished Italian sentences in the order in which they are read. Whoever builds one decides what it says; the template
//! only decides where that stands. All of it is data: no text is ever taken for markup, and empty or very long values are laid out like any other.

mod text;

use serde::{Deserialize, Serialize};

use super::code::grouped;
use crate::domain::time::LocalInstant;

/// Printed beside the title or a section's heading while what it says may still change (R31).
pub const DRAFT: &str = "BOZZA";

/// Stands in for a value that nobody has given: a reader who hears the page must not meet silence.
pub const NOT_GIVEN: &str = "non indicato";

/// One document.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Paper {
    /// What it is: `Registro delle attività`. Also the title in the file's metadata.
    pub title: String,
    /// A second line under the title.
    pub subtitle: Option<String>,
    /// Wide pages (A4 on its side), for tables of many columns.
    pub landscape: bool,
    /// `BOZZA` beside the title, and lightly across every page.
    pub draft: bool,
    /// When it was made, on the Rome wall clock; in the file's metadata, which PDF/A wants dated. Nothing else tells the renderer a time.
    pub made: LocalInstant,
    /// Who it is about and whose it is, at the head.
    pub facts: Vec<Fact>,
    /// The reference to the measure (R33); left out when empty.
    pub measure: String,
    /// Remarks after the head, a paragraph each.
    pub notes: Vec<String>,
    /// The body.
    pub sections: Vec<Section>,
    /// At the foot of each page.
    pub footer: Footer,
}

/// A label and its value: `Id voucher`, `JC-2026-00017`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Without a colon.
    pub label: String,
    /// May be empty; then [`NOT_GIVEN`] is printed.
    pub value: String,
}

/// A part with a heading of its own.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// Never repeated on the next page.
    pub heading: String,
    /// `BOZZA` beside this heading.
    pub draft: bool,
    /// In reading order.
    pub blocks: Vec<Block>,
}

/// What a section is made of.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "content", rename_all = "snake_case")]
pub enum Block {
    /// Paragraphs. A line break within one is kept.
    Text(Vec<String>),
    /// A question or field with what was written under it, under a heading one level below the section's.
    Answer(Answer),
    /// Labels with values.
    Facts(Vec<Fact>),
    /// Rows and columns.
    Table(Table),
    /// Places to sign, side by side.
    Signatures(Vec<SignatureBox>),
    /// A sentence that says there is nothing here.
    Empty(String),
}

/// What was asked and what was written.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The field's label.
    pub question: String,
    /// One string a paragraph; none that holds text gives [`NOT_GIVEN`].
    pub paragraphs: Vec<String>,
}

/// Rows under heads that are repeated on every page.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// What the table is about; printed above it and read out before it.
    pub caption: String,
    /// At least one.
    pub columns: Vec<Column>,
    /// Cells from left to right. A row shorter than the columns ends in empty cells; a longer one is refused when it is rendered.
    pub rows: Vec<Vec<Cell>>,
    /// A last row that stands out.
    pub totals: Option<Vec<Cell>>,
    /// The sentence in place of the table while it has no rows.
    pub empty: String,
}

/// A column of a table.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its head.
    pub head: String,
    /// Its share of the width beside the others' (`3` is three times as wide as `1`); 0 counts as 1.
    pub width: u32,
    /// Where its text stands.
    pub align: Align,
}

/// Where text stands in its column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// Words.
    #[default]
    Left,
    /// Short values of equal length: times, dates.
    Center,
    /// Amounts.
    Right,
}

/// One cell.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "content", rename_all = "snake_case")]
pub enum Cell {
    /// Text; may be empty.
    Text(String),
    /// A place to sign.
    Mark(Mark),
}

/// Who signs where.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct SignatureBox {
    /// `Job coach`, `Titolare del voucher`.
    pub role: String,
    /// The person's name; may be empty.
    pub name: String,
    /// What stands in the box.
    pub mark: Mark,
}

/// What stands where somebody signs (R32).
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "content", rename_all = "snake_case")]
pub enum Mark {
    /// Empty and tall enough for ink.
    Blank,
    /// Signed on paper; the scan is kept.
    Scan,
    /// Drawn on a screen.
    Drawn(Drawing),
    /// Not signed, and why.
    Missing {
        /// The reason given.
        reason: String,
        /// Who can tell, if anybody.
        witness: Option<String>,
    },
}

/// A signature drawn on a screen: a simple electronic signature, no more.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Drawing {
    /// Width of the canvas, in the unit of the points.
    pub width: f32,
    /// Height of the canvas, in the unit of the points.
    pub height: f32,
    /// Each stroke is the points (x, y) of one movement, from the canvas's top left corner. A point that is no number is left out.
    pub strokes: Vec<Vec<(f32, f32)>>,
    /// Whose hand it was.
    pub by: String,
    /// When, as it is printed.
    pub at: String,
}

/// The foot of each page.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Footer {
    /// The number of the issued document.
    pub number: Option<String>,
    /// The day of issue, as it is printed.
    pub issued: Option<String>,
    /// The code by which anybody can check the paper; none before it is issued.
    pub check: Option<Check>,
    /// What made it: `Affianco, modello 1`.
    pub made_with: String,
}

/// Leads from the paper to the page that says whether it is genuine.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Letters and digits; printed in groups of four.
    pub code: String,
    /// The whole address with the code, as the QR holds it. At most 1,000 bytes, or it is refused when it is rendered.
    pub address: String,
}

// Who prints one of these in a log prints no person.
silent_debug!(Paper, Fact, Section, Block, Answer, Table, Column, Cell, SignatureBox, Mark, Drawing, Footer, Check,);

impl Fact {
    /// A label with its value.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

impl Column {
    /// A column of words.
    pub fn left(head: impl Into<String>, width: u32) -> Self {
        Self { head: head.into(), width, align: Align::Left }
    }

    /// A column of times or dates.
    pub fn center(head: impl Into<String>, width: u32) -> Self {
        Self { align: Align::Center, ..Self::left(head, width) }
    }

    /// A column of amounts.
    pub fn right(head: impl Into<String>, width: u32) -> Self {
        Self { align: Align::Right, ..Self::left(head, width) }
    }
}

impl Cell {
    /// A cell of text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

impl Mark {
    /// What is printed in the box, and read out for it: the kind of signature is always said (R31, R32).
    pub fn words(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Scan => "Firma su carta, scansione agli atti".to_owned(),
            Self::Drawn(Drawing { by, at, .. }) => format!("Firma a schermo di {}, {}", given(by), given(at)),
            Self::Missing { reason, witness } => match witness.as_deref().map(str::trim) {
                None | Some("") => format!("Senza firma: {}", given(reason)),
                Some(witness) => format!("Senza firma: {}. Testimone: {witness}", given(reason).trim_end_matches('.')),
            },
        }
    }
}

impl Check {
    /// The code as it is printed: `7QK2 M4ZP`.
    pub fn grouped(&self) -> String {
        grouped(&self.code)
    }
}

/// The value, or that there is none.
pub fn given(value: &str) -> &str {
    match value.trim() {
        "" => NOT_GIVEN,
        value => value,
    }
}
