//! Where the dossiers of an actor stand, added up once for both: what they lack, and how many there are in each state.

use std::collections::HashMap;

use app::domain::{
    activity::HoursBalance,
    agenda::{
        ActivityProgress, Lack, LackingDossier, LackingPlace, Plots, Progress, WORKLIST_ROWS, Worklist, by_status, by_week, lacking,
        plotted_days,
    },
    dossier::{DossierStatus, Evidence},
    ids::OpalId,
    page::{PAGE_SIZE, Page},
    provider::Scope,
    session::SessionState,
};

use super::{
    super::{
        cursor,
        documents::{due, proof},
        transact::{Attempt, Work},
    },
    past_days, still_writable,
};
use crate::store::{documents::EvidenceQuery, records::ProgressRecord};

/// The dossiers of the scope that are not read-only yet.
pub(super) async fn all_progress(work: &mut Work, scope: &Scope) -> Attempt<Vec<Progress>> {
    let ending = still_writable(work.rulebook(), work.now.today());
    let rows = work.uow.all_progress(scope, &ending).await?;
    let over = past_days(work, false);
    let ids: Vec<_> = rows.chunk_by(|a, b| a.opal == b.opal).filter_map(|rows| Some(rows.first()?.opal)).collect();
    let evidence = proof(work, &EvidenceQuery { coach: scope.coach, ..EvidenceQuery::of(&ids) }).await?;
    let overdue: HashMap<_, _> = work.uow.count_open_sessions(scope, &over, &ending).await?.into_iter().collect();
    Ok(rows.chunk_by(|a, b| a.opal == b.opal).filter_map(|rows| progress(rows, &overdue, &evidence)).collect())
}

/// One dossier of its rows, which stand activity by activity.
fn progress(rows: &[ProgressRecord], overdue: &HashMap<OpalId, u32>, evidence: &HashMap<OpalId, Evidence>) -> Option<Progress> {
    let first = rows.first()?;
    let activity = |rows: &[ProgressRecord]| {
        let first = rows.first()?;
        let sums = rows.iter().filter_map(|row| Some((row.state?, row.minutes)));
        let hours = HoursBalance::of(first.agreed, sums);
        Some(ActivityProgress { code: first.activity, name: first.name.clone(), closed: first.closed_on.is_some(), hours })
    };
    let closed: Option<Vec<_>> = rows.iter().map(|row| row.closed_on).collect();
    Some(Progress {
        dossier: first.opal,
        frame: first.frame,
        activities: rows.chunk_by(|a, b| a.activity == b.activity).filter_map(activity).collect(),
        concluded_on: closed.and_then(|days| days.into_iter().max()),
        delivered: rows.iter().filter(|row| row.state == Some(SessionState::Delivered)).map(|row| row.sessions).sum(),
        overdue: overdue.get(&first.opal).copied().unwrap_or_default(),
        due: due(rows.iter().map(|row| (row.closed_on, row.outputs))),
        evidence: evidence.get(&first.opal).copied().unwrap_or_default(),
    })
}

/// Manca qualcosa: the most urgent dossiers, and how many there are.
pub(super) async fn lacking_worklist(work: &mut Work, scope: &Scope, all_progress: &[Progress]) -> Attempt<Worklist<LackingDossier>> {
    let found = lacking(all_progress, work.now.today());
    let total = u64::try_from(found.len()).unwrap_or(u64::MAX);
    let rows = named(work, scope, found.into_iter().take(WORKLIST_ROWS).collect()).await?;
    Ok(Worklist { rows: rows.into_iter().map(|(_, row)| row).collect(), total })
}

/// Manca qualcosa: the dossiers after a place. What a dossier lacks is added up anew for each page, in the same few queries whatever the page; only
/// those shown are named.
pub(super) async fn lacking_page(work: &mut Work, scope: &Scope, after: Option<LackingPlace>) -> Attempt<Page<LackingDossier>> {
    let all_progress = all_progress(work, scope).await?;
    let found = lacking(&all_progress, work.now.today());
    let total = u64::try_from(found.len()).unwrap_or(u64::MAX);
    let here = found.into_iter().filter(|(place, _)| after.is_none_or(|after| *place > after)).take(PAGE_SIZE as usize + 1).collect();
    let page = cursor::page(named(work, scope, here).await?, PAGE_SIZE, total, |(place, _)| write_place(place));
    Ok(Page { rows: page.rows.into_iter().map(|(_, row)| row).collect(), next: page.next, total: page.total })
}

/// Dossiers with their codes and persons, in one query.
async fn named(work: &mut Work, scope: &Scope, found: Vec<(LackingPlace, Vec<Lack>)>) -> Attempt<Vec<(LackingPlace, LackingDossier)>> {
    let ids: Vec<_> = found.iter().map(|(place, _)| place.dossier).collect();
    let mut opals: HashMap<_, _> = work.uow.dossiers_by_id(scope, &ids).await?.into_iter().map(|opal| (opal.id, opal)).collect();
    let row = |(place, lacks): (LackingPlace, _)| {
        let opal = opals.remove(&place.dossier)?;
        Some((place, LackingDossier { dossier: opal.id, opal_code: opal.opal_code, person: opal.person_name, lacks }))
    };
    Ok(found.into_iter().filter_map(row).collect())
}

fn write_place(place: &LackingPlace) -> String {
    cursor::write(format_args!("{}.{}", place.urgency, place.valid_to), place.dossier)
}

/// Reads a place back; one that was tampered with starts over.
pub(super) fn read_place(after: Option<&str>) -> Option<LackingPlace> {
    let (key, dossier) = cursor::read::<String, _>(after)?;
    let (urgency, valid_to) = key.split_once('.')?;
    Some(LackingPlace { urgency: urgency.parse().ok()?, valid_to: valid_to.parse().ok()?, dossier })
}

/// The two plots. Dossiers that are read-only are only counted: there may be many, and nothing happens to them.
pub(super) async fn plots(work: &mut Work, scope: &Scope, all_progress: &[Progress]) -> Attempt<Plots> {
    let today = work.now.today();
    let (from, to) = plotted_days(today);
    let minutes = work.uow.planned_minutes(scope, from, to).await?;
    let read_only = work.uow.count_dossiers(scope).await?.saturating_sub(all_progress.len() as u64);
    let known = all_progress.iter().map(|progress| (progress.status(work.rulebook(), today), 1));
    Ok(Plots { weeks: by_week(today, minutes), statuses: by_status(known.chain([(DossierStatus::ReadOnly, read_only)])) })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_place_among_the_dossiers_that_lack_something_is_read_as_it_was_written() {
        let place = LackingPlace { urgency: -1, valid_to: "2026-12-01".parse().unwrap(), dossier: OpalId(Uuid::from_u128(7)) };
        assert_eq!(read_place(Some(&write_place(&place))), Some(place));
        for tampered in ["", "x", "1.00000000-0000-0000-0000-000000000007", "1.x.00000000-0000-0000-0000-000000000007"] {
            assert_eq!(read_place(Some(tampered)), None, "{tampered}");
        }
    }
}
