//! What an actor may read, as a condition: part of every list and lookup, so that none can leak.

use app::domain::{provider::Scope, session::SessionState};

use super::{Db, Sql};
use crate::store::records::Days;

/// Narrows a statement over `opal` to the scope.
pub(super) fn within(sql: &mut Sql, scope: &Scope) {
    sql.push(" opal.provider_id = ").push_bind(scope.provider.0).push(" and ");
    one_of(sql, "opal.site_id", scope.sites.iter().map(|site| site.0));
    if let Some(coach) = scope.coach {
        sql.push(" and exists (select 1 from session where session.opal_id = opal.id and session.coach_id = ").push_bind(coach.0).push(")");
    }
}

/// That a column is one of the ids: of none at all, never.
pub(super) fn one_of<T>(sql: &mut Sql, column: &'static str, ids: impl IntoIterator<Item = T>)
where
    T: for<'q> sqlx::Encode<'q, Db> + sqlx::Type<Db>,
{
    let mut ids = ids.into_iter().peekable();
    if ids.peek().is_none() {
        sql.push("false");
        return;
    }
    sql.push(column).push(" in (");
    let mut list = sql.separated(", ");
    for id in ids {
        list.push_bind(id);
    }
    sql.push(")");
}

/// That a date is one of the days: of none at all, never.
pub(super) fn dated(sql: &mut Sql, column: &'static str, days: &[Days]) {
    sql.push("(false");
    for Days { from, to } in days {
        sql.push(" or ").push(column).push(" >= ").push_bind(*from);
        if let Some(to) = to {
            sql.push(" and ").push(column).push(" <= ").push_bind(*to);
        }
    }
    sql.push(")");
}

/// That a session stands where the domain says. The words are ours and written out, not bound: a partial index is found only by the very
/// words that it was declared with.
pub(super) fn in_states(sql: &mut Sql, holds: impl Fn(SessionState) -> bool) {
    let words: Vec<_> = SessionState::ALL.into_iter().filter(|state| holds(*state)).map(|state| format!("'{}'", state.as_str())).collect();
    sql.push("session.state in (").push(words.join(", ")).push(")");
}
