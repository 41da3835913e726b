//! What proof there is of what was delivered, for every list that says what a dossier lacks.

use std::collections::HashMap;

use app::domain::{document::KindSet, dossier::Evidence, ids::OpalId};
use chrono::NaiveDate;

use super::super::transact::{Attempt, Work};
use crate::store::documents::EvidenceQuery;

/// Dossiers that one statement asks about.
const BATCH: usize = 500;

/// The proof of some dossiers; those without any are left out.
pub(in crate::services) async fn proof(work: &mut Work, query: &EvidenceQuery<'_>) -> Attempt<HashMap<OpalId, Evidence>> {
    let mut proof = HashMap::new();
    for opals in query.opals.chunks(BATCH) {
        proof.extend(work.uow.evidence(&EvidenceQuery { opals, ..*query }).await?);
    }
    Ok(proof)
}

/// The outputs that are due: those of the activities that are *Terminata* (R33).
pub(in crate::services) fn due(activities: impl Iterator<Item = (Option<NaiveDate>, KindSet)>) -> KindSet {
    activities.filter(|(closed_on, _)| closed_on.is_some()).fold(KindSet::default(), |due, (_, outputs)| due.with(outputs))
}
