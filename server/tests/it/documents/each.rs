//! Each document as the domain makes it, of dossiers in which nothing, one session and sixty were delivered: its words, its pages, its structure.

use std::collections::BTreeMap;

use app::domain::{
    document::{
        ActivityFacts, DeliveredRow, DocumentKind, Head, Outcome, ServiceFacts, UploadFacts, Written, attestation, cover,
        paper::Paper,
        register,
        written::{Author, paper},
    },
    ids::SessionId,
    rulebook::ActivityCode,
    time::LocalInstant,
};
use chrono::{NaiveDate, TimeDelta};
use uuid::Uuid;

use super::{
    samples::LONG_NAME,
    tools::{Pdf, solid},
};

const MARGIN: f64 = 18.0;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A dossier with so many sessions, all of one activity.
fn facts(sessions: u32) -> ServiceFacts {
    let row = |number: u32| DeliveredRow {
        session: SessionId(Uuid::from_u128(u128::from(number))),
        on: day("2026-09-01") + TimeDelta::days(number.into()),
        from: "09:00:00".parse().unwrap(),
        to: "09:45:00".parse().unwrap(),
        description: format!("Perché l'attività è così varia, Riga{number:03} si legge fino in fondo: càlibro, città, fine{number:03}"),
        place: "Presso l'azienda".to_owned(),
        coach: "Niccolò D'Ambròsio".to_owned(),
    };
    let activity = |code: ActivityCode| ActivityFacts {
        code,
        name: format!("Attività «{}»", code.as_str()),
        agreed: 45 * 60,
        closed: true,
        rows: if code == ActivityCode::OnTheJobTraining { (1..=sessions).map(row).collect() } else { Vec::new() },
    };
    let head = Head {
        provider: "Cooperativa «L'Altra Metà»".to_owned(),
        site: "E001-PD, Padova".to_owned(),
        opal_code: "JC-2026-110001".to_owned(),
        voucher_id: "V11100001".to_owned(),
        person: LONG_NAME.to_owned(),
        tax_code: "RSSMRA80A01H501U".to_owned(),
        employer: "Officine dell'Alto Bùt S.r.l., Cittadella".to_owned(),
        centre: "CPI Padova".to_owned(),
        measure: "Fondo Regionale per l'Occupazione delle persone con Disabilità".to_owned(),
    };
    ServiceFacts { head, activities: ActivityCode::ALL.map(activity).into() }
}

/// Every kind, with what it must hold beside its head.
fn each(sessions: u32) -> Vec<(DocumentKind, Paper)> {
    let (facts, made) = (facts(sessions), LocalInstant("2026-11-23T10:00:00".parse().unwrap()));
    let written = |kind: DocumentKind| {
        let texts = kind
            .parts()
            .iter()
            .map(|part| (part.name.to_owned(), format!("Com'è andata in «{}»: più sicurezza.\n\nPoi basta.", part.title)));
        let outcome = (kind == DocumentKind::FinalReport).then_some(Outcome::Failure);
        let written = Written { drafted_on: day("2026-11-20"), outcome, texts: texts.collect() };
        paper(kind, &written, &facts, Author { name: "Niccolò D'Ambròsio", role: "Job coach" }, made)
    };
    let upload = UploadFacts {
        title: "Verbale dell'incontro, perché resti".to_owned(),
        activity: "Colloqui esplorativi".to_owned(),
        drafted_on: day("2026-11-20"),
        kept_at: "E001-PD, Padova".to_owned(),
        format: "PDF".to_owned(),
        size: 4_096,
        sha256: "ab".repeat(32),
    };
    vec![
        (DocumentKind::Register, register(&facts, &BTreeMap::new(), made)),
        (DocumentKind::Attestation, attestation(&facts, made)),
        (DocumentKind::InterviewReport, written(DocumentKind::InterviewReport)),
        (DocumentKind::CoachingPlan, written(DocumentKind::CoachingPlan)),
        (DocumentKind::FinalReport, written(DocumentKind::FinalReport)),
        (DocumentKind::OtherOutput, cover(DocumentKind::OtherOutput, &facts.head, &upload, made)),
    ]
}

#[test]
fn each_document_of_no_one_and_sixty_sessions_says_all_of_its_model_and_draws_it_within_the_margins() {
    for sessions in [0, 1, 60] {
        for (kind, paper) in each(sessions) {
            let (pdf, about) = (Pdf::of(&paper), format!("{} of {sessions} sessions", kind.label()));
            let letters = pdf.letters();
            for told in [kind.label(), LONG_NAME, "RSSMRA80A01H501U", "Officine dell'Alto Bùt S.r.l., Cittadella", "persone con Disabilità"]
            {
                assert!(letters.contains(&solid(told)), "{told} in {about}");
            }
            for text in kind.parts().iter().map(|part| format!("Com'è andata in «{}»: più sicurezza.", part.title)) {
                assert!(letters.contains(&solid(&text)), "{text} in {about}");
            }
            let lists = matches!(kind, DocumentKind::Register | DocumentKind::Attestation);
            for row in 1..=60 {
                assert_eq!(
                    letters.matches(&format!("fine{row:03}")).count(),
                    usize::from(lists && row <= sessions),
                    "row {row} in {about}"
                );
            }
            assert_eq!(pdf.info("Title"), paper.title, "{about}");
            let width = if paper.landscape { 297.0 } else { 210.0 };
            let pages = pdf.pages().len();
            assert!(pages <= if lists { 20 } else { 4 }, "{about} on {pages} pages");
            for page in [1, pages] {
                let [left, top, right, bottom] = pdf.picture(page, 75).inked(200).unwrap();
                let (near, far) = ((MARGIN - 0.7) / width, 1.0 - (MARGIN - 0.7) / width);
                assert!(
                    left >= near && right <= far && top > 0.04 && bottom < 0.97,
                    "page {page} of {about}: {left} {top} {right} {bottom}"
                );
            }
        }
    }
}

#[test]
fn each_document_is_told_to_who_hears_it_as_headings_paragraphs_and_tables() {
    for (kind, paper) in each(1) {
        let structure = Pdf::of(&paper).structure();
        for tag in ["Document", "H1", "P"] {
            assert!(structure.lines().any(|line| line.trim_start().starts_with(tag)), "{tag} in {}: {structure}", kind.label());
        }
        let rows = matches!(kind, DocumentKind::Register | DocumentKind::Attestation | DocumentKind::FinalReport);
        assert_eq!(structure.contains("TH"), rows, "{}", kind.label());
    }
}
