//! Requests and dossiers, one by one.

use app::domain::{
    ids::PersonId,
    request::{RefusalCategory, RequestState},
};
use server::store::StoreError;
use uuid::Uuid;

use super::sample::{
    ANNA, BRUNO, E001, E002, PADOVA, TREVISO, VENEZIA, at, decided, dossier, local, notified, of_coach, opal_id, padova, request, scope,
    sent_to, session, today, with_opals, with_sessions,
};

contract! {
    async fn a_request_in_any_state_is_read_as_it_was_written(db) {
        let requests: Vec<_> = RequestState::ALL
            .into_iter()
            .zip(1..)
            .map(|(state, n)| if state == RequestState::Pending { request(n) } else { decided(request(n), state, "2026-11-21") })
            .collect();
        with_opals(db.store.as_ref(), requests.clone()).await;
        let mut tx = db.store.read().await.unwrap();
        for expected in requests {
            assert_eq!(tx.opal_unscoped(expected.id).await.unwrap(), Some(expected.clone()));
            assert_eq!(tx.opal_by_code(&expected.opal_code).await.unwrap(), Some(expected.clone()));
            assert_eq!(tx.opal(expected.id, &padova(), today()).await.unwrap(), Some(expected));
        }
        assert_eq!(tx.opal_unscoped(opal_id(99)).await.unwrap(), None);
        assert_eq!(tx.opal_by_code("JC-2026-999999").await.unwrap(), None);
    }

    async fn r2_a_request_is_seen_by_its_provider_and_site_only(db) {
        with_opals(db.store.as_ref(), [request(1), sent_to(request(2), VENEZIA), sent_to(request(3), TREVISO)]).await;
        let mut tx = db.store.read().await.unwrap();
        for (scope, expected) in [
            (padova(), [true, false, false]),
            (scope(E001, &[PADOVA, VENEZIA]), [true, true, false]),
            (scope(E002, &[TREVISO]), [false, false, true]),
            (scope(E002, &[PADOVA, VENEZIA, TREVISO]), [false, false, true]),
            (scope(E001, &[]), [false; 3]),
        ] {
            let mut seen = [false; 3];
            for (n, seen) in (1..).zip(&mut seen) {
                *seen = tx.opal(opal_id(n), &scope, today()).await.unwrap().is_some();
            }
            assert_eq!(seen, expected, "{scope:?}");
        }
    }

    async fn a_coach_reads_the_dossiers_of_its_own_sessions_only(db) {
        with_opals(db.store.as_ref(), [dossier(1), dossier(2)]).await;
        with_sessions(db.store.as_ref(), [session(1, opal_id(1), "2026-11-24", "09:00:00", "11:00:00")]).await;
        let mut tx = db.store.read().await.unwrap();
        assert!(tx.opal(opal_id(1), &of_coach(ANNA), today()).await.unwrap().is_some());
        assert!(tx.opal(opal_id(2), &of_coach(ANNA), today()).await.unwrap().is_none());
        assert!(tx.opal(opal_id(1), &of_coach(BRUNO), today()).await.unwrap().is_none());
    }

    async fn a_request_notified_tomorrow_is_not_there_today(db) {
        with_opals(db.store.as_ref(), [notified(1, "2026-11-23"), notified(2, "2026-11-24")]).await;
        let mut tx = db.store.read().await.unwrap();
        assert!(tx.opal(opal_id(1), &padova(), today()).await.unwrap().is_some());
        assert!(tx.opal(opal_id(2), &padova(), today()).await.unwrap().is_none());
        assert!(tx.opal(opal_id(2), &padova(), super::sample::day("2026-11-24")).await.unwrap().is_some());
    }

    async fn a_decision_is_written_once_and_a_stale_version_is_noticed(db) {
        with_opals(db.store.as_ref(), [request(1)]).await;
        let mut refused = decided(request(1), RequestState::Refused, "2026-11-23");
        refused.refusal.as_mut().unwrap().category = RefusalCategory::Mismatch;
        refused.decided_at = Some(at("2026-11-23T08:00:00.000001Z"));
        refused.decided_local = Some(local("2026-11-23T09:00:00.000001"));
        let mut tx = db.store.write().await.unwrap();
        assert!(tx.update_opal(&refused, 1).await.unwrap());
        assert!(!tx.update_opal(&decided(request(1), RequestState::Admitted, "2026-11-23"), 1).await.unwrap());
        refused.version = 2;
        assert_eq!(tx.opal_unscoped(opal_id(1)).await.unwrap(), Some(refused));
    }

    async fn an_opal_code_is_given_to_one_request_only(db) {
        with_opals(db.store.as_ref(), [request(1)]).await;
        let mut tx = db.store.write().await.unwrap();
        let mut twin = request(2);
        twin.opal_code = request(1).opal_code;
        let Err(StoreError::Exists { constraint }) = tx.insert_opal(&twin).await else { panic!("the code was taken twice") };
        assert!(constraint.contains("opal_code"), "{constraint}");
    }

    async fn a_row_that_cannot_be_true_is_not_kept(db) {
        with_opals(db.store.as_ref(), []).await;
        let mut reversed = request(1);
        std::mem::swap(&mut reversed.voucher.valid_from, &mut reversed.voucher.valid_to);
        let mut elsewhere = request(1);
        elsewhere.provider = E002;
        let mut unknown = request(1);
        unknown.person = PersonId(Uuid::from_u128(404));
        let mut unfounded = decided(request(1), RequestState::Refused, "2026-11-23");
        unfounded.refusal = None;
        let mut half = request(1);
        half.decided_by = Some("Sistema".to_owned());
        for wrong in [reversed, elsewhere, unknown, unfounded, half] {
            // PostgreSQL gives a transaction up at its first error.
            let mut tx = db.store.write().await.unwrap();
            assert!(matches!(tx.insert_opal(&wrong).await, Err(StoreError::Defect(_))), "{wrong:?}");
        }
    }

    async fn a_row_that_cannot_be_read_is_named_by_table_and_key(db) {
        with_opals(db.store.as_ref(), [request(1)]).await;
        db.execute("update opal set employer_vat_number = '123'").await.unwrap();
        let mut tx = db.store.read().await.unwrap();
        let error = tx.opal_unscoped(opal_id(1)).await.unwrap_err().to_string();
        assert!(error.contains("table opal") && error.contains(&opal_id(1).to_string()), "{error}");
    }
}
