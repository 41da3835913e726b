//! Several sessions at once: a series is entered and several *inserite* are programmed, all or none.

use app::{
    domain::{
        audit::AuditAction,
        ids::{OpalId, SessionId},
        session::{ManyScheduled, NewSeries, SessionForm, SessionState},
    },
    ports::{PortError, PortResult},
};

use crate::{
    store::contract,
    support::world::{TRAINING, World, key, unconfirmed},
};

fn series(dossier: OpalId, sessions: Vec<SessionForm>) -> NewSeries {
    NewSeries { key: key(), dossier, activity: TRAINING, sessions, confirmed: false }
}

/// What is wrong, as place in the list and rule.
fn wrong<T: std::fmt::Debug>(result: PortResult<T>) -> Vec<String> {
    match result {
        Err(PortError::Invalid(problems)) => problems.iter().map(|problem| format!("{} {}", problem.field, problem.rule)).collect(),
        other => panic!("not invalid: {other:?}"),
    }
}

async fn states(world: &World, id: OpalId) -> Vec<SessionState> {
    let page = world.backend.activities.open(&world.ours.operator, id, TRAINING).await.unwrap();
    page.sessions.into_iter().map(|session| session.state).collect()
}

/// The *inserite* with the version seen.
async fn chosen(world: &World, id: OpalId) -> Vec<(SessionId, i64)> {
    let page = world.backend.activities.open(&world.ours.operator, id, TRAINING).await.unwrap();
    let entered = page.sessions.into_iter().filter(|session| session.state == SessionState::Entered);
    entered.map(|session| (session.id, session.version)).collect()
}

contract! {
    async fn a_series_is_entered_in_one_go_with_one_event_for_each_session_and_a_repeat_changes_nothing(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let sessions = ["2026-11-24", "2026-11-26", "2026-12-01"].map(|on| world.form(0, on, "09:00", "13:00")).to_vec();
        let series = series(id, sessions);
        let entered = world.backend.sessions.enter_series(&world.ours.operator, series.clone()).await.unwrap();
        assert_eq!(entered.len(), 3);
        assert_eq!(world.backend.sessions.enter_series(&world.ours.operator, series).await.unwrap(), entered);
        assert_eq!(states(&world, id).await, [SessionState::Entered; 3]);
        assert_eq!(world.audited(id, AuditAction::SessionEntered).await, 3);
    }

    async fn a_series_with_one_session_that_the_rules_refuse_enters_none(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let mut sessions = ["2026-11-24", "2026-11-29", "2026-12-01"].map(|on| world.form(0, on, "09:00", "13:00")).to_vec();
        sessions.push(world.form(0, "2026-12-01", "12:00", "14:00"));
        let result = world.backend.sessions.enter_series(&world.ours.operator, series(id, sessions)).await;
        assert_eq!(wrong(result), ["item-2 R28", "item-4 R41"], "a Sunday, and one session of the series in the way of another");
        assert!(states(&world, id).await.is_empty());
    }

    async fn r26_r29_a_series_keeps_the_caps_of_day_and_week_across_its_own_sessions(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let mut week: Vec<_> = (14..19).map(|day| world.form(0, &format!("2026-12-{day}"), "08:00", "16:00")).collect();
        week.push(world.form(0, "2026-12-19", "08:00", "09:00"));
        week.push(world.form(0, "2026-12-14", "17:00", "18:00"));
        assert_eq!(wrong(world.backend.sessions.enter_series(&world.ours.operator, series(id, week)).await), ["item-6 R29", "item-7 R26", "item-7 R29"]);
    }

    async fn a_series_with_warnings_wants_one_confirmation(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let without_place = |on| SessionForm { note: String::new(), ..world.form(0, on, "09:00", "10:00") };
        let mut series = series(id, ["2026-11-24", "2026-11-25"].map(without_place).to_vec());
        assert_eq!(unconfirmed(world.backend.sessions.enter_series(&world.ours.operator, series.clone()).await), ["R15", "R15"]);
        series.confirmed = true;
        assert_eq!(world.backend.sessions.enter_series(&world.ours.operator, series).await.unwrap().len(), 2);
    }

    async fn an_empty_series_and_one_without_end_are_refused(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        for count in [0, 301] {
            let sessions = vec![world.form(0, "2026-11-24", "09:00", "10:00"); count];
            assert_eq!(wrong(world.backend.sessions.enter_series(&world.ours.operator, series(id, sessions)).await), ["sessions R16"]);
        }
    }

    async fn r19_several_are_programmed_together_and_none_when_the_hours_do_not_suffice_for_all(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        for day in [14, 15, 16, 17, 18, 21] {
            world.enter(id, &format!("2026-12-{day}"), "08:00", "16:00").await.unwrap();
        }
        let all = chosen(&world, id).await;
        let many = |sessions: &[(SessionId, i64)]| ManyScheduled {
            key: key(),
            dossier: id,
            activity: TRAINING,
            sessions: sessions.to_vec(),
            confirmed: true,
        };
        assert_eq!(wrong(world.backend.sessions.schedule_many(&world.ours.operator, many(&all)).await), ["item-6 R19"]);
        assert_eq!(states(&world, id).await, [SessionState::Entered; 6]);
        world.backend.sessions.schedule_many(&world.ours.operator, many(&all[..5])).await.unwrap();
        assert_eq!(world.audited(id, AuditAction::SessionScheduled).await, 5);
        assert_eq!(states(&world, id).await[..], [[SessionState::Scheduled; 5].as_slice(), &[SessionState::Entered]].concat());
    }

    async fn r43_a_stale_session_among_several_stops_all_of_them(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        for on in ["2026-11-24", "2026-11-25"] {
            world.enter(id, on, "08:00", "10:00").await.unwrap();
        }
        let mut sessions = chosen(&world, id).await;
        sessions[1].1 += 1;
        let many = ManyScheduled { key: key(), dossier: id, activity: TRAINING, sessions, confirmed: true };
        let result = world.backend.sessions.schedule_many(&world.ours.operator, many).await;
        assert!(matches!(result, Err(PortError::Conflict(_))), "{result:?}");
        assert_eq!(states(&world, id).await, [SessionState::Entered; 2]);
    }
}
