//! The cover of an output that was made elsewhere: the references that R33 asks for, and what identifies the file behind it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    facts::Head,
    kind::DocumentKind,
    paper::{Block, Fact, Footer, Paper, Section},
};
use crate::domain::{text::date_short, time::LocalInstant};

/// What is said of an output that was uploaded. Sealed: its title may tell of the person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadFacts {
    /// What it is, in the words of who uploaded it.
    pub title: String,
    /// The activity's name.
    pub activity: String,
    /// The drafting date.
    pub drafted_on: NaiveDate,
    /// The site that keeps the original.
    pub kept_at: String,
    /// The format, in words.
    pub format: String,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 of the file, in hexadecimal digits.
    pub sha256: String,
}

silent_debug!(UploadFacts);

/// The cover.
pub fn cover(kind: DocumentKind, head: &Head, upload: &UploadFacts, made: LocalInstant) -> Paper {
    let facts = vec![
        Fact::new("Documento", &upload.title),
        Fact::new("Attività", &upload.activity),
        Fact::new("Data di redazione", date_short(upload.drafted_on)),
        Fact::new("Originale conservato presso", &upload.kept_at),
    ];
    let file = vec![
        Fact::new("Formato", &upload.format),
        Fact::new("Dimensione", format!("{} byte", upload.size)),
        Fact::new("Impronta SHA-256", &upload.sha256),
    ];
    let section = |heading: &str, facts| Section { heading: heading.to_owned(), draft: false, blocks: vec![Block::Facts(facts)] };
    Paper {
        title: kind.label().to_owned(),
        subtitle: Some("Frontespizio dell'output".to_owned()),
        landscape: false,
        draft: false,
        made,
        facts: head.facts(),
        measure: head.measure.clone(),
        notes: vec!["Questo frontespizio accompagna il documento, che è allegato al file e resta scaricabile dal fascicolo.".to_owned()],
        sections: vec![section("Output", facts), section("File allegato", file)],
        footer: Footer::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::document::register::tests::{head, made};

    #[test]
    fn r33_the_cover_carries_the_measure_the_person_and_the_drafting_date() {
        let upload = UploadFacts {
            title: "Verbale del colloquio".to_owned(),
            activity: "Colloqui esplorativi".to_owned(),
            drafted_on: "2026-11-20".parse().unwrap(),
            kept_at: "PD01 Padova".to_owned(),
            format: "PDF".to_owned(),
            size: 1234,
            sha256: "ab".repeat(32),
        };
        let text = cover(DocumentKind::OtherOutput, &head(), &upload, made()).to_text();
        let told = ["Data di redazione: 20/11/2026", "Fondo Regionale", "Id voucher: VCH-1", "Titolare del voucher: Maria D'Agostìn"];
        for told in told.into_iter().chain(["Codice fiscale: RSSMRA80A01H501U", "Impronta SHA-256: abab"]) {
            assert!(text.contains(told), "{told} in {text}");
        }
    }
}
