//! The page "Documenti" of a dossier, and the page on which one is written.

use std::collections::{HashMap, HashSet};

use app::{
    domain::{
        document::{
            ActivityPapers, Content, DocumentKind, DocumentRow, DocumentState, DocumentsPage, DraftPage, DraftRow, ScanInput, ScanRow,
            Source, UnsignedRow, numbered, written::deliverable,
        },
        dossier::DossierAction,
        ids::{DocumentId, DraftId, OpalId, SessionId},
        provider::Actor,
        text::{date_long, time_hm},
    },
    ports::PortError,
};
use async_trait::async_trait;

use super::{
    super::{
        dossiers::DossierFacts,
        policy,
        sealed::{content_context, form_context, signer_context},
        transact::{Attempt, UseCase, Work},
    },
    facts::{PaperFacts, content_hash},
};
use crate::{
    sealing::Seal,
    store::documents::{DocumentRecord, DraftRecord, ScanRecord},
};

/// The page of the documents.
pub(super) struct Open {
    pub actor: Actor,
    pub dossier: OpalId,
}

#[async_trait]
impl UseCase for Open {
    type Answer = DocumentsPage;

    async fn run(&self, work: &mut Work) -> Attempt<DocumentsPage> {
        let dossier = DossierFacts::open(work, &self.actor, self.dossier).await?;
        policy::writes_documents(&self.actor, dossier.opal.site)?;
        let papers = PaperFacts::of(work, dossier).await?;
        let drafts = work.uow.drafts(self.dossier).await?;
        let records = work.uow.documents(self.dossier).await?;
        let scans = work.uow.scans(self.dossier).await?;
        let signed: HashSet<_> = papers.signed(work).await?.into_iter().map(|row| row.session).collect();
        let manages = self.actor.manages(papers.dossier.opal.site);
        let unsigned = if manages { unsigned(&papers, &signed) } else { Vec::new() };
        let mut documents = Vec::new();
        for record in records.into_iter().filter(|record| self.actor.reads_document(papers.dossier.opal.site, record.kind)) {
            documents.push(row(&papers, record, &scans, &signed)?);
        }
        let (today, rulebook) = (work.now.today(), work.rulebook());
        let (dossier, frame) = (&papers.dossier, papers.writing(work));
        Ok(DocumentsPage {
            dossier: self.dossier,
            opal_code: dossier.opal.opal_code.clone(),
            person: dossier.opal.person_name.clone(),
            permitted: dossier.frame.permit(DossierAction::Document, frame.status, rulebook),
            deliverable: deliverable(DocumentKind::FinalReport, frame.status),
            manages,
            owed: if manages { dossier.owed(today) } else { Vec::new() },
            activities: dossier
                .activities
                .iter()
                .map(|activity| ActivityPapers {
                    code: activity.code,
                    name: activity.name.clone(),
                    closed: activity.closed_at.is_some(),
                    asked: activity.outputs,
                })
                .collect(),
            delivered: u32::try_from(papers.service.rows().count()).unwrap_or(u32::MAX),
            unsigned,
            drafts: drafts.iter().map(draft_row).collect(),
            documents,
            sites: super::super::dossiers::sites_of(work, &self.actor).await?,
            site: papers.dossier.opal.site_code.clone(),
            frame,
            now: work.now,
        })
    }
}

fn draft_row(draft: &DraftRecord) -> DraftRow {
    DraftRow { id: draft.id, kind: draft.kind, activity: draft.activity, saved_at: draft.saved_local, saved_by: draft.saved_by.clone() }
}

/// The delivered sessions that nobody signed.
fn unsigned(papers: &PaperFacts, signed: &HashSet<SessionId>) -> Vec<UnsignedRow> {
    let rows = papers.service.activities.iter().flat_map(|activity| activity.rows.iter().map(move |row| (activity, row)));
    rows.filter(|(_, row)| !signed.contains(&row.session))
        .map(|(activity, row)| UnsignedRow {
            session: row.session,
            activity: activity.name.clone(),
            when: format!("{} {}-{}", date_long(row.on), time_hm(row.from), time_hm(row.to)),
            coach: row.coach.clone(),
        })
        .collect()
}

fn row(papers: &PaperFacts, record: DocumentRecord, scans: &[ScanRecord], signed: &HashSet<SessionId>) -> Attempt<DocumentRow> {
    let content: Content = papers.key.open_json(&content_context(record.id), &record.sealed_content)?;
    let changed = content_hash(&content.with(papers.service.clone()))? != record.data_hash;
    let title = match &content.source {
        Source::Uploaded(upload) => Some(upload.title.clone()),
        Source::Sessions | Source::Written { .. } => None,
    };
    let rows = match record.kind {
        DocumentKind::Register => open_rows(papers, &content, signed)?,
        _ => Vec::new(),
    };
    Ok(DocumentRow {
        id: record.id,
        kind: record.kind,
        title,
        activity: record.activity,
        number: numbered(record.number, record.year),
        code: record.code,
        issued_at: record.issued_local,
        issued_by: record.issued_by,
        drafted_on: record.drafted_on,
        state: if record.replaced { DocumentState::Superseded } else { DocumentState::Current },
        changed,
        size: record.file.size,
        original: record.original.map(|(file, kind)| (kind.label().to_owned(), file.size)),
        rows,
        scans: scans_of(papers, record.id, scans)?,
    })
}

/// The rows of a register that a scan of it may still sign: paper signs the rows that it lists, one that has changed since is another row, and one
/// that is signed stays as it was signed.
pub(super) fn open_rows(papers: &PaperFacts, content: &Content, signed: &HashSet<SessionId>) -> Attempt<Vec<SessionId>> {
    let (listed, now) = (super::facts::row_hashes(&content.service)?, papers.row_hashes()?);
    let stands = |session: &SessionId| listed.get(session) == now.get(session) && !signed.contains(session);
    Ok(content.service.rows().map(|row| row.session).filter(stands).collect())
}

fn scans_of(papers: &PaperFacts, document: DocumentId, scans: &[ScanRecord]) -> Attempt<Vec<ScanRow>> {
    let of_it = scans.iter().filter(|scan| scan.document == document);
    of_it
        .map(|scan| {
            let input: ScanInput = papers.key.open_json(&signer_context(scan.id), &scan.sealed_signer)?;
            Ok(ScanRow {
                id: scan.id,
                added_at: scan.added_local,
                added_by: scan.added_by.clone(),
                signer: input.said(),
                signed: scan.signed,
                format: scan.file_kind.label().to_owned(),
                size: scan.file.size,
            })
        })
        .collect()
}

/// The page on which a document is written.
pub(super) struct OpenDraft {
    pub actor: Actor,
    pub id: DraftId,
}

#[async_trait]
impl UseCase for OpenDraft {
    type Answer = DraftPage;

    async fn run(&self, work: &mut Work) -> Attempt<DraftPage> {
        let draft = work.uow.draft(self.id).await?.ok_or(PortError::NotFound)?;
        let dossier = DossierFacts::open(work, &self.actor, draft.opal).await?;
        policy::writes_documents(&self.actor, dossier.opal.site)?;
        let papers = PaperFacts::of(work, dossier).await?;
        let frame = papers.writing(work);
        let names: HashMap<_, _> = papers.dossier.activities.iter().map(|activity| (activity.code, &activity.name)).collect();
        let opal = &papers.dossier.opal;
        let permitted = papers.dossier.frame.permit(DossierAction::Document, frame.status, work.rulebook());
        Ok(DraftPage {
            id: draft.id,
            dossier: draft.opal,
            opal_code: opal.opal_code.clone(),
            person: opal.person_name.clone(),
            kind: draft.kind,
            activity: draft.activity.and_then(|code| names.get(&code).map(|name| (*name).clone())),
            form: papers.key.open_json(&form_context(draft.id), &draft.sealed_form)?,
            frame,
            permitted: permitted.clone(),
            issuable: permitted.and_then(|()| deliverable(draft.kind, frame.status)),
            issues: self.actor.issues(opal.site, draft.kind),
            saved_at: draft.saved_local,
            saved_by: draft.saved_by,
            version: draft.version,
        })
    }
}
