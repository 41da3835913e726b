//! Sessions, and the time they take.

use app::{
    domain::{
        ids::{CoachId, PersonId},
        rulebook::Rule,
        session::{Busy, BusyWho, EndReason, SessionState},
        time::{Span, Week},
    },
    ports::PortError,
};
use server::store::{StoreError, records::SessionRecord};
use uuid::Uuid;

use super::sample::{
    ANNA, BRUNO, CARLA, ROSSI, TREVISO, at, day, dossier, local, opal_id, person, sent_to, session, session_id, with_opals, with_sessions,
};
use crate::support::world::{World, cancel};

/// A partial index is found only by the very words it was declared with.
#[test]
fn the_index_of_open_sessions_says_which_those_are_as_the_domain_does() {
    let open: Vec<_> = SessionState::ALL.into_iter().filter(|state| state.is_open()).map(|state| format!("'{}'", state.as_str())).collect();
    let index = format!("create index session_open on session (on_date, from_time, id) where state in ({});", open.join(", "));
    for schema in
        [include_str!("../../../migrations/sqlite/0005_sessions.sql"), include_str!("../../../migrations/postgres/0005_sessions.sql")]
    {
        assert!(schema.contains(&index), "{index}");
    }
}

pub fn in_state(record: SessionRecord, state: SessionState) -> SessionRecord {
    let on = record.span.on();
    let started = matches!(state, SessionState::Started | SessionState::Delivered);
    SessionRecord {
        state,
        started_local: started.then(|| local(&format!("{on}T09:02:00"))),
        completed_local: (state == SessionState::Delivered).then(|| local(&format!("{on}T11:01:30.5"))),
        description: (state == SessionState::Delivered).then(|| "Affiancamento in cassa".to_owned()),
        end_reason: (!state.is_live()).then_some(EndReason::Other),
        end_text: (!state.is_live()).then(|| "Sciopero dei treni".to_owned()),
        ..record
    }
}

pub fn with(record: SessionRecord, coach: CoachId, name: &str) -> SessionRecord {
    SessionRecord { coach, coach_name: name.to_owned(), ..record }
}

contract! {
    async fn a_session_in_any_state_is_read_as_it_was_written(db) {
        with_opals(db.store.as_ref(), [dossier(1)]).await;
        let mut sessions: Vec<_> = (1..)
            .zip(SessionState::ALL)
            .map(|(n, state)| in_state(session(n, opal_id(1), &format!("2026-11-0{n}"), "09:00:00", "11:30:00"), state))
            .collect();
        sessions[0].late_days = Some(3);
        sessions[1].entered_at = at("2026-11-20T09:00:00.654321Z");
        with_sessions(db.store.as_ref(), sessions.clone()).await;
        let mut tx = db.store.read().await.unwrap();
        for expected in &sessions {
            assert_eq!(tx.session(expected.id).await.unwrap().as_ref(), Some(expected));
        }
        assert_eq!(tx.sessions_of(&[opal_id(1)]).await.unwrap(), sessions);
        assert_eq!(tx.session(session_id(99)).await.unwrap(), None);
    }

    async fn sessions_of_several_dossiers_are_read_by_date_and_time(db) {
        with_opals(db.store.as_ref(), [dossier(1), dossier(2), dossier(3)]).await;
        with_sessions(db.store.as_ref(), [
            session(1, opal_id(1), "2026-11-25", "09:00:00", "10:00:00"),
            session(2, opal_id(2), "2026-11-24", "14:00:00", "15:00:00"),
            session(3, opal_id(1), "2026-11-24", "08:30:00", "09:00:00"),
            session(4, opal_id(3), "2026-11-24", "08:00:00", "09:00:00"),
        ]).await;
        let mut tx = db.store.read().await.unwrap();
        let found = tx.sessions_of(&[opal_id(1), opal_id(2)]).await.unwrap();
        let found: Vec<_> = found.into_iter().map(|session| session.id.0.as_u128()).collect();
        assert_eq!(found, [3, 2, 1]);
        assert_eq!(tx.sessions_of(&[]).await.unwrap(), []);
    }

    async fn r22_a_session_knows_that_another_took_its_place(db) {
        with_opals(db.store.as_ref(), [dossier(1)]).await;
        let ended = in_state(session(1, opal_id(1), "2026-11-24", "09:00:00", "10:00:00"), SessionState::Cancelled);
        let next = SessionRecord { replaces: Some(ended.id), ..session(2, opal_id(1), "2026-11-25", "09:00:00", "10:00:00") };
        with_sessions(db.store.as_ref(), [ended, next.clone()]).await;
        let mut tx = db.store.read().await.unwrap();
        assert!(tx.session(session_id(1)).await.unwrap().unwrap().replaced);
        assert_eq!(tx.session(session_id(2)).await.unwrap(), Some(next.clone()));
        drop(tx);
        let second = SessionRecord { id: session_id(3), ..next };
        let Err(StoreError::Exists { constraint }) = db.store.write().await.unwrap().insert_session(&second).await else {
            panic!("planned anew twice")
        };
        assert!(constraint.contains("replace"), "{constraint}");
    }

    async fn r22_of_two_who_plan_the_same_session_anew_at_once_one_is_told_that_it_was_done(db) {
        let world = World::new(&db).await;
        let id = world.dossier().await;
        let ended = world.enter(id, "2026-11-24", "09:00", "10:00").await.unwrap();
        world.step(id, ended, cancel()).await.unwrap();
        let again = |on| {
            let mut new = world.new_session(id, on, "09:00", "10:00");
            new.replaces = Some(ended);
            world.backend.sessions.enter(&world.ours.operator, new)
        };
        let (first, second) = tokio::join!(again("2026-11-25"), again("2026-11-26"));
        assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
        let Err(PortError::Refused(refusals)) = first.and(second) else { panic!("neither was refused") };
        assert_eq!((refusals.len(), refusals[0].rule), (1, Rule::R22));
        assert!(refusals[0].sentence.contains("già stata ripianificata"), "{}", refusals[0].sentence);
    }

    async fn a_change_is_written_once_and_a_stale_version_is_noticed(db) {
        with_opals(db.store.as_ref(), [dossier(1)]).await;
        with_sessions(db.store.as_ref(), [session(1, opal_id(1), "2026-11-24", "09:00:00", "10:00:00")]).await;
        let mut changed = in_state(session(1, opal_id(1), "2026-11-26", "14:00:00", "16:15:00"), SessionState::Delivered);
        changed = with(changed, BRUNO, "Élia Neri");
        changed.note = "In azienda".into();
        changed.late_days = Some(2);
        let mut tx = db.store.write().await.unwrap();
        assert!(tx.update_session(&changed, 1).await.unwrap());
        assert!(!tx.update_session(&changed, 1).await.unwrap());
        changed.version = 2;
        assert_eq!(tx.session(changed.id).await.unwrap(), Some(changed));
        let weeks = tx.person_weeks(ROSSI, day("2026-11-23"), day("2026-11-29")).await.unwrap();
        assert_eq!(weeks, [(day("2026-11-23"), 135)], "the minutes are written too");
    }

    async fn a_session_that_cannot_be_true_is_not_kept(db) {
        with_opals(db.store.as_ref(), [dossier(1)]).await;
        let right = || session(1, opal_id(1), "2026-11-24", "09:00:00", "10:00:00");
        let mut undescribed = in_state(right(), SessionState::Delivered);
        undescribed.description = None;
        let mut unfounded = in_state(right(), SessionState::NotDelivered);
        unfounded.end_reason = None;
        let mut somebody_else = right();
        somebody_else.person = PersonId(Uuid::from_u128(5002));
        let mut tx = db.store.write().await.unwrap();
        tx.insert_person(&person(somebody_else.person, "Ada", "Blu")).await.unwrap();
        tx.commit().await.unwrap();
        for wrong in [undescribed, unfounded, somebody_else] {
            let mut tx = db.store.write().await.unwrap();
            assert!(matches!(tx.insert_session(&wrong).await, Err(StoreError::Defect(_))), "{wrong:?}");
        }
        db.store.write().await.unwrap().insert_session(&right()).await.unwrap();
    }

    async fn r41_time_elsewhere_is_the_persons_and_the_coaches_own_and_live_and_of_that_week(db) {
        with_opals(db.store.as_ref(), [dossier(1), sent_to(dossier(2), TREVISO), dossier(3)]).await;
        let other = person(PersonId(Uuid::from_u128(5002)), "Ada", "Blu");
        let mut tx = db.store.write().await.unwrap();
        tx.insert_person(&other).await.unwrap();
        let mut with_ada = dossier(4);
        with_ada.person = other.id;
        tx.insert_opal(&with_ada).await.unwrap();
        tx.insert_activities(&super::sample::activities(opal_id(4))).await.unwrap();
        tx.commit().await.unwrap();
        let ada = |n, on: &str, coach| SessionRecord { person: other.id, coach, ..session(n, opal_id(4), on, "09:00:00", "10:00:00") };
        with_sessions(db.store.as_ref(), [
            session(1, opal_id(1), "2026-11-24", "09:00:00", "10:00:00"),
            with(session(2, opal_id(2), "2026-11-23", "11:00:00", "12:00:00"), CARLA, ""),
            with(session(3, opal_id(3), "2026-11-29", "08:00:00", "09:00:00"), BRUNO, ""),
            ada(4, "2026-11-25", ANNA),
            ada(5, "2026-11-26", CARLA),
            in_state(session(6, opal_id(3), "2026-11-24", "14:00:00", "15:00:00"), SessionState::Cancelled),
            in_state(session(7, opal_id(3), "2026-11-24", "15:00:00", "16:00:00"), SessionState::NotDelivered),
            session(8, opal_id(3), "2026-11-22", "09:00:00", "10:00:00"),
            session(9, opal_id(3), "2026-11-30", "09:00:00", "10:00:00"),
        ]).await;
        let span = |on: &str, from: &str, to: &str| Span::new(day(on), from.parse().unwrap(), to.parse().unwrap()).unwrap();
        let carla = Busy { who: BusyWho::Person, span: span("2026-11-23", "11:00:00", "12:00:00") };
        let anna = Busy { who: BusyWho::Coach(ANNA), span: span("2026-11-25", "09:00:00", "10:00:00") };
        let sunday = span("2026-11-29", "08:00:00", "09:00:00");
        let person_on_sunday = Busy { who: BusyWho::Person, span: sunday };
        let coach_on_sunday = Busy { who: BusyWho::Coach(BRUNO), span: sunday };

        let mut tx = db.store.read().await.unwrap();
        let week = Week::of(day("2026-11-24"));
        let busy = tx.busy_elsewhere(opal_id(1), ROSSI, &[ANNA, BRUNO], week.monday(), week.sunday()).await.unwrap();
        assert_eq!(busy, [carla, anna, person_on_sunday, coach_on_sunday]);
        assert_eq!(tx.busy_elsewhere(opal_id(1), ROSSI, &[], week.monday(), week.sunday()).await.unwrap(), [carla, person_on_sunday]);
    }

    async fn r29_the_minutes_of_a_person_are_added_up_by_iso_week_over_all_dossiers(db) {
        with_opals(db.store.as_ref(), [dossier(1), sent_to(dossier(2), TREVISO)]).await;
        with_sessions(db.store.as_ref(), [
            session(1, opal_id(1), "2026-12-28", "09:00:00", "10:00:00"),
            with(session(2, opal_id(2), "2027-01-03", "09:00:00", "11:30:00"), CARLA, ""),
            session(3, opal_id(1), "2027-01-04", "09:00:00", "09:15:00"),
            in_state(session(4, opal_id(1), "2027-01-05", "09:00:00", "10:00:00"), SessionState::Cancelled),
            session(5, opal_id(1), "2027-01-10", "09:00:00", "10:00:00"),
            session(6, opal_id(1), "2027-01-11", "09:00:00", "10:00:00"),
        ]).await;
        let mut tx = db.store.read().await.unwrap();
        let weeks = tx.person_weeks(ROSSI, day("2026-12-28"), day("2027-01-10")).await.unwrap();
        assert_eq!(weeks, [(day("2026-12-28"), 210), (day("2027-01-04"), 75)]);
        assert_eq!(tx.person_weeks(PersonId(Uuid::nil()), day("2026-12-28"), day("2027-01-10")).await.unwrap(), []);
    }
}
