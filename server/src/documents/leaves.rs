//! The data that the template reads: a paper's words made printable, its marks as pictures, its widths as lengths.

use app::domain::document::paper::{
    Align, Answer, Block, Cell, Check, DRAFT, Fact, Footer, Mark, Paper, Section, SignatureBox, Table, given,
};
use serde_json::{Value, json};

use super::{Attachment, DocumentError, fonts, letters::fitted, pictures};

mod columns;

/// Left and right of the text, in millimetres.
const MARGIN: f64 = 18.0;
/// A millimetre in points.
const POINTS: f64 = 72.0 / 25.4;
/// Size of running text, in points.
const TEXT: f64 = 10.0;
/// Size of text in tables, in points.
const SMALL: f64 = 9.0;
/// Most lines of what cannot go on on the next page.
const CAPPED: f64 = 8.0;
/// From a cell's border to its text, in millimetres.
const INSET: f64 = 1.6;
/// A place for ink in a table, in millimetres: tall enough to sign in.
const INK: f64 = 14.0;
/// Side of the QR, in millimetres.
const QR: f64 = 18.0;
/// Most data of a paper, in bytes.
const LONGEST: usize = 2_000_000;
/// A row of more lines than this may go on on the next page; a shorter one is kept together.
const TALL: usize = 16;

/// What a line can hold, in units of the font size.
#[derive(Clone, Copy)]
struct Room(f64);

impl Room {
    fn of(millimetres: f64, size: f64) -> Self {
        Self((millimetres * POINTS / size).max(1.0))
    }

    /// One line of text.
    fn line(self, text: &str) -> String {
        fitted(text, self.0).replace('\n', " ").trim().to_owned()
    }

    /// The lines of a text.
    fn lines(self, text: &str) -> Vec<String> {
        let text = fitted(text, self.0);
        // No text is one empty line: the template asks for that.
        if text.trim().is_empty() { vec![String::new()] } else { text.trim().lines().map(str::to_owned).collect() }
    }

    /// The lines of a text that must not grow: what is repeated on each page or kept together would never fit on one. Cut with `…` after
    /// about [`CAPPED`] lines.
    fn capped(self, text: &str) -> Vec<String> {
        let mut left = self.0 * CAPPED;
        let kept = text.find(|letter: char| {
            // A line break takes the rest of its line at most.
            left -= if letter == '\n' { self.0 } else { fonts::width(letter) };
            left < 0.0
        });
        match kept {
            None => self.lines(text),
            Some(end) => self.lines(&format!("{}…", text.split_at(end).0)),
        }
    }

    /// [`capped`](Self::capped) as one line.
    fn capped_line(self, text: &str) -> String {
        self.capped(text).join(" ").trim().to_owned()
    }

    /// Paragraphs, without those that say nothing.
    fn paragraphs(self, texts: &[String]) -> Vec<Vec<String>> {
        texts.iter().filter(|text| !text.trim().is_empty()).map(|text| self.lines(text)).collect()
    }

    /// About how many lines a text takes; counts no further than is asked for.
    fn count(self, text: &str) -> usize {
        let mut lines = 0;
        for line in text.lines() {
            let mut left = line.chars().map(fonts::width).sum::<f64>();
            lines += 1;
            while left > self.0 && lines <= TALL {
                (lines, left) = (lines + 1, left - self.0);
            }
        }
        lines
    }
}

/// The JSON of a paper.
pub fn of(paper: &Paper, attachments: &[Attachment]) -> Result<Vec<u8>, DocumentError> {
    let width = if paper.landscape { 297.0 } else { 210.0 } - 2.0 * MARGIN;
    let title = Room::of(width, 22.0).capped_line(&paper.title);
    if title.is_empty() {
        return Err(DocumentError::Untitled);
    }
    let wide = Room::of(width, TEXT);
    let leaves = json!({
        "title": title,
        "subtitle": paper.subtitle.as_deref().map(|text| wide.capped_line(text)),
        "landscape": paper.landscape,
        "draft": paper.draft,
        "facts": facts(paper.facts.iter().cloned().chain(issued_as(&paper.footer)), width, paper.landscape),
        "measure": wide.lines(&paper.measure),
        "notes": wide.paragraphs(&paper.notes),
        "sections": paper.sections.iter().map(|each| section(each, width, paper.landscape)).collect::<Result<Vec<_>, _>>()?,
        "footer": footer(&paper.footer, width)?,
        "attachments": attached(attachments)?,
        "style": { "margin": MARGIN, "text": TEXT, "small": SMALL, "ink": INK, "qr": QR, "inset": INSET, "bozza": DRAFT },
    });
    let leaves = serde_json::to_vec(&leaves).map_err(|error| DocumentError::Layout(error.to_string()))?;
    // Memory and time grow with the text; some 100 pages are enough for any proof.
    if leaves.len() > LONGEST { Err(DocumentError::TooLong { bytes: leaves.len() }) } else { Ok(leaves) }
}

/// What stands at the foot is also said at the head: to a reader who hears the page, the foot is no part of the text.
fn issued_as(footer: &Footer) -> Vec<Fact> {
    let number = footer.number.as_ref().map(|number| Fact::new("Numero del documento", number));
    let issued = footer.issued.as_ref().map(|issued| Fact::new("Data di emissione", issued));
    let check = footer.check.as_ref().map(|check| Fact::new("Codice di verifica", check.grouped()));
    [number, issued, check].into_iter().flatten().collect()
}

fn section(section: &Section, width: f64, landscape: bool) -> Result<Value, DocumentError> {
    let blocks: Vec<Value> = section.blocks.iter().map(|each| block(each, width, landscape)).collect::<Result<_, _>>()?;
    Ok(json!({ "heading": Room::of(width, 15.0).capped_line(&section.heading), "draft": section.draft, "blocks": blocks }))
}

fn block(block: &Block, width: f64, landscape: bool) -> Result<Value, DocumentError> {
    let wide = Room::of(width, TEXT);
    Ok(match block {
        Block::Text(paragraphs) => json!({ "kind": "text", "paragraphs": wide.paragraphs(paragraphs) }),
        Block::Answer(Answer { question, paragraphs }) => {
            let mut answer = wide.paragraphs(paragraphs);
            if answer.is_empty() {
                answer.push(vec![given("").to_owned()]);
            }
            json!({ "kind": "answer", "question": wide.capped_line(question), "paragraphs": answer })
        }
        Block::Facts(given) => json!({ "kind": "facts", "facts": facts(given.iter().cloned(), width, landscape) }),
        Block::Table(table) if table.rows.is_empty() => {
            json!({ "kind": "empty", "caption": wide.capped_line(&table.caption), "sentence": wide.lines(&table.empty) })
        }
        Block::Table(table) => self::table(table, width)?,
        Block::Signatures(boxes) => signatures(boxes, width, landscape),
        Block::Empty(sentence) => json!({ "kind": "empty", "sentence": wide.lines(sentence) }),
    })
}

/// Labels take a third of the line, two facts stand side by side on wide pages.
fn facts(facts: impl Iterator<Item = Fact>, width: f64, landscape: bool) -> Vec<Value> {
    let pair = if landscape { width / 2.0 } else { width };
    let (label, value) = (Room::of(pair / 3.0 - 4.0, TEXT), Room::of(pair * 2.0 / 3.0 - 4.0, TEXT));
    facts.map(|fact| json!({ "label": label.capped_line(&fact.label), "value": value.lines(given(&fact.value)) })).collect()
}

fn table(table: &Table, width: f64) -> Result<Value, DocumentError> {
    let widths = columns::widths(table, width);
    let rooms: Vec<Room> = widths.iter().map(|width| Room::of(width - 2.0 * INSET, SMALL)).collect();
    let columns = table.columns.iter().enumerate().zip(widths.iter().zip(&rooms)).map(|((at, column), (width, room))| {
        let align = match column.align {
            Align::Left => "left",
            Align::Center => "center",
            Align::Right => "right",
        };
        let signed = table.rows.iter().any(|row| matches!(row.get(at), Some(Cell::Mark(_))));
        json!({ "head": room.capped(&column.head), "width": width, "align": align, "signed": signed })
    });
    let row = |(at, cells): (usize, &Vec<Cell>)| {
        if cells.len() > rooms.len() {
            return Err(DocumentError::Shape { row: at + 1, cells: cells.len(), columns: rooms.len() });
        }
        let whole = cells.iter().zip(&rooms).all(|(cell, room)| lines_of(cell, *room) <= TALL);
        let mut cells: Vec<Value> = cells.iter().zip(&rooms).map(|(cell, room)| self::cell(cell, *room)).collect();
        cells.resize_with(rooms.len(), || json!({ "text": [""] }));
        Ok(json!({ "whole": whole, "cells": cells }))
    };
    let rows: Vec<Value> = table.rows.iter().enumerate().map(row).collect::<Result<_, _>>()?;
    let totals = table.totals.iter().map(|totals| row((table.rows.len(), totals))).collect::<Result<Vec<_>, _>>()?;
    let caption = Room::of(width, TEXT).capped_line(&table.caption);
    Ok(json!({ "kind": "table", "caption": caption, "columns": columns.collect::<Vec<_>>(), "rows": rows, "totals": totals.first() }))
}

fn lines_of(cell: &Cell, room: Room) -> usize {
    match cell {
        Cell::Text(text) => room.count(text),
        Cell::Mark(mark) => room.count(&mark.words()),
    }
}

fn cell(cell: &Cell, room: Room) -> Value {
    match cell {
        Cell::Text(text) => json!({ "text": room.lines(text) }),
        Cell::Mark(mark) => json!({ "mark": self::mark(mark, room) }),
    }
}

fn mark(mark: &Mark, room: Room) -> Value {
    let picture = match mark {
        Mark::Drawn(drawing) => pictures::signature(drawing),
        Mark::Blank | Mark::Scan | Mark::Missing { .. } => None,
    };
    json!({ "words": room.lines(&mark.words()), "picture": picture, "tall": room.count(&mark.words()) > TALL })
}

fn signatures(boxes: &[SignatureBox], width: f64, landscape: bool) -> Value {
    let abreast: u32 = if landscape { 3 } else { 2 };
    let room = Room::of(width / f64::from(abreast) - 10.0, TEXT);
    let boxes = boxes.iter().map(|SignatureBox { role, name, mark }| {
        // A line for a name that nobody knows yet would be filled in by hand: it stays empty.
        json!({ "role": room.capped_line(role), "name": room.capped(name), "mark": self::mark(mark, room) })
    });
    json!({ "kind": "signatures", "abreast": abreast, "boxes": boxes.collect::<Vec<_>>() })
}

fn footer(footer: &Footer, width: f64) -> Result<Value, DocumentError> {
    let room = Room::of(width - 60.0, 8.0);
    let Footer { number, issued, check, made_with } = footer;
    let numbered = match (number, issued) {
        (None, None) => None,
        (Some(number), None) => Some(format!("Documento n. {number}")),
        (None, Some(issued)) => Some(format!("Emesso il {issued}")),
        (Some(number), Some(issued)) => Some(format!("Documento n. {number}, emesso il {issued}")),
    };
    let code = check.as_ref().map(|check| format!("Codice di verifica {}", check.grouped()));
    let address = check.as_ref().map(|check| check.address.clone());
    let made_with = (!made_with.trim().is_empty()).then(|| made_with.clone());
    let lines: Vec<String> = [numbered, code, address, made_with].into_iter().flatten().map(|line| foot_line(&line, room)).collect();
    let qr = check.as_ref().map(|Check { address, .. }| pictures::qr(address)).transpose()?;
    let alt = check.as_ref().map(|check| room.line(&format!("Codice QR per la verifica del documento: {}", check.address)));
    Ok(json!({ "lines": lines, "qr": qr, "alt": alt }))
}

/// A line of the foot, of which there are up to four in a few centimetres: at most twice its width.
fn foot_line(line: &str, room: Room) -> String {
    let mut left = room.0 * 2.0;
    let fits = |letter: &char| {
        left -= fonts::width(*letter);
        left > 0.0
    };
    let kept: String = line.chars().take_while(fits).collect();
    room.line(&if kept.len() < line.len() { format!("{kept}…") } else { kept })
}

fn attached(attachments: &[Attachment]) -> Result<Vec<Value>, DocumentError> {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
    let typed = |letter: char| letter.is_ascii_alphanumeric() || "/.+-".contains(letter);
    let described = attachments.iter().enumerate().map(|(at, Attachment { name, media_type, description, .. })| {
        let named = name.starts_with(|letter: char| letter.is_ascii_alphanumeric()) && name.chars().all(plain) && name.len() <= 100;
        let known = media_type.split('/').filter(|part| !part.is_empty()).count() == 2 && media_type.chars().all(typed);
        let first = attachments.iter().take(at).all(|other| other.name != *name);
        let described = json!({ "name": name, "media_type": media_type, "description": Room(f64::MAX).line(description), "file": format!("/attachments/{at}") });
        (named && known && first).then_some(described).ok_or(DocumentError::Attachment { number: at + 1 })
    });
    described.collect()
}
