//! The dashboard and the lists behind it: pages of open sessions, and dossiers added up.

use app::domain::{agenda::PlannedMinutes, dossier::DossierFrame, rulebook::ActivityCode, session::SessionState};
use server::store::records::{Closing, Days, ProgressRecord, SessionCursor, SessionRecord};

use super::{
    sample::{
        ANNA, BRUNO, CARLA, E001, E002, PADOVA, TREVISO, VENEZIA, at, day, dossier, of_coach, opal_id, padova, request, scope, sent_to,
        session, session_id, with_opals, with_sessions,
    },
    sessions::{in_state, with},
};

const TRAINING: ActivityCode = ActivityCode::OnTheJobTraining;

fn days(from: &str, to: &str) -> Days {
    Days { from: day(from), to: Some(day(to)) }
}

/// Whatever voucher.
fn any() -> [Days; 1] {
    [Days { from: day("2020-01-01"), to: None }]
}

fn numbers(rows: &[server::store::records::SessionListRecord]) -> Vec<u128> {
    rows.iter().map(|row| row.session.id.0.as_u128()).collect()
}

contract! {
    async fn open_sessions_of_the_scope_are_listed_by_date_and_counted_by_dossier(db) {
        with_opals(db.store.as_ref(), [dossier(1), sent_to(dossier(2), VENEZIA), sent_to(dossier(3), TREVISO)]).await;
        let on = |n, opal, day: &str, from: &str, to: &str| session(n, opal_id(opal), day, from, to);
        with_sessions(db.store.as_ref(), [
            in_state(on(1, 1, "2026-11-24", "11:00:00", "12:00:00"), SessionState::Scheduled),
            in_state(with(on(2, 1, "2026-11-24", "09:00:00", "10:00:00"), BRUNO, "Élia Neri"), SessionState::Started),
            on(3, 1, "2026-11-20", "09:00:00", "10:00:00"),
            on(4, 1, "2026-11-19", "09:00:00", "10:00:00"),
            on(5, 1, "2026-11-25", "09:00:00", "10:00:00"),
            in_state(on(6, 1, "2026-11-21", "09:00:00", "11:00:00"), SessionState::Delivered),
            in_state(on(7, 1, "2026-11-21", "14:00:00", "15:00:00"), SessionState::NotDelivered),
            on(8, 2, "2026-11-21", "09:00:00", "10:00:00"),
            with(on(9, 3, "2026-11-21", "09:00:00", "10:00:00"), CARLA, "Carla Verdi"),
        ]).await;
        let mut tx = db.store.read().await.unwrap();
        let (asked, ending) = ([days("2026-11-20", "2026-11-24")], [Days { from: day("2027-04-30"), to: None }]);
        for (scope, expected, counts) in [
            (padova(), vec![3, 2, 1], vec![(1, 3)]),
            (scope(E001, &[PADOVA, VENEZIA]), vec![3, 8, 2, 1], vec![(1, 3), (2, 1)]),
            (scope(E002, &[PADOVA, TREVISO]), vec![9], vec![(3, 1)]),
            (scope(E001, &[]), vec![], vec![]),
            (of_coach(BRUNO), vec![2], vec![(1, 1)]),
            (of_coach(ANNA), vec![3, 1], vec![(1, 2)]),
        ] {
            assert_eq!(numbers(&tx.open_sessions(&scope, &asked, &ending, None, 8).await.unwrap()), expected, "{scope:?}");
            let mut found = tx.count_open_sessions(&scope, &asked, &ending).await.unwrap();
            found.sort_unstable();
            assert_eq!(found, counts.into_iter().map(|(n, count)| (opal_id(n), count)).collect::<Vec<_>>(), "{scope:?}");
        }
        let rows = tx.open_sessions(&padova(), &asked, &ending, None, 2).await.unwrap();
        let last = &rows[1];
        assert_eq!((last.opal_code.as_str(), last.activity_name.as_str(), last.site), ("JC-2026-000001", "Attività 4", PADOVA));
        assert_eq!((last.person_name.last_first().as_str(), last.session.coach_name.as_str()), ("Rossi Maria", "Élia Neri"));
        let expected = DossierFrame {
            admitted_on: day("2026-11-21"),
            valid_from: day("2026-11-01"),
            valid_to: day("2027-04-30"),
            interrupted_on: None,
        };
        assert_eq!(last.frame, expected);
        let apart = [days("2026-11-19", "2026-11-19"), days("2026-11-21", "2026-11-23"), Days { from: day("2026-11-25"), to: None }];
        assert_eq!(numbers(&tx.open_sessions(&padova(), &apart, &ending, None, 8).await.unwrap()), [4, 5]);
        for (asked, ending) in [(&asked[..], &[Days { from: day("2027-05-01"), to: None }][..]), (&[], &ending), (&asked, &[])] {
            assert_eq!(tx.open_sessions(&padova(), asked, ending, None, 8).await.unwrap(), vec![], "{asked:?} {ending:?}");
            assert_eq!(tx.count_open_sessions(&padova(), asked, ending).await.unwrap(), vec![], "{asked:?} {ending:?}");
        }
    }

    async fn open_sessions_are_paged_without_gaps_or_doubles_also_where_several_begin_at_once(db) {
        with_opals(db.store.as_ref(), [dossier(1)]).await;
        let at = |n: u128| if n.is_multiple_of(4) { ("2026-11-20", "09:00:00") } else { ("2026-11-19", if n.is_multiple_of(2) { "09:00:00" } else { "08:30:00" }) };
        with_sessions(db.store.as_ref(), (1..=17).map(|n| session(n, opal_id(1), at(n).0, at(n).1, "12:00:00"))).await;
        let mut expected: Vec<u128> = (1..=17).collect();
        expected.sort_by_key(|n| (at(*n), *n));
        let mut tx = db.store.read().await.unwrap();
        let (mut after, mut seen) = (None, vec![]);
        loop {
            let rows = tx.open_sessions(&padova(), &[days("2026-11-01", "2026-11-30")], &any(), after.as_ref(), 3).await.unwrap();
            let Some(last) = rows.last() else { break };
            after = Some(SessionCursor { begins: last.session.span.on().and_time(last.session.span.from()), id: last.session.id });
            seen.extend(numbers(&rows));
            assert!(seen.len() <= 17, "a row came twice");
        }
        assert_eq!(seen, expected);
    }

    async fn the_activities_of_dossiers_stand_with_their_sessions_added_up_by_state(db) {
        with_opals(db.store.as_ref(), [dossier(1), sent_to(dossier(2), TREVISO), request(3)]).await;
        let on = |n, from: &str, to: &str| session(n, opal_id(1), "2026-11-24", from, to);
        with_sessions(db.store.as_ref(), [
            in_state(on(1, "08:00:00", "09:00:00"), SessionState::Delivered),
            in_state(with(on(2, "09:00:00", "10:30:00"), BRUNO, "Élia Neri"), SessionState::Delivered),
            in_state(on(3, "11:00:00", "12:00:00"), SessionState::Cancelled),
            with(session(4, opal_id(2), "2026-11-24", "09:00:00", "10:00:00"), CARLA, "Carla Verdi"),
        ]).await;
        let mut tx = db.store.write().await.unwrap();
        let closing = Closing { by: "Operatore", at: at("2026-11-23T09:00:00Z"), on: day("2026-11-23") };
        assert!(tx.close_activity(opal_id(1), ActivityCode::CoachingPlan, &closing, 1).await.unwrap());
        tx.commit().await.unwrap();
        let mut tx = db.store.read().await.unwrap();
        let rows = tx.all_progress(&padova(), &any()).await.unwrap();
        let codes: Vec<_> = rows.iter().map(|row| row.activity).collect();
        let [first, second, third, fourth, fifth] = ActivityCode::ALL;
        assert_eq!(codes, [first, second, third, fourth, fourth, fifth], "in order, one row for each state");
        assert!(rows.iter().all(|row| row.opal == opal_id(1) && row.frame.valid_to == day("2027-04-30") && row.agreed == 600));
        assert_eq!((rows[0].state, rows[0].sessions, rows[0].minutes, rows[0].closed_on), (None, 0, 0, None));
        assert_eq!(rows[2].closed_on, Some(day("2026-11-23")));
        let of = |rows: &[ProgressRecord], state| {
            let found = rows.iter().find(|row| row.activity == TRAINING && row.state == Some(state)).unwrap();
            (found.sessions, found.minutes)
        };
        assert_eq!(of(&rows, SessionState::Delivered), (2, 150));
        assert_eq!(of(&rows, SessionState::Cancelled), (1, 60));
        let own = tx.all_progress(&of_coach(BRUNO), &any()).await.unwrap();
        assert_eq!(of(&own, SessionState::Delivered), (1, 150), "the hours are of all, the sessions its own");
        assert_eq!(tx.all_progress(&padova(), &[days("2027-05-01", "2027-06-01")]).await.unwrap(), vec![]);
        assert_eq!(tx.all_progress(&scope(E002, &[PADOVA]), &any()).await.unwrap(), vec![]);
        assert_eq!((tx.count_dossiers(&padova()).await.unwrap(), tx.count_dossiers(&of_coach(CARLA)).await.unwrap()), (1, 0));
    }

    async fn dossiers_are_found_by_id_within_the_scope_only(db) {
        with_opals(db.store.as_ref(), [dossier(1), sent_to(dossier(2), TREVISO), request(3), dossier(4)]).await;
        with_sessions(db.store.as_ref(), [session(1, opal_id(4), "2026-11-24", "09:00:00", "10:00:00")]).await;
        let all = [1, 2, 3, 4, 99].map(opal_id);
        let mut tx = db.store.read().await.unwrap();
        for (scope, expected) in [(padova(), vec![1, 4]), (scope(E002, &[TREVISO]), vec![2]), (of_coach(ANNA), vec![4]), (of_coach(BRUNO), vec![])] {
            let mut found: Vec<_> = tx.dossiers_by_id(&scope, &all).await.unwrap().into_iter().map(|opal| opal.id).collect();
            found.sort_unstable();
            assert_eq!(found, expected.into_iter().map(opal_id).collect::<Vec<_>>());
        }
        assert_eq!(tx.dossiers_by_id(&padova(), &[]).await.unwrap(), vec![]);
    }

    async fn minutes_that_use_hours_are_added_up_by_day_and_state(db) {
        with_opals(db.store.as_ref(), [dossier(1), dossier(2), sent_to(dossier(3), TREVISO)]).await;
        let on = |n, opal, on: &str, state| in_state(session(n, opal_id(opal), on, "09:00:00", "10:00:00"), state);
        let minutes = |on: &str, state, minutes| PlannedMinutes { on: day(on), state, minutes };
        let half = SessionRecord { span: session(6, opal_id(2), "2026-11-24", "14:00:00", "14:30:00").span, ..on(6, 2, "2026-11-24", SessionState::Scheduled) };
        with_sessions(db.store.as_ref(), [
            on(1, 1, "2026-11-23", SessionState::Delivered),
            on(2, 1, "2026-11-29", SessionState::Started),
            on(3, 1, "2026-11-24", SessionState::Entered),
            on(4, 1, "2026-11-24", SessionState::Cancelled),
            with(on(5, 1, "2026-11-24", SessionState::Scheduled), BRUNO, "Élia Neri"),
            half,
            on(7, 1, "2026-11-22", SessionState::Delivered),
            on(8, 1, "2026-11-30", SessionState::Delivered),
            with(on(9, 3, "2026-11-24", SessionState::Delivered), CARLA, "Carla Verdi"),
        ]).await;
        let mut tx = db.store.read().await.unwrap();
        let (from, to) = (day("2026-11-23"), day("2026-11-29"));
        let mut found = tx.planned_minutes(&padova(), from, to).await.unwrap();
        found.sort_by_key(|sum| sum.on);
        let (delivered, scheduled, started) = (SessionState::Delivered, SessionState::Scheduled, SessionState::Started);
        assert_eq!(found, [minutes("2026-11-23", delivered, 60), minutes("2026-11-24", scheduled, 90), minutes("2026-11-29", started, 60)]);
        assert_eq!(tx.planned_minutes(&of_coach(BRUNO), from, to).await.unwrap(), [minutes("2026-11-24", scheduled, 60)]);
        assert_eq!(tx.session(session_id(9)).await.unwrap().unwrap().coach, CARLA);
    }
}
