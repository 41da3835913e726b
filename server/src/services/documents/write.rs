//! A document being written: begun, saved while it is typed, thrown away. Saving leaves no row in the history: what counts is what is issued.

use app::{
    domain::{
        audit::AuditAction,
        command::Version,
        document::{DocumentKind, Saved, WrittenForm},
        dossier::DossierAction,
        ids::{DraftId, OpalId},
        provider::Actor,
        rulebook::{ActivityCode, Refusal, Rule},
    },
    ports::PortError,
};
use async_trait::async_trait;
use serde::Serialize;

use super::{
    super::{
        audit::{Author, Chain, DocumentSnapshot, Event, Snapshot},
        command::Command,
        dossiers::DossierFacts,
        policy,
        sealed::form_context,
        transact::{Attempt, Failure, UseCase, Work},
    },
    facts::PaperFacts,
};
use crate::{ids::new_id, sealing::Seal, store::documents::DraftRecord};

/// Begins a document.
#[derive(Serialize)]
pub(super) struct Begin {
    #[serde(skip)]
    pub actor: Actor,
    pub dossier: OpalId,
    pub kind: DocumentKind,
    pub activity: Option<ActivityCode>,
}

impl Command for Begin {
    const NAME: &'static str = "documents.begin";
}

#[async_trait]
impl UseCase for Begin {
    type Answer = DraftId;

    async fn run(&self, work: &mut Work) -> Attempt<DraftId> {
        let papers = opened(work, &self.actor, self.dossier).await?;
        let activity = match (self.kind, self.activity) {
            (DocumentKind::FinalReport, _) => None,
            (kind, Some(activity)) if kind.is_written() => Some(activity),
            _ => return Err(PortError::NotFound.into()),
        };
        if self.kind == DocumentKind::FinalReport {
            if papers.dossier.evidence.report_on.is_some() {
                return Err(delivered_already().into());
            }
            // Two who begin it at once go on with the same one.
            if let Some(begun) = work.uow.drafts(self.dossier).await?.into_iter().find(|draft| draft.kind == self.kind) {
                return Ok(begun.id);
            }
        }
        let id = DraftId(new_id());
        let form = WrittenForm::begun(self.kind, &papers.service, work.now.today());
        let draft = DraftRecord {
            id,
            opal: self.dossier,
            kind: self.kind,
            activity,
            sealed_form: papers.key.seal_json(&form_context(id), &form)?,
            saved_local: work.now,
            saved_by: self.actor.name.clone(),
            version: 1,
        };
        work.uow.insert_draft(&draft).await?;
        told(work, &papers, &self.actor, AuditAction::DraftBegun, self.kind).await?;
        Ok(id)
    }
}

/// R34: what was delivered to the employment centre is locked.
pub(super) fn delivered_already() -> Refusal {
    Refusal::new(
        Rule::R34,
        "La relazione finale è già stata consegnata al CPI e non si può più modificare: la trovi tra i documenti emessi.",
    )
}

/// Saves what is typed.
#[derive(Serialize)]
pub(super) struct Save {
    #[serde(skip)]
    pub actor: Actor,
    pub id: DraftId,
    pub version: Version,
    pub form: WrittenForm,
}

impl Command for Save {
    const NAME: &'static str = "documents.save";
}

#[async_trait]
impl UseCase for Save {
    type Answer = Saved;

    async fn run(&self, work: &mut Work) -> Attempt<Saved> {
        let (draft, papers) = draft_of(work, &self.actor, self.id).await?;
        let form = self.form.clone().kept(draft.kind);
        let problems = form.overlong(draft.kind);
        if !problems.is_empty() {
            return Err(PortError::Invalid(problems).into());
        }
        let stored: WrittenForm = papers.key.open_json(&form_context(self.id), &draft.sealed_form)?;
        if draft.version != self.version {
            return Err(Failure::conflict(stored.changes(&form, draft.kind)));
        }
        if stored == form {
            return Ok(Saved { at: draft.saved_local, version: draft.version });
        }
        let kept = DraftRecord {
            sealed_form: papers.key.seal_json(&form_context(self.id), &form)?,
            saved_local: work.now,
            saved_by: self.actor.name.clone(),
            ..draft
        };
        if !work.uow.keep_draft(&kept, self.version).await? {
            return Err(Failure::conflict(stored.changes(&form, kept.kind)));
        }
        Ok(Saved { at: work.now, version: self.version + 1 })
    }
}

/// Throws a draft away.
#[derive(Serialize)]
pub(super) struct Discard {
    #[serde(skip)]
    pub actor: Actor,
    pub id: DraftId,
    pub version: Version,
}

impl Command for Discard {
    const NAME: &'static str = "documents.discard";
}

#[async_trait]
impl UseCase for Discard {
    type Answer = ();

    async fn run(&self, work: &mut Work) -> Attempt<()> {
        let (draft, papers) = draft_of(work, &self.actor, self.id).await?;
        if !work.uow.delete_draft(self.id, self.version).await? {
            return Err(Failure::conflict(Vec::new()));
        }
        told(work, &papers, &self.actor, AuditAction::DraftDiscarded, draft.kind).await
    }
}

/// A draft within the actor's reach, with its dossier, while documents may be made.
pub(super) async fn draft_of(work: &mut Work, actor: &Actor, id: DraftId) -> Attempt<(DraftRecord, PaperFacts)> {
    let draft = work.uow.draft(id).await?.ok_or(PortError::NotFound)?;
    let papers = opened(work, actor, draft.opal).await?;
    Ok((draft, papers))
}

/// A dossier for who writes its documents, while they may be made (R38).
pub(super) async fn opened(work: &mut Work, actor: &Actor, dossier: OpalId) -> Attempt<PaperFacts> {
    let dossier = DossierFacts::open(work, actor, dossier).await?;
    policy::writes_documents(actor, dossier.opal.site)?;
    let status = dossier.status(work.rulebook(), work.now);
    dossier.frame.permit(DossierAction::Document, status, work.rulebook())?;
    PaperFacts::of(work, dossier).await
}

async fn told(work: &mut Work, papers: &PaperFacts, actor: &Actor, action: AuditAction, kind: DocumentKind) -> Attempt<()> {
    let event = Event { subject: kind.label().to_owned(), before: None, after: Some(Snapshot::Document(DocumentSnapshot::draft(kind))) };
    Chain::of(work, &papers.dossier.opal).await?.append(work, Author::Actor(actor), action, &event).await
}
