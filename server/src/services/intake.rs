//! Import of requests from the employment centres' files: each record is all or nothing, and a record that is known already changes nothing.

use std::collections::HashSet;

use app::{
    domain::{
        audit::AuditAction,
        ids::{OpalId, PersonId, ProviderId, SiteId},
        provider::{Provider, Site},
        request::{
            Deadline, RequestState,
            intake::{IntakeError, IntakeReason, NewProvider, NewRequest, RequestsFile},
            list_rank,
        },
        text::fold,
        time::LocalInstant,
    },
    ports::PortError,
};
use async_trait::async_trait;
use serde_json::Value;
use zeroize::Zeroizing;

use super::{
    Services,
    audit::{Author, Chain, Event, Snapshot},
    sealed::{details_context, key_context, person_key, seal_ground},
    transact::{Attempt, Failure, UseCase, Work},
};
use crate::{
    ids::new_id,
    sealing::{PersonKey, Seal},
    store::records::{OpalRecord, PersonRecord},
};

/// What became of one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is a new request now.
    Imported(OpalId),
    /// The same request was there already.
    Known,
    /// It was refused; nothing of it was stored.
    Refused(IntakeError),
}

/// One record of a file.
#[derive(Clone, Debug)]
pub struct RecordOutcome {
    /// Its place in the file, from 1.
    pub position: usize,
    /// Its OPAL code, when it can be read.
    pub opal_code: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a file.
#[derive(Clone, Debug, Default)]
pub struct ImportReport {
    /// Each record in the order of the file.
    pub records: Vec<RecordOutcome>,
}

impl ImportReport {
    /// New requests.
    pub fn imported(&self) -> usize {
        self.count(|outcome| matches!(outcome, Outcome::Imported(_)))
    }

    /// Requests that were there already.
    pub fn known(&self) -> usize {
        self.count(|outcome| outcome == Outcome::Known)
    }

    /// Refused records.
    pub fn refused(&self) -> usize {
        self.count(|outcome| matches!(outcome, Outcome::Refused(_)))
    }

    fn count(&self, which: impl Fn(Outcome) -> bool) -> usize {
        self.records.iter().filter(|record| which(record.outcome)).count()
    }
}

/// Why an import stopped. Records taken before stay: importing the file again goes on from there.
#[derive(Debug, thiserror::Error)]
#[error("the import stopped at record {position}")]
pub struct ImportError {
    /// The record, from 1; 0 for the providers at the head of the file.
    pub position: usize,
    /// Why.
    #[source]
    pub cause: PortError,
}

impl Services {
    /// Imports a file: providers and sites that are missing, then each record in a transaction of its own.
    ///
    /// # Errors
    /// The store does not answer, or a defect of ours. A refused record is none.
    pub async fn import(&self, file: &RequestsFile) -> Result<ImportReport, ImportError> {
        let stopped_at = |position| move |cause| ImportError { position, cause };
        self.write(Head { providers: file.providers.clone() }).await.map_err(stopped_at(0))?;
        let mut report = ImportReport::default();
        let mut codes = HashSet::new();
        for (record, position) in file.requests.iter().zip(1..) {
            let outcome = match read(record, &mut codes) {
                Ok(request) => self.write(Receive { request }).await.map_err(stopped_at(position))?,
                Err(error) => Outcome::Refused(error),
            };
            report.records.push(RecordOutcome { position, opal_code: NewRequest::opal_code_of(record), outcome });
        }
        Ok(report)
    }
}

/// Reads a record; of two with the same code the first good one wins.
fn read(record: &Value, codes: &mut HashSet<String>) -> Result<NewRequest, IntakeError> {
    let request = NewRequest::parse(record)?;
    if !codes.insert(request.opal_code.clone()) {
        return Err(IntakeReason::DuplicateInFile.at("opal_code"));
    }
    Ok(request)
}

/// The providers and sites of a file, where they are missing. A site that belongs to another provider stays there: its records say so.
struct Head {
    providers: Vec<NewProvider>,
}

#[async_trait]
impl UseCase for Head {
    type Answer = ();

    async fn run(&self, work: &mut Work) -> Attempt<()> {
        for new in &self.providers {
            let provider = if let Some(known) = work.uow.provider_by_code(&new.code).await? {
                known.id
            } else {
                let added = Provider { id: ProviderId(new_id()), code: new.code.clone(), name: new.name.clone(), active: true };
                work.uow.insert_provider(&added).await?;
                added.id
            };
            for site in &new.sites {
                if work.uow.site_by_code(&site.code).await?.is_none() {
                    let added = Site { id: SiteId(new_id()), provider, code: site.code.clone(), town: site.town.clone() };
                    work.uow.insert_site(&added, &site.province).await?;
                }
            }
        }
        Ok(())
    }
}

/// One record arrives.
struct Receive {
    request: NewRequest,
}

#[async_trait]
impl UseCase for Receive {
    type Answer = Outcome;

    async fn run(&self, work: &mut Work) -> Attempt<Outcome> {
        let site = match self.addressed(work).await? {
            Ok(site) => site,
            Err(error) => return Ok(Outcome::Refused(error)),
        };
        let request = &self.request;
        let content_hash = content_hash(work, request)?;
        if let Some(known) = work.uow.opal_by_code(&request.opal_code).await? {
            let same = known.content_hash == content_hash;
            return Ok(if same { Outcome::Known } else { Outcome::Refused(IntakeReason::DifferentContent.at("opal_code")) });
        }
        let (person, key) = self.person(work).await?;
        let centre = &request.employment_centre;
        work.uow.keep_centre(&centre.code, &centre.name).await?;

        let id = OpalId(new_id());
        let notified_local = LocalInstant(request.notified_local);
        let opal = OpalRecord {
            id,
            opal_code: request.opal_code.clone(),
            content_hash,
            voucher: request.voucher.clone(),
            person: person.id,
            person_name: person.name,
            provider: site.provider,
            site: site.id,
            site_code: site.code,
            site_town: site.town,
            employer: request.employer.clone(),
            sealed_ground: seal_ground(&key, id, &request.ground)?,
            centre_code: centre.code.clone(),
            centre_name: centre.name.clone(),
            notified_at: request.notified_at,
            notified_local,
            decide_by: Deadline::of(work.rulebook(), notified_local.today()).last_day,
            state: RequestState::Pending,
            list_rank: list_rank(RequestState::Pending, notified_local.today()),
            decided_at: None,
            decided_local: None,
            decided_by: None,
            refusal: None,
            admitted_on: None,
            version: 1,
        };
        work.uow.insert_opal(&opal).await?;
        let event = Event { subject: opal.opal_code.clone(), before: None, after: Some(Snapshot::from(&opal)) };
        Chain::of(work, &opal).await?.append(work, Author::Centre, AuditAction::RequestReceived, &event).await?;
        Ok(Outcome::Imported(id))
    }
}

impl Receive {
    /// The site that the request is addressed to.
    async fn addressed(&self, work: &mut Work) -> Attempt<Result<Site, IntakeError>> {
        let Some(provider) = work.uow.provider_by_code(&self.request.provider_code).await? else {
            return Ok(Err(IntakeReason::UnknownProvider.at("provider_code")));
        };
        Ok(match work.uow.site_by_code(&self.request.site_code).await? {
            None => Err(IntakeReason::UnknownSite.at("site_code")),
            Some(site) if site.provider != provider.id => Err(IntakeReason::SiteOfAnotherProvider.at("site_code")),
            Some(site) => Ok(site),
        })
    }

    /// The person of that tax code as it is known already, or a new one under a key of its own.
    async fn person(&self, work: &mut Work) -> Attempt<(PersonRecord, PersonKey)> {
        let (name, details) = self.request.beneficiary.clone().into_parts();
        let tax_code_hash = work.master().lookup_hash(details.tax_code.as_str()).to_vec();
        if let Some(known) = work.uow.person_by_hash(&tax_code_hash).await? {
            let key = person_key(work.master(), &known)?;
            return Ok((known, key));
        }
        let (id, key) = (PersonId(new_id()), PersonKey::generate());
        let person = PersonRecord {
            id,
            tax_code_hash,
            last_name_folded: fold(&name.last),
            name,
            wrapped_key: work.master().wrap(&key_context(id), &key)?,
            sealed_details: key.seal_json(&details_context(id), &details)?,
            version: 1,
        };
        work.uow.insert_person(&person).await?;
        Ok((person, key))
    }
}

/// Keyed hash of all that was received: tells a known request from a changed one without keeping a readable copy.
fn content_hash(work: &Work, request: &NewRequest) -> Attempt<Vec<u8>> {
    let json = Zeroizing::new(serde_json::to_string(request).map_err(|_| Failure::defect("a request cannot be written down"))?);
    let content = Zeroizing::new(format!("request:{}", *json));
    Ok(work.master().lookup_hash(&content).to_vec())
}
