//! What comes from outside: an output that was made elsewhere (R33), and the scan of a signed register (R32).

use app::{
    domain::{
        audit::AuditAction,
        document::{
            Content, DocumentKind, Issued, OutputForm, ScanForm, Source, UploadFacts, numbered,
            upload::{FileKind, UploadProblem},
        },
        ids::{DocumentId, OpalId, ScanId},
        provider::Actor,
        rulebook::{FieldProblem, Rule},
    },
    ports::PortError,
};
use async_trait::async_trait;
use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

use super::{
    super::{
        audit::{Author, Chain, DocumentSnapshot, Event, Snapshot},
        command::Command,
        policy,
        sealed::{content_context, signer_context},
        transact::{Attempt, Failure, UseCase, Work},
    },
    issue::{New, issue},
    open::open_rows,
    write::opened,
};
use crate::{
    files::recognise,
    ids::new_id,
    sealing::Seal,
    store::documents::{ScanRecord, SignedRow},
};

/// The names of the fields with the file, in the two forms of one page.
const OUTPUT: &str = "file";
const SCAN: &str = "scan_file";

/// A file as it came. Of what was asked, its hash stands for it.
pub(super) struct Came(pub Vec<u8>);

impl Serialize for Came {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex::encode(Sha256::digest(&self.0)))
    }
}

impl Came {
    /// What was said of it with what it is, or all that is wrong with both, told at once.
    fn with<T>(&self, said: Result<T, Vec<FieldProblem>>, field: &str, rule: Rule) -> Result<(T, FileKind), PortError> {
        let kind = recognise(&self.0).map_err(|problem: UploadProblem| FieldProblem::new(field, rule, problem.sentence()));
        match (said, kind) {
            (Ok(said), Ok(kind)) => Ok((said, kind)),
            (said, kind) => Err(PortError::Invalid(said.err().into_iter().flatten().chain(kind.err()).collect())),
        }
    }
}

/// Issues an output that was made elsewhere, behind a cover with its references.
#[derive(Serialize)]
pub(super) struct Upload {
    #[serde(skip)]
    pub actor: Actor,
    pub dossier: OpalId,
    pub form: OutputForm,
    pub file: Came,
}

impl Command for Upload {
    const NAME: &'static str = "documents.upload";
}

#[async_trait]
impl UseCase for Upload {
    type Answer = Issued;

    async fn run(&self, work: &mut Work) -> Attempt<Issued> {
        let papers = opened(work, &self.actor, self.dossier).await?;
        policy::manages(&self.actor, papers.dossier.opal.site)?;
        let sites = work.uow.sites(papers.dossier.opal.provider).await?;
        let frame = papers.writing(work);
        let checked = self.form.check(&frame, sites.iter().map(|site| site.code.as_str()));
        let (input, file_kind) = self.file.with(checked, OUTPUT, Rule::R33)?;
        let kept_at = sites.iter().find(|site| site.code == input.kept_at);
        let upload = UploadFacts {
            title: input.title,
            activity: papers.dossier.activity(input.activity)?.name.clone(),
            drafted_on: input.drafted_on,
            kept_at: kept_at.map(|site| format!("{}, {}", site.code, site.town)).unwrap_or_default(),
            format: file_kind.label().to_owned(),
            size: self.file.0.len() as u64,
            sha256: hex::encode(Sha256::digest(&self.file.0)),
        };
        let content = Content::new(input.kind, papers.service.clone(), Source::Uploaded(upload));
        let new = New { content, activity: Some(input.activity), original: Some((file_kind, &self.file.0)) };
        issue(work, &papers, &self.actor, new).await
    }
}

/// Binds a scan of signed paper to the register that it signs.
#[derive(Serialize)]
pub(super) struct Scan {
    #[serde(skip)]
    pub actor: Actor,
    pub document: DocumentId,
    pub form: ScanForm,
    pub file: Came,
}

impl Command for Scan {
    const NAME: &'static str = "documents.scan";
}

#[async_trait]
impl UseCase for Scan {
    type Answer = ScanId;

    async fn run(&self, work: &mut Work) -> Attempt<ScanId> {
        let register = work.uow.document(self.document).await?.filter(|document| document.kind == DocumentKind::Register);
        let register = register.ok_or(PortError::NotFound)?;
        let papers = opened(work, &self.actor, register.opal).await?;
        policy::manages(&self.actor, papers.dossier.opal.site)?;
        let content: Content = papers.key.open_json(&content_context(register.id), &register.sealed_content)?;
        let signed = papers.signed(work).await?.into_iter().map(|row| row.session).collect();
        let (rows, now) = (open_rows(&papers, &content, &signed)?, papers.row_hashes()?);
        let (input, file_kind) = self.file.with(self.form.check(&rows), SCAN, Rule::R32)?;
        let id = ScanId(new_id());
        let file = work.put(&papers.key, &self.file.0).await?;
        let signed: Vec<_> = input
            .signed
            .iter()
            .filter_map(|session| Some(SignedRow { session: *session, scan: id, row_sha256: now.get(session)?.clone() }))
            .collect();
        let scan = ScanRecord {
            id,
            document: register.id,
            file,
            file_kind,
            sealed_signer: papers.key.seal_json(&signer_context(id), &input)?,
            signed: u32::try_from(signed.len()).map_err(|_| Failure::defect("a register has too many rows"))?,
            added_at: work.at,
            added_local: work.now,
            added_by: self.actor.name.clone(),
        };
        work.uow.insert_scan(&scan, register.opal, &signed).await?;
        let after = DocumentSnapshot {
            sha256: Some(hex::encode(&scan.file.sha256)),
            signed: Some((input.said(), scan.signed)),
            ..DocumentSnapshot::draft(DocumentKind::Register)
        };
        let number = numbered(register.number, register.year);
        let event =
            Event { subject: format!("{} n. {number}", register.kind.label()), before: None, after: Some(Snapshot::Document(after)) };
        Chain::of(work, &papers.dossier.opal).await?.append(work, Author::Actor(&self.actor), AuditAction::RegisterSigned, &event).await?;
        Ok(id)
    }
}
