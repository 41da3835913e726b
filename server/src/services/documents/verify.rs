//! From the code on a paper to what may be said of it to anybody: whether it is genuine, when it was issued, whether the data have changed.

use app::{
    domain::document::{Content, DataSince, DocumentCode, DocumentState, Verification, numbered},
    ports::PortError,
};
use async_trait::async_trait;

use super::{
    super::{
        dossiers::DossierFacts,
        sealed::content_context,
        transact::{Attempt, Failure, UseCase, Work},
    },
    facts::{PaperFacts, content_hash},
};
use crate::{sealing::Seal, store::documents::DocumentRecord};

/// Nothing it answers is about a person.
pub(super) struct Verify {
    pub code: DocumentCode,
}

#[async_trait]
impl UseCase for Verify {
    type Answer = Verification;

    async fn run(&self, work: &mut Work) -> Attempt<Verification> {
        let document = work.uow.document_of_code(&self.code).await?.ok_or(PortError::NotFound)?;
        let provider = work.uow.provider(document.provider).await?.ok_or_else(|| Failure::defect("a document has no provider"))?;
        let data = since(work, &document).await?;
        Ok(Verification {
            kind: document.kind,
            number: numbered(document.number, document.year),
            provider: provider.name,
            issued_on: document.issued_local.today(),
            sha256: hex::encode(&document.file.sha256),
            state: if document.replaced { DocumentState::Superseded } else { DocumentState::Current },
            data,
        })
    }
}

/// What became of the data. Those of a person whose key was dropped cannot be compared any more.
async fn since(work: &mut Work, document: &DocumentRecord) -> Attempt<DataSince> {
    let Some(opal) = work.uow.opal_unscoped(document.opal).await? else {
        return Err(Failure::defect("a document has no dossier"));
    };
    let dossier = DossierFacts::of_all(work, vec![opal]).await?.pop().ok_or_else(|| Failure::defect("a dossier was lost"))?;
    let Ok(papers) = PaperFacts::of(work, dossier).await else { return Ok(DataSince::Erased) };
    let Ok(content) = papers.key.open_json::<Content>(&content_context(document.id), &document.sealed_content) else {
        return Ok(DataSince::Erased);
    };
    let now = content_hash(&content.with(papers.service))?;
    Ok(if now == document.data_hash { DataSince::Unchanged } else { DataSince::Changed })
}
