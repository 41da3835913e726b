//! The seven days by the clock and by the job (R7).

use app::domain::{
    audit::AuditAction,
    request::{RequestSearchForm, RequestState},
};
use server::services::lapse;

use crate::{
    store::contract,
    support::world::{World, record, refused, seen},
};

contract! {
    async fn r7_the_clock_decides_alike_with_and_without_the_job(database) {
        let world = World::new(&database).await;
        let (id, operator) = (world.request().await, &world.ours.operator);
        world.at("2026-11-28");
        let lapsed = RequestSearchForm { states: "lapsed".to_owned(), ..Default::default() };
        let seen_now = async || {
            let list = world.backend.requests.list(operator, &lapsed, None, None).await.unwrap().page;
            let row = world.backend.requests.open(operator, id).await.unwrap().row;
            assert_eq!(refused(world.backend.requests.admit(operator, id, seen(1)).await), ["R7"]);
            (list.total, row.state, row.days_left)
        };
        let without = seen_now().await;
        assert_eq!(without, (1, RequestState::Lapsed, None));
        assert_eq!(lapse::run_once(&world.services).await.unwrap(), 1);
        assert_eq!(seen_now().await, without);
        let detail = world.backend.requests.open(operator, id).await.unwrap();
        assert_eq!((detail.decided_by.as_deref(), detail.version), (Some("Sistema"), 2));
    }

    async fn r7_the_job_leaves_what_can_still_be_decided_and_what_was_decided(database) {
        let world = World::new(&database).await;
        let admitted = world.dossier().await;
        let pending = world.request_with(|sent| *sent = record("JC-2026-000002")).await;
        world.at("2026-11-27");
        assert_eq!(lapse::run_once(&world.services).await.unwrap(), 0);
        world.at("2026-11-28");
        assert_eq!(lapse::run_once(&world.services).await.unwrap(), 1);
        assert_eq!(lapse::run_once(&world.services).await.unwrap(), 0);
        let counts = [world.audited(admitted, AuditAction::RequestLapsed).await, world.audited(pending, AuditAction::RequestLapsed).await];
        assert_eq!(counts, [0, 1]);
    }

    async fn two_jobs_at_once_write_each_lapse_once(database) {
        let world = World::new(&database).await;
        world.import((0..12).map(|n| record(&format!("JC-{n}"))).collect()).await;
        let page = world.backend.requests.list(&world.ours.operator, &RequestSearchForm::default(), None, None).await.unwrap().page;
        world.at("2026-12-01");
        // Without the lease, which only spares them the same work.
        let other = world.another_process();
        let (one, two) = tokio::join!(world.services.lapse_overdue(), other.lapse_overdue());
        assert_eq!(one.unwrap() + two.unwrap(), 12);
        for row in page.rows {
            assert_eq!(world.audited(row.id, AuditAction::RequestLapsed).await, 1);
        }
    }

    async fn a_job_rests_while_another_process_has_the_lease(database) {
        let world = World::new(&database).await;
        world.request().await;
        assert_eq!(lapse::run_once(&world.services).await.unwrap(), 0);
        world.at("2026-12-01");
        assert_eq!(lapse::run_once(&world.another_process()).await.unwrap(), 0);
        assert_eq!(lapse::run_once(&world.services).await.unwrap(), 1);
    }
}
