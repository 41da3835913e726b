//! The register of the activities (R31, R32) and the attestation: the same facts, with boxes for the signatures and without.

use std::collections::BTreeMap;

use super::{
    facts::{ActivityFacts, DeliveredRow, Head, ServiceFacts},
    kind::DocumentKind,
    paper::{Align, Block, Cell, Column, Fact, Footer, Mark, Paper, Section, Table},
};
use crate::domain::{
    ids::SessionId,
    text::{date_short, hours, time_hm},
    time::LocalInstant,
};

/// What stands in the two boxes of a row.
#[derive(Clone, PartialEq)]
pub struct RowMarks {
    /// The coach's.
    pub coach: Mark,
    /// That of the voucher's holder, or of who speaks for the employer.
    pub recipient: Mark,
    /// Who the recipient is, where it was said: `Referente aziendale: Ada Zanon`.
    pub signer: Option<String>,
}

/// The register: a section for each activity, in which each delivered session has a row in order of date.
pub fn register(facts: &ServiceFacts, marks: &BTreeMap<SessionId, RowMarks>, made: LocalInstant) -> Paper {
    let section = |activity: &ActivityFacts| {
        let row = |row: &DeliveredRow| {
            let (coach, recipient) = match marks.get(&row.session) {
                Some(marks) => (marks.coach.clone(), marks.recipient.clone()),
                None => (Mark::Blank, Mark::Blank),
            };
            let mut cells = told(row);
            cells.extend([Cell::Mark(coach), Cell::Mark(recipient)]);
            cells
        };
        let mut columns = columns();
        columns.extend([Column::left("Firma del coach", 13), Column::left("Firma del titolare o del referente aziendale", 13)]);
        part(activity, columns, activity.rows.iter().map(row).collect())
    };
    let mut paper = whole(facts, DocumentKind::Register, made, facts.activities.iter().map(section).collect());
    paper.notes = vec![
        "Ogni riga è firmata dal coach e dal destinatario: il titolare del voucher o il referente aziendale. Il registro si conserva agli atti \
         e si esibisce nelle verifiche in loco."
            .to_owned(),
    ];
    paper.notes.extend(signers(facts, marks));
    paper
}

/// The attestation: what was delivered, on the day of issue.
pub fn attestation(facts: &ServiceFacts, made: LocalInstant) -> Paper {
    let section = |activity: &ActivityFacts| part(activity, columns(), activity.rows.iter().map(told).collect());
    let mut paper = whole(facts, DocumentKind::Attestation, made, facts.activities.iter().map(section).collect());
    paper.notes = vec![format!(
        "Si attesta che alla persona indicata sono state erogate le ore che seguono, per un totale di {}. Rilasciata il {}.",
        hours(facts.delivered()),
        date_short(made.today())
    )];
    paper
}

fn whole(facts: &ServiceFacts, kind: DocumentKind, made: LocalInstant, mut sections: Vec<Section>) -> Paper {
    sections.push(sums(facts));
    Paper {
        title: kind.label().to_owned(),
        subtitle: Some("Servizio di Job Coaching".to_owned()),
        landscape: true,
        draft: !facts.is_closed(),
        made,
        facts: facts.head.facts(),
        measure: facts.head.measure.clone(),
        notes: Vec::new(),
        sections,
        footer: Footer::default(),
    }
}

impl Head {
    /// As it is printed (R31, R33).
    pub fn facts(&self) -> Vec<Fact> {
        vec![
            Fact::new("Ente erogatore", &self.provider),
            Fact::new("Sede operativa", &self.site),
            Fact::new("Codice OPAL", &self.opal_code),
            Fact::new("Id voucher", &self.voucher_id),
            Fact::new("Titolare del voucher", &self.person),
            Fact::new("Codice fiscale", &self.tax_code),
            Fact::new("Datore di lavoro", &self.employer),
            Fact::new("Centro per l'impiego", &self.centre),
        ]
    }
}

/// The columns that both have.
fn columns() -> Vec<Column> {
    vec![
        Column::center("Data", 8),
        Column::center("Dalle", 5),
        Column::center("Alle", 5),
        Column::right("Ore", 6),
        Column::left("Descrizione dell'attività", 24),
        Column::left("Luogo", 12),
        Column::left("Operatore", 11),
    ]
}

/// The cells of a row that both have.
fn told(row: &DeliveredRow) -> Vec<Cell> {
    [
        date_short(row.on),
        time_hm(row.from),
        time_hm(row.to),
        hours(row.minutes()),
        row.description.clone(),
        row.place.clone(),
        row.coach.clone(),
    ]
    .map(Cell::Text)
    .into()
}

fn part(activity: &ActivityFacts, columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Section {
    let table = Table {
        caption: format!("Erogazioni di {}", activity.name),
        columns,
        rows,
        totals: Some(vec![
            Cell::text("Totale"),
            Cell::text(""),
            Cell::text(""),
            Cell::text(hours(activity.delivered())),
            Cell::text(format!("di {} concordate", hours(activity.agreed))),
        ]),
        empty: "Nessuna erogazione.".to_owned(),
    };
    Section { heading: activity.name.clone(), draft: !activity.closed, blocks: vec![Block::Table(table)] }
}

/// The hours of all activities, delivered and agreed.
fn sums(facts: &ServiceFacts) -> Section {
    let line = |name: &str, count: usize, delivered, agreed| {
        vec![Cell::text(name), Cell::text(count.to_string()), Cell::text(hours(delivered)), Cell::text(hours(agreed))]
    };
    let rows = facts.activities.iter().map(|activity| line(&activity.name, activity.rows.len(), activity.delivered(), activity.agreed));
    let right = |head| Column { align: Align::Right, ..Column::left(head, 10) };
    let table = Table {
        caption: "Ore erogate e ore concordate".to_owned(),
        columns: vec![Column::left("Attività", 30), right("Erogazioni"), right("Ore erogate"), right("Ore concordate")],
        rows: rows.collect(),
        totals: Some(line("Totale", facts.rows().count(), facts.delivered(), facts.agreed())),
        empty: "Nessuna attività.".to_owned(),
    };
    Section { heading: "Riepilogo".to_owned(), draft: false, blocks: vec![Block::Table(table)] }
}

/// Who signed as recipient, each said once.
fn signers(facts: &ServiceFacts, marks: &BTreeMap<SessionId, RowMarks>) -> Option<String> {
    let mut named: Vec<&str> = Vec::new();
    for signer in facts.rows().filter_map(|row| marks.get(&row.session)?.signer.as_deref()) {
        if !named.contains(&signer) {
            named.push(signer);
        }
    }
    (!named.is_empty()).then(|| format!("Per il destinatario ha firmato: {}.", named.join("; ")))
}

#[cfg(test)]
pub(super) mod tests {
    use chrono::NaiveDate;
    use uuid::Uuid;

    use super::*;
    use crate::domain::rulebook::ActivityCode;

    pub fn facts(sessions: u32) -> ServiceFacts {
        let row = |number: u32| DeliveredRow {
            session: SessionId(Uuid::from_u128(u128::from(number))),
            on: NaiveDate::from_ymd_opt(2026, 11, 1 + number % 28).unwrap(),
            from: "09:00:00".parse().unwrap(),
            to: "10:30:00".parse().unwrap(),
            description: format!("Affiancamento {number}"),
            place: "Reparto imballaggio".to_owned(),
            coach: "Chiara Bortolin".to_owned(),
        };
        let activity = |code: ActivityCode| ActivityFacts {
            code,
            name: format!("{code:?}"),
            agreed: 4 * 60,
            closed: code == ActivityCode::ExploratoryInterviews,
            rows: if code == ActivityCode::ExploratoryInterviews { (0..sessions).map(row).collect() } else { Vec::new() },
        };
        ServiceFacts { head: head(), activities: ActivityCode::ALL.map(activity).into() }
    }

    pub fn head() -> Head {
        Head {
            provider: "Lavoro Insieme".to_owned(),
            site: "PD01 Padova".to_owned(),
            opal_code: "JC-2026-110001".to_owned(),
            voucher_id: "VCH-1".to_owned(),
            person: "Maria D'Agostìn".to_owned(),
            tax_code: "RSSMRA80A01H501U".to_owned(),
            employer: "Officine Brenta, Padova".to_owned(),
            centre: "CPI Padova".to_owned(),
            measure: "Fondo Regionale".to_owned(),
        }
    }

    pub fn made() -> LocalInstant {
        LocalInstant("2026-11-23T10:00:00".parse().unwrap())
    }

    #[test]
    fn r31_the_register_has_a_row_for_each_delivered_session_with_totals_and_bozza_until_an_activity_is_closed() {
        let text = register(&facts(2), &BTreeMap::new(), made()).to_text();
        assert!(text.starts_with("Registro attività [BOZZA]\nServizio di Job Coaching\nEnte erogatore: Lavoro Insieme\n"), "{text}");
        let row = "02/11/2026 | 09:00 | 10:30 | 1 h 30 min | Affiancamento 1 | Reparto imballaggio | Chiara Bortolin | \
                   [spazio per la firma] | [spazio per la firma]";
        assert!(text.contains(row), "{text}");
        assert!(text.contains("\nTotale |  |  | 3 h | di 4 h concordate\n"), "{text}");
        assert!(text.contains("\nExploratoryInterviews\n") && text.contains("\nContextAnalysis [BOZZA]\n"), "{text}");
        assert!(text.contains("\nTotale | 2 | 3 h | 20 h\n"), "{text}");
        for told in ["Codice OPAL: JC-2026-110001", "Id voucher: VCH-1", "Titolare del voucher: Maria D'Agostìn", "Codice fiscale: RSS"] {
            assert!(text.contains(told), "{told}");
        }
    }

    #[test]
    fn r31_a_closed_service_is_no_draft_and_one_without_sessions_says_so() {
        let mut closed = facts(1);
        for activity in &mut closed.activities {
            activity.closed = true;
        }
        let text = register(&closed, &BTreeMap::new(), made()).to_text();
        assert!(!text.contains("BOZZA") && text.contains("Nessuna erogazione."), "{text}");
    }

    #[test]
    fn r32_the_kind_of_signature_and_who_signed_are_printed() {
        let signer = Some("Referente aziendale: Ada Zanon".to_owned());
        let marks = RowMarks { coach: Mark::Scan, recipient: Mark::Scan, signer };
        let all = facts(2).rows().map(|row| (row.session, marks.clone())).collect();
        let text = register(&facts(2), &all, made()).to_text();
        assert_eq!(text.matches("[Firma su carta, scansione agli atti]").count(), 4);
        assert_eq!(text.matches("Per il destinatario ha firmato: Referente aziendale: Ada Zanon.").count(), 1);
    }

    #[test]
    fn r31_the_attestation_tells_the_same_without_boxes_and_with_its_day_of_issue() {
        let text = attestation(&facts(2), made()).to_text();
        assert!(text.contains("02/11/2026 | 09:00 | 10:30 | 1 h 30 min | Affiancamento 1 | Reparto imballaggio | Chiara Bortolin\n"));
        assert!(!text.contains("firma") && text.contains("per un totale di 3 h. Rilasciata il 23/11/2026."), "{text}");
    }
}
