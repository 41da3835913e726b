//! The history of a dossier: what it says, and that nobody rewrites it (R42).

use app::domain::{
    audit::{
        AuditAction::{PersonUpdated, RequestAdmitted, RequestReceived, SessionEntered, SessionModified},
        Change,
    },
    session::SessionStep,
};
use server::services::within_request;

use crate::{
    store::contract,
    support::{
        databases::TestDatabase,
        world::{World, newer},
    },
};

/// Lets the log be rewritten, as somebody with the database in hands could.
async fn unguard(database: &TestDatabase) {
    let sqlite = database.url.starts_with("sqlite");
    let sql = if sqlite { "drop trigger audit_is_never_changed" } else { "alter table audit disable trigger all" };
    database.execute(sql).await.unwrap();
}

contract! {
    async fn the_history_tells_what_changed_newest_first(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let session = world.enter(id, "2026-11-24", "09:00", "10:00").await.unwrap();
        world.step(id, session, SessionStep::Modify { form: world.form(1, "2026-11-25", "09:00", "10:00") }).await.unwrap();
        let page = world.backend.dossiers.open(&world.ours.operator, id).await.unwrap();
        let actions: Vec<_> = page.history.iter().map(|entry| entry.action).collect();
        assert_eq!(actions, [SessionModified, SessionEntered, RequestAdmitted, RequestReceived]);
        let modified = &page.history[0];
        assert_eq!((modified.number, modified.actor.as_str()), (4, "operatore.e001"));
        assert_eq!(modified.subject, "Allenamento e affiancamento, mar 24 nov 2026 09:00–10:00");
        let changed = |field: &str, before: &str, after: &str| Change {
            field: field.to_owned(),
            before: Some(before.to_owned()),
            after: Some(after.to_owned()),
        };
        let expected =
            [changed("Operatore", "Marco Furlan", "Chiara Bortolin"), changed("Data", "mar 24 nov 2026", "mer 25 nov 2026")];
        assert!(modified.changes == expected, "{:?}", modified.changes);
        assert_eq!(page.history[3].actor, "Centro per l'impiego");
        assert!(page.history_intact);
    }

    async fn a_renewed_person_is_told_without_what_only_the_profile_shows(database) {
        let world = World::new(&database).await;
        world.request().await;
        let id = world.request_with(|sent| {
            *sent = newer("JC-2026-000002");
            sent["beneficiary"]["last_name"] = "Bianchi".into();
            sent["beneficiary"]["phone"] = "+39 349 1234567".into();
            sent["beneficiary"]["limits"] = serde_json::json!({ "max_minutes_per_day": 240 });
        }).await;
        let page = world.backend.dossiers.open(&world.ours.operator, world.admit(id).await).await.unwrap();
        let actions: Vec<_> = page.history.iter().map(|entry| entry.action).collect();
        assert_eq!(actions, [RequestAdmitted, PersonUpdated, RequestReceived]);
        let entry = &page.history[1];
        let withheld =
            Change { field: "Profilo del beneficiario".to_owned(), before: None, after: Some("aggiornato".to_owned()) };
        let surname = Change { field: "Cognome".to_owned(), before: Some("Rossi".to_owned()), after: Some("Bianchi".to_owned()) };
        assert!(entry.changes == [surname, withheld], "{:?}", entry.changes);
        assert_eq!((entry.subject.as_str(), page.history_intact), ("Mario Bianchi", true));

        let rows = world.store.read().await.unwrap().audit_chain(&format!("opal:{id}")).await.unwrap();
        let kept = String::from_utf8_lossy(&rows[1].payload).into_owned();
        assert!(["331", "349", "Bianchi"].iter().all(|word| !kept.contains(word)), "before and after are sealed");
    }

    async fn a_row_changed_behind_the_program_breaks_the_chain(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        world.enter(id, "2026-11-24", "09:00", "10:00").await.unwrap();
        let intact = async || world.backend.dossiers.open(&world.ours.operator, id).await.unwrap().history_intact;
        assert!(intact().await);
        unguard(&database).await;
        assert_eq!(database.execute("update audit set actor = 'qualcun altro' where number = 2").await.unwrap(), 1);
        assert!(!intact().await);
    }

    async fn a_payload_that_no_longer_opens_is_told_and_its_row_still_shown(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        unguard(&database).await;
        let swapped = "update audit set payload = \
                       (select payload from audit as other where other.chain = audit.chain and other.number = 1) where number = 2";
        assert_eq!(database.execute(swapped).await.unwrap(), 1);
        let page = world.backend.dossiers.open(&world.ours.operator, id).await.unwrap();
        assert_eq!((page.history.len(), page.history_intact, page.history[0].changes.len()), (2, false, 0));
    }

    async fn a_row_names_the_request_that_wrote_it(database) {
        let world = World::new(&database).await;
        let id = within_request("r-1".to_owned(), world.dossier()).await;
        world.enter(id, "2026-11-24", "09:00", "10:00").await.unwrap();
        let rows = world.store.read().await.unwrap().audit_chain(&format!("opal:{id}")).await.unwrap();
        let requests: Vec<_> = rows.iter().map(|row| row.request_id.as_str()).collect();
        assert_eq!(requests, ["r-1", "r-1", ""]);
    }

    async fn no_personal_word_is_stored_in_clear_but_the_name(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        world.enter(id, "2026-11-24", "09:00", "10:00").await.unwrap();
        let mut work = world.store.read().await.unwrap();
        let opal = work.opal_unscoped(id).await.unwrap().unwrap();
        let person = work.person(opal.person).await.unwrap().unwrap();
        let rows = work.audit_chain(&format!("opal:{id}")).await.unwrap();
        let kept = [opal.sealed_ground, person.sealed_details].into_iter().chain(rows.into_iter().map(|row| row.payload));
        for sealed in kept {
            let text = String::from_utf8_lossy(&sealed);
            assert!(["RSSMRA80A01H501U", "reparto", "331"].iter().all(|word| !text.contains(word)));
        }
    }
}
