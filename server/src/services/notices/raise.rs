//! Raises the notices that are due, and with them the daily message. Each pass looks at all that waits: the same pass again, in another
//! process or after any stop finds what is missing and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use app::{
    domain::{
        agenda::{Audience, Matter, NoticeKind},
        ids::{AccountId, NoticeId, OpalId, ProviderId},
        provider::Actor,
        request::Period,
        session::last_day,
    },
    ports::PortResult,
};
use async_trait::async_trait;
use chrono::{NaiveDate, TimeDelta};
use uuid::Uuid;

use super::waiting;
use crate::{
    ids::new_id,
    services::{
        Services,
        accounts::actor_of,
        outbox,
        transact::{Attempt, UseCase, Work},
    },
    store::{MatterRecord, NoticeRecord, records::Days},
};

/// How many matters are looked at in one transaction.
const BATCH: u32 = 200;
/// How long one process has the job to itself; real time.
const LEASE: TimeDelta = TimeDelta::seconds(120);

/// Raises what is due, in the one process that holds the lease, and says how many notices.
///
/// # Errors
/// The store does not answer; what was raised before stays.
pub async fn run_once(services: &Services) -> PortResult<u64> {
    if services.write(Lease).await? { services.raise_notices().await } else { Ok(0) }
}

impl Services {
    /// Raises what is due and says how many notices. Harmless at any time and in several processes.
    ///
    /// # Errors
    /// The store does not answer; what was raised before stays.
    pub async fn raise_notices(&self) -> PortResult<u64> {
        let mut raised = 0;
        for kind in NoticeKind::ALL {
            let mut after = None;
            loop {
                let batch = self.write(Raise { kind, after }).await?;
                raised += batch.raised;
                after = batch.next;
                if after.is_none() {
                    break;
                }
            }
        }
        Ok(raised)
    }
}

/// Spares several processes the same work; it is not what makes the work safe.
struct Lease;

#[async_trait]
impl UseCase for Lease {
    type Answer = bool;

    async fn run(&self, work: &mut Work) -> Attempt<bool> {
        Ok(work.uow.take_lease("notices", work.services.process, work.at, work.at + LEASE).await?)
    }
}

/// Raises the notices about some matters of a kind.
struct Raise {
    kind: NoticeKind,
    after: Option<(NaiveDate, Uuid)>,
}

/// What a batch did, and where the next one begins.
struct Batch {
    raised: u64,
    next: Option<(NaiveDate, Uuid)>,
}

/// A matter that is due.
struct Due {
    subject: Uuid,
    opal: Option<OpalId>,
    audience: Audience,
    on: NaiveDate,
    stage: u32,
}

#[async_trait]
impl UseCase for Raise {
    type Answer = Batch;

    async fn run(&self, work: &mut Work) -> Attempt<Batch> {
        let today = work.now.today();
        let days = self.kind.days(today);
        let (matters, next) = match self.kind {
            NoticeKind::Refusals => (refusals(work, Period { from: *days.start(), to: *days.end() }).await?, None),
            kind => {
                let days = Days { from: *days.start(), to: Some(*days.end()) };
                let found = work.uow.matters(kind, days, &waiting(work), self.after, BATCH).await?;
                let next = found.last().filter(|_| found.len() == BATCH as usize).map(|last| (last.on, last.subject));
                (found.iter().map(|found| matter(work, kind, found)).collect(), next)
            }
        };
        let due = |(subject, opal, audience, matter): (Uuid, Option<OpalId>, Audience, Matter)| {
            matter.stage(today).map(|stage| Due { subject, opal, audience, on: matter.day(), stage })
        };
        let due: Vec<_> = matters.into_iter().filter_map(due).collect();
        let raised = if due.is_empty() { 0 } else { raise(work, self.kind, &due).await? };
        Ok(Batch { raised, next })
    }
}

type Found = (Uuid, Option<OpalId>, Audience, Matter);

fn matter(work: &Work, kind: NoticeKind, found: &MatterRecord) -> Found {
    let office = Audience::Office(found.site);
    let (audience, matter) = match kind {
        NoticeKind::OpenSession => (
            found.coach.map_or(office, |coach| Audience::Delivery(found.site, coach)),
            Matter::Session { on: found.on, last_day: last_day(work.rulebook(), found.on) },
        ),
        NoticeKind::VoucherEnd => (office, Matter::Voucher { valid_to: found.on }),
        NoticeKind::RequestTerm | NoticeKind::Refusals => (office, Matter::Request { decide_by: found.on }),
    };
    (found.subject, Some(found.opal), audience, matter)
}

/// The last day on which each provider refused something.
async fn refusals(work: &mut Work, days: Period) -> Attempt<Vec<Found>> {
    let mut last = BTreeMap::<_, (NaiveDate, u32)>::new();
    for (provider, on) in work.uow.refusals(days).await? {
        let (day, count) = last.entry(provider).or_insert((on, 0));
        if on > *day {
            (*day, *count) = (on, 0);
        }
        *count += u32::from(on == *day);
    }
    let found =
        |(provider, (on, count)): (ProviderId, _)| (provider.0, None, Audience::Oversight(provider), Matter::Refusals { on, count });
    Ok(last.into_iter().map(found).collect())
}

/// Tells those whom it concerns and who do not know it yet, and sees to their message of the day.
async fn raise(work: &mut Work, kind: NoticeKind, due: &[Due]) -> Attempt<u64> {
    let subjects: Vec<_> = due.iter().map(|due| due.subject).collect();
    let earlier = work.uow.raised(kind, &subjects).await?;
    let earlier: BTreeMap<_, _> = earlier.into_iter().map(|notice| ((notice.account, notice.subject), (notice.on, notice.stage))).collect();
    let knows = |account: AccountId, due: &Due| {
        earlier.get(&(account, due.subject)).is_some_and(|(on, stage)| *on == due.on && *stage >= due.stage)
    };
    let mut with_mail = BTreeSet::new();
    let readers = work.uow.active_accounts().await?.into_iter().map(|account| {
        with_mail.extend(account.email.as_ref().map(|_| account.id));
        actor_of(account)
    });
    let readers: Vec<Actor> = readers.collect();
    let told = due.iter().flat_map(|due| {
        let told = readers.iter().filter(move |reader| due.audience.has(reader) && !knows(reader.account, due));
        told.map(move |reader| (due, reader.account))
    });
    let notices: Vec<_> = told
        .map(|(due, account)| NoticeRecord {
            id: NoticeId(new_id()),
            account,
            kind,
            subject: due.subject,
            opal: due.opal,
            on: due.on,
            stage: due.stage,
            raised: work.now,
        })
        .collect();
    work.uow.raise(&notices).await?;
    for account in notices.iter().map(|notice| notice.account).collect::<BTreeSet<_>>().intersection(&with_mail) {
        outbox::enqueue_digest(work, *account).await?;
    }
    Ok(notices.len() as u64)
}
