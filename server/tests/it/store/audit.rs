//! The append-only log.

use app::domain::audit::AuditAction;
use server::store::{StoreError, records::AuditRecord};

use super::sample::{OPERATOR, at, local, people};

pub fn event(chain: &str, number: i64, action: AuditAction) -> AuditRecord {
    AuditRecord {
        chain: chain.to_owned(),
        number,
        at: at("2026-11-23T09:00:00.123456Z"),
        at_local: local("2026-11-23T10:00:00.123456"),
        account: (number % 2 == 0).then_some(OPERATOR),
        actor: "Sistema".to_owned(),
        action,
        request_id: format!("r{number}"),
        payload: vec![1, 2, 3],
        previous: vec![0; 32],
        hash: vec![u8::try_from(number).unwrap(); 32],
    }
}

contract! {
    async fn each_chain_is_read_in_order_and_knows_its_last_row(db) {
        people(db.store.as_ref()).await;
        let (one, two) = ("opal:1", "opal:2");
        let rows: Vec<_> = (1..).zip(AuditAction::ALL).map(|(number, action)| event(one, number, action)).collect();
        let mut tx = db.store.write().await.unwrap();
        for row in rows.iter().chain([&event(two, 1, AuditAction::SessionEntered)]) {
            tx.insert_audit(row).await.unwrap();
        }
        assert_eq!(tx.audit_chain(one).await.unwrap(), rows);
        assert_eq!(tx.last_audit(one).await.unwrap().as_ref(), rows.last());
        assert_eq!(tx.last_audit("opal:3").await.unwrap(), None);
    }

    async fn a_number_is_given_once_in_a_chain(db) {
        people(db.store.as_ref()).await;
        let mut tx = db.store.write().await.unwrap();
        tx.insert_audit(&event("system", 1, AuditAction::RequestLapsed)).await.unwrap();
        let again = tx.insert_audit(&event("system", 1, AuditAction::RequestLapsed)).await;
        assert!(matches!(again, Err(StoreError::Exists { .. })));
    }

    async fn r42_the_log_is_neither_changed_nor_shortened(db) {
        people(db.store.as_ref()).await;
        let mut tx = db.store.write().await.unwrap();
        tx.insert_audit(&event("system", 1, AuditAction::RequestLapsed)).await.unwrap();
        tx.commit().await.unwrap();
        for statement in ["update audit set actor = 'Nessuno'", "delete from audit"] {
            let refused = db.execute(statement).await.unwrap_err().to_string();
            assert!(refused.contains("audit is append-only"), "{refused}");
        }
        assert_eq!(db.store.read().await.unwrap().audit_chain("system").await.unwrap().len(), 1);
    }
}
