//! Concludi attività: R36, R37.

use app::{
    domain::{
        activity::ActivityState,
        audit::AuditAction,
        dossier::{DossierStatus, PoliciesFilter},
        ids::OpalId,
        rulebook::ActivityCode,
        session::{SessionState, SessionStep},
    },
    ports::{PortError, PortResult},
};

use crate::{
    store::contract,
    support::world::{TRAINING, World, complete, refused, seen},
};

/// Concludi attività from a page just read.
async fn close(world: &World, id: OpalId, code: ActivityCode) -> PortResult<()> {
    let (ports, operator) = (&world.backend.activities, &world.ours.operator);
    let version = ports.open(operator, id, code).await?.activity.version;
    ports.close(operator, id, code, seen(version)).await
}

contract! {
    async fn r36_nothing_delivered_cannot_be_closed_and_one_session_is_enough(database) {
        let world = World::new(&database).await;
        let (id, operator) = (world.dossier().await, &world.ours.operator);
        world.scheduled(id, "2026-11-23", "08:00", "09:00").await;
        assert_eq!(refused(close(&world, id, TRAINING).await), ["R36"]);
        world.delivered(id, "09:00", "10:00").await;
        close(&world, id, TRAINING).await.unwrap();
        let page = world.backend.activities.open(operator, id, TRAINING).await.unwrap();
        assert_eq!((page.activity.state, page.may_enter), (ActivityState::Closed, false));
        assert_eq!(refused(close(&world, id, TRAINING).await), ["R37"]);
    }

    async fn r37_closing_ends_what_is_open_and_then_nothing_can_change(database) {
        let world = World::new(&database).await;
        let (id, operator) = (world.dossier().await, &world.ours.operator);
        world.delivered(id, "08:00", "09:00").await;
        let entered = world.enter(id, "2026-11-24", "09:00", "10:00").await.unwrap();
        let scheduled = world.scheduled(id, "2026-11-25", "09:00", "10:00").await;
        let page = world.backend.activities.open(operator, id, TRAINING).await.unwrap();
        assert_eq!(page.closing.unwrap().ends.len(), 2);
        close(&world, id, TRAINING).await.unwrap();

        let end = async |session| {
            let row = world.session(id, session).await;
            (row.state, row.end_reason.unwrap())
        };
        assert_eq!(end(entered).await, (SessionState::Cancelled, "Chiusura attività".to_owned()));
        assert_eq!(end(scheduled).await, (SessionState::NotDelivered, "Chiusura attività".to_owned()));
        for action in [AuditAction::SessionCancelled, AuditAction::SessionClosedNegative, AuditAction::ActivityClosed] {
            assert_eq!(world.audited(id, action).await, 1, "{action:?}");
        }
        let history = world.backend.dossiers.open(operator, id).await.unwrap().history;
        let given_up = history[0].changes.iter().find(|change| change.field == "Ore non erogate").unwrap();
        assert_eq!((history[0].action, given_up.after.as_deref()), (AuditAction::ActivityClosed, Some("43 h")));
        assert_eq!(refused(world.enter(id, "2026-11-26", "09:00", "10:00").await), ["R37"]);
    }

    async fn r37_a_started_session_keeps_its_activity_open_and_everything_as_it_was(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        world.delivered(id, "08:00", "09:00").await;
        let entered = world.enter(id, "2026-11-24", "09:00", "10:00").await.unwrap();
        let started = world.scheduled(id, "2026-11-23", "09:00", "10:00").await;
        world.step(id, started, SessionStep::Start).await.unwrap();
        assert_eq!(refused(close(&world, id, TRAINING).await), ["R37"]);
        assert_eq!(world.session(id, entered).await.state, SessionState::Entered);
        world.step(id, started, complete("Affiancamento")).await.unwrap();
        close(&world, id, TRAINING).await.unwrap();
    }

    async fn r43_closing_from_a_stale_page_is_a_conflict(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        world.delivered(id, "08:00", "09:00").await;
        close(&world, id, TRAINING).await.unwrap();
        let stale = world.backend.activities.close(&world.ours.administrator, id, TRAINING, seen(1)).await;
        assert!(matches!(stale, Err(PortError::Conflict(_))), "{stale:?}");
    }

    async fn r37_closing_never_ends_a_session_that_its_author_has_not_seen(database) {
        let world = World::new(&database).await;
        let (id, operator) = (world.dossier().await, &world.ours.operator);
        world.delivered(id, "08:00", "09:00").await;
        let page = world.backend.activities.open(operator, id, TRAINING).await.unwrap();
        let unseen = world.scheduled(id, "2026-11-25", "09:00", "10:00").await;
        let closed = world.backend.activities.close(operator, id, TRAINING, seen(page.activity.version)).await;
        assert!(matches!(closed, Err(PortError::Conflict(_))), "{closed:?}");
        assert_eq!(world.session(id, unseen).await.state, SessionState::Scheduled);
    }

    async fn a_dossier_is_concluded_when_its_five_activities_are_closed(database) {
        let world = World::new(&database).await;
        let (id, operator) = (world.dossier().await, &world.ours.operator);
        for (code, hour) in ActivityCode::ALL.into_iter().zip(8..) {
            let mut new = world.new_session(id, "2026-11-23", &format!("{hour:02}:00"), &format!("{:02}:00", hour + 1));
            new.activity = code;
            let session = world.backend.sessions.enter(operator, new).await.unwrap();
            for step in [SessionStep::Schedule, SessionStep::Start, complete("Fatto")] {
                world.step(id, session, step).await.unwrap();
            }
            close(&world, id, code).await.unwrap();
        }
        assert_eq!(world.backend.dossiers.open(operator, id).await.unwrap().row.status, DossierStatus::Concluded);
        let listed = async |concluded| {
            let filter = PoliciesFilter { concluded, ..PoliciesFilter::default() };
            world.backend.dossiers.list(operator, &filter, None).await.unwrap().total
        };
        assert_eq!((listed(false).await, listed(true).await), (0, 1));
    }
}
