//! Papers to lay out: a register as R31 draws it, with as many rows as asked for and the names that break layouts.

use app::domain::{
    document::paper::{Answer, Block, Cell, Check, Column, Drawing, Fact, Footer, Mark, Paper, Section, SignatureBox, Table},
    time::LocalInstant,
};

/// The reference to the measure (R33).
pub const MEASURE: &str = "Fondo Regionale per l'Occupazione delle persone con Disabilità. Decreto Direttoriale di Veneto Lavoro n. 18 del 30/03/2022 «Approvazione e adozione dell'Avviso pubblico per la realizzazione di interventi di accompagnamento al lavoro delle persone con disabilità di cui alla D.G.R. 1103 del 09/08/2021»";

/// A name of 120 letters with one word that fits no column.
pub const LONG_NAME: &str =
    "Maria Addolorata Immacolata D'Agostìn-Wojciechowskañska Nguyễn Thị WMWMWMWMWMWMWMWMWMWMWMWMWMWMWMWMWMWM dei Conti Zanòn";

/// The code printed on issued samples.
pub const CODE: &str = "7QK2M4ZP9TXB";

/// Where the QR of issued samples leads.
pub const ADDRESS: &str = "https://affianco.example.it/verifica/7QK2M4ZP9TXB";

fn owned(text: &str) -> String {
    text.to_owned()
}

/// When all samples were made.
pub fn made() -> LocalInstant {
    LocalInstant("2026-11-24T09:30:15".parse().unwrap_or_default())
}

/// The foot of an issued paper.
pub fn issued() -> Footer {
    let check = Check { code: owned(CODE), address: owned(ADDRESS) };
    Footer {
        number: Some(owned("12/2026")),
        issued: Some(owned("24/11/2026")),
        check: Some(check),
        made_with: owned("Affianco, modello 1"),
    }
}

/// The head of a paper about this person.
pub fn head(name: &str) -> Vec<Fact> {
    vec![
        Fact::new("Ente", "Cooperativa sociale «Il Melograno & C.» – ONLUS"),
        Fact::new("Sede operativa", "Via Giosuè Carducci 17/A, 31100 Treviso (TV)"),
        Fact::new("Codice OPAL", "OP-2211/0043"),
        Fact::new("Id voucher", "JC-2026-00017"),
        Fact::new("Destinatario", name),
        Fact::new("Codice fiscale", "DGSMDD85A41L407X"),
        Fact::new("Datore di lavoro", ""),
    ]
}

/// A signature of two strokes.
pub fn drawing(by: &str) -> Drawing {
    let wave =
        |from: u8, to: u8, high: f32| (from..to).map(|at| (f32::from(at) * 2.0, high + 30.0 * (f32::from(at) / 9.0).sin())).collect();
    Drawing {
        width: 400.0,
        height: 120.0,
        strokes: vec![wave(10, 120, 60.0), wave(125, 190, 50.0)],
        by: owned(by),
        at: owned("24/11/2026 11:02"),
    }
}

/// Each kind of mark in turn.
fn mark(at: usize, name: &str) -> Mark {
    match at % 4 {
        0 => Mark::Blank,
        1 => Mark::Drawn(drawing(name)),
        2 => Mark::Scan,
        _ => Mark::Missing { reason: owned("la persona non ha voluto firmare"), witness: Some(owned("Luca Berti")) },
    }
}

/// What is written in the description of a row; the number finds it again in the PDF.
pub fn description(at: usize) -> String {
    let more = "con il tutor si è osservato il ritmo del reparto, provata la pesatura degli ordini e concordato il prossimo passo; ";
    format!("Riga{at:03}: colloquio in azienda, {}fine{at:03}", more.repeat(at % 3))
}

/// A register of one activity with these rows, for a person of this name.
pub fn register(rows: usize, name: &str) -> Paper {
    let row = |at: usize| {
        let day = format!("{:02}/{:02}/2026", at % 28 + 1, at / 28 + 9);
        let texts = [
            day,
            owned("09:00"),
            owned("11:30"),
            owned("2 h 30 min"),
            description(at),
            owned("Presso il datore di lavoro"),
            owned("Ada Zanòn"),
        ];
        texts.into_iter().map(Cell::Text).chain([Cell::Mark(mark(at / 2, "Ada Zanòn")), Cell::Mark(mark(at, name))]).collect()
    };
    let columns = vec![
        Column::center("Data", 19),
        Column::center("Dalle", 12),
        Column::center("Alle", 12),
        Column::right("Durata", 21),
        Column::left("Descrizione dell'attività svolta", 56),
        Column::left("Luogo", 24),
        Column::left("Job coach", 24),
        Column::left("Firma del job coach", 40),
        Column::left("Firma del titolare del voucher o del referente aziendale", 40),
    ];
    let total = vec![Cell::text("Totale"), Cell::text(""), Cell::text(""), Cell::text("150 h")];
    let table = Table {
        caption: owned("Erogazioni concluse, in ordine di data"),
        columns,
        rows: (1..=rows).map(row).collect(),
        totals: Some(total),
        empty: owned("Nessuna erogazione conclusa in questa attività."),
    };
    let sections = vec![
        Section { heading: owned("Accoglienza e presa in carico"), draft: true, blocks: vec![Block::Table(table)] },
        Section {
            heading: owned("Ore in tutto"),
            draft: false,
            blocks: vec![Block::Facts(vec![Fact::new("Concordate", "180 h"), Fact::new("Erogate", "150 h")])],
        },
    ];
    Paper {
        title: owned("Registro delle attività"),
        subtitle: Some(owned("Servizio di job coaching")),
        landscape: true,
        draft: true,
        made: made(),
        facts: head(name),
        measure: owned(MEASURE),
        notes: vec![owned("Le firme su carta sono apposte con inchiostro non cancellabile.")],
        sections,
        footer: Footer { made_with: owned("Affianco, modello 1"), ..Footer::default() },
    }
}

/// A report on the outcome, issued: text, answers and places to sign.
pub fn report(name: &str) -> Paper {
    let paragraph = "L'inserimento è riuscito: nel reparto confezionamento la persona lavora da sola per due ore e chiede aiuto quando serve.\nIl turno del mattino è quello adatto.";
    let answer =
        |question: &str, times: usize| Block::Answer(Answer { question: owned(question), paragraphs: vec![owned(paragraph); times] });
    let signature = |role: &str, name: &str, mark: Mark| SignatureBox { role: owned(role), name: owned(name), mark };
    let sections = vec![
        Section {
            heading: owned("Attività svolte"),
            draft: false,
            blocks: vec![Block::Text(vec![owned(paragraph); 2]), Block::Empty(owned("Nessun allegato."))],
        },
        Section {
            heading: owned("Risultati"),
            draft: false,
            blocks: vec![
                answer("Inserimento in azienda", 5),
                answer("Capacità lavorativa", 6),
                answer("Possibilità di mantenere il posto", 0),
            ],
        },
        Section {
            heading: owned("Firme"),
            draft: false,
            blocks: vec![Block::Signatures(vec![
                signature("Job coach", name, Mark::Blank),
                signature("Titolare del voucher", name, Mark::Drawn(drawing(name))),
                signature("Referente aziendale", "", Mark::Scan),
            ])],
        },
    ];
    Paper {
        title: owned("Relazione finale sugli esiti"),
        subtitle: None,
        landscape: false,
        draft: false,
        sections,
        notes: Vec::new(),
        footer: issued(),
        ..register(0, name)
    }
}
