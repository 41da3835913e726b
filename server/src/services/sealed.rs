//! What is sealed, under which key and in which context: a sealed text opens only where it was put.

use app::domain::{
    ids::{AccountId, DocumentId, DraftId, OpalId, PersonId, ScanId},
    person::{PersonDetails, PersonLimits},
    request::intake::Ground,
};
use chrono::NaiveDate;
use uuid::Uuid;

use super::transact::{Attempt, Failure, Work};
use crate::{
    sealing::{MasterKey, PersonKey, Seal},
    store::records::{OpalRecord, PersonRecord},
};

/// Where a person's key is wrapped.
pub(super) fn key_context(person: PersonId) -> Vec<u8> {
    format!("person:{person}:key").into_bytes()
}

/// Where a person's details are sealed.
pub(super) fn details_context(person: PersonId) -> Vec<u8> {
    format!("person:{person}:details").into_bytes()
}

/// Where the ground of a request is sealed.
pub(super) fn ground_context(opal: OpalId) -> Vec<u8> {
    format!("opal:{opal}:ground").into_bytes()
}

/// Where the interruption of a dossier is sealed.
pub(super) fn interruption_context(opal: OpalId) -> Vec<u8> {
    format!("opal:{opal}:interruption").into_bytes()
}

/// Where the reason of a change of employer is sealed.
pub(super) fn employer_context(opal: OpalId, since: NaiveDate) -> Vec<u8> {
    format!("opal:{opal}:employer:{since}").into_bytes()
}

/// Where the form of a document being written is sealed.
pub(super) fn form_context(draft: DraftId) -> Vec<u8> {
    format!("draft:{draft}:form").into_bytes()
}

/// Where the content of an issued document is sealed.
pub(super) fn content_context(document: DocumentId) -> Vec<u8> {
    format!("document:{document}:content").into_bytes()
}

/// Where it is sealed who signed a scanned register.
pub(super) fn signer_context(scan: ScanId) -> Vec<u8> {
    format!("scan:{scan}:signer").into_bytes()
}

/// Where a remembered search is sealed.
pub(super) fn search_context(account: AccountId, search: Uuid) -> Vec<u8> {
    format!("search:{account}:{search}").into_bytes()
}

/// Where the payload of an audit row is sealed.
pub(super) fn audit_context(chain: &str, number: i64) -> Vec<u8> {
    format!("audit:{chain}:{number}").into_bytes()
}

/// The key of a person.
pub(super) fn person_key(master: &MasterKey, person: &PersonRecord) -> Attempt<PersonKey> {
    Ok(master.unwrap(&key_context(person.id), &person.wrapped_key)?)
}

/// The key of a person that something stored refers to.
pub(super) async fn key_of(work: &mut Work, person: PersonId) -> Attempt<PersonKey> {
    let person = work.uow.person(person).await?.ok_or_else(|| Failure::defect("a request has no person"))?;
    person_key(work.master(), &person)
}

/// A person's details.
pub(super) fn open_details(master: &MasterKey, person: &PersonRecord) -> Attempt<PersonDetails> {
    Ok(person_key(master, person)?.open_json(&details_context(person.id), &person.sealed_details)?)
}

/// What a person can sustain (R30).
pub(super) async fn limits_of(work: &mut Work, person: PersonId) -> Attempt<Option<PersonLimits>> {
    let person = work.uow.person(person).await?.ok_or_else(|| Failure::defect("a dossier has no person"))?;
    Ok(open_details(work.master(), &person)?.limits)
}

/// A person's details, sealed.
pub(super) fn seal_details(key: &PersonKey, person: PersonId, details: &PersonDetails) -> Attempt<Vec<u8>> {
    Ok(key.seal_json(&details_context(person), details)?)
}

/// The ground of a request, sealed.
pub(super) fn seal_ground(key: &PersonKey, opal: OpalId, ground: &Ground) -> Attempt<Vec<u8>> {
    Ok(key.seal_json(&ground_context(opal), ground)?)
}

/// The ground of a request; only the profile shows it (R39).
pub(super) fn open_ground(master: &MasterKey, person: &PersonRecord, opal: &OpalRecord) -> Attempt<Ground> {
    Ok(person_key(master, person)?.open_json(&ground_context(opal.id), &opal.sealed_ground)?)
}
