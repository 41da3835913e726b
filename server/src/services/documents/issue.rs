//! Issuing: a number and a code are given, the paper is made and kept, and the one before gives way; all of it in one transaction or nothing.

use app::{
    domain::{
        audit::AuditAction,
        command::Version,
        document::{
            CODE_BYTES, Content, DocumentCode, DocumentKind, Issued, Source, WrittenForm, numbered,
            paper::{Check, Footer},
            upload::FileKind,
            written::deliverable,
        },
        ids::{DocumentId, DraftId, OpalId},
        provider::Actor,
        rulebook::{ActivityCode, Refusal, Rule},
        text::date_short,
    },
    ports::PortError,
};
use async_trait::async_trait;
use chrono::Datelike;
use serde::Serialize;

use super::{
    super::{
        audit::{Author, Chain, DocumentSnapshot, Event, Snapshot},
        command::Command,
        policy,
        sealed::content_context,
        transact::{Attempt, Failure, UseCase, Work},
    },
    facts::{PaperFacts, content_hash},
    write::{delivered_already, draft_of, opened},
};
use crate::{
    documents::{Attachment, TEMPLATE},
    ids::{new_id, random_bytes},
    sealing::Seal,
    store::documents::{DocumentRecord, FileRecord},
};

/// Issues the register or the attestation.
#[derive(Serialize)]
pub(super) struct IssueFromSessions {
    #[serde(skip)]
    pub actor: Actor,
    pub dossier: OpalId,
    pub kind: DocumentKind,
}

impl Command for IssueFromSessions {
    const NAME: &'static str = "documents.issue";
}

#[async_trait]
impl UseCase for IssueFromSessions {
    type Answer = Issued;

    async fn run(&self, work: &mut Work) -> Attempt<Issued> {
        if self.kind.is_output() || self.kind.is_written() {
            return Err(PortError::NotFound.into());
        }
        let papers = opened(work, &self.actor, self.dossier).await?;
        policy::issues_document(&self.actor, papers.dossier.opal.site, self.kind)?;
        if papers.service.rows().next().is_none() {
            let what = self.kind.label();
            let sentence =
                format!("{what}: non c'è ancora nessuna erogazione conclusa da riportare. Concludine una, poi emetti il documento.");
            return Err(Refusal::new(Rule::R31, sentence).into());
        }
        let content = Content::new(self.kind, papers.service.clone(), Source::Sessions);
        issue(work, &papers, &self.actor, New { content, activity: None, original: None }).await
    }
}

/// Issues what was written; the report is delivered to the employment centre with it (R34).
#[derive(Serialize)]
pub(super) struct IssueDraft {
    #[serde(skip)]
    pub actor: Actor,
    pub id: DraftId,
    pub version: Version,
    pub form: WrittenForm,
}

impl Command for IssueDraft {
    const NAME: &'static str = "documents.issue_draft";
}

#[async_trait]
impl UseCase for IssueDraft {
    type Answer = Issued;

    async fn run(&self, work: &mut Work) -> Attempt<Issued> {
        let (draft, papers) = draft_of(work, &self.actor, self.id).await?;
        policy::issues_document(&self.actor, papers.dossier.opal.site, draft.kind)?;
        let frame = papers.writing(work);
        deliverable(draft.kind, frame.status)?;
        if draft.kind == DocumentKind::FinalReport && papers.dossier.evidence.report_on.is_some() {
            return Err(delivered_already().into());
        }
        let written = self.form.check(draft.kind, &frame).map_err(PortError::Invalid)?;
        if !work.uow.delete_draft(self.id, self.version).await? {
            return Err(Failure::conflict(Vec::new()));
        }
        let source = Source::Written { written, author: self.actor.name.clone(), role: self.actor.role.label().to_owned() };
        let content = Content::new(draft.kind, papers.service.clone(), source);
        issue(work, &papers, &self.actor, New { content, activity: draft.activity, original: None }).await
    }
}

/// What is about to be issued.
pub(super) struct New<'a> {
    /// What it says.
    pub content: Content,
    /// The activity it is an output of.
    pub activity: Option<ActivityCode>,
    /// What was uploaded, with its bytes.
    pub original: Option<(FileKind, &'a [u8])>,
}

/// Issues a document of a dossier that may have one.
pub(super) async fn issue(work: &mut Work, papers: &PaperFacts, actor: &Actor, new: New<'_>) -> Attempt<Issued> {
    let New { content, activity, original } = new;
    let (id, kind, opal) = (DocumentId(new_id()), content.kind, &papers.dossier.opal);
    let today = work.now.today();
    let number = work.uow.next_document_number(opal.provider, today.year()).await?;
    let code = DocumentCode::of(random_bytes::<CODE_BYTES>());
    let known = work.uow.documents(opal.id).await?;
    let replaces = known.into_iter().find(|known| kind.replaces() && known.kind == kind && !known.replaced);

    let marks = papers.marks(work).await?;
    let mut paper = content.paper(&marks, work.now);
    paper.footer = Footer {
        number: Some(numbered(number, today.year())),
        issued: Some(date_short(today)),
        check: Some(Check { code: code.as_str().to_owned(), address: work.services.papers.verify_address(&code) }),
        made_with: made_with(),
    };
    let mut attached = vec![data(&content)?];
    attached.extend(original.map(|(file_kind, bytes)| original_of(kind, file_kind, bytes)));
    let pdf = work.services.papers.press.render(paper, attached).await.map_err(|error| PortError::Internal(Box::new(error)))?;
    let file = work.put(&papers.key, &pdf).await?;
    let original = match original {
        Some((file_kind, bytes)) => Some((work.put(&papers.key, bytes).await?, file_kind)),
        None => None,
    };

    let record = DocumentRecord {
        id,
        opal: opal.id,
        provider: opal.provider,
        kind,
        activity,
        year: today.year(),
        number,
        code,
        issued_at: work.at,
        issued_local: work.now,
        issued_by: actor.name.clone(),
        drafted_on: content.drafted_on(),
        replaces: replaces.as_ref().map(|replaced| replaced.id),
        replaced: false,
        sealed_content: papers.key.seal_json(&content_context(id), &content)?,
        data_hash: content_hash(&content)?,
        template: TEMPLATE.to_string(),
        file,
        original,
    };
    work.uow.insert_document(&record).await?;
    let event = Event {
        subject: format!("{} n. {}", kind.label(), numbered(number, today.year())),
        before: replaces.as_ref().map(|replaced| Snapshot::Document(DocumentSnapshot::of(replaced))),
        after: Some(Snapshot::Document(DocumentSnapshot::of(&record))),
    };
    let action = if kind == DocumentKind::FinalReport { AuditAction::ReportDelivered } else { AuditAction::DocumentIssued };
    Chain::of(work, opal).await?.append(work, Author::Actor(actor), action, &event).await?;
    Ok(Issued { id, number: numbered(number, today.year()) })
}

/// What made a document, at its foot.
pub(super) fn made_with() -> String {
    format!("Affianco, modello {TEMPLATE}")
}

/// The data that a document shows, for programs.
pub(super) fn data(content: &Content) -> Attempt<Attachment> {
    Ok(Attachment {
        name: "dati.json".to_owned(),
        media_type: "application/json".to_owned(),
        description: "I dati riportati nel documento".to_owned(),
        bytes: serde_json::to_vec_pretty(content).map_err(|_| Failure::defect("a document's data cannot be written down"))?,
    })
}

fn original_of(kind: DocumentKind, file_kind: FileKind, bytes: &[u8]) -> Attachment {
    Attachment {
        name: format!("{}-originale.{}", kind.file_stem(), file_kind.extension()),
        media_type: file_kind.media_type().to_owned(),
        description: "Il documento originale".to_owned(),
        bytes: bytes.to_vec(),
    }
}

impl DocumentSnapshot {
    /// An issued document.
    fn of(record: &DocumentRecord) -> Self {
        Self {
            number: Some(numbered(record.number, record.year)),
            drafted_on: record.drafted_on,
            sha256: Some(hex::encode(&record.file.sha256)),
            ..Self::draft(record.kind)
        }
    }
}

impl FileRecord {
    /// By what the store of files knows it.
    pub(super) fn key(&self) -> Attempt<crate::files::FileKey> {
        let sha256 = self.sha256.as_slice().try_into().map_err(|_| Failure::defect("a stored hash has another length"))?;
        Ok(crate::files::FileKey { id: self.id, sha256, size: self.size })
    }
}
