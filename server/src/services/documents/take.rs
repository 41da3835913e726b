//! What leaves: a preview before anything is issued, an issued file, and the whole dossier as one bundle. Each reading is noted.

use app::{
    domain::{
        document::{Content, DocumentKind, Source, Written, WrittenForm, paper::Paper},
        ids::{DraftId, OpalId, ScanId},
        provider::Actor,
    },
    ports::{PortError, StoredFile},
};
use async_trait::async_trait;

use super::{
    super::{
        dossiers::DossierFacts,
        policy,
        sealed::{form_context, key_of},
        transact::{Attempt, UseCase, Work},
    },
    facts::PaperFacts,
    issue::{data, made_with},
};
use crate::{
    documents::Attachment,
    files::FileKey,
    sealing::{PersonKey, Seal},
};

/// A document as it would be issued now, without number and code.
pub(super) struct Preview {
    pub actor: Actor,
    pub of: Previewed,
}

/// What a preview is of.
pub(super) enum Previewed {
    /// The register or the attestation of a dossier.
    Sessions(OpalId, DocumentKind),
    /// A draft, as it was saved.
    Draft(DraftId),
}

/// A preview that is ready to be laid out, which needs no transaction any more.
pub(super) struct Laid {
    pub name: String,
    pub paper: Paper,
    pub attached: Vec<Attachment>,
}

#[async_trait]
impl UseCase for Preview {
    type Answer = Laid;

    async fn run(&self, work: &mut Work) -> Attempt<Laid> {
        let (papers, content) = match self.of {
            Previewed::Sessions(id, kind) if !kind.is_output() && !kind.is_written() => {
                let papers = reached(work, &self.actor, id).await?;
                policy::reads_document(&self.actor, papers.dossier.opal.site, kind)?;
                let content = Content::new(kind, papers.service.clone(), Source::Sessions);
                (papers, content)
            }
            Previewed::Sessions(..) => return Err(PortError::NotFound.into()),
            Previewed::Draft(id) => {
                let draft = work.uow.draft(id).await?.ok_or(PortError::NotFound)?;
                let papers = reached(work, &self.actor, draft.opal).await?;
                let form: WrittenForm = papers.key.open_json(&form_context(id), &draft.sealed_form)?;
                let written = form.so_far(draft.kind, work.now.today());
                let source = written_by(&self.actor, written);
                let content = Content::new(draft.kind, papers.service.clone(), source);
                (papers, content)
            }
        };
        note(work, &self.actor, &papers.dossier).await?;
        let marks = papers.marks(work).await?;
        let mut paper = content.paper(&marks, work.now);
        paper.notes.insert(0, "Anteprima: senza numero e senza codice di verifica, non è un documento emesso.".to_owned());
        paper.footer.made_with = made_with();
        Ok(Laid { name: format!("anteprima-{}.pdf", content.kind.file_stem()), paper, attached: vec![data(&content)?] })
    }
}

fn written_by(actor: &Actor, written: Written) -> Source {
    Source::Written { written, author: actor.name.clone(), role: actor.role.label().to_owned() }
}

/// A stored file: where it lies and what opens it.
pub(super) struct Find {
    pub actor: Actor,
    pub file: StoredFile,
}

/// What a stored file is called, and what is needed to read it.
pub(super) struct Found {
    pub name: String,
    pub media_type: &'static str,
    pub key: FileKey,
    pub seal: PersonKey,
}

#[async_trait]
impl UseCase for Find {
    type Answer = Found;

    async fn run(&self, work: &mut Work) -> Attempt<Found> {
        let id = match self.file {
            StoredFile::Issued(id) | StoredFile::Original(id) => id,
            StoredFile::Scan(scan) => return self.scan(work, scan).await,
        };
        let document = work.uow.document(id).await?.ok_or(PortError::NotFound)?;
        let dossier = self.reached(work, document.opal, document.kind).await?;
        let stem = format!("{}-{}-{}", document.kind.file_stem(), document.number, document.year);
        let (name, media_type, file) = match (self.file, document.original) {
            (StoredFile::Original(_), Some((file, kind))) => (format!("{stem}-originale.{}", kind.extension()), kind.media_type(), file),
            (StoredFile::Original(_), None) => return Err(PortError::NotFound.into()),
            _ => (format!("{stem}.pdf"), "application/pdf", document.file),
        };
        Ok(Found { name, media_type, key: file.key()?, seal: key_of(work, dossier.opal.person).await? })
    }
}

impl Find {
    async fn scan(&self, work: &mut Work, id: ScanId) -> Attempt<Found> {
        let scan = work.uow.scan(id).await?.ok_or(PortError::NotFound)?;
        let document = work.uow.document(scan.document).await?.ok_or(PortError::NotFound)?;
        let dossier = self.reached(work, document.opal, document.kind).await?;
        let name = format!("{}-{}-{}-firmato.{}", document.kind.file_stem(), document.number, document.year, scan.file_kind.extension());
        let seal = key_of(work, dossier.opal.person).await?;
        Ok(Found { name, media_type: scan.file_kind.media_type(), key: scan.file.key()?, seal })
    }

    async fn reached(&self, work: &mut Work, opal: OpalId, kind: DocumentKind) -> Attempt<DossierFacts> {
        let dossier = DossierFacts::open(work, &self.actor, opal).await?;
        policy::reads_document(&self.actor, dossier.opal.site, kind)?;
        note(work, &self.actor, &dossier).await?;
        Ok(dossier)
    }
}

/// A dossier for who reads its documents, whether or not any may still be made.
pub(super) async fn reached(work: &mut Work, actor: &Actor, id: OpalId) -> Attempt<PaperFacts> {
    let dossier = DossierFacts::open(work, actor, id).await?;
    policy::writes_documents(actor, dossier.opal.site)?;
    PaperFacts::of(work, dossier).await
}

/// Documents tell what a profile tells: who opens one is noted where profiles opened are.
pub(super) async fn note(work: &mut Work, actor: &Actor, dossier: &DossierFacts) -> Attempt<()> {
    Ok(work.uow.log_profile_read(dossier.opal.person, dossier.opal.id, actor.account, work.at).await?)
}
