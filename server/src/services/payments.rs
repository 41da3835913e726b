//! Rendicontazione: what each dossier is worth before payment, the sums over what a filter takes, and who took them away as a file.
//!
//! The store narrows by code, site and period and adds up minutes; status and readiness are rules, so the domain judges each dossier and the
//! rows it leaves out are read over. Dossiers come in batches, one query each: memory stays flat however many there are.

use app::{
    domain::{
        dossier::{
            DossierCursor, Evidence, Ledger,
            payment::{
                ActivityAccount, Amounts, ExportFormat, PaymentFilter, PaymentForm, PaymentPage, PaymentRow, PaymentRows, PaymentTotals,
                blockers,
            },
        },
        page::PAGE_SIZE,
        provider::{Actor, Scope},
    },
    ports::{Payments, PortError, PortResult},
};
use async_trait::async_trait;
use chrono::NaiveDate;

use super::{
    Services, cursor,
    documents::{due, proof},
    dossiers::sites_of,
    policy,
    transact::{Attempt, Failure, UseCase, Work},
};
use crate::store::documents::EvidenceQuery;
use crate::store::payments::{PaymentExportRecord, PaymentQuery, PaymentRecord};

/// Dossiers that one query reads.
const BATCH: u32 = 500;

#[async_trait]
impl Payments for Services {
    async fn open(&self, actor: &Actor, form: &PaymentForm) -> PortResult<PaymentPage> {
        self.read(Open { actor: actor.clone(), form: form.clone() }).await
    }

    async fn rows(&self, actor: &Actor, form: &PaymentForm, after: Option<&str>, limit: u32) -> PortResult<PaymentRows> {
        let after = cursor::read(after).map(|(admitted_on, id)| DossierCursor { admitted_on, id });
        self.read(Rows { actor: actor.clone(), form: form.clone(), after, limit: limit as usize }).await
    }

    async fn export(&self, actor: &Actor, form: &PaymentForm, format: ExportFormat) -> PortResult<NaiveDate> {
        // Counted before it is noted: whoever writes waits for no long list.
        let dossiers = self.open(actor, form).await?.totals.dossiers;
        self.write(Note { actor: actor.clone(), form: form.clone(), format, dossiers }).await
    }
}

struct Open {
    actor: Actor,
    form: PaymentForm,
}

#[async_trait]
impl UseCase for Open {
    type Answer = PaymentPage;

    async fn run(&self, work: &mut Work) -> Attempt<PaymentPage> {
        let mut scan = Scan::new(&self.actor, &self.form, None)?;
        let (mut totals, mut first) = (PaymentTotals::default(), Vec::new());
        while let Some(rows) = scan.next(work).await? {
            totals = rows.iter().fold(totals, PaymentTotals::with);
            let room = (PAGE_SIZE as usize + 1).saturating_sub(first.len());
            first.extend(rows.into_iter().take(room));
        }
        let provider = self.actor.provider_name.clone().unwrap_or_default();
        Ok(PaymentPage { provider, totals, first: page(first, PAGE_SIZE as usize), sites: sites_of(work, &self.actor).await? })
    }
}

struct Rows {
    actor: Actor,
    form: PaymentForm,
    after: Option<DossierCursor>,
    limit: usize,
}

#[async_trait]
impl UseCase for Rows {
    type Answer = PaymentRows;

    async fn run(&self, work: &mut Work) -> Attempt<PaymentRows> {
        let mut scan = Scan::new(&self.actor, &self.form, self.after.clone())?;
        let mut found = Vec::new();
        while found.len() <= self.limit
            && let Some(rows) = scan.next(work).await?
        {
            found.extend(rows);
        }
        Ok(page(found, self.limit))
    }
}

/// The first rows of what was found, and where the others start.
fn page(mut rows: Vec<PaymentRow>, limit: usize) -> PaymentRows {
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|last| cursor::write(last.admitted_on, last.id));
    PaymentRows { rows, next }
}

struct Note {
    actor: Actor,
    form: PaymentForm,
    format: ExportFormat,
    dossiers: u64,
}

#[async_trait]
impl UseCase for Note {
    type Answer = NaiveDate;

    async fn run(&self, work: &mut Work) -> Attempt<NaiveDate> {
        let filter = serde_json::to_string(&self.form).map_err(|_| Failure::defect("a filter cannot be written down"))?;
        let record = PaymentExportRecord {
            account: self.actor.account,
            provider: policy::payment_reach(&self.actor)?.provider,
            at: work.at,
            format: self.format,
            filter,
            dossiers: self.dossiers,
        };
        work.uow.log_payment_export(&record).await?;
        Ok(work.now.today())
    }
}

/// The dossiers that a filter takes, batch by batch.
struct Scan {
    scope: Scope,
    filter: PaymentFilter,
    after: Option<DossierCursor>,
    ended: bool,
}

impl Scan {
    fn new(actor: &Actor, form: &PaymentForm, after: Option<DossierCursor>) -> Attempt<Self> {
        let scope = policy::payment_reach(actor)?;
        let filter = form.check().map_err(PortError::Invalid)?;
        Ok(Self { scope, filter, after, ended: false })
    }

    /// The rows taken of the next batch, which may be none; `None` at the end.
    async fn next(&mut self, work: &mut Work) -> Attempt<Option<Vec<PaymentRow>>> {
        if self.ended {
            return Ok(None);
        }
        let query = PaymentQuery { scope: self.scope.clone(), filter: self.filter.clone(), after: self.after.take(), limit: BATCH };
        let batch = work.uow.payments(&query).await?;
        self.ended = batch.len() < BATCH as usize;
        self.after = batch.last().map(|last| DossierCursor { admitted_on: last.frame.admitted_on, id: last.opal });
        let ids: Vec<_> = batch.iter().map(|record| record.opal).collect();
        let period = &self.filter.period;
        let evidence = proof(work, &EvidenceQuery { from: period.from, to: period.to, ..EvidenceQuery::of(&ids) }).await?;
        let rows = batch.into_iter().map(|record| {
            let evidence = evidence.get(&record.opal).copied().unwrap_or_default();
            row(work, record, evidence)
        });
        Ok(Some(rows.filter(|row| self.filter.takes(row)).collect()))
    }
}

/// A dossier as the domain judges it.
fn row(work: &Work, record: PaymentRecord, evidence: Evidence) -> PaymentRow {
    let PaymentRecord { opal: id, opal_code, person, site_town, voucher_kind, frame, activities } = record;
    let today = work.now.today();
    let closed: Option<Vec<_>> = activities.iter().map(|activity| activity.closed_on).collect();
    let concluded_on = closed.and_then(|days| days.into_iter().max());
    let status = frame.status(work.rulebook(), today, concluded_on.is_some());
    let accounts: Vec<_> = activities
        .iter()
        .map(|activity| ActivityAccount {
            agreed: activity.agreed,
            rate_cents: activity.rate_cents,
            closed: activity.closed_on.is_some(),
            before: activity.before,
            delivered: activity.minutes,
        })
        .collect();
    let ledger = Ledger {
        delivered: activities.iter().map(|activity| activity.sessions).sum(),
        concluded_on,
        interrupted_on: frame.interrupted_on,
        expired_on: Some(frame.closed_from()).filter(|closed_from| today >= *closed_from),
        due: due(activities.iter().map(|activity| (activity.closed_on, activity.outputs))),
        evidence,
    };
    PaymentRow {
        id,
        opal_code,
        person,
        site_town,
        voucher_kind,
        admitted_on: frame.admitted_on,
        valid_to: frame.valid_to,
        status,
        amounts: accounts.iter().map(|account| account.amounts()).fold(Amounts::default(), Amounts::plus),
        late: activities.iter().map(|activity| activity.late).sum(),
        blocked: blockers(status, &accounts, &ledger),
    }
}
