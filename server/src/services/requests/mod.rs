//! Richieste attivazione servizi: the list, one request, the person's profile. Deciding is in `decide`.

mod decide;
mod refusals;
mod view;

use app::{
    domain::{
        command::Seen,
        ids::OpalId,
        page::{PAGE_SIZE, Page},
        person::PersonProfile,
        provider::{Actor, Standing},
        request::{
            Deadline, PersonalSearch, RefusalForm, RefusalsForm, RefusalsReport, RequestDetail, RequestFilter, RequestList,
            RequestSearchForm, RequestState, ground_warning,
        },
    },
    ports::{PortError, PortResult, Requests},
};
use async_trait::async_trait;
use uuid::Uuid;

pub(super) use decide::{with_decision, write};
pub(super) use view::rows;

use super::{
    Services, cursor,
    dossiers::sites_of,
    persons::limit_bounds,
    policy,
    providers::standings,
    sealed::{open_details, open_ground, search_context},
    transact::{Attempt, Failure, UseCase, Work},
};
use crate::{
    ids::new_id,
    sealing::Seal,
    store::records::{OpalRecord, RequestQuery},
};

#[async_trait]
impl Requests for Services {
    async fn list(&self, actor: &Actor, form: &RequestSearchForm, personal: Option<Uuid>, after: Option<&str>) -> PortResult<RequestList> {
        self.read(List { actor: actor.clone(), form: form.clone(), personal, after: cursor::read(after) }).await
    }

    async fn remember(&self, actor: &Actor, personal: PersonalSearch) -> PortResult<Uuid> {
        RequestSearchForm::default().check(&personal).map_err(PortError::Invalid)?;
        self.write(Remember { actor: actor.clone(), personal, id: new_id() }).await
    }

    async fn open(&self, actor: &Actor, id: OpalId) -> PortResult<RequestDetail> {
        self.read(Open { actor: actor.clone(), id }).await
    }

    async fn admit(&self, actor: &Actor, id: OpalId, seen: Seen) -> PortResult<()> {
        self.command(actor, seen.key, decide::Admit { actor: actor.clone(), id, version: seen.version }).await
    }

    async fn refuse(&self, actor: &Actor, id: OpalId, seen: Seen, form: RefusalForm) -> PortResult<()> {
        self.command(actor, seen.key, decide::Refuse { actor: actor.clone(), id, version: seen.version, form }).await
    }

    async fn refusals(&self, actor: &Actor, form: &RefusalsForm) -> PortResult<RefusalsReport> {
        self.read(refusals::Report { actor: actor.clone(), form: form.clone() }).await
    }

    async fn profile(&self, actor: &Actor, id: OpalId) -> PortResult<PersonProfile> {
        self.write(Profile { actor: actor.clone(), id }).await
    }
}

/// A request within the actor's reach.
pub(super) async fn find(work: &mut Work, actor: &Actor, id: OpalId) -> Attempt<OpalRecord> {
    let scope = policy::request_reach(actor)?;
    Ok(work.uow.opal(id, &scope, work.now.today()).await?.ok_or(PortError::NotFound)?)
}

struct List {
    actor: Actor,
    form: RequestSearchForm,
    personal: Option<Uuid>,
    after: Option<(i64, OpalId)>,
}

#[async_trait]
impl UseCase for List {
    type Answer = RequestList;

    async fn run(&self, work: &mut Work) -> Attempt<RequestList> {
        let scope = policy::request_reach(&self.actor)?;
        let personal = recall(work, &self.actor, self.personal).await?;
        let filter = self.form.check(&personal).map_err(PortError::Invalid)?;
        let query = query(work, &self.actor, filter, self.after, PAGE_SIZE + 1)?;
        let found = work.uow.requests(&query).await?;
        let page = cursor::page(found.rows, PAGE_SIZE, found.total, |opal| cursor::write(opal.list_rank, opal.id));
        Ok(RequestList {
            page: Page { rows: rows(work, &page.rows).await?, next: page.next, total: page.total },
            sites: sites_of(work, &self.actor).await?,
            personal,
            due_today: work.uow.count_due(&scope, work.now.today()).await?,
        })
    }
}

/// What the store is asked for a filter: a tax code is searched by its keyed hash.
pub(super) fn query(work: &Work, actor: &Actor, filter: RequestFilter, after: Option<(i64, OpalId)>, limit: u32) -> Attempt<RequestQuery> {
    Ok(RequestQuery {
        scope: policy::request_reach(actor)?,
        tax_code_hash: filter.tax_code.as_ref().map(|code| work.master().lookup_hash(code.as_str()).to_vec()),
        filter,
        today: work.now.today(),
        after,
        limit,
    })
}

/// A remembered search; a token that means nothing to this account asks for nothing.
async fn recall(work: &mut Work, actor: &Actor, token: Option<Uuid>) -> Attempt<PersonalSearch> {
    let Some(token) = token else { return Ok(PersonalSearch::default()) };
    let Some(sealed) = work.uow.search(token, actor.account).await? else { return Ok(PersonalSearch::default()) };
    Ok(work.master().open_json(&search_context(actor.account, token), &sealed)?)
}

struct Remember {
    actor: Actor,
    personal: PersonalSearch,
    id: Uuid,
}

#[async_trait]
impl UseCase for Remember {
    type Answer = Uuid;

    async fn run(&self, work: &mut Work) -> Attempt<Uuid> {
        policy::request_reach(&self.actor)?;
        let account = self.actor.account;
        let sealed = work.master().seal_json(&search_context(account, self.id), &self.personal)?;
        work.uow.insert_search(self.id, account, &sealed, work.at).await?;
        Ok(self.id)
    }
}

struct Open {
    actor: Actor,
    id: OpalId,
}

#[async_trait]
impl UseCase for Open {
    type Answer = RequestDetail;

    async fn run(&self, work: &mut Work) -> Attempt<RequestDetail> {
        let opal = find(work, &self.actor, self.id).await?;
        let frozen = work.uow.activities(&[opal.id]).await?;
        let composition = view::composition(work.rulebook(), &opal, &frozen);
        let row = view::row(work.rulebook(), work.now.today(), &opal, &composition);
        let standings = standings(work, opal.provider).await?;
        let may_decide = row.state == RequestState::Pending && self.actor.manages(opal.site);
        Ok(RequestDetail {
            may_decide,
            may_admit: may_decide && standings.on(work.now.today()) == Standing::Active,
            provider_warning: standings.warning(work.now.today()),
            row,
            version: opal.version,
            notified_at: opal.notified_local,
            term: Deadline::of(work.rulebook(), opal.notified_local.today()),
            voucher_id: opal.voucher.id,
            valid_from: opal.voucher.valid_from,
            valid_to: opal.voucher.valid_to,
            employer_name: opal.employer.name,
            employer_town: opal.employer.town,
            composition,
            decided_at: opal.decided_local,
            decided_by: opal.decided_by,
            refusal_category: opal.refusal.as_ref().map(|refusal| refusal.category),
            refusal_reason: opal.refusal.map(|refusal| refusal.text),
            refusal_reason_min: work.rulebook().on(opal.notified_local.today()).refusal_reason_min,
            now: work.now,
        })
    }
}

/// Profilo del beneficiario: that it was opened is written down with its reading (R42). It alone shows the ground of the request (R39).
struct Profile {
    actor: Actor,
    id: OpalId,
}

#[async_trait]
impl UseCase for Profile {
    type Answer = PersonProfile;

    async fn run(&self, work: &mut Work) -> Attempt<PersonProfile> {
        let opal = find(work, &self.actor, self.id).await?;
        policy::manages(&self.actor, opal.site)?;
        let person = work.uow.person(opal.person).await?.ok_or_else(|| Failure::defect("a request has no person"))?;
        let details = open_details(work.master(), &person)?;
        work.uow.log_profile_read(person.id, opal.id, self.actor.account, work.at).await?;
        let ground = open_ground(work.master(), &person, &opal)?;
        Ok(PersonProfile {
            ground_warning: ground_warning(&ground, opal.notified_local.today()),
            ground,
            version: person.version,
            bounds: limit_bounds(work, &opal),
            id: person.id,
            name: person.name,
            details,
        })
    }
}
