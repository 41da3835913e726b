//! Documents: what is written, issued and added to a dossier, and the files that leave.

use async_trait::async_trait;

use super::PortResult;
use crate::domain::{
    command::Seen,
    document::{DocumentKind, DocumentsPage, DraftPage, Issued, NewDraft, OutputForm, Saved, ScanForm, Verification, WrittenForm},
    ids::{CommandKey, DocumentId, DraftId, OpalId, ScanId},
    provider::Actor,
};

/// Documents.
#[async_trait]
pub trait Documents: Send + Sync {
    /// The page "Documenti" of a dossier.
    async fn open(&self, actor: &Actor, dossier: OpalId) -> PortResult<DocumentsPage>;
    /// The page on which a document is written.
    async fn draft(&self, actor: &Actor, id: DraftId) -> PortResult<DraftPage>;
    /// Begins a document; of the final report there is one, which everybody goes on with.
    async fn begin(&self, actor: &Actor, new: NewDraft) -> PortResult<DraftId>;
    /// Saves what is typed, as far as it has come.
    async fn save(&self, actor: &Actor, id: DraftId, seen: Seen, form: WrittenForm) -> PortResult<Saved>;
    /// Throws a draft away.
    async fn discard(&self, actor: &Actor, id: DraftId, seen: Seen) -> PortResult<()>;
    /// Issues the register or the attestation.
    async fn issue(&self, actor: &Actor, key: CommandKey, dossier: OpalId, kind: DocumentKind) -> PortResult<Issued>;
    /// Issues what was written; the final report is delivered to the employment centre.
    async fn issue_draft(&self, actor: &Actor, id: DraftId, seen: Seen, form: WrittenForm) -> PortResult<Issued>;
    /// Issues an output that was made elsewhere (R33).
    async fn upload(&self, actor: &Actor, key: CommandKey, dossier: OpalId, form: OutputForm, file: Vec<u8>) -> PortResult<Issued>;
    /// Adds the scan of a signed register (R32).
    async fn scan(&self, actor: &Actor, key: CommandKey, document: DocumentId, form: ScanForm, file: Vec<u8>) -> PortResult<ScanId>;
    /// What anybody is told of a code.
    async fn verify(&self, code: &str) -> PortResult<Verification>;
    /// The register or the attestation as it would be issued now.
    async fn preview(&self, actor: &Actor, dossier: OpalId, kind: DocumentKind) -> PortResult<PaperFile>;
    /// A draft as it would be issued now.
    async fn preview_draft(&self, actor: &Actor, id: DraftId) -> PortResult<PaperFile>;
    /// A stored file.
    async fn file(&self, actor: &Actor, file: StoredFile) -> PortResult<PaperFile>;
    /// All of a dossier: its data, and the files that [`file`](Self::file) gives.
    async fn bundle(&self, actor: &Actor, dossier: OpalId) -> PortResult<Bundle>;
}

/// A file that somebody takes away.
pub struct PaperFile {
    /// Its name, which tells of no person.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A stored file, by what it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoredFile {
    /// The PDF of an issued document.
    Issued(DocumentId),
    /// What was uploaded, behind its cover.
    Original(DocumentId),
    /// The scan of a signed register.
    Scan(ScanId),
}

/// All of a dossier.
pub struct Bundle {
    /// Its name, which tells of no person.
    pub name: String,
    /// The data and the log, as JSON.
    pub data: Vec<u8>,
    /// The files.
    pub files: Vec<BundledFile>,
}

/// A file of a bundle.
#[derive(Clone, Debug)]
pub struct BundledFile {
    /// Its path in the bundle.
    pub path: String,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
    /// Its bytes.
    pub size: u64,
    /// What it belongs to.
    pub file: StoredFile,
}
