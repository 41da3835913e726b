//! A written document on paper: its head, the drafting date, and each part under its heading.

use super::{
    super::{
        facts::{ActivityFacts, ServiceFacts},
        kind::DocumentKind,
        paper::{Block, Cell, Column, Fact, Footer, Mark, Paper, Section, SignatureBox, Table},
    },
    Written,
};
use crate::domain::{
    text::{date_short, hours},
    time::LocalInstant,
};

/// Who answers for a document.
#[derive(Clone, Copy, Debug)]
pub struct Author<'a> {
    /// Their name.
    pub name: &'a str,
    /// `Job coach`, `Operatore dell'ente`.
    pub role: &'a str,
}

/// The document. A final report also shows the hours that it tells of (R34).
pub fn paper(kind: DocumentKind, written: &Written, facts: &ServiceFacts, author: Author<'_>, made: LocalInstant) -> Paper {
    let mut head = facts.head.facts();
    head.push(Fact::new("Data di redazione", date_short(written.drafted_on)));
    head.extend(written.outcome.map(|outcome| Fact::new("Esito del percorso", outcome.label())));
    let title = |name: &str| kind.parts().iter().find(|part| part.name == name).map_or("", |part| part.title);
    let mut sections: Vec<_> =
        written.texts.iter().map(|(name, text)| section(title(name), Block::Text(text.lines().map(str::to_owned).collect()))).collect();
    if kind == DocumentKind::FinalReport {
        sections.insert(sections.len().min(1), section("Ore erogate", Block::Table(delivered(facts))));
    }
    let signature = SignatureBox { role: author.role.to_owned(), name: author.name.to_owned(), mark: Mark::Blank };
    sections.push(section("Firma", Block::Signatures(vec![signature])));
    Paper {
        title: kind.label().to_owned(),
        subtitle: Some("Servizio di Job Coaching".to_owned()),
        landscape: false,
        draft: false,
        made,
        facts: head,
        measure: facts.head.measure.clone(),
        notes: Vec::new(),
        sections,
        footer: Footer::default(),
    }
}

fn section(heading: &str, block: Block) -> Section {
    Section { heading: heading.to_owned(), draft: false, blocks: vec![block] }
}

fn delivered(facts: &ServiceFacts) -> Table {
    let line = |name: &str, delivered: u32, agreed: u32| vec![Cell::text(name), Cell::text(hours(delivered)), Cell::text(hours(agreed))];
    let row = |activity: &ActivityFacts| line(&activity.name, activity.delivered(), activity.agreed);
    Table {
        caption: "Ore erogate per attività".to_owned(),
        columns: vec![Column::left("Attività", 6), Column::right("Erogate", 2), Column::right("Concordate", 2)],
        rows: facts.activities.iter().map(row).collect(),
        totals: Some(line("Totale", facts.delivered(), facts.agreed())),
        empty: "Nessuna attività.".to_owned(),
    }
}
