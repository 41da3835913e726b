//! Admitted dossiers and their activities.

use app::domain::{
    dossier::{DossierCursor, PoliciesFilter},
    provider::Scope,
    request::RequestState,
    rulebook::ActivityCode,
};
use server::store::{
    Store, StoreError, UnitOfWork,
    records::{Closing, Days, DossierEnding, EmployerChangeRecord, InterruptionRecord, OpalRecord},
};

use super::sample::{
    ANNA, BRUNO, E001, E002, PADOVA, TREVISO, VENEZIA, activities, at, day, decided, dossier, local, of_coach, opal_id, padova, request,
    scope, sent_to, session, with_opals, with_sessions,
};

const TRAINING: ActivityCode = ActivityCode::OnTheJobTraining;

fn numbers(rows: &[OpalRecord]) -> Vec<u128> {
    rows.iter().map(|row| row.id.0.as_u128()).collect()
}

async fn list(store: &dyn Store, scope: &Scope, filter: &PoliciesFilter) -> Vec<u128> {
    let (rows, total) = store.read().await.unwrap().dossiers(scope, filter, None, 50).await.unwrap();
    assert_eq!(total, rows.len() as u64, "all are on one page");
    numbers(&rows)
}

/// By somebody on 23 November.
fn closing(by: &str) -> Closing<'_> {
    Closing { by, at: at("2026-11-23T09:00:00.25Z"), on: day("2026-11-23") }
}

async fn close_all(tx: &mut dyn UnitOfWork, n: u128) {
    for code in ActivityCode::ALL {
        assert!(tx.close_activity(opal_id(n), code, &closing("Operatore"), 1).await.unwrap());
    }
}

contract! {
    async fn dossiers_are_paged_newest_admission_first_without_gaps_or_doubles(db) {
        let admitted_on = |n: u128| if n.is_multiple_of(3) { "2026-11-21" } else { "2026-11-22" };
        let admitted = |n| decided(request(n), RequestState::Admitted, admitted_on(n));
        with_opals(db.store.as_ref(), (1..=25).map(admitted)).await;
        let mut expected: Vec<u128> = (1..=25).collect();
        expected.sort_by_key(|n| (std::cmp::Reverse(admitted_on(*n)), std::cmp::Reverse(*n)));

        let mut tx = db.store.read().await.unwrap();
        let (mut after, mut seen) = (None, vec![]);
        loop {
            let (rows, total) = tx.dossiers(&padova(), &PoliciesFilter::default(), after.as_ref(), 4).await.unwrap();
            assert_eq!(total, 25);
            let Some(last) = rows.last() else { break };
            after = Some(DossierCursor { admitted_on: last.admitted_on.unwrap(), id: last.id });
            seen.extend(numbers(&rows));
            assert!(seen.len() <= 25, "a row came twice");
        }
        assert_eq!(seen, expected);
    }

    async fn only_admitted_requests_of_the_scope_are_dossiers(db) {
        let lapsed = decided(request(5), RequestState::Lapsed, "2026-11-21");
        let dossiers = [dossier(1), sent_to(dossier(2), VENEZIA), sent_to(dossier(3), TREVISO)];
        with_opals(db.store.as_ref(), dossiers.into_iter().chain([request(4), lapsed])).await;
        with_sessions(db.store.as_ref(), [session(1, opal_id(1), "2026-11-24", "09:00:00", "10:00:00")]).await;
        let (store, all) = (db.store.as_ref(), PoliciesFilter::default());
        assert_eq!(list(store, &padova(), &all).await, [1]);
        assert_eq!(list(store, &scope(E001, &[PADOVA, VENEZIA]), &all).await, [2, 1]);
        assert_eq!(list(store, &scope(E002, &[PADOVA, TREVISO]), &all).await, [3]);
        assert_eq!(list(store, &scope(E001, &[]), &all).await, [0; 0]);
        assert_eq!(list(store, &of_coach(ANNA), &all).await, [1]);
        assert_eq!(list(store, &of_coach(BRUNO), &all).await, [0; 0]);
    }

    async fn dossiers_are_found_by_part_of_the_code_and_by_site(db) {
        with_opals(db.store.as_ref(), [dossier(1), sent_to(dossier(12), VENEZIA), dossier(21)]).await;
        let (store, both) = (db.store.as_ref(), scope(E001, &[PADOVA, VENEZIA]));
        let filter = |code: &str, site: &str| PoliciesFilter { opal_code: code.to_owned(), site: site.to_owned(), concluded: false };
        assert_eq!(list(store, &both, &filter("jc-2026-00001", "")).await, [12]);
        assert_eq!(list(store, &both, &filter("", "E001-PD")).await, [21, 1]);
        assert_eq!(list(store, &both, &filter("21", "E001-VE")).await, [0; 0]);
    }

    async fn concluded_dossiers_are_shown_when_asked_for(db) {
        with_opals(db.store.as_ref(), [dossier(1), dossier(2)]).await;
        let mut tx = db.store.write().await.unwrap();
        close_all(tx.as_mut(), 1).await;
        assert!(tx.close_activity(opal_id(2), TRAINING, &closing("Operatore"), 1).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(list(db.store.as_ref(), &padova(), &PoliciesFilter::default()).await, [2]);
        assert_eq!(list(db.store.as_ref(), &padova(), &PoliciesFilter { concluded: true, ..PoliciesFilter::default() }).await, [2, 1]);
    }

    async fn the_activities_of_several_dossiers_are_read_in_order(db) {
        with_opals(db.store.as_ref(), [dossier(1), dossier(2), dossier(3)]).await;
        let mut tx = db.store.read().await.unwrap();
        let found = tx.activities(&[opal_id(3), opal_id(1)]).await.unwrap();
        assert_eq!(found, [activities(opal_id(1)), activities(opal_id(3))].concat());
        assert_eq!(tx.activities(&[]).await.unwrap(), []);
    }

    async fn an_activity_is_closed_once_and_a_stale_version_is_noticed(db) {
        with_opals(db.store.as_ref(), [dossier(1)]).await;
        let mut tx = db.store.write().await.unwrap();
        tx.bump_activity(opal_id(1), TRAINING).await.unwrap();
        assert!(!tx.close_activity(opal_id(1), TRAINING, &closing("Operatore"), 1).await.unwrap(), "a session was entered since");
        assert!(tx.close_activity(opal_id(1), TRAINING, &closing("Operatore"), 2).await.unwrap());
        assert!(!tx.close_activity(opal_id(1), TRAINING, &closing("Altro"), 3).await.unwrap(), "closed already");
        let found = tx.activities(&[opal_id(1)]).await.unwrap();
        let training = found.iter().find(|activity| activity.code == TRAINING).unwrap();
        let Closing { at, on, by } = closing("Operatore");
        assert_eq!((training.closed_at, training.closed_on), (Some(at), Some(on)));
        assert_eq!((training.closed_by.as_deref(), training.version), (Some(by), 3));
        assert_eq!(found.iter().filter(|activity| activity.closed_at.is_some()).count(), 1);
    }

    async fn a_dossier_has_each_activity_once(db) {
        with_opals(db.store.as_ref(), [dossier(1)]).await;
        let mut tx = db.store.write().await.unwrap();
        assert!(matches!(tx.insert_activities(&activities(opal_id(1))).await, Err(StoreError::Exists { .. })));
    }

    async fn an_interruption_is_kept_once_and_hides_the_dossier_from_those_in_progress(db) {
        with_opals(db.store.as_ref(), [dossier(1), dossier(2), request(3)]).await;
        let made = InterruptionRecord { on: day("2026-11-22"), local: local("2026-11-23T10:00:00"), by: "Operatore".to_owned(), sealed: vec![1, 2] };
        let ending = DossierEnding { interruption: Some(made), ..DossierEnding::default() };
        let mut tx = db.store.write().await.unwrap();
        let seen = tx.opal_unscoped(opal_id(1)).await.unwrap().unwrap().version;
        assert!(tx.keep_ending(opal_id(1), &ending, seen).await.unwrap());
        assert!(!tx.keep_ending(opal_id(1), &ending, seen).await.unwrap(), "the version is another now");
        assert!(!tx.keep_ending(opal_id(3), &ending, 1).await.unwrap(), "a request that waits has no end");
        let kept = tx.opal_unscoped(opal_id(1)).await.unwrap().unwrap();
        assert_eq!((&kept.ending, kept.version), (&ending, seen + 1));
        tx.commit().await.unwrap();
        assert_eq!(list(db.store.as_ref(), &padova(), &PoliciesFilter::default()).await, [2]);
        assert_eq!(list(db.store.as_ref(), &padova(), &PoliciesFilter { concluded: true, ..PoliciesFilter::default() }).await, [2, 1]);
    }

    async fn r38_vouchers_that_ended_are_found_until_somebody_has_written_it_down(db) {
        with_opals(db.store.as_ref(), [dossier(1), dossier(2), request(3)]).await;
        let mut tx = db.store.write().await.unwrap();
        let last = tx.opal_unscoped(opal_id(1)).await.unwrap().unwrap().voucher.valid_to;
        let next = last.succ_opt().unwrap();
        assert_eq!(tx.expiring(last, 9).await.unwrap(), [], "the last day is one of the voucher's");
        assert_eq!(tx.expiring(next, 9).await.unwrap(), [opal_id(1), opal_id(2)]);
        assert_eq!(tx.expiring(next, 1).await.unwrap(), [opal_id(1)]);
        let ended = [Days { from: day("2020-01-01"), to: Some(last) }];
        assert_eq!(tx.archiving(&ended, 9).await.unwrap(), [opal_id(1), opal_id(2)]);
        assert_eq!(tx.archiving(&[], 9).await.unwrap(), []);
        let seen = tx.opal_unscoped(opal_id(1)).await.unwrap().unwrap().version;
        let expired = DossierEnding { expired_at: Some(at("2027-05-01T00:00:05Z")), ..DossierEnding::default() };
        assert!(tx.keep_ending(opal_id(1), &expired, seen).await.unwrap());
        assert_eq!(tx.expiring(next, 9).await.unwrap(), [opal_id(2)]);
        assert_eq!(tx.archiving(&ended, 9).await.unwrap(), [opal_id(1), opal_id(2)]);
        assert!(tx.keep_ending(opal_id(1), &DossierEnding { archived_at: expired.expired_at, ..expired }, seen + 1).await.unwrap());
        assert_eq!(tx.archiving(&ended, 9).await.unwrap(), [opal_id(2)]);
    }

    async fn the_employers_of_several_dossiers_are_read_by_first_day(db) {
        with_opals(db.store.as_ref(), [dossier(1), dossier(2), dossier(3)]).await;
        let change = |n, since: &str, town: &str| EmployerChangeRecord {
            opal: opal_id(n),
            since: day(since),
            employer: app::domain::request::intake::Employer { town: town.to_owned(), ..request(1).employer },
            sealed_reason: vec![3],
            changed_at: at("2026-11-23T09:00:00Z"),
        };
        let mut tx = db.store.write().await.unwrap();
        let rows = [change(1, "2026-12-01", "Este"), change(1, "2027-01-01", "Rovigo"), change(3, "2026-12-01", "Feltre")];
        for row in [&rows[1], &rows[2], &rows[0]] {
            tx.insert_employer_change(row).await.unwrap();
        }
        assert!(tx.employer_changes(&[opal_id(3), opal_id(1), opal_id(2)]).await.unwrap() == rows);
        assert!(tx.employer_changes(&[opal_id(2)]).await.unwrap().is_empty());
        assert!(matches!(tx.insert_employer_change(&rows[0]).await, Err(StoreError::Exists { .. })), "one employer a day");
    }

    async fn a_dossier_s_version_counts_once_for_each_who_saw_it(db) {
        with_opals(db.store.as_ref(), [dossier(1)]).await;
        let mut tx = db.store.write().await.unwrap();
        let seen = tx.opal_unscoped(opal_id(1)).await.unwrap().unwrap().version;
        assert_eq!([tx.bump_opal(opal_id(1), seen).await.unwrap(), tx.bump_opal(opal_id(1), seen).await.unwrap()], [true, false]);
    }
}
