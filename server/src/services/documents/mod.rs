//! Documents: what a dossier's papers say, writing and issuing them, uploads and scans, the way from a code to its document, and the bundle of all.
//!
//! A document is issued in one transaction: its number, its paper and its row. Laying it out takes tens of milliseconds in which, on SQLite,
//! other writers wait; a number that is given and a paper that is missing would be worse. The files are put before the commit and go again
//! when it fails (`Work::put`).

mod bundle;
mod facts;
mod issue;
mod open;
mod proof;
mod take;
mod upload;
mod verify;
mod write;

use app::{
    domain::{
        command::Seen,
        document::{
            DocumentCode, DocumentKind, DocumentsPage, DraftPage, Issued, NewDraft, OutputForm, Saved, ScanForm, Verification, WrittenForm,
        },
        ids::{CommandKey, DocumentId, DraftId, OpalId, ScanId},
        provider::Actor,
    },
    ports::{Bundle, Documents, PaperFile, PortError, PortResult, StoredFile},
};
use async_trait::async_trait;

pub(super) use proof::{due, proof};

use self::{
    bundle::Gather,
    issue::{IssueDraft, IssueFromSessions},
    open::{Open, OpenDraft},
    take::{Find, Laid, Preview, Previewed},
    upload::{Came, Scan, Upload},
    verify::Verify,
    write::{Begin, Discard, Save},
};
use super::Services;
use crate::{documents::Press, files::Files};

/// What documents are made with and kept in.
#[derive(Clone)]
pub struct Papers {
    /// Lays them out.
    pub press: Press,
    /// Keeps them.
    pub files: Files,
    /// Where people reach the program, without a slash at the end: `https://affianco.example`.
    pub address: String,
}

impl Papers {
    /// The address that a QR leads to.
    fn verify_address(&self, code: &DocumentCode) -> String {
        format!("{}/verifica/{}", self.address, code.as_str())
    }
}

#[async_trait]
impl Documents for Services {
    async fn open(&self, actor: &Actor, dossier: OpalId) -> PortResult<DocumentsPage> {
        self.read(Open { actor: actor.clone(), dossier }).await
    }

    async fn draft(&self, actor: &Actor, id: DraftId) -> PortResult<DraftPage> {
        self.read(OpenDraft { actor: actor.clone(), id }).await
    }

    async fn begin(&self, actor: &Actor, new: NewDraft) -> PortResult<DraftId> {
        let NewDraft { key, dossier, kind, activity } = new;
        self.command(actor, key, Begin { actor: actor.clone(), dossier, kind, activity }).await
    }

    async fn save(&self, actor: &Actor, id: DraftId, seen: Seen, form: WrittenForm) -> PortResult<Saved> {
        self.command(actor, seen.key, Save { actor: actor.clone(), id, version: seen.version, form }).await
    }

    async fn discard(&self, actor: &Actor, id: DraftId, seen: Seen) -> PortResult<()> {
        self.command(actor, seen.key, Discard { actor: actor.clone(), id, version: seen.version }).await
    }

    async fn issue(&self, actor: &Actor, key: CommandKey, dossier: OpalId, kind: DocumentKind) -> PortResult<Issued> {
        self.command(actor, key, IssueFromSessions { actor: actor.clone(), dossier, kind }).await
    }

    async fn issue_draft(&self, actor: &Actor, id: DraftId, seen: Seen, form: WrittenForm) -> PortResult<Issued> {
        self.command(actor, seen.key, IssueDraft { actor: actor.clone(), id, version: seen.version, form }).await
    }

    async fn upload(&self, actor: &Actor, key: CommandKey, dossier: OpalId, form: OutputForm, file: Vec<u8>) -> PortResult<Issued> {
        self.command(actor, key, Upload { actor: actor.clone(), dossier, form, file: Came(file) }).await
    }

    async fn scan(&self, actor: &Actor, key: CommandKey, document: DocumentId, form: ScanForm, file: Vec<u8>) -> PortResult<ScanId> {
        self.command(actor, key, Scan { actor: actor.clone(), document, form, file: Came(file) }).await
    }

    async fn verify(&self, code: &str) -> PortResult<Verification> {
        let code = DocumentCode::read(code).ok_or(PortError::NotFound)?;
        self.read(Verify { code }).await
    }

    async fn preview(&self, actor: &Actor, dossier: OpalId, kind: DocumentKind) -> PortResult<PaperFile> {
        self.previewed(actor, Previewed::Sessions(dossier, kind)).await
    }

    async fn preview_draft(&self, actor: &Actor, id: DraftId) -> PortResult<PaperFile> {
        self.previewed(actor, Previewed::Draft(id)).await
    }

    async fn file(&self, actor: &Actor, file: StoredFile) -> PortResult<PaperFile> {
        let found = self.write(Find { actor: actor.clone(), file }).await?;
        let bytes = self.papers.files.read(&found.key, found.seal).await.map_err(|error| PortError::Internal(Box::new(error)))?;
        Ok(PaperFile { name: found.name, media_type: found.media_type, bytes })
    }

    async fn bundle(&self, actor: &Actor, dossier: OpalId) -> PortResult<Bundle> {
        self.write(Gather { actor: actor.clone(), dossier }).await
    }
}

impl Services {
    async fn previewed(&self, actor: &Actor, of: Previewed) -> PortResult<PaperFile> {
        let Laid { name, paper, attached } = self.write(Preview { actor: actor.clone(), of }).await?;
        let bytes = self.papers.press.render(paper, attached).await.map_err(|error| PortError::Internal(Box::new(error)))?;
        Ok(PaperFile { name, media_type: "application/pdf", bytes })
    }
}
