//! One record of a file becomes a request.

use app::domain::{
    audit::AuditAction,
    ids::OpalId,
    provider::Site,
    request::{
        Deadline, RequestState,
        intake::{IntakeError, IntakeReason, NewRequest},
        list_rank,
    },
    time::LocalInstant,
};
use async_trait::async_trait;
use zeroize::Zeroizing;

use super::{
    super::{
        audit::{Administered, Author, Chain, Event, Snapshot},
        sealed::seal_ground,
        transact::{Attempt, Failure, UseCase, Work},
    },
    Outcome,
    person::Beneficiary,
};
use crate::{
    ids::new_id,
    store::records::{DossierEnding, OpalRecord},
};

/// One record arrives.
pub(super) struct Receive {
    pub request: NewRequest,
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
        let Beneficiary { person, key, renewal } = Beneficiary::of(work, request).await?;
        self.keep_centre(work).await?;

        let id = OpalId(new_id());
        let notified_local = LocalInstant(request.notified_local);
        let decide_by = Deadline::of(work.rulebook(), notified_local.today()).last_day;
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
            centre_code: request.employment_centre.code.clone(),
            centre_name: request.employment_centre.name.clone(),
            notified_at: request.notified_at,
            notified_local,
            decide_by,
            state: RequestState::Pending,
            list_rank: list_rank(RequestState::Pending, notified_local.today(), decide_by),
            decided_at: None,
            decided_local: None,
            decided_by: None,
            refusal: None,
            admitted_on: None,
            ending: DossierEnding::default(),
            version: 1,
        };
        work.uow.insert_opal(&opal).await?;
        let event = Event { subject: opal.opal_code.clone(), before: None, after: Some(Snapshot::from(&opal)) };
        let chain = Chain::of(work, &opal).await?;
        chain.append(work, Author::Centre, AuditAction::RequestReceived, &event).await?;
        if let Some(renewal) = renewal {
            chain.append(work, Author::Centre, AuditAction::PersonUpdated, &renewal).await?;
        }
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

    /// Adds the employment centre, or renews its name.
    async fn keep_centre(&self, work: &mut Work) -> Attempt<()> {
        let told = &self.request.employment_centre;
        let known = work.uow.centre(&told.code).await?;
        if known.as_ref() == Some(told) {
            return Ok(());
        }
        work.uow.keep_centre(&told.code, &told.name).await?;
        let action = if known.is_some() { AuditAction::CentreRenamed } else { AuditAction::CentreAdded };
        let event = Event { subject: told.code.clone(), before: known.as_ref().map(Administered::from), after: Some(told.into()) };
        Chain::of_system().append(work, Author::Centre, action, &event).await
    }
}

/// Keyed hash of all that was received: tells a known request from a changed one without keeping a readable copy.
fn content_hash(work: &Work, request: &NewRequest) -> Attempt<Vec<u8>> {
    let json = Zeroizing::new(serde_json::to_string(request).map_err(|_| Failure::defect("a request cannot be written down"))?);
    let content = Zeroizing::new(format!("request:{}", *json));
    Ok(work.master().lookup_hash(&content).to_vec())
}
