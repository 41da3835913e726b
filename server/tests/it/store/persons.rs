//! Persons, and who opened their profiles.

use app::domain::ids::PersonId;
use server::store::StoreError;
use uuid::Uuid;

use super::sample::{OPERATOR, ROSSI, TREVISO, at, notified, opal_id, person, request, sent_to, with_opals};

contract! {
    async fn a_person_is_found_by_id_and_by_the_hash_of_the_tax_code(db) {
        with_opals(db.store.as_ref(), []).await;
        let mut tx = db.store.read().await.unwrap();
        let expected = person(ROSSI, "Maria", "Rossi");
        assert!(tx.person(ROSSI).await.unwrap().as_ref() == Some(&expected));
        assert!(tx.person_by_hash(&expected.tax_code_hash).await.unwrap() == Some(expected));
        assert!(tx.person_by_hash(&[0; 16]).await.unwrap().is_none());
    }

    async fn a_tax_code_makes_one_person_only(db) {
        with_opals(db.store.as_ref(), []).await;
        let mut twin = person(PersonId(Uuid::from_u128(5002)), "Mario", "Rossi");
        twin.tax_code_hash = person(ROSSI, "", "").tax_code_hash;
        let mut tx = db.store.write().await.unwrap();
        let Err(StoreError::Exists { constraint }) = tx.insert_person(&twin).await else { panic!("two persons of one tax code") };
        assert!(constraint.contains("tax_code_hash"), "{constraint}");
    }

    async fn a_change_of_a_person_is_written_once_and_a_stale_version_is_noticed(db) {
        with_opals(db.store.as_ref(), []).await;
        let mut changed = person(ROSSI, "Maria", "Dè Rossi");
        changed.sealed_details = vec![4, 5];
        let mut tx = db.store.write().await.unwrap();
        assert!(tx.update_person(&changed, 1).await.unwrap());
        assert!(!tx.update_person(&changed, 1).await.unwrap());
        changed.version = 2;
        assert!(tx.person(ROSSI).await.unwrap() == Some(changed));
    }

    async fn the_newest_request_for_a_person_is_known_whoever_got_it(db) {
        let newest = sent_to(notified(2, "2026-11-22"), TREVISO);
        with_opals(db.store.as_ref(), [notified(1, "2026-11-20"), newest.clone(), notified(3, "2026-11-21")]).await;
        let mut tx = db.store.read().await.unwrap();
        assert_eq!(tx.last_notified(ROSSI).await.unwrap(), Some(newest.notified_at));
        assert_eq!(tx.last_notified(PersonId(Uuid::nil())).await.unwrap(), None);
    }

    async fn r42_every_reading_of_a_profile_is_noted(db) {
        with_opals(db.store.as_ref(), [request(1)]).await;
        let mut tx = db.store.write().await.unwrap();
        for minute in ["2026-11-23T09:00:00Z", "2026-11-23T09:00:00Z"] {
            tx.log_profile_read(ROSSI, opal_id(1), OPERATOR, at(minute)).await.unwrap();
        }
        tx.commit().await.unwrap();
        // The log has no reader yet: its rows are counted by touching them.
        assert_eq!(db.execute("update profile_read set at = at").await.unwrap(), 2);
    }
}
