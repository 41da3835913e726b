//! A request as lists and its page show it: its state by the clock, its composition frozen or from the catalogue.

use app::domain::{
    ids::OpalId,
    request::{CompositionLine, RequestRow, RequestState},
    rulebook::{CatalogueActivity, Rulebook},
    time::days_between,
};
use chrono::NaiveDate;

use super::super::{
    dossiers::group,
    transact::{Attempt, Work},
};
use crate::store::records::{ActivityRecord, OpalRecord};

/// Rows of a list, with one query for what was frozen.
pub(in crate::services) async fn rows(work: &mut Work, opals: &[OpalRecord]) -> Attempt<Vec<RequestRow>> {
    let admitted: Vec<OpalId> = opals.iter().filter(|opal| opal.state == RequestState::Admitted).map(|opal| opal.id).collect();
    let frozen = group(work.uow.activities(&admitted).await?, |activity| activity.opal);
    let (rulebook, today) = (work.rulebook(), work.now.today());
    let row = |opal: &OpalRecord| {
        let frozen = frozen.get(&opal.id).map(Vec::as_slice).unwrap_or_default();
        row(rulebook, today, opal, &composition(rulebook, opal, frozen))
    };
    Ok(opals.iter().map(row).collect())
}

/// One row.
pub(super) fn row(rulebook: &Rulebook, today: NaiveDate, opal: &OpalRecord, composition: &[CompositionLine]) -> RequestRow {
    let notified_on = opal.notified_local.today();
    let state = opal.state.on(rulebook, notified_on, today);
    RequestRow {
        id: opal.id,
        state,
        days_left: (state == RequestState::Pending).then(|| days_between(today, opal.decide_by)),
        opal_code: opal.opal_code.clone(),
        person: opal.person_name.clone(),
        activities: u32::try_from(composition.len()).unwrap_or(u32::MAX),
        minutes: composition.iter().map(|line| line.minutes).sum(),
        centre: opal.centre_name.clone(),
        voucher_kind: opal.voucher.kind,
        notified_on,
        site_code: opal.site_code.clone(),
        site_town: opal.site_town.clone(),
    }
}

/// What an OPAL is made of: the copy frozen at admission, before it the catalogue of the notification day.
pub(super) fn composition(rulebook: &Rulebook, opal: &OpalRecord, frozen: &[ActivityRecord]) -> Vec<CompositionLine> {
    if frozen.is_empty() {
        let catalogue = &rulebook.on(opal.notified_local.today()).catalogue;
        let line = |line: &CatalogueActivity| CompositionLine {
            code: line.code,
            name: line.name.clone(),
            minutes: line.minutes.of(opal.voucher.kind),
            assumption: line.assumption,
        };
        catalogue.activities.iter().map(line).collect()
    } else {
        let line = |activity: &ActivityRecord| CompositionLine {
            code: activity.code,
            name: activity.name.clone(),
            minutes: activity.agreed,
            assumption: activity.assumption,
        };
        frozen.iter().map(line).collect()
    }
}
