//! How a dossier ends: by its voucher (R38), by an Interruzione (S18); and the employers on its way (S17).

use app::{
    domain::{
        audit::AuditAction,
        dossier::{DossierStatus, EmployerForm, InterruptionForm, Owed},
        ids::OpalId,
        session::{SessionState, SessionStep},
    },
    ports::{PortError, PortResult},
};
use server::services::expiry;

use crate::{
    store::contract,
    support::world::{World, complete, refused, seen},
};

/// A word that must be nowhere in clear.
const REASON: &str = "Trasferimento a Rovigo per motivi di famiglia";

fn interruption(on: &str) -> InterruptionForm {
    InterruptionForm { interrupted_on: on.to_owned(), job: "resigned".to_owned(), reason: REASON.to_owned() }
}

async fn interrupt(world: &World, id: OpalId, form: InterruptionForm) -> PortResult<()> {
    let (ports, operator) = (&world.backend.dossiers, &world.ours.operator);
    let version = ports.open(operator, id).await?.version;
    ports.interrupt(operator, id, seen(version), form).await
}

fn employer(since: &str) -> EmployerForm {
    let text = str::to_owned;
    EmployerForm {
        since: text(since),
        name: text("Molino di Sopra"),
        vat_number: text("00743110157"),
        town: text("Belluno"),
        contact: text("Ada Neri"),
        reason: text(REASON),
    }
}

async fn change_employer(world: &World, id: OpalId, form: EmployerForm) -> PortResult<()> {
    let (ports, operator) = (&world.backend.dossiers, &world.ours.operator);
    let version = ports.open(operator, id).await?.version;
    ports.change_employer(operator, id, seen(version), form).await
}

contract! {
    async fn s18_an_interruption_ends_the_open_sessions_in_one_go_and_nothing_can_be_planned_after_it(database) {
        let world = World::new(&database).await;
        let (id, operator) = (world.dossier().await, &world.ours.operator);
        let delivered = world.delivered(id, "08:00", "09:00").await;
        let entered = world.enter(id, "2026-11-24", "09:00", "10:00").await.unwrap();
        let scheduled = world.scheduled(id, "2026-11-25", "09:00", "10:00").await;
        interrupt(&world, id, interruption("2026-11-23")).await.unwrap();

        let end = async |session| {
            let row = world.session(id, session).await;
            (row.state, row.end_reason)
        };
        let reason = Some("Interruzione del servizio".to_owned());
        assert_eq!(end(entered).await, (SessionState::Cancelled, reason.clone()));
        assert_eq!(end(scheduled).await, (SessionState::NotDelivered, reason));
        assert_eq!(end(delivered).await, (SessionState::Delivered, None));
        assert_eq!(refused(world.enter(id, "2026-11-26", "09:00", "10:00").await), ["R38"]);
        assert_eq!(refused(interrupt(&world, id, interruption("2026-11-23")).await), ["R38"]);
        assert_eq!(refused(change_employer(&world, id, employer("2026-12-01")).await), ["R38"]);

        let page = world.backend.dossiers.open(operator, id).await.unwrap();
        assert_eq!((page.row.status, page.row.hours.planned), (DossierStatus::Interrupted, 0));
        assert!(page.owed.iter().any(|owed| matches!(owed, Owed::FailureReport { .. })), "R35");
        let told = page.interruption.unwrap();
        assert_eq!((told.interruption.reason.as_str(), told.recorded_by.as_str()), (REASON, "operatore.e001"));
        let counts = [AuditAction::SessionCancelled, AuditAction::SessionClosedNegative, AuditAction::ServiceInterrupted];
        for action in counts {
            assert_eq!(world.audited(id, action).await, 1, "{action:?}");
        }
        assert!(page.history_intact && page.history[0].changes.iter().all(|change| change.after.as_deref() != Some(REASON)));
    }

    async fn s18_why_a_service_was_interrupted_is_sealed_and_a_coach_does_not_read_it(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        world.delivered(id, "08:00", "09:00").await;
        interrupt(&world, id, interruption("2026-11-23")).await.unwrap();
        change_employer(&world, world.admit(world.request_with(|sent| *sent = crate::support::world::newer("JC-2026-000002")).await).await,
            employer("2026-12-01")).await.unwrap();
        let page = world.backend.dossiers.open(&world.ours.coach, id).await.unwrap();
        assert_eq!(page.row.status, DossierStatus::Interrupted);
        assert!(page.interruption.is_none() && page.interrupting.is_none() && page.changing_employer.is_none() && page.owed.is_empty());
        let mut work = world.store.read().await.unwrap();
        let opal = work.opal_unscoped(id).await.unwrap().unwrap();
        let rows = work.audit_chain(&format!("opal:{id}")).await.unwrap();
        let sealed = opal.ending.interruption.unwrap().sealed;
        for kept in rows.into_iter().map(|row| row.payload).chain([sealed]) {
            assert!(!String::from_utf8_lossy(&kept).contains("Rovigo"));
        }
    }

    async fn s18_a_started_session_and_a_form_that_says_nothing_leave_everything_as_it_was(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let entered = world.enter(id, "2026-11-24", "09:00", "10:00").await.unwrap();
        let started = world.scheduled(id, "2026-11-23", "08:00", "09:00").await;
        world.step(id, started, SessionStep::Start).await.unwrap();
        assert_eq!(refused(interrupt(&world, id, interruption("2026-11-23")).await), ["R37"]);
        world.step(id, started, complete("Fatto")).await.unwrap();
        let empty = interrupt(&world, id, InterruptionForm::default()).await;
        assert!(matches!(&empty, Err(PortError::Invalid(problems)) if problems.len() == 3), "{empty:?}");
        assert_eq!(world.session(id, entered).await.state, SessionState::Entered);
        assert_eq!(world.backend.dossiers.open(&world.ours.operator, id).await.unwrap().row.status, DossierStatus::Running);
    }

    async fn r43_interrupting_from_a_stale_page_is_a_conflict_and_a_repeat_is_the_same_answer(database) {
        let world = World::new(&database).await;
        let (id, operator, ports) = (world.dossier().await, &world.ours.operator, &world.backend.dossiers);
        let version = ports.open(operator, id).await.unwrap().version;
        change_employer(&world, id, employer("2026-12-01")).await.unwrap();
        let stale = ports.interrupt(operator, id, seen(version), interruption("2026-11-23")).await;
        assert!(matches!(stale, Err(PortError::Conflict(_))), "{stale:?}");
        let command = seen(ports.open(operator, id).await.unwrap().version);
        for _ in 0..2 {
            ports.interrupt(operator, id, command, interruption("2026-11-23")).await.unwrap();
        }
        assert_eq!(world.audited(id, AuditAction::ServiceInterrupted).await, 1);
    }

    async fn s18_only_who_manages_the_site_interrupts_and_others_do_not_know_of_it(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        world.enter(id, "2026-11-24", "09:00", "10:00").await.unwrap();
        let ask = async |actor| world.backend.dossiers.interrupt(actor, id, seen(1), interruption("2026-11-23")).await;
        assert!(matches!(ask(&world.ours.coach).await, Err(PortError::Forbidden)));
        for stranger in [&world.elsewhere, &world.theirs.administrator, &world.system] {
            assert!(matches!(ask(stranger).await, Err(PortError::NotFound)));
        }
    }

    async fn s17_the_employer_changes_from_a_day_on_and_the_patron_of_its_town_counts_from_then_on(database) {
        let world = World::new(&database).await;
        let (id, operator) = (world.dossier().await, &world.ours.operator);
        change_employer(&world, id, employer("2026-12-01")).await.unwrap();
        let page = world.backend.dossiers.open(operator, id).await.unwrap();
        let named: Vec<_> = page.employers.iter().map(|period| (period.since.to_string(), period.employer.name.as_str())).collect();
        assert_eq!(named, [("2026-11-23".to_owned(), "Caseificio Alto Piave"), ("2026-12-01".to_owned(), "Molino di Sopra")]);
        assert_eq!(page.employers[1].reason.as_deref(), Some(REASON));
        let activity = async || world.backend.activities.open(operator, id, crate::support::world::TRAINING).await.unwrap().employer_name;
        assert_eq!(activity().await, "Caseificio Alto Piave");
        world.at("2026-12-01");
        assert_eq!(activity().await, "Molino di Sopra");
        let too_early = change_employer(&world, id, employer("2026-12-01")).await;
        assert!(matches!(&too_early, Err(PortError::Invalid(problems)) if problems.iter().any(|problem| problem.field == "since")));
        assert_eq!(world.audited(id, AuditAction::EmployerChanged).await, 1);
    }

    async fn r38_the_job_writes_each_end_once_also_after_ten_days_of_standstill(database) {
        let world = World::new(&database).await;
        let (id, operator) = (world.dossier().await, &world.ours.operator);
        let status = async || world.backend.dossiers.open(operator, id).await.unwrap().row.status;
        world.at("2027-05-11");
        assert_eq!((expiry::run_once(&world.services).await.unwrap(), status().await), (0, DossierStatus::Running));
        world.at("2027-05-21");
        assert_eq!(status().await, DossierStatus::Expired, "by the clock, without the job");
        assert_eq!(expiry::run_once(&world.services).await.unwrap(), 1);
        assert_eq!(expiry::run_once(&world.services).await.unwrap(), 0);
        world.at("2027-07-10");
        assert_eq!((expiry::run_once(&world.services).await.unwrap(), status().await), (0, DossierStatus::Expired));
        world.at("2027-07-11");
        assert_eq!((expiry::run_once(&world.services).await.unwrap(), status().await), (1, DossierStatus::ReadOnly));
        let page = world.backend.dossiers.open(operator, id).await.unwrap();
        let told: Vec<_> = page.history.iter().take(2).map(|entry| (entry.action, entry.actor.as_str())).collect();
        assert_eq!(told, [(AuditAction::DossierArchived, "Sistema"), (AuditAction::DossierExpired, "Sistema")]);
        let change = &page.history[0].changes[0];
        assert_eq!((change.before.as_deref(), change.after.as_deref()), (Some("Chiuso per scadenza"), Some("Sola lettura")));
        assert!(page.history_intact);
    }

    async fn r38_two_processes_at_once_after_a_long_stop_write_each_end_once(database) {
        let world = World::new(&database).await;
        let mut ids = Vec::new();
        for n in 0..8 {
            ids.push(world.admit(world.request_with(|sent| *sent = crate::support::world::record(&format!("JC-{n}"))).await).await);
        }
        world.at("2027-09-01");
        // Without the lease, which only spares them the same work.
        let other = world.another_process();
        let (one, two) = tokio::join!(world.services.expire_vouchers(), other.expire_vouchers());
        assert_eq!(one.unwrap() + two.unwrap(), 16);
        for id in ids {
            assert_eq!([world.audited(id, AuditAction::DossierExpired).await, world.audited(id, AuditAction::DossierArchived).await], [1, 1]);
        }
    }

    async fn r38_after_the_voucher_s_end_what_was_delivered_in_time_is_still_completed(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        world.at("2027-05-11");
        let last = world.scheduled(id, "2027-05-11", "09:00", "10:00").await;
        world.at("2027-05-14");
        expiry::run_once(&world.services).await.unwrap();
        assert_eq!(refused(world.enter(id, "2027-05-10", "11:00", "12:00").await), ["R38"]);
        world.step(id, last, SessionStep::Start).await.unwrap();
        world.step(id, last, complete("Fatto")).await.unwrap();
        assert_eq!(refused(interrupt(&world, id, interruption("2027-05-11")).await), ["R38"]);
    }
}
