//! Published versions of the rulebook, and what a preview reads.

use app::domain::{
    ids::PersonId,
    rulebook::{Rulebook, RulebookVersion},
    session::SessionState,
};
use server::store::{
    StoreError,
    records::{EngagementRecord, PublishedVersion, SessionRecord},
};

use super::sample::{ANNA, BRUNO, CARLA, ROSSI, at, day, dossier, local, opal_id, session, with_opals, with_sessions};

/// A version as the first program with published versions wrote it: every later one reads it.
const WRITTEN: &str = r#"insert into rulebook_version (valid_from, body, citation, published_at, published_local, published_by) values
    ('2027-01-01', '{"valid_from":"2027-01-01","citation":"D.D. 1/2026","day_cap":360,"week_cap":2400,"earliest":"07:30:00","latest":"23:00:00",
    "step":15,"regularisation_days":7,"admission_days":7,"admission_past_holidays":false,"tail_days":60,"late_entry":"tolerated",
    "patron_saint":"warn","coach_day_cap":480,"coach_day":"warn","coach_overlap":"block","refusal_reason_min":20,"catalogue":{"activities":[
    {"code":"exploratory_interviews","name":"Colloqui esplorativi","minutes":{"base":240,"enhanced":240},"at_employer":false,"assumption":true}],
    "rate_cents":4000},"added_holidays":[{"month":11,"day":4,"name":"Unità nazionale","law":"L. 1/2026"}],
    "patron_saints":[{"town":"Padova","month":6,"day":13,"name":"Antonio"}]}', 'D.D. 1/2026', '2026-11-23 09:00:00+00:00', '2026-11-23 10:00:00', 'Sistema')"#;

fn published(valid_from: &str) -> PublishedVersion {
    PublishedVersion {
        version: RulebookVersion { valid_from: day(valid_from), day_cap: 360, ..Rulebook::builtin().latest().clone() },
        published_at: at("2026-11-23T09:00:00.123456Z"),
        published_local: local("2026-11-23T10:00:00.123456"),
        published_by: "Sistema".to_owned(),
    }
}

contract! {
    async fn versions_are_counted_and_come_back_as_they_were_published_oldest_first(db) {
        let (later, sooner) = (published("2028-01-01"), published("2027-01-01"));
        let mut tx = db.store.write().await.unwrap();
        assert_eq!(tx.count_rulebook_versions().await.unwrap(), 0);
        for version in [&later, &sooner] {
            tx.insert_rulebook_version(version).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut tx = db.store.read().await.unwrap();
        assert_eq!(tx.count_rulebook_versions().await.unwrap(), 2);
        assert_eq!(tx.rulebook_versions().await.unwrap(), [sooner, later]);
    }

    async fn of_two_versions_from_the_same_day_the_second_exists_already(db) {
        let mut tx = db.store.write().await.unwrap();
        tx.insert_rulebook_version(&published("2027-01-01")).await.unwrap();
        let again = tx.insert_rulebook_version(&published("2027-01-01")).await;
        assert!(matches!(again, Err(StoreError::Exists { .. })), "{again:?}");
    }

    async fn a_published_version_is_neither_changed_nor_taken_back(db) {
        let mut tx = db.store.write().await.unwrap();
        tx.insert_rulebook_version(&published("2027-01-01")).await.unwrap();
        tx.commit().await.unwrap();
        for statement in ["update rulebook_version set citation = 'altro'", "delete from rulebook_version"] {
            let refused = db.execute(statement).await.unwrap_err().to_string();
            assert!(refused.contains("a published version never changes"), "{refused}");
        }
        assert_eq!(db.store.read().await.unwrap().count_rulebook_versions().await.unwrap(), 1);
    }

    async fn a_version_that_an_older_program_published_is_still_read(db) {
        db.execute(WRITTEN).await.unwrap();
        let found = db.store.read().await.unwrap().rulebook_versions().await.unwrap();
        assert_eq!((found[0].version.day_cap, found[0].version.added_holidays[0].law.as_str()), (360, "L. 1/2026"));
    }

    async fn a_version_that_cannot_be_read_names_its_row(db) {
        db.execute(
            "insert into rulebook_version (valid_from, body, citation, published_at, published_local, published_by) \
             values ('2027-01-01', '{}', 'x', '2026-11-23 09:00:00+00:00', '2026-11-23 10:00:00', 'Sistema')",
        )
        .await
        .unwrap();
        let found = db.store.read().await.unwrap().rulebook_versions().await;
        assert!(matches!(found, Err(StoreError::Corrupt { table: "rulebook_version", ref row, .. }) if row == "2027-01-01"), "{found:?}");
    }

    async fn planned_dossiers_have_an_open_session_on_the_day_or_later_and_come_by_id(db) {
        with_opals(db.store.as_ref(), [1, 2, 3, 4].map(dossier)).await;
        let sessions = [
            session(11, opal_id(3), "2026-12-01", "09:00:00", "10:00:00"),
            session(12, opal_id(1), "2026-12-14", "09:00:00", "10:00:00"),
            session(13, opal_id(1), "2026-12-15", "09:00:00", "10:00:00"),
            SessionRecord { state: SessionState::Cancelled, ..session(14, opal_id(4), "2026-12-15", "09:00:00", "10:00:00") },
            SessionRecord { state: SessionState::Scheduled, ..session(15, opal_id(2), "2026-12-16", "09:00:00", "10:00:00") },
        ];
        with_sessions(db.store.as_ref(), sessions).await;
        let mut tx = db.store.read().await.unwrap();
        let mut ids = async |from: &str, after, limit| -> Vec<_> {
            tx.planned_dossiers(day(from), after, limit).await.unwrap().into_iter().map(|opal| opal.id).collect()
        };
        assert_eq!(ids("2026-12-14", None, 10).await, [opal_id(1), opal_id(2)]);
        assert_eq!(ids("2026-12-14", None, 1).await, [opal_id(1)]);
        assert_eq!(ids("2026-12-14", Some(opal_id(1)), 1).await, [opal_id(2)]);
        assert_eq!(ids("2026-12-14", Some(opal_id(2)), 1).await, []);
        assert_eq!(ids("2026-12-01", None, 10).await, [opal_id(1), opal_id(2), opal_id(3)]);
    }

    async fn engagements_are_the_live_time_of_the_persons_and_coaches_asked_for(db) {
        with_opals(db.store.as_ref(), [dossier(1)]).await;
        let live = session(11, opal_id(1), "2026-12-14", "09:00:00", "10:00:00");
        let sessions = [
            live.clone(),
            SessionRecord { state: SessionState::Cancelled, ..session(12, opal_id(1), "2026-12-14", "11:00:00", "12:00:00") },
            session(13, opal_id(1), "2026-12-21", "09:00:00", "10:00:00"),
        ];
        with_sessions(db.store.as_ref(), sessions).await;
        let mut tx = db.store.read().await.unwrap();
        let expected = [EngagementRecord { opal: opal_id(1), person: ROSSI, coach: ANNA, span: live.span }];
        let nobody = PersonId(uuid::Uuid::nil());
        for (persons, coaches) in [(vec![ROSSI], vec![]), (vec![nobody], vec![ANNA]), (vec![ROSSI], vec![ANNA])] {
            assert_eq!(tx.engagements(&persons, &coaches, day("2026-12-14"), day("2026-12-20")).await.unwrap(), expected);
        }
        assert_eq!(tx.engagements(&[nobody], &[BRUNO], day("2026-12-14"), day("2026-12-20")).await.unwrap(), []);
        assert_eq!(tx.engagements(&[], &[], day("2026-12-14"), day("2026-12-20")).await.unwrap(), []);
        let mut names: Vec<_> = tx.coaches_by_id(&[ANNA, CARLA]).await.unwrap().into_iter().map(|coach| coach.name).collect();
        names.sort();
        assert_eq!(names, ["Anna Bianchi", "Carla Verdi"]);
    }
}
