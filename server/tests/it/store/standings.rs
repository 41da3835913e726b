//! What was decided about providers (R40): added, read in order, never changed.

use app::domain::{
    ids::ProviderId,
    provider::{Provider, Standing, StandingEntry},
};
use server::store::StoreError;
use uuid::Uuid;

use super::sample::{E001, E002, day, local, people};
use crate::support::world::listed;

fn suspended(from: &str) -> StandingEntry {
    StandingEntry {
        from: day(from),
        standing: Standing::Suspended,
        reason: "Verifica regionale".to_owned(),
        by: "Sistema".to_owned(),
        at: local("2026-11-23T10:00:00.123456"),
    }
}

contract! {
    async fn r40_decisions_come_back_in_the_order_in_which_they_were_written_for_the_providers_asked(db) {
        people(db.store.as_ref()).await;
        let mut tx = db.store.write().await.unwrap();
        tx.insert_standing(E001, 2, &suspended("2027-01-01")).await.unwrap();
        tx.insert_standing(E001, 3, &suspended("2026-12-01")).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.store.read().await.unwrap();
        let expected = [listed(), suspended("2027-01-01"), suspended("2026-12-01")].map(|entry| (E001, entry));
        assert_eq!(tx.standings(&[E001]).await.unwrap(), expected);
        assert_eq!(tx.standings(&[E002, E001]).await.unwrap().len(), 4);
        assert!(tx.standings(&[]).await.unwrap().is_empty());
    }

    async fn r43_a_number_is_taken_by_one_decision_only(db) {
        people(db.store.as_ref()).await;
        let mut tx = db.store.write().await.unwrap();
        assert!(matches!(tx.insert_standing(E001, 1, &suspended("2026-12-01")).await, Err(StoreError::Exists { .. })));
    }

    async fn r40_a_decision_is_never_changed_and_never_taken_out(db) {
        people(db.store.as_ref()).await;
        assert!(db.execute("update provider_standing set reason = 'altro'").await.is_err());
        assert!(db.execute("delete from provider_standing").await.is_err());
        assert_eq!(db.store.read().await.unwrap().standings(&[E001]).await.unwrap(), [(E001, listed())]);
    }

    async fn providers_are_read_by_code_page_by_page(db) {
        people(db.store.as_ref()).await;
        let mut tx = db.store.write().await.unwrap();
        // After capital letters, by the bytes.
        let third = Provider { id: ProviderId(Uuid::from_u128(9)), code: "e000".to_owned(), name: "Ente".to_owned() };
        tx.insert_provider(&third, &listed()).await.unwrap();
        let codes = |(found, total): (Vec<Provider>, u64)| (found.into_iter().map(|provider| provider.code).collect::<Vec<_>>().join(" "), total);
        assert_eq!(codes(tx.providers(None, 2).await.unwrap()), ("E001 E002".to_owned(), 3));
        assert_eq!(codes(tx.providers(Some("E002"), 2).await.unwrap()), ("e000".to_owned(), 3));
        assert_eq!(codes(tx.providers(Some("e000"), 2).await.unwrap()), (String::new(), 3));
    }
}
