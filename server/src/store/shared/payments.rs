//! Dossiers before payment: which ones, and for each activity the minutes and counts of what was delivered; and who took them away as a file.

use app::domain::{
    dossier::{DossierCursor, DossierFrame},
    ids::OpalId,
    person::PersonName,
    session::SessionState,
};
use async_trait::async_trait;
use chrono::NaiveDate;
use sqlx::{FromRow, query};
use uuid::Uuid;

use super::{Db, Sql, Tx, requests::code_contains, scope};
use crate::store::{
    StoreError, StoreResult,
    column::Place,
    payments::{ActivityTally, PaymentExportRecord, PaymentQuery, PaymentRecord, PaymentStore},
};

/// One activity, with the facts of its dossier.
#[derive(FromRow)]
struct PaymentRow {
    id: Uuid,
    opal_code: String,
    first_name: String,
    last_name: String,
    site_town: String,
    voucher_kind: String,
    admitted_on: NaiveDate,
    valid_from: NaiveDate,
    valid_to: NaiveDate,
    interrupted_on: Option<NaiveDate>,
    agreed_minutes: i64,
    rate_cents: i64,
    closed_on: Option<NaiveDate>,
    outputs: String,
    minutes_before: i64,
    minutes: i64,
    sessions: i64,
    late: i64,
}

impl PaymentRow {
    fn place(&self) -> Place<Uuid> {
        Place { table: "opal", row: self.id }
    }

    fn tally(&self) -> StoreResult<ActivityTally> {
        let place = self.place();
        Ok(ActivityTally {
            agreed: place.count(self.agreed_minutes)?,
            rate_cents: self.rate_cents,
            closed_on: self.closed_on,
            outputs: place.word(&self.outputs)?,
            before: place.count(self.minutes_before)?,
            minutes: place.count(self.minutes)?,
            sessions: place.count(self.sessions)?,
            late: place.count(self.late)?,
        })
    }
}

impl TryFrom<PaymentRow> for PaymentRecord {
    type Error = StoreError;

    fn try_from(row: PaymentRow) -> StoreResult<Self> {
        Ok(Self {
            activities: vec![row.tally()?],
            opal: OpalId(row.id),
            voucher_kind: row.place().word(&row.voucher_kind)?,
            opal_code: row.opal_code,
            person: PersonName { first: row.first_name, last: row.last_name },
            site_town: row.site_town,
            frame: DossierFrame {
                admitted_on: row.admitted_on,
                valid_from: row.valid_from,
                valid_to: row.valid_to,
                interrupted_on: row.interrupted_on,
            },
        })
    }
}

/// What counts as delivered, up to the end of the period.
fn delivered_by(sql: &mut Sql, query: &PaymentQuery) {
    scope::in_states(sql, |state| state == SessionState::Delivered);
    if let Some(to) = query.filter.period.to {
        sql.push(" and session.on_date <= ").push_bind(to);
    }
}

/// Which dossiers: `listed`. Names come later, so that nothing but the index decides which dossiers are next.
fn listed(sql: &mut Sql, query: &PaymentQuery) {
    let PaymentQuery { scope, filter, after, limit } = query;
    sql.push(
        "listed as (select opal.id, opal.opal_code, opal.person_id, opal.site_id, opal.voucher_kind, opal.admitted_on, opal.valid_from, \
         opal.valid_to, opal.interrupted_on from opal where",
    );
    scope::within(sql, scope);
    sql.push(" and opal.state = 'admitted'");
    if let Some(code) = &filter.opal_code {
        code_contains(sql, code);
    }
    if let Some(site) = &filter.site {
        sql.push(" and opal.site_id in (select site.id from site where site.code = ").push_bind(site.clone()).push(")");
    }
    if !filter.period.is_all() {
        sql.push(" and exists (select 1 from session where session.opal_id = opal.id and ");
        delivered_by(sql, query);
        if let Some(from) = filter.period.from {
            sql.push(" and session.on_date >= ").push_bind(from);
        }
        sql.push(")");
    }
    if let Some(DossierCursor { admitted_on, id }) = after {
        // Compared as a pair, so that the index leads straight to the next dossier however far the list has been read.
        sql.push(" and (opal.admitted_on, opal.id) < (").push_bind(*admitted_on).push(", ").push_bind(id.0).push(")");
    }
    sql.push(" order by opal.admitted_on desc, opal.id desc limit ").push_bind(i64::from(*limit)).push(")");
}

/// What was delivered in them, activity by activity: `tally`.
fn tally(sql: &mut Sql, query: &PaymentQuery) {
    sql.push(
        ", told as (select session.opal_id, session.activity_code, session.minutes, session.late_days, \
         session.on_date < ",
    );
    // Nothing happened before the first version of the rules, in 2020.
    sql.push_bind(query.filter.period.from.unwrap_or_default());
    sql.push(" as early from session where session.opal_id in (select id from listed) and ");
    delivered_by(sql, query);
    sql.push(
        "), tally as (select opal_id, activity_code, sum(minutes) filter (where early) as minutes_before, \
         sum(minutes) filter (where not early) as minutes, count(*) filter (where not early) as sessions, \
         count(late_days) filter (where not early) as late from told group by opal_id, activity_code)",
    );
}

#[async_trait]
impl PaymentStore for Tx {
    async fn payments(&mut self, query: &PaymentQuery) -> StoreResult<Vec<PaymentRecord>> {
        let mut sql = Sql::new("with ");
        listed(&mut sql, query);
        tally(&mut sql, query);
        sql.push(
            " select listed.*, person.first_name, person.last_name, site.town as site_town, activity.agreed_minutes, \
             activity.rate_cents, activity.closed_on, activity.outputs, cast(coalesce(tally.minutes_before, 0) as bigint) as minutes_before, \
             cast(coalesce(tally.minutes, 0) as bigint) as minutes, coalesce(tally.sessions, 0) as sessions, coalesce(tally.late, 0) as late \
             from listed join person on person.id = listed.person_id join site on site.id = listed.site_id \
             join activity on activity.opal_id = listed.id \
             left join tally on tally.opal_id = activity.opal_id and tally.activity_code = activity.code \
             order by listed.admitted_on desc, listed.id desc, activity.ordinal",
        );
        let mut records = Vec::<PaymentRecord>::new();
        for row in sql.build_query_as::<PaymentRow>().fetch_all(self.connection()).await? {
            match records.last_mut().filter(|record| record.opal.0 == row.id) {
                Some(record) => record.activities.push(row.tally()?),
                None => records.push(row.try_into()?),
            }
        }
        Ok(records)
    }

    async fn log_payment_export(&mut self, export: &PaymentExportRecord) -> StoreResult<()> {
        query::<Db>("insert into payment_export (account_id, provider_id, at, format, filter, dossiers) values ($1, $2, $3, $4, $5, $6)")
            .bind(export.account.0)
            .bind(export.provider.0)
            .bind(export.at)
            .bind(export.format.as_str())
            .bind(&export.filter)
            .bind(i64::try_from(export.dossiers).unwrap_or(i64::MAX))
            .execute(self.connection())
            .await?;
        Ok(())
    }
}
