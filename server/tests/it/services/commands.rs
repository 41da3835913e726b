//! A repeated command is harmless, a stale one is told, and what is half done does not exist (R43).

use app::{
    domain::{audit::AuditAction, session::SessionStep},
    ports::PortError,
};

use crate::{
    store::contract,
    support::world::{TRAINING, World, complete, refused, seen},
};

contract! {
    async fn a_repeated_command_gets_the_same_answer_and_is_written_down_once(database) {
        let world = World::new(&database).await;
        let (id, operator) = (world.request().await, &world.ours.operator);
        let admit = seen(1);
        world.backend.requests.admit(operator, id, admit).await.unwrap();
        world.backend.requests.admit(operator, id, admit).await.unwrap();

        let new = world.new_session(id, "2026-11-24", "09:00", "10:00");
        let session = world.backend.sessions.enter(operator, new.clone()).await.unwrap();
        assert_eq!(world.backend.sessions.enter(operator, new).await.unwrap(), session);
        let schedule = seen(1);
        for _ in 0..2 {
            world.backend.sessions.step(operator, session, schedule, SessionStep::Schedule, true).await.unwrap();
        }
        for action in [AuditAction::RequestAdmitted, AuditAction::SessionEntered, AuditAction::SessionScheduled] {
            assert_eq!(world.audited(id, action).await, 1, "{action:?}");
        }
        assert_eq!(world.backend.activities.open(operator, id, TRAINING).await.unwrap().sessions.len(), 1);
    }

    async fn a_double_click_enters_one_session(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let new = world.new_session(id, "2026-11-24", "09:00", "10:00");
        let enter = || world.backend.sessions.enter(&world.ours.operator, new.clone());
        let (one, two, three) = tokio::join!(enter(), enter(), enter());
        let session = one.unwrap();
        assert_eq!((two.unwrap(), three.unwrap()), (session, session));
        assert_eq!(world.audited(id, AuditAction::SessionEntered).await, 1);
    }

    async fn the_key_of_a_command_does_not_open_another_content_or_another_account(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let new = world.new_session(id, "2026-11-24", "09:00", "10:00");
        let session = world.backend.sessions.enter(&world.ours.operator, new.clone()).await.unwrap();
        let mut changed = new.clone();
        changed.form.to.replace_range(.., "11:00");
        assert!(matches!(world.backend.sessions.enter(&world.ours.operator, changed).await, Err(PortError::Invalid(_))));
        // The same key of somebody else is another intention, and finds the hour taken.
        assert_eq!(refused(world.backend.sessions.enter(&world.ours.administrator, new).await), ["R41"]);
        assert_eq!(world.session(id, session).await.version, 1);
    }

    async fn a_refused_command_keeps_no_answer_so_that_its_repeat_is_judged_anew(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let session = world.scheduled(id, "2026-11-24", "09:00", "10:00").await;
        let start = seen(2);
        let attempt = || world.backend.sessions.step(&world.ours.operator, session, start, SessionStep::Start, true);
        assert_eq!(refused(attempt().await), ["R20"]);
        world.at("2026-11-24");
        attempt().await.unwrap();
    }

    async fn a_stale_version_is_a_conflict_before_any_rule_speaks(database) {
        let world = World::new(&database).await;
        let (id, operator) = (world.dossier().await, &world.ours.operator);
        let session = world.enter(id, "2026-11-24", "09:00", "10:00").await.unwrap();
        let modify = |form| SessionStep::Modify { form };
        let moved = modify(world.form(1, "2026-11-25", "09:00", "10:00"));
        world.backend.sessions.step(&world.ours.administrator, session, seen(1), moved, true).await.unwrap();
        // Against the rules as well (R27), but of a session that nobody has seen like that.
        let early = modify(world.form(0, "2026-11-24", "06:00", "07:00"));
        let stale = world.backend.sessions.step(operator, session, seen(1), early, true).await;
        let Err(PortError::Conflict(changes)) = stale else { panic!("{stale:?}") };
        let fields: Vec<_> = changes.iter().map(|change| change.field.as_str()).collect();
        assert_eq!(fields, ["Operatore", "Data", "Orario"]);
        assert_eq!(changes[1].before.as_deref(), Some("mer 25 nov 2026"));
        assert_eq!(world.session(id, session).await.version, 2);
    }

    async fn r19_of_two_who_schedule_the_last_hour_at_once_exactly_one_wins(database) {
        let world = World::new(&database).await;
        let (id, operator) = (world.dossier().await, &world.ours.operator);
        // 43 of 44 hours.
        for day in 24..28 {
            world.scheduled(id, &format!("2026-11-{day}"), "07:30", "15:30").await;
        }
        world.scheduled(id, "2026-11-28", "07:30", "14:30").await;
        world.scheduled(id, "2026-12-01", "07:30", "11:30").await;
        let page = world.backend.activities.open(operator, id, TRAINING).await.unwrap();
        assert_eq!(page.activity.hours.remaining(), 60);
        let one = world.enter(id, "2026-12-02", "09:00", "10:00").await.unwrap();
        let two = world.enter(id, "2026-12-03", "09:00", "10:00").await.unwrap();
        let (first, second) = tokio::join!(
            world.backend.sessions.step(operator, one, seen(1), SessionStep::Schedule, true),
            world.backend.sessions.step(&world.ours.administrator, two, seen(1), SessionStep::Schedule, true),
        );
        let loser = match (first, second) {
            (Ok(()), loser) | (loser, Ok(())) => loser,
            both => panic!("{both:?}"),
        };
        assert_eq!(refused(loser), ["R19"]);
        let page = world.backend.activities.open(operator, id, TRAINING).await.unwrap();
        assert_eq!((page.activity.hours.remaining(), page.may_enter), (0, false));
    }

    async fn r41_of_two_who_enter_the_same_hour_at_once_exactly_one_wins(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let enter = |from, to| world.enter(id, "2026-11-24", from, to);
        let (first, second) = tokio::join!(enter("09:00", "10:00"), enter("09:30", "10:30"));
        assert!(first.is_ok() != second.is_ok());
    }

    async fn a_dropped_caller_does_not_stop_a_command_half_way(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let new = world.new_session(id, "2026-11-24", "09:00", "10:00");
        // Begun and left: the answer of the repeat is that of the command that went on alone, or of its own.
        let left = std::future::poll_fn(|context| {
            let mut call = world.backend.sessions.enter(&world.ours.operator, new.clone());
            std::task::Poll::Ready(call.as_mut().poll(context).is_pending())
        });
        assert!(left.await);
        world.backend.sessions.enter(&world.ours.operator, new.clone()).await.unwrap();
        assert_eq!(world.audited(id, AuditAction::SessionEntered).await, 1);
    }

    async fn a_restart_in_the_middle_of_the_path_loses_nothing(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let session = world.scheduled(id, "2026-11-23", "09:00", "10:00").await;
        world.step(id, session, SessionStep::Start).await.unwrap();
        let before = world.backend.dossiers.open(&world.ours.operator, id).await.unwrap();

        let world = world.restarted(&database).await;
        assert_eq!(world.backend.dossiers.open(&world.ours.operator, id).await.unwrap(), before);
        world.step(id, session, complete("Affiancamento")).await.unwrap();
        let version = world.backend.activities.open(&world.ours.operator, id, TRAINING).await.unwrap().activity.version;
        world.backend.activities.close(&world.ours.operator, id, TRAINING, seen(version)).await.unwrap();
        assert!(world.backend.dossiers.open(&world.ours.operator, id).await.unwrap().history_intact);
        world.store.close().await;
    }
}
