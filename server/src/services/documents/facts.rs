//! The data that a dossier's documents show, as they stand in a transaction.

use std::collections::{BTreeMap, HashMap};

use app::domain::{
    document::{ActivityFacts, Content, DeliveredRow, Head, RowMarks, ScanInput, ServiceFacts, WritingFrame, paper::Mark},
    ids::{ScanId, SessionId},
    session::SessionState,
};
use sha2::{Digest, Sha256};

use super::super::{
    dossiers::DossierFacts,
    sealed::{open_details, person_key, signer_context},
    transact::{Attempt, Failure, Work},
};
use crate::{
    sealing::{PersonKey, Seal},
    store::{
        documents::SignedRow,
        records::{ActivityRecord, SessionRecord},
    },
};

/// A dossier with the facts that its papers show, and the key they are kept under.
pub(super) struct PaperFacts {
    /// The dossier.
    pub dossier: DossierFacts,
    /// What its documents show.
    pub service: ServiceFacts,
    /// The key of the person.
    pub key: PersonKey,
}

impl PaperFacts {
    /// Of a dossier that was opened for somebody.
    pub async fn of(work: &mut Work, dossier: DossierFacts) -> Attempt<Self> {
        let person = work.uow.person(dossier.opal.person).await?.ok_or_else(|| Failure::defect("a dossier has no person"))?;
        let provider = work.uow.provider(dossier.opal.provider).await?.ok_or_else(|| Failure::defect("a dossier has no provider"))?;
        let details = open_details(work.master(), &person)?;
        let key = person_key(work.master(), &person)?;
        let (_, employer) = dossier.employer(work.now.today());
        let opal = &dossier.opal;
        let head = Head {
            provider: provider.name,
            site: format!("{}, {}", opal.site_code, opal.site_town),
            opal_code: opal.opal_code.clone(),
            voucher_id: opal.voucher.id.clone(),
            person: opal.person_name.full(),
            tax_code: details.tax_code.as_str().to_owned(),
            employer: format!("{}, {}", employer.name, employer.town),
            centre: opal.centre_name.clone(),
            measure: work.rulebook().on(opal.voucher.valid_from).measure.clone(),
        };
        let activities = dossier.activities.iter().map(|activity| activity_facts(&dossier, activity)).collect();
        let service = ServiceFacts { head, activities };
        Ok(Self { dossier, service, key })
    }

    /// What the check of a written document looks at.
    pub fn writing(&self, work: &Work) -> WritingFrame {
        WritingFrame { dossier: self.dossier.frame, status: self.dossier.status(work.rulebook(), work.now), today: work.now.today() }
    }

    /// The signatures under the rows as they stand; a row that has changed since it was signed is not among them (R32).
    pub async fn marks(&self, work: &mut Work) -> Attempt<BTreeMap<SessionId, RowMarks>> {
        let signed = self.signed(work).await?;
        if signed.is_empty() {
            return Ok(BTreeMap::new());
        }
        let mut signers = HashMap::new();
        for scan in work.uow.scans(self.dossier.opal.id).await? {
            let input: ScanInput = self.key.open_json(&signer_context(scan.id), &scan.sealed_signer)?;
            signers.insert(scan.id, input.said());
        }
        let mark = |scan: ScanId| RowMarks { coach: Mark::Scan, recipient: Mark::Scan, signer: signers.get(&scan).cloned() };
        Ok(signed.into_iter().map(|row| (row.session, mark(row.scan))).collect())
    }

    /// The signatures that still stand.
    pub async fn signed(&self, work: &mut Work) -> Attempt<Vec<SignedRow>> {
        let rows = self.row_hashes()?;
        let signed = work.uow.signatures(self.dossier.opal.id).await?;
        Ok(signed.into_iter().filter(|row| rows.get(&row.session) == Some(&row.row_sha256)).collect())
    }

    /// SHA-256 of each row of the register.
    pub fn row_hashes(&self) -> Attempt<HashMap<SessionId, Vec<u8>>> {
        row_hashes(&self.service)
    }
}

/// SHA-256 of each row, over its canonical JSON.
pub(super) fn row_hashes(service: &ServiceFacts) -> Attempt<HashMap<SessionId, Vec<u8>>> {
    service.rows().map(|row| Ok((row.session, hash(row)?))).collect()
}

/// SHA-256 of what a document says.
pub(super) fn content_hash(content: &Content) -> Attempt<Vec<u8>> {
    hash(content)
}

fn hash(said: &impl serde::Serialize) -> Attempt<Vec<u8>> {
    let json = serde_json::to_vec(said).map_err(|_| Failure::defect("a document's data cannot be written down"))?;
    Ok(Sha256::digest(json).to_vec())
}

fn activity_facts(dossier: &DossierFacts, activity: &ActivityRecord) -> ActivityFacts {
    let delivered = dossier.sessions_of(activity.code).filter(|session| session.state == SessionState::Delivered);
    ActivityFacts {
        code: activity.code,
        name: activity.name.clone(),
        agreed: activity.agreed,
        closed: activity.closed_at.is_some(),
        rows: delivered.map(|session| row(dossier, activity, session)).collect(),
    }
}

fn row(dossier: &DossierFacts, activity: &ActivityRecord, session: &SessionRecord) -> DeliveredRow {
    let span = session.span;
    let place = match session.note.trim() {
        // R15: the note says where; without one it is where the activity takes place.
        "" if activity.at_employer => {
            let (_, employer) = dossier.employer(span.on());
            format!("{}, {}", employer.name, employer.town)
        }
        "" => format!("Sede di {}", dossier.opal.site_town),
        note => note.to_owned(),
    };
    DeliveredRow {
        session: session.id,
        on: span.on(),
        from: span.from(),
        to: span.to(),
        description: session.description.clone().unwrap_or_default(),
        place,
        coach: session.coach_name.clone(),
    }
}
