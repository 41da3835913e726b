//! Transactions, migrations and the ends of a database's life.

use std::sync::Arc;

use app::domain::{audit::AuditAction, request::RequestState};
use server::store::{self, Store, StoreError, StoreResult};
use tokio::sync::Barrier;

use super::{
    audit::event,
    sample::{decided, notified, opal_id, people, request, with_opals},
};

/// Appends to a chain as a service does: reads the last row, then writes the next.
async fn append(store: &dyn Store) -> StoreResult<()> {
    let mut tx = store.write().await?;
    let number = tx.last_audit("system").await?.map_or(0, |row| row.number) + 1;
    tx.insert_audit(&event("system", number, AuditAction::RequestLapsed)).await?;
    tx.commit().await
}

/// Tries again while another writer is in the way.
async fn append_in_the_end(store: Arc<dyn Store>) {
    for _ in 0..100 {
        match append(store.as_ref()).await {
            Err(StoreError::Busy(_)) => {}
            done => return done.unwrap(),
        }
    }
    panic!("a hundred times busy");
}

/// Both decide on what they have read; says whether the decision was kept.
async fn decide(store: Arc<dyn Store>, start: Arc<Barrier>, state: RequestState) -> StoreResult<bool> {
    start.wait().await;
    let mut tx = store.write().await?;
    let seen = tx.opal_unscoped(opal_id(1)).await?.unwrap();
    if seen.state != RequestState::Pending {
        return Ok(false);
    }
    let written = tx.update_opal(&decided(seen.clone(), state, "2026-11-23"), seen.version).await?;
    tx.commit().await?;
    Ok(written)
}

contract! {
    async fn what_is_not_committed_never_was(db) {
        people(db.store.as_ref()).await;
        let mut tx = db.store.write().await.unwrap();
        tx.insert_opal(&request(1)).await.unwrap();
        assert!(tx.opal_unscoped(opal_id(1)).await.unwrap().is_some());
        drop(tx);
        let mut tx = db.store.write().await.unwrap();
        assert!(tx.opal_unscoped(opal_id(1)).await.unwrap().is_none());
        tx.insert_opal(&request(1)).await.unwrap();
        tx.commit().await.unwrap();
        assert!(db.store.read().await.unwrap().opal_unscoped(opal_id(1)).await.unwrap().is_some());
    }

    async fn a_reader_sees_one_state_from_beginning_to_end_and_holds_nobody_up(db) {
        with_opals(db.store.as_ref(), [request(1)]).await;
        let mut reader = db.store.read().await.unwrap();
        assert!(reader.opal_unscoped(opal_id(2)).await.unwrap().is_none());
        let mut writer = db.store.write().await.unwrap();
        writer.insert_opal(&notified(2, "2026-11-21")).await.unwrap();
        writer.commit().await.unwrap();
        assert!(reader.opal_unscoped(opal_id(2)).await.unwrap().is_none());
        drop(reader);
        assert!(db.store.read().await.unwrap().opal_unscoped(opal_id(2)).await.unwrap().is_some());
    }

    async fn a_reader_cannot_write(db) {
        people(db.store.as_ref()).await;
        let mut reader = db.store.read().await.unwrap();
        assert!(reader.insert_opal(&request(1)).await.is_err());
    }

    async fn of_two_who_decide_at_once_exactly_one_wins(db) {
        with_opals(db.store.as_ref(), [request(1)]).await;
        let start = Arc::new(Barrier::new(2));
        let decide = |state| tokio::spawn(decide(db.store.clone(), start.clone(), state));
        let decisions = [RequestState::Admitted, RequestState::Refused].map(decide);
        let mut won = vec![];
        for decision in decisions {
            match decision.await.unwrap() {
                Ok(kept) => won.push(kept),
                Err(StoreError::Busy(_)) => won.push(false),
                Err(error) => panic!("{error}"),
            }
        }
        assert_eq!(won.iter().filter(|won| **won).count(), 1);
        assert_eq!(db.store.read().await.unwrap().opal_unscoped(opal_id(1)).await.unwrap().unwrap().version, 2);
    }

    async fn writers_of_two_processes_who_try_again_when_busy_all_come_through_in_a_row(db) {
        people(db.store.as_ref()).await;
        // As another process would: with connections of its own.
        let other = store::open(&db.url).await.unwrap();
        let writers: Vec<_> = [&db.store, &other]
            .into_iter()
            .cycle()
            .take(8)
            .map(|store| tokio::spawn(append_in_the_end(store.clone())))
            .collect();
        for writer in writers {
            writer.await.unwrap();
        }
        other.close().await;
        let chain = db.store.read().await.unwrap().audit_chain("system").await.unwrap();
        assert_eq!(chain.into_iter().map(|row| row.number).collect::<Vec<_>>(), (1..=8).collect::<Vec<_>>());
    }

    async fn migrations_run_again_change_nothing(db) {
        with_opals(db.store.as_ref(), [request(1)]).await;
        db.store.migrate().await.unwrap();
        db.store.ready().await.unwrap();
        assert!(db.store.read().await.unwrap().opal_unscoped(opal_id(1)).await.unwrap().is_some());
    }

    async fn a_schema_of_another_version_is_not_ready(db) {
        db.store.ready().await.unwrap();
        db.execute("update _sqlx_migrations set version = 99 where version = 7").await.unwrap();
        assert!(matches!(db.store.ready().await, Err(StoreError::Migration(_))), "a migration is missing");
        db.execute("drop table _sqlx_migrations").await.unwrap();
        assert!(matches!(db.store.ready().await, Err(StoreError::Migration(_))), "none was applied");
    }

    async fn what_was_written_is_there_after_closing_and_opening_again(db) {
        with_opals(db.store.as_ref(), [request(1)]).await;
        db.store.close().await;
        assert!(matches!(db.store.read().await, Err(StoreError::Unavailable(_))));
        let again = store::open(&db.url).await.unwrap();
        assert_eq!(again.read().await.unwrap().opal_unscoped(opal_id(1)).await.unwrap(), Some(request(1)));
        again.close().await;
    }
}

#[tokio::test]
async fn a_database_that_is_not_there_is_unavailable() {
    for url in [
        "mysql://localhost/affianco",
        "affianco.sqlite",
        "sqlite:/no/such/folder/affianco.sqlite",
        "postgres://affianco@%2Fno%2Fsuch%2Ffolder/affianco",
    ] {
        assert!(matches!(store::open(url).await, Err(StoreError::Unavailable(_))), "{url}");
    }
}
