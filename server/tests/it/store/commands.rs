//! Commands already answered, and leases of jobs.

use app::domain::{
    ids::{AccountId, CommandKey},
    provider::Role,
};
use server::store::{StoreError, records::IdempotencyRecord};
use uuid::Uuid;

use super::sample::{OPERATOR, account, at, people};

contract! {
    async fn r43_an_answer_is_found_by_its_own_account_only(db) {
        people(db.store.as_ref()).await;
        let somebody = AccountId(Uuid::from_u128(2001));
        let answer = IdempotencyRecord {
            key: CommandKey(Uuid::from_u128(1)),
            account: OPERATOR,
            fingerprint: vec![5; 32],
            reply: r#"{"id":1}"#.to_owned(),
            at: at("2026-11-23T09:00:00.000001Z"),
        };
        let mut tx = db.store.write().await.unwrap();
        tx.insert_account(&account(somebody, "altro", Role::Operator)).await.unwrap();
        tx.keep_answer(&answer).await.unwrap();
        assert_eq!(tx.answered(answer.key, OPERATOR).await.unwrap().as_ref(), Some(&answer));
        assert_eq!(tx.answered(answer.key, somebody).await.unwrap(), None);
        tx.keep_answer(&IdempotencyRecord { account: somebody, ..answer.clone() }).await.unwrap();
        assert!(matches!(tx.keep_answer(&answer).await, Err(StoreError::Exists { .. })), "a command is answered once");
    }

    async fn a_lease_is_held_by_one_process_until_it_ends(db) {
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let minute = |n: u32| at(&format!("2026-11-23T09:{n:02}:00Z"));
        let mut tx = db.store.write().await.unwrap();
        assert!(tx.take_lease("lapse", one, minute(0), minute(2)).await.unwrap());
        assert!(!tx.take_lease("lapse", two, minute(1), minute(3)).await.unwrap(), "somebody else holds it");
        assert!(tx.take_lease("purge", two, minute(1), minute(3)).await.unwrap(), "another job is free");
        assert!(tx.take_lease("lapse", one, minute(1), minute(4)).await.unwrap(), "its holder renews it");
        assert!(!tx.take_lease("lapse", two, minute(3), minute(5)).await.unwrap());
        assert!(tx.take_lease("lapse", two, minute(4), minute(6)).await.unwrap(), "it has ended");
        assert!(!tx.take_lease("lapse", one, minute(5), minute(7)).await.unwrap());
    }
}
