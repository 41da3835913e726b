//! The lists of requests and of admitted dossiers: page by page from a cursor, with the count of all that match.

use app::domain::{
    dossier::{DossierCursor, PoliciesFilter},
    provider::Scope,
    request::RequestState,
    time::plus_days,
};
use chrono::NaiveDate;

use super::{
    Connection, Sql,
    opals::{fetch, from_opals, select_opals},
    scope,
};
use crate::store::{
    StoreResult,
    column::rows,
    pattern::{after_prefix, beginning, containing},
    records::{OpalRecord, RequestPage, RequestQuery},
};

pub(super) async fn page(connection: &mut Connection, query: &RequestQuery) -> StoreResult<RequestPage> {
    let mut count = Sql::new(concat!("select count(*)", from_opals!()));
    narrow(&mut count, query);
    let total = total(count, connection).await?;

    let mut sql = Sql::new(select_opals!(""));
    narrow(&mut sql, query);
    if let Some((rank, id)) = query.after {
        sql.push(" and (opal.list_rank > ").push_bind(rank);
        sql.push(" or (opal.list_rank = ").push_bind(rank).push(" and opal.id > ").push_bind(id.0).push("))");
    }
    sql.push(" order by opal.list_rank, opal.id limit ").push_bind(i64::from(query.limit));
    Ok(RequestPage { rows: fetch(sql, connection).await?, total })
}

/// Everything that narrows the list but the cursor.
fn narrow(sql: &mut Sql, query: &RequestQuery) {
    let RequestQuery { scope, filter, tax_code_hash, today, .. } = query;
    scope::within(sql, scope);
    // A request notified in the future is nobody's business yet.
    sql.push(" and opal.notified_on <= ").push_bind(*today);
    in_states(sql, &filter.states, *today);
    if let Some(days) = filter.within {
        sql.push(" and opal.state = 'pending' and opal.decide_by between ").push_bind(*today);
        sql.push(" and ").push_bind(plus_days(*today, days));
    }
    if let Some(code) = &filter.opal_code {
        code_contains(sql, code);
    }
    if let Some(centre) = &filter.centre {
        sql.push(" and (centre.code_folded like ").push_bind(beginning(centre)).push(" escape '\\'");
        sql.push(" or centre.name_folded like ").push_bind(containing(centre)).push(" escape '\\')");
    }
    if let Some(site) = &filter.site {
        sql.push(" and site.code = ").push_bind(site.clone());
    }
    if let Some(voucher) = filter.voucher {
        sql.push(" and opal.voucher_kind = ").push_bind(voucher.as_str());
    }
    if let Some(from) = filter.notified_from {
        sql.push(" and opal.notified_on >= ").push_bind(from);
    }
    if let Some(to) = filter.notified_to {
        sql.push(" and opal.notified_on <= ").push_bind(to);
    }
    if let Some(hash) = tax_code_hash {
        sql.push(" and person.tax_code_hash = ").push_bind(hash.clone());
    }
    if let Some(surname) = &filter.surname {
        sql.push(" and person.last_name_folded >= ").push_bind(surname.clone());
        if let Some(end) = after_prefix(surname) {
            sql.push(" and person.last_name_folded < ").push_bind(end);
        }
    }
}

/// In any of the states, as the clock sees them: whether the job has written a lapse makes no difference (R7).
fn in_states(sql: &mut Sql, states: &[RequestState], today: NaiveDate) {
    if states.is_empty() {
        return;
    }
    sql.push(" and (false");
    for state in states {
        match state {
            RequestState::Pending => sql.push(" or (opal.state = 'pending' and opal.decide_by >= ").push_bind(today).push(")"),
            RequestState::Lapsed => {
                sql.push(" or opal.state = 'lapsed' or (opal.state = 'pending' and opal.decide_by < ").push_bind(today).push(")")
            }
            decided => sql.push(" or opal.state = ").push_bind(decided.as_str()),
        };
    }
    sql.push(")");
}

pub(super) async fn dossiers(
    connection: &mut Connection,
    scope: &Scope,
    filter: &PoliciesFilter,
    after: Option<&DossierCursor>,
    limit: u32,
) -> StoreResult<(Vec<OpalRecord>, u64)> {
    let narrow = |sql: &mut Sql| {
        scope::within(sql, scope);
        sql.push(" and opal.state = 'admitted'");
        if !filter.opal_code.trim().is_empty() {
            code_contains(sql, &filter.opal_code.trim().to_uppercase());
        }
        if !filter.site.is_empty() {
            sql.push(" and site.code = ").push_bind(filter.site.clone());
        }
        if !filter.concluded {
            sql.push(" and opal.interrupted_on is null");
            sql.push(" and exists (select 1 from activity where activity.opal_id = opal.id and activity.closed_at is null)");
        }
    };
    let mut count = Sql::new(concat!("select count(*)", from_opals!()));
    narrow(&mut count);
    let total = total(count, connection).await?;

    let mut sql = Sql::new(select_opals!(""));
    narrow(&mut sql);
    if let Some(DossierCursor { admitted_on, id }) = after {
        sql.push(" and (opal.admitted_on < ").push_bind(*admitted_on);
        sql.push(" or (opal.admitted_on = ").push_bind(*admitted_on).push(" and opal.id < ").push_bind(id.0).push("))");
    }
    sql.push(" order by opal.admitted_on desc, opal.id desc limit ").push_bind(i64::from(limit));
    Ok((fetch(sql, connection).await?, total))
}

/// That the OPAL code holds `part`, which is upper-case.
pub(super) fn code_contains(sql: &mut Sql, part: &str) {
    sql.push(" and upper(opal.opal_code) like ").push_bind(containing(part)).push(" escape '\\'");
}

async fn total(mut count: Sql, connection: &mut Connection) -> StoreResult<u64> {
    Ok(rows(count.build_query_scalar::<i64>().fetch_one(connection).await?))
}
