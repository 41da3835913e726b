//! What the store keeps of documents: what is being written, what was issued, which scans cover which rows.

use std::collections::HashSet;

use app::domain::{
    command::Version,
    document::{DocumentCode, DocumentKind, upload::FileKind},
    dossier::Evidence,
    ids::{CoachId, DocumentId, DraftId, FileId, OpalId, ProviderId, ScanId, SessionId},
    rulebook::ActivityCode,
    time::LocalInstant,
};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};

use super::StoreResult;

/// Documents, drafts, scans and signatures. Whoever asks has opened the dossier: nothing here asks whose it is.
#[async_trait]
pub trait DocumentStore {
    /// Adds a draft; a second one of the final report is [`StoreError::Exists`](super::StoreError::Exists).
    async fn insert_draft(&mut self, draft: &DraftRecord) -> StoreResult<()>;
    /// Writes a draft's form and who saved it when; false when the version is another.
    async fn keep_draft(&mut self, draft: &DraftRecord, seen: Version) -> StoreResult<bool>;
    /// Takes a draft away; false when the version is another.
    async fn delete_draft(&mut self, id: DraftId, seen: Version) -> StoreResult<bool>;
    /// A draft.
    async fn draft(&mut self, id: DraftId) -> StoreResult<Option<DraftRecord>>;
    /// The drafts of a dossier, saved last first.
    async fn drafts(&mut self, opal: OpalId) -> StoreResult<Vec<DraftRecord>>;
    /// The next number of a provider in a year: given once, and taken back with the transaction.
    async fn next_document_number(&mut self, provider: ProviderId, year: i32) -> StoreResult<u32>;
    /// Adds an issued document.
    async fn insert_document(&mut self, document: &DocumentRecord) -> StoreResult<()>;
    /// A document.
    async fn document(&mut self, id: DocumentId) -> StoreResult<Option<DocumentRecord>>;
    /// The document of a code.
    async fn document_of_code(&mut self, code: &DocumentCode) -> StoreResult<Option<DocumentRecord>>;
    /// The documents of a dossier, newest first.
    async fn documents(&mut self, opal: OpalId) -> StoreResult<Vec<DocumentRecord>>;
    /// Adds a scan with the rows that it covers, which take the place of earlier signatures of the same sessions.
    async fn insert_scan(&mut self, scan: &ScanRecord, opal: OpalId, rows: &[SignedRow]) -> StoreResult<()>;
    /// A scan.
    async fn scan(&mut self, id: ScanId) -> StoreResult<Option<ScanRecord>>;
    /// The scans of a dossier's documents, newest first.
    async fn scans(&mut self, opal: OpalId) -> StoreResult<Vec<ScanRecord>>;
    /// The signatures of a dossier's sessions.
    async fn signatures(&mut self, opal: OpalId) -> StoreResult<Vec<SignedRow>>;
    /// What proof there is of some dossiers, in one query; those without any are left out.
    async fn evidence(&mut self, query: &EvidenceQuery<'_>) -> StoreResult<Vec<(OpalId, Evidence)>>;
    /// Every file that a row tells of.
    async fn known_files(&mut self) -> StoreResult<HashSet<FileId>>;
}

/// Whose proof, and of which days.
#[derive(Clone, Copy)]
pub struct EvidenceQuery<'a> {
    /// The dossiers.
    pub opals: &'a [OpalId],
    /// Only the sessions of this coach.
    pub coach: Option<CoachId>,
    /// Only sessions from this day on.
    pub from: Option<NaiveDate>,
    /// Only sessions up to this day.
    pub to: Option<NaiveDate>,
}

impl<'a> EvidenceQuery<'a> {
    /// Of all sessions of some dossiers.
    pub fn of(opals: &'a [OpalId]) -> Self {
        Self { opals, coach: None, from: None, to: None }
    }
}

/// A document being written.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftRecord {
    /// Its id.
    pub id: DraftId,
    /// The dossier.
    pub opal: OpalId,
    /// What it will be.
    pub kind: DocumentKind,
    /// The activity it is an output of.
    pub activity: Option<ActivityCode>,
    /// `WrittenForm`, sealed under the person's key.
    pub sealed_form: Vec<u8>,
    /// When it was saved.
    pub saved_local: LocalInstant,
    /// By whom.
    pub saved_by: String,
    /// Counts its changes.
    pub version: Version,
}

/// A file as a row refers to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRecord {
    /// Its id in the store of files.
    pub id: FileId,
    /// SHA-256 of its plain bytes.
    pub sha256: Vec<u8>,
    /// Its plain bytes.
    pub size: u64,
}

/// An issued document.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentRecord {
    /// Its id.
    pub id: DocumentId,
    /// The dossier.
    pub opal: OpalId,
    /// The provider that counts it.
    pub provider: ProviderId,
    /// What it is.
    pub kind: DocumentKind,
    /// The activity it is an output of.
    pub activity: Option<ActivityCode>,
    /// The year of its number.
    pub year: i32,
    /// Its number in that year.
    pub number: u32,
    /// The code printed on it.
    pub code: DocumentCode,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// The same on the Rome wall clock.
    pub issued_local: LocalInstant,
    /// By whom.
    pub issued_by: String,
    /// The drafting date (R33).
    pub drafted_on: Option<NaiveDate>,
    /// The document whose place it took.
    pub replaces: Option<DocumentId>,
    /// Whether another one took its place (joined; not written).
    pub replaced: bool,
    /// `Content`, sealed under the person's key.
    pub sealed_content: Vec<u8>,
    /// SHA-256 of the content's JSON.
    pub data_hash: Vec<u8>,
    /// The template it was laid out with.
    pub template: String,
    /// The PDF.
    pub file: FileRecord,
    /// What was uploaded.
    pub original: Option<(FileRecord, FileKind)>,
}

/// A scan of a register's signed paper.
#[derive(Clone, Debug, PartialEq)]
pub struct ScanRecord {
    /// Its id.
    pub id: ScanId,
    /// The register.
    pub document: DocumentId,
    /// The file.
    pub file: FileRecord,
    /// What the file is.
    pub file_kind: FileKind,
    /// Who signed for the recipient, sealed under the person's key.
    pub sealed_signer: Vec<u8>,
    /// How many rows it covers.
    pub signed: u32,
    /// When it was added.
    pub added_at: DateTime<Utc>,
    /// The same on the Rome wall clock.
    pub added_local: LocalInstant,
    /// By whom.
    pub added_by: String,
}

/// A delivered session whose row is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedRow {
    /// The session.
    pub session: SessionId,
    /// The scan that shows it.
    pub scan: ScanId,
    /// SHA-256 of the row that was signed.
    pub row_sha256: Vec<u8>,
}
