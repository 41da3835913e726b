//! Beneficiari: what an operator sets of them. Their profile is opened through a request, in `requests`.

use app::{
    domain::{
        audit::AuditAction,
        command::{Seen, Version},
        ids::OpalId,
        person::{LimitBounds, LimitsForm, PersonDetails, PersonLimits},
        provider::Actor,
        request::RequestState,
        rulebook::{Refusal, Rule},
    },
    ports::{Persons, PortError, PortResult},
};
use async_trait::async_trait;
use serde::Serialize;

use super::{
    Services,
    audit::{Author, Chain, Event, Snapshot},
    command::Command,
    policy, requests,
    sealed::{open_details, person_key, seal_details},
    transact::{Attempt, Failure, UseCase, Work},
};
use crate::store::records::{OpalRecord, PersonRecord};

#[async_trait]
impl Persons for Services {
    async fn set_limits(&self, actor: &Actor, id: OpalId, seen: Seen, form: LimitsForm) -> PortResult<()> {
        self.command(actor, seen.key, SetLimits { actor: actor.clone(), id, version: seen.version, form }).await
    }
}

/// What limits may be typed for the person of a request; `None` where it leads to no session any more, so that nobody plans with them here.
pub(super) fn limit_bounds(work: &Work, opal: &OpalRecord) -> Option<LimitBounds> {
    let today = work.now.today();
    let state = opal.state.on(work.rulebook(), opal.notified_local.today(), today);
    matches!(state, RequestState::Pending | RequestState::Admitted).then(|| LimitBounds::of(work.rulebook(), today))
}

/// Limiti personali (R30): what is typed takes the place of what there is. The history says that the profile changed, and not what.
#[derive(Serialize)]
struct SetLimits {
    #[serde(skip)]
    actor: Actor,
    id: OpalId,
    version: Version,
    form: LimitsForm,
}

impl Command for SetLimits {
    const NAME: &'static str = "persons.set_limits";
}

#[async_trait]
impl UseCase for SetLimits {
    type Answer = ();

    async fn run(&self, work: &mut Work) -> Attempt<()> {
        let opal = requests::find(work, &self.actor, self.id).await?;
        policy::manages(&self.actor, opal.site)?;
        let Some(bounds) = limit_bounds(work, &opal) else {
            return Err(Refusal::new(
                Rule::R30,
                "La richiesta non è più in corso: i limiti si modificano da una richiesta da decidere o da un fascicolo.",
            )
            .into());
        };
        let limits = self.form.check(&bounds).map_err(PortError::Invalid)?;
        let person = work.uow.person(opal.person).await?.ok_or_else(|| Failure::defect("a request has no person"))?;
        let stored = open_details(work.master(), &person)?;
        let conflict = || Failure::conflict(PersonLimits::changes(stored.limits, limits));
        if person.version != self.version {
            return Err(conflict());
        }
        if stored.limits == limits {
            return Ok(());
        }
        let details = PersonDetails { limits, ..stored.clone() };
        let key = person_key(work.master(), &person)?;
        let changed = PersonRecord { sealed_details: seal_details(&key, person.id, &details)?, ..person.clone() };
        if !work.uow.update_person(&changed, person.version).await? {
            return Err(conflict());
        }
        let (before, after) = (Snapshot::from((person.name.clone(), stored.clone())), Snapshot::from((person.name.clone(), details)));
        let event = Event { subject: person.name.full(), before: Some(before), after: Some(after) };
        Chain::of(work, &opal).await?.append(work, Author::Actor(&self.actor), AuditAction::PersonUpdated, &event).await
    }
}
