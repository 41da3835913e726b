//! Notices: what waits to be brought to mind, what was, and what its reader may see of it today.

use app::domain::{
    agenda::NoticeKind,
    ids::{AccountId, CoachId, NoticeId, OpalId, ProviderId, SessionId, SiteId},
    person::PersonName,
    provider::Oversight,
    request::Period,
    session::SessionState,
    time::{LocalInstant, plus_days},
};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use sqlx::{FromRow, query, query_as};
use uuid::Uuid;

use super::{Db, Sql, Tx, scope};
use crate::store::{
    DecidedRecord, MatterRecord, NoticeListRecord, NoticeReach, NoticeRecord, NoticeStore, NoticeSubject, RaisedRecord, StoreError,
    StoreResult, Waiting,
    column::{Place, rows},
    records::Days,
};

/// Notices written by one statement, far below the most parameters of either database.
const AT_ONCE: usize = 100;

#[derive(FromRow)]
struct MatterRow {
    subject: Uuid,
    on_day: NaiveDate,
    opal_id: Uuid,
    site_id: Uuid,
    coach_id: Option<Uuid>,
}

#[derive(FromRow)]
struct RaisedRow {
    account_id: Uuid,
    subject_id: Uuid,
    on_day: NaiveDate,
    stage: i64,
}

#[derive(FromRow)]
struct DecidedRow {
    id: Uuid,
    code: String,
    name: String,
    refusal_category: Option<String>,
    count: i64,
}

#[derive(FromRow)]
struct ListRow {
    id: Uuid,
    kind: String,
    subject_id: Uuid,
    on_day: NaiveDate,
    stage: i64,
    raised_local: NaiveDateTime,
    unread: bool,
    opal_id: Option<Uuid>,
    opal_code: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    activity_code: Option<String>,
    activity_name: Option<String>,
    from_time: Option<NaiveTime>,
    to_time: Option<NaiveTime>,
    state: Option<String>,
    provider_name: Option<String>,
}

impl ListRow {
    fn into_record(self) -> StoreResult<NoticeListRecord> {
        let place = Place { table: "notice", row: self.id };
        let (id, stage, raised) = (NoticeId(self.id), place.count(self.stage)?, LocalInstant(self.raised_local));
        let (on, unread) = (self.on_day, self.unread);
        let about = self.about(&place)?;
        Ok(NoticeListRecord { id, raised, unread, stage, on, about })
    }

    fn about(self, place: &Place<Uuid>) -> StoreResult<NoticeSubject> {
        let missing = || place.corrupt("what it is about is missing");
        let person = self.first_name.zip(self.last_name).map(|(first, last)| PersonName { first, last }).ok_or_else(missing);
        let opal = self.opal_id.map(OpalId).zip(self.opal_code).ok_or_else(missing);
        Ok(match place.word::<NoticeKind>(&self.kind)? {
            NoticeKind::RequestTerm => opal.and_then(|(id, opal_code)| Ok(NoticeSubject::Request { id, opal_code, person: person? }))?,
            NoticeKind::VoucherEnd => opal.and_then(|(id, opal_code)| Ok(NoticeSubject::Voucher { id, opal_code, person: person? }))?,
            NoticeKind::OpenSession => {
                let (from, to) = self.from_time.zip(self.to_time).ok_or_else(missing)?;
                NoticeSubject::Session {
                    id: SessionId(self.subject_id),
                    dossier: opal?.0,
                    person: person?,
                    activity: place.word_if(self.activity_code.as_deref())?.ok_or_else(missing)?,
                    activity_name: self.activity_name.ok_or_else(missing)?,
                    span: place.span(self.on_day, from, to)?,
                    state: place.word_if(self.state.as_deref())?.ok_or_else(missing)?,
                }
            }
            NoticeKind::Refusals => NoticeSubject::Refusals { provider: self.provider_name.ok_or_else(missing)? },
        })
    }
}

/// That a matter of a kind still waits. Notices and matters are looked at by the same condition, over `opal` and `session`.
fn waits(sql: &mut Sql, kind: NoticeKind, waiting: &Waiting) {
    match kind {
        NoticeKind::RequestTerm => {
            sql.push("opal.state = 'pending' and opal.notified_on <= ").push_bind(waiting.today);
            sql.push(" and opal.decide_by >= ").push_bind(waiting.today);
        }
        NoticeKind::OpenSession => {
            scope::in_states(sql, SessionState::is_open);
            sql.push(" and session.on_date < ").push_bind(waiting.today).push(" and ");
            scope::dated(sql, "opal.valid_to", &waiting.ending);
        }
        NoticeKind::VoucherEnd => {
            // Not expired by its date: that it was not written down either is for the index.
            sql.push("opal.state = 'admitted' and opal.expired_at is null and opal.interrupted_on is null and opal.valid_to >= ");
            sql.push_bind(waiting.today);
            sql.push(" and exists (select 1 from activity where activity.opal_id = opal.id and activity.closed_at is null)");
        }
        // What was refused stays refused.
        NoticeKind::Refusals => {
            sql.push("true");
        }
    }
}

/// What a matter of a kind is, the day it hangs on, and where it is found.
fn parts(kind: NoticeKind) -> (&'static str, &'static str, &'static str, &'static str) {
    match kind {
        NoticeKind::OpenSession => ("session.id", "session.on_date", "session.coach_id", "session join opal on opal.id = session.opal_id"),
        NoticeKind::VoucherEnd => ("opal.id", "opal.valid_to", "cast(null as uuid)", "opal"),
        NoticeKind::RequestTerm | NoticeKind::Refusals => ("opal.id", "opal.decide_by", "cast(null as uuid)", "opal"),
    }
}

/// The notices of an account that still wait and are within its reach today, with what they are about.
fn within(sql: &mut Sql, reach: &NoticeReach) {
    sql.push(
        " from notice left join opal on opal.id = notice.opal_id left join person on person.id = opal.person_id \
         left join session on notice.kind = 'open_session' and session.id = notice.subject_id \
         left join activity on activity.opal_id = session.opal_id and activity.code = session.activity_code \
         left join provider on notice.kind = 'refusals' and provider.id = notice.subject_id where notice.account_id = ",
    );
    sql.push_bind(reach.account.0).push(" and (false");
    if let Some(scope) = &reach.scope {
        let kinds: &[_] = match scope.coach {
            Some(_) => &[NoticeKind::OpenSession],
            None => &[NoticeKind::RequestTerm, NoticeKind::OpenSession, NoticeKind::VoucherEnd],
        };
        for kind in kinds {
            let (_, day, _, _) = parts(*kind);
            sql.push(" or (notice.kind = '").push(kind.as_str()).push("' and notice.on_day = ").push(day).push(" and ");
            waits(sql, *kind, &reach.waiting);
            // The coach's own reach is its sessions, whatever else it reads of the dossier.
            if let Some(coach) = scope.coach {
                sql.push(" and session.coach_id = ").push_bind(coach.0);
            }
            sql.push(" and");
            scope::within(sql, scope);
            sql.push(")");
        }
    }
    if let Some(oversight) = reach.oversight {
        sql.push(" or (notice.kind = 'refusals'");
        if let Oversight::Own(provider) = oversight {
            sql.push(" and notice.subject_id = ").push_bind(provider.0);
        }
        sql.push(")");
    }
    sql.push(")");
}

#[async_trait]
impl NoticeStore for Tx {
    async fn matters(
        &mut self,
        kind: NoticeKind,
        days: Days,
        waiting: &Waiting,
        after: Option<(NaiveDate, Uuid)>,
        limit: u32,
    ) -> StoreResult<Vec<MatterRecord>> {
        if kind == NoticeKind::Refusals {
            return Ok(Vec::new());
        }
        let (subject, day, coach, from) = parts(kind);
        let mut sql = Sql::new("select ");
        sql.push(subject).push(" as subject, ").push(day).push(" as on_day, opal.id as opal_id, opal.site_id, ");
        sql.push(coach).push(" as coach_id from ").push(from).push(" where ");
        waits(&mut sql, kind, waiting);
        sql.push(" and ");
        scope::dated(&mut sql, day, &[days]);
        if let Some((on, id)) = after {
            sql.push(" and (").push(day).push(" > ").push_bind(on).push(" or (").push(day).push(" = ").push_bind(on);
            sql.push(" and ").push(subject).push(" > ").push_bind(id).push("))");
        }
        sql.push(" order by ").push(day).push(", ").push(subject).push(" limit ").push_bind(i64::from(limit));
        let found: Vec<MatterRow> = sql.build_query_as().fetch_all(self.connection()).await?;
        let record = |row: MatterRow| MatterRecord {
            subject: row.subject,
            on: row.on_day,
            opal: OpalId(row.opal_id),
            site: SiteId(row.site_id),
            coach: row.coach_id.map(CoachId),
        };
        Ok(found.into_iter().map(record).collect())
    }

    async fn refusals(&mut self, days: Period) -> StoreResult<Vec<(ProviderId, NaiveDate)>> {
        // Both states, in these words, are what the index was declared with.
        let found = query_as::<Db, (Uuid, NaiveDateTime)>(
            "select provider_id, decided_local from opal where state in ('admitted', 'refused') and state = 'refused' \
             and decided_local >= $1 and decided_local < $2",
        )
        .bind(days.from.and_time(NaiveTime::MIN))
        .bind(plus_days(days.to, 1).and_time(NaiveTime::MIN))
        .fetch_all(self.connection())
        .await?;
        Ok(found.into_iter().map(|(provider, decided)| (ProviderId(provider), decided.date())).collect())
    }

    async fn raised(&mut self, kind: NoticeKind, subjects: &[Uuid]) -> StoreResult<Vec<RaisedRecord>> {
        let mut sql = Sql::new("select account_id, subject_id, on_day, stage from notice where kind = ");
        sql.push_bind(kind.as_str()).push(" and ");
        scope::one_of(&mut sql, "subject_id", subjects.iter().copied());
        let record = |row: RaisedRow| {
            let stage = Place { table: "notice of", row: row.account_id }.count(row.stage)?;
            Ok(RaisedRecord { account: AccountId(row.account_id), subject: row.subject_id, on: row.on_day, stage })
        };
        sql.build_query_as::<RaisedRow>().fetch_all(self.connection()).await?.into_iter().map(record).collect()
    }

    async fn raise(&mut self, notices: &[NoticeRecord]) -> StoreResult<()> {
        for some in notices.chunks(AT_ONCE) {
            let mut sql = Sql::new("insert into notice (id, account_id, kind, subject_id, opal_id, on_day, stage, raised_local) ");
            sql.push_values(some, |mut row, notice| {
                row.push_bind(notice.id.0).push_bind(notice.account.0).push_bind(notice.kind.as_str()).push_bind(notice.subject);
                row.push_bind(notice.opal.map(|id| id.0)).push_bind(notice.on);
                row.push_bind(i64::from(notice.stage)).push_bind(notice.raised.0);
            });
            sql.push(
                " on conflict (account_id, kind, subject_id) do update set id = excluded.id, on_day = excluded.on_day, \
                 stage = excluded.stage, raised_local = excluded.raised_local, read_at = null \
                 where notice.on_day <> excluded.on_day or notice.stage < excluded.stage",
            );
            sql.build().execute(self.connection()).await?;
        }
        Ok(())
    }

    async fn notices(
        &mut self,
        reach: &NoticeReach,
        after: Option<(LocalInstant, NoticeId)>,
        limit: u32,
    ) -> StoreResult<(Vec<NoticeListRecord>, u64)> {
        let mut count = Sql::new("select count(*)");
        within(&mut count, reach);
        let total = rows(count.build_query_scalar::<i64>().fetch_one(self.connection()).await?);

        let mut sql = Sql::new(
            "select notice.id, notice.kind, notice.subject_id, notice.on_day, notice.stage, notice.raised_local, \
             notice.read_at is null as unread, notice.opal_id, opal.opal_code, person.first_name, person.last_name, session.activity_code, \
             activity.name as activity_name, session.from_time, session.to_time, session.state, provider.name as provider_name",
        );
        within(&mut sql, reach);
        if let Some((raised, id)) = after {
            sql.push(" and (notice.raised_local < ").push_bind(raised.0).push(" or (notice.raised_local = ").push_bind(raised.0);
            sql.push(" and notice.id > ").push_bind(id.0).push("))");
        }
        sql.push(" order by notice.raised_local desc, notice.id limit ").push_bind(i64::from(limit));
        let found: Vec<ListRow> = sql.build_query_as().fetch_all(self.connection()).await?;
        Ok((found.into_iter().map(ListRow::into_record).collect::<StoreResult<_>>()?, total))
    }

    async fn unread(&mut self, reach: &NoticeReach) -> StoreResult<Vec<(NoticeKind, u64)>> {
        let mut sql = Sql::new("select notice.kind, count(*)");
        within(&mut sql, reach);
        sql.push(" and notice.read_at is null group by notice.kind");
        let place = Place { table: "notice of", row: reach.account };
        let found: Vec<(String, i64)> = sql.build_query_as().fetch_all(self.connection()).await?;
        found.into_iter().map(|(kind, count)| Ok((place.word(&kind)?, rows(count)))).collect()
    }

    async fn mark_read(&mut self, account: AccountId, id: NoticeId, at: DateTime<Utc>) -> StoreResult<()> {
        query::<Db>("update notice set read_at = $3 where id = $1 and account_id = $2 and read_at is null")
            .bind(id.0)
            .bind(account.0)
            .bind(at)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    async fn mark_all_read(&mut self, account: AccountId, raised_until: LocalInstant, at: DateTime<Utc>) -> StoreResult<()> {
        query::<Db>("update notice set read_at = $3 where account_id = $1 and raised_local <= $2 and read_at is null")
            .bind(account.0)
            .bind(raised_until.0)
            .bind(at)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    async fn drop_notices(&mut self, raised_before: LocalInstant) -> StoreResult<()> {
        query::<Db>("delete from notice where raised_local < $1").bind(raised_before.0).execute(self.connection()).await?;
        Ok(())
    }

    async fn decided(&mut self, provider: Option<ProviderId>, days: Period) -> StoreResult<Vec<DecidedRecord>> {
        let mut sql = Sql::new(
            "select provider.id, provider.code, provider.name, opal.refusal_category, count(*) as count from opal \
             join provider on provider.id = opal.provider_id where opal.state in ('admitted', 'refused') and opal.decided_local >= ",
        );
        sql.push_bind(days.from.and_time(NaiveTime::MIN)).push(" and opal.decided_local < ");
        sql.push_bind(plus_days(days.to, 1).and_time(NaiveTime::MIN));
        if let Some(provider) = provider {
            sql.push(" and opal.provider_id = ").push_bind(provider.0);
        }
        // The category says it all: without one it was admitted.
        sql.push(" group by provider.id, provider.code, provider.name, opal.state, opal.refusal_category");
        let record = |row: DecidedRow| {
            let refused = Place { table: "provider", row: row.id }.word_if(row.refusal_category.as_deref())?;
            Ok::<_, StoreError>(DecidedRecord { code: row.code, name: row.name, refused, count: rows(row.count) })
        };
        sql.build_query_as::<DecidedRow>().fetch_all(self.connection()).await?.into_iter().map(record).collect()
    }
}
