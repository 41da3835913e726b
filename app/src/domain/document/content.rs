//! All that an issued document says, as it is kept beside it: what paper is made of it, and what it would be with the data of another day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    cover::{UploadFacts, cover},
    facts::ServiceFacts,
    kind::DocumentKind,
    paper::Paper,
    register::{RowMarks, attestation, register},
    written::{Author, Written, paper},
};
use crate::domain::{ids::SessionId, time::LocalInstant};

/// What a document says. Its serialised form is what the hash of the data covers.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// What it is.
    pub kind: DocumentKind,
    /// The data of the dossier, as far as the document shows them: an output shows no sessions.
    pub service: ServiceFacts,
    /// Where its own words come from.
    pub source: Source,
}

/// Where a document's own words come from.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// It has none: everything is in the data.
    Sessions,
    /// Written here.
    Written {
        /// The parts.
        written: Written,
        /// Who answers for it.
        author: String,
        /// In which role.
        role: String,
    },
    /// Made elsewhere.
    Uploaded(UploadFacts),
}

silent_debug!(Content, Source);

impl Content {
    /// A document of the dossier's data.
    pub fn new(kind: DocumentKind, service: ServiceFacts, source: Source) -> Self {
        let activities = if kind.is_output() { Vec::new() } else { service.activities };
        Self { kind, service: ServiceFacts { head: service.head, activities }, source }
    }

    /// The same document with other data of the dossier.
    #[must_use]
    pub fn with(&self, service: ServiceFacts) -> Self {
        Self::new(self.kind, service, self.source.clone())
    }

    /// The paper, before it has a number: `marks` are the signatures of the rows, for a register.
    pub fn paper(&self, marks: &BTreeMap<SessionId, RowMarks>, made: LocalInstant) -> Paper {
        match &self.source {
            Source::Sessions if self.kind == DocumentKind::Attestation => attestation(&self.service, made),
            Source::Sessions => register(&self.service, marks, made),
            Source::Written { written, author, role } => paper(self.kind, written, &self.service, Author { name: author, role }, made),
            Source::Uploaded(upload) => cover(self.kind, &self.service.head, upload, made),
        }
    }

    /// The drafting date that it carries (R33).
    pub fn drafted_on(&self) -> Option<NaiveDate> {
        match &self.source {
            Source::Sessions => None,
            Source::Written { written, .. } => Some(written.drafted_on),
            Source::Uploaded(upload) => Some(upload.drafted_on),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::document::register::tests::facts;

    fn upload() -> Source {
        Source::Uploaded(UploadFacts {
            title: "Verbale".to_owned(),
            activity: "Colloqui esplorativi".to_owned(),
            drafted_on: "2026-11-20".parse().unwrap(),
            kept_at: "PD01 Padova".to_owned(),
            format: "PDF".to_owned(),
            size: 1,
            sha256: String::new(),
        })
    }

    #[test]
    fn r31_a_session_delivered_later_changes_the_register_and_no_output() {
        for (kind, source, changes) in [
            (DocumentKind::Register, Source::Sessions, true),
            (DocumentKind::Attestation, Source::Sessions, true),
            (DocumentKind::CoachingPlan, upload(), false),
        ] {
            let content = Content::new(kind, facts(1), source);
            assert_eq!(content.with(facts(2)) != content, changes, "{kind:?}");
            assert!(content.with(facts(1)) == content);
        }
    }

    #[test]
    fn r33_another_name_of_the_person_changes_every_document() {
        let mut renamed = facts(1);
        renamed.head.person = "Maria Rossi".to_owned();
        for (kind, source) in [(DocumentKind::Register, Source::Sessions), (DocumentKind::OtherOutput, upload())] {
            let content = Content::new(kind, facts(1), source);
            assert!(content.with(renamed.clone()) != content, "{kind:?}");
        }
    }

    #[test]
    fn what_is_kept_reads_back_as_it_was() {
        for source in [Source::Sessions, upload()] {
            let content = Content::new(DocumentKind::Register, facts(2), source);
            assert!(serde_json::from_str::<Content>(&serde_json::to_string(&content).unwrap()).unwrap() == content);
        }
    }
}
