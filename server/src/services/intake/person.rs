//! The person a request is for: one record per tax code, which says what the newest notification says.

use app::domain::{
    ids::PersonId,
    person::{PersonDetails, PersonName},
    request::intake::NewRequest,
    text::fold,
};

use super::super::{
    audit::{Event, Snapshot},
    sealed::{details_context, key_context, person_key, seal_details},
    transact::{Attempt, Failure, Work},
};
use crate::{
    ids::new_id,
    sealing::{PersonKey, Seal},
    store::records::PersonRecord,
};

/// The person, as it is stored from now on.
pub(super) struct Beneficiary {
    /// The record.
    pub person: PersonRecord,
    /// Its key.
    pub key: PersonKey,
    /// What the request changed of a person known before.
    pub renewal: Option<Event>,
}

impl Beneficiary {
    /// The person of that tax code, renewed when the request was notified after all others, or a new one under a key of its own.
    pub async fn of(work: &mut Work, request: &NewRequest) -> Attempt<Self> {
        let (name, details) = request.beneficiary.clone().into_parts();
        let hash = work.master().lookup_hash(details.tax_code.as_str()).to_vec();
        let Some(known) = work.uow.person_by_hash(&hash).await? else {
            return Self::new(work, hash, name, &details).await;
        };
        let key = person_key(work.master(), &known)?;
        let newest = work.uow.last_notified(known.id).await?;
        if newest.is_some_and(|newest| newest >= request.notified_at) {
            return Ok(Self { person: known, key, renewal: None });
        }
        Self::renew(work, known, key, name, details).await
    }

    async fn new(work: &mut Work, tax_code_hash: Vec<u8>, name: PersonName, details: &PersonDetails) -> Attempt<Self> {
        let (id, key) = (PersonId(new_id()), PersonKey::generate());
        let person = PersonRecord {
            id,
            tax_code_hash,
            last_name_folded: fold(&name.last),
            name,
            wrapped_key: work.master().wrap(&key_context(id), &key)?,
            sealed_details: seal_details(&key, id, details)?,
            version: 1,
        };
        work.uow.insert_person(&person).await?;
        Ok(Self { person, key, renewal: None })
    }

    async fn renew(work: &mut Work, known: PersonRecord, key: PersonKey, name: PersonName, told: PersonDetails) -> Attempt<Self> {
        let stored: PersonDetails = key.open_json(&details_context(known.id), &known.sealed_details)?;
        let details = stored.clone().renewed(told);
        if (&name, &details) == (&known.name, &stored) {
            return Ok(Self { person: known, key, renewal: None });
        }
        let person = PersonRecord {
            last_name_folded: fold(&name.last),
            name: name.clone(),
            sealed_details: seal_details(&key, known.id, &details)?,
            ..known.clone()
        };
        if !work.uow.update_person(&person, known.version).await? {
            return Err(Failure::defect("a person changed within the transaction that read it"));
        }
        let (before, after) = (Snapshot::from((known.name, stored)), Snapshot::from((name, details)));
        let renewal = Event { subject: person.name.full(), before: Some(before), after: Some(after) };
        Ok(Self { person, key, renewal: Some(renewal) })
    }
}
