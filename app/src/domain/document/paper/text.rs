//! A paper as plain text, in reading order: what tests read, and what two papers are compared by.

use super::{Block, Cell, DRAFT, Drawing, Fact, Footer, Mark, Paper, Section, SignatureBox, Table, given};

impl Paper {
    /// The whole paper, a line for each thing that stands alone. Stable: the same paper gives the same text.
    ///
    /// ```text
    /// Registro delle attività [BOZZA]
    /// Id voucher: JC-2026-00017
    ///
    /// Accoglienza
    /// Data | Dalle | Alle | Firma del coach
    /// 24/11/2026 | 09:00 | 11:00 | [spazio per la firma]
    ///
    /// Numero 12/2026 · Codice 7QK2 M4ZP
    /// ```
    pub fn to_text(&self) -> String {
        let mut parts = vec![head(self)];
        parts.extend(self.sections.iter().map(section));
        parts.push(vec![footer(&self.footer)]);
        let parts = parts.into_iter().map(|lines| lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"));
        let mut text = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
        text.push('\n');
        text
    }
}

fn head(paper: &Paper) -> Vec<String> {
    let mut lines = vec![marked(&paper.title, paper.draft)];
    lines.extend(paper.subtitle.as_deref().map(one_line));
    lines.extend(paper.facts.iter().map(fact));
    lines.push(one_line(&paper.measure));
    lines.extend(paper.notes.iter().map(|note| one_line(note)));
    lines
}

fn section(section: &Section) -> Vec<String> {
    let mut lines = vec![marked(&section.heading, section.draft)];
    for block in &section.blocks {
        match block {
            Block::Text(paragraphs) => lines.extend(paragraphs.iter().map(|text| one_line(text))),
            Block::Answer(answer) => {
                lines.push(one_line(&answer.question));
                let paragraphs: Vec<String> = answer.paragraphs.iter().map(|text| one_line(text)).collect();
                let silent = paragraphs.iter().all(String::is_empty);
                lines.extend(if silent { vec![given("").to_owned()] } else { paragraphs });
            }
            Block::Facts(facts) => lines.extend(facts.iter().map(fact)),
            Block::Table(table) => lines.extend(self::table(table)),
            Block::Signatures(boxes) => lines.extend(boxes.iter().map(signature)),
            Block::Empty(sentence) => lines.push(one_line(sentence)),
        }
    }
    lines
}

fn table(table: &Table) -> Vec<String> {
    let mut lines = vec![one_line(&table.caption)];
    if table.rows.is_empty() {
        lines.push(one_line(&table.empty));
    } else {
        lines.push(table.columns.iter().map(|column| one_line(&column.head)).collect::<Vec<_>>().join(" | "));
        lines.extend(table.rows.iter().chain(&table.totals).map(|row| row.iter().map(cell).collect::<Vec<_>>().join(" | ")));
    }
    lines
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => one_line(text),
        Cell::Mark(mark) => self::mark(mark),
    }
}

fn mark(mark: &Mark) -> String {
    match mark {
        Mark::Blank => "[spazio per la firma]".to_owned(),
        Mark::Drawn(Drawing { strokes, .. }) if strokes.iter().all(Vec::is_empty) => format!("[{}, senza tratti]", one_line(&mark.words())),
        Mark::Scan | Mark::Drawn(_) | Mark::Missing { .. } => format!("[{}]", one_line(&mark.words())),
    }
}

fn signature(signature: &SignatureBox) -> String {
    let SignatureBox { role, name, mark } = signature;
    format!("{}: {} {}", one_line(role), one_line(given(name)), self::mark(mark))
}

fn fact(fact: &Fact) -> String {
    format!("{}: {}", one_line(&fact.label), one_line(given(&fact.value)))
}

fn footer(footer: &Footer) -> String {
    let Footer { number, issued, check, made_with } = footer;
    let number = number.as_ref().map(|number| format!("Numero {number}"));
    let issued = issued.as_ref().map(|issued| format!("Emesso il {issued}"));
    let check = check.as_ref().map(|check| format!("Codice {} · {}", check.grouped(), check.address));
    let made_with = (!made_with.is_empty()).then(|| made_with.clone());
    let parts: Vec<String> = [number, issued, check, made_with].into_iter().flatten().collect();
    one_line(&parts.join(" · "))
}

fn marked(heading: &str, draft: bool) -> String {
    if draft { format!("{} [{DRAFT}]", one_line(heading)) } else { one_line(heading) }
}

/// Without line breaks and doubled spaces, which say nothing and would tear a row apart.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        document::paper::{Answer, Check, Column, NOT_GIVEN},
        time::LocalInstant,
    };

    fn paper() -> Paper {
        Paper {
            title: "Registro delle attività".to_owned(),
            subtitle: None,
            landscape: true,
            draft: true,
            made: LocalInstant("2026-11-24T09:00:00".parse().unwrap()),
            facts: vec![Fact::new("Id voucher", "JC-2026-00017"), Fact::new("Datore di lavoro", "  ")],
            measure: "Decreto n. 18".to_owned(),
            notes: Vec::new(),
            sections: Vec::new(),
            footer: Footer::default(),
        }
    }

    fn with(blocks: Vec<Block>) -> String {
        let section = Section { heading: "Parte".to_owned(), draft: false, blocks };
        Paper { draft: false, facts: Vec::new(), measure: String::new(), sections: vec![section], ..paper() }.to_text()
    }

    #[test]
    fn r31_the_head_says_the_draft_and_what_nobody_gave() {
        let expected =
            format!("Registro delle attività [BOZZA]\nId voucher: JC-2026-00017\nDatore di lavoro: {NOT_GIVEN}\nDecreto n. 18\n");
        assert_eq!(paper().to_text(), expected);
    }

    #[test]
    fn r31_a_table_reads_row_by_row_with_its_totals() {
        let table = Table {
            caption: "Erogazioni".to_owned(),
            columns: vec![Column::center("Data", 2), Column::right("Ore", 1), Column::left("Firma", 3)],
            rows: vec![vec![Cell::text("24/11/2026"), Cell::text("2 h"), Cell::Mark(Mark::Blank)]],
            totals: Some(vec![Cell::text("Totale"), Cell::text("2 h")]),
            empty: "Nessuna erogazione.".to_owned(),
        };
        let body = "Data | Ore | Firma\n24/11/2026 | 2 h | [spazio per la firma]\nTotale | 2 h";
        assert_eq!(with(vec![Block::Table(table.clone())]), format!("Registro delle attività\n\nParte\nErogazioni\n{body}\n"));
        let none = with(vec![Block::Table(Table { rows: Vec::new(), ..table })]);
        assert!(none.ends_with("Erogazioni\nNessuna erogazione.\n"), "{none}");
    }

    #[test]
    fn r32_the_kind_of_each_signature_is_said() {
        let drawn = Drawing {
            width: 2.0,
            height: 1.0,
            strokes: vec![vec![(0.0, 0.0)]],
            by: "Ada Zanòn".to_owned(),
            at: "24/11/2026 11:00".to_owned(),
        };
        let bare = Drawing { strokes: vec![Vec::new()], by: String::new(), ..drawn.clone() };
        let missing = |witness: Option<&str>| Mark::Missing { reason: "Rifiuta.".to_owned(), witness: witness.map(str::to_owned) };
        let marks = [Mark::Scan, Mark::Drawn(drawn), Mark::Drawn(bare), missing(None), missing(Some("L. Berti"))];
        let said = marks.map(|each| mark(&each));
        assert_eq!(
            said,
            [
                "[Firma su carta, scansione agli atti]",
                "[Firma a schermo di Ada Zanòn, 24/11/2026 11:00]",
                "[Firma a schermo di non indicato, 24/11/2026 11:00, senza tratti]",
                "[Senza firma: Rifiuta.]",
                "[Senza firma: Rifiuta. Testimone: L. Berti]",
            ]
        );
        let signed = SignatureBox { role: "Job coach".to_owned(), name: String::new(), mark: Mark::Scan };
        assert!(with(vec![Block::Signatures(vec![signed])]).contains("Job coach: non indicato [Firma su carta, scansione agli atti]"));
    }

    #[test]
    fn r34_an_answer_that_holds_no_text_says_so() {
        let answer = |paragraphs: &[&str]| {
            let paragraphs = paragraphs.iter().map(|&text| text.to_owned()).collect();
            with(vec![Block::Answer(Answer { question: "Criticità".to_owned(), paragraphs })])
        };
        assert!(answer(&[" ", "\n"]).ends_with("Criticità\nnon indicato\n"));
        assert!(answer(&["Uno\ndue.", "Tre."]).ends_with("Criticità\nUno due.\nTre.\n"));
    }

    #[test]
    fn the_code_stands_in_groups_however_it_was_written() {
        for code in ["7QK2M4ZP9", "7qk2-m4zp 9".to_uppercase().as_str()] {
            let check = Check { code: code.to_owned(), address: "https://a.example/verifica/7QK2M4ZP9".to_owned() };
            let footer = Footer { number: Some("12/2026".to_owned()), issued: None, check: Some(check), made_with: "modello 1".to_owned() };
            let text = Paper { footer, ..paper() }.to_text();
            assert!(
                text.ends_with("\n\nNumero 12/2026 · Codice 7QK2 M4ZP 9 · https://a.example/verifica/7QK2M4ZP9 · modello 1\n"),
                "{text}"
            );
        }
    }

    #[test]
    fn a_paper_survives_being_kept_and_prints_nobody_in_a_log() {
        let blank =
            Block::Signatures(vec![SignatureBox { role: "Job coach".to_owned(), name: "Ada Zanòn".to_owned(), mark: Mark::Blank }]);
        let sections = vec![Section { heading: "Firme".to_owned(), draft: true, blocks: vec![blank, Block::Empty("Niente.".to_owned())] }];
        let whole = Paper { sections, ..paper() };
        let kept = serde_json::to_string(&whole).unwrap();
        assert!(serde_json::from_str::<Paper>(&kept).unwrap() == whole);
        assert_eq!(format!("{whole:?} {:?}", whole.sections), "Paper(…) [Section(…)]");
    }
}
