//! Avvisi: raised by the clock, once, for those whom they concern, while they are true.

use app::domain::{
    agenda::{NoticeAbout, NoticeKind},
    ids::{OpalId, SessionId},
    page::PAGE_SIZE,
    provider::Actor,
    request::{RefusalForm, RefusalsForm},
    rulebook::ActivityCode,
    session::SessionStep,
};
use serde_json::json;
use server::services::notices;

use crate::{
    store::contract,
    support::world::{World, complete, newer, record, seen},
};

/// What an account is told, newest first, unread marked with a star.
async fn told(world: &World, actor: &Actor) -> Vec<String> {
    let list = world.backend.notices.list(actor, None).await.unwrap();
    assert_eq!(list.page.total, list.page.rows.len() as u64, "all are on one page");
    assert_eq!(list.unread, list.page.rows.iter().filter(|row| row.unread).count() as u64);
    assert_eq!(world.backend.notices.unread(actor).await.unwrap(), list.unread);
    list.page.rows.iter().map(|row| format!("{}{}", if row.unread { "*" } else { "" }, row.about.kind().as_str())).collect()
}

async fn refuse(world: &World, id: OpalId) {
    let version = world.backend.requests.open(&world.ours.operator, id).await.unwrap().version;
    let form = RefusalForm { category: "mismatch".to_owned(), reason: "La specializzazione dell'ente è un'altra.".to_owned() };
    world.backend.requests.refuse(&world.ours.operator, id, seen(version), form).await.unwrap();
}

async fn start(world: &World, dossier: OpalId, session: SessionId) {
    world.step(dossier, session, SessionStep::Start).await.unwrap();
}

contract! {
    async fn r7_a_request_is_brought_to_mind_at_each_threshold_once_and_no_more_once_it_is_decided(database) {
        let world = World::new(&database).await;
        // Notified on 20 November: the last day is the 27th.
        let id = world.request().await;
        let (services, operator) = (&world.services, &world.ours.operator);
        for (day, raised) in [("2026-11-23", 0), ("2026-11-24", 2), ("2026-11-25", 0), ("2026-11-26", 2), ("2026-11-27", 2)] {
            world.at(day);
            assert_eq!(services.raise_notices().await.unwrap(), raised, "the operator and the administrator, on {day}");
            assert_eq!(services.raise_notices().await.unwrap(), 0, "again on {day}");
        }
        assert_eq!(told(&world, operator).await, ["*request_term"], "one thing, one notice");
        world.admit(id).await;
        assert_eq!(told(&world, operator).await, [""; 0]);
        assert_eq!(services.raise_notices().await.unwrap(), 0);
    }

    async fn r23_an_open_session_is_brought_to_its_office_and_its_own_coach(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let session = world.scheduled(id, "2026-11-23", "08:00", "09:00").await;
        let (services, coach) = (&world.services, &world.ours.coach);
        assert_eq!(services.raise_notices().await.unwrap(), 0, "its day is not over");
        for (day, raised) in [("2026-11-24", 3), ("2026-11-27", 0), ("2026-11-28", 3), ("2026-11-30", 3), ("2026-12-01", 0)] {
            world.at(day);
            assert_eq!(services.raise_notices().await.unwrap(), raised, "{day}");
        }
        let list = world.backend.notices.list(coach, None).await.unwrap();
        let NoticeAbout::Session { id: told, dossier, activity, .. } = &list.page.rows[0].about else { panic!("{list:?}") };
        assert_eq!((*told, *dossier, *activity), (session, id, ActivityCode::OnTheJobTraining));
        world.at("2026-11-30");
        start(&world, id, session).await;
        assert_eq!(told_of(&world, coach).await, 1, "still open");
        world.step(id, session, complete("Affiancamento sulla postazione")).await.unwrap();
        assert_eq!(told_of(&world, coach).await, 0);
    }

    async fn r23_a_session_moved_to_another_day_is_another_matter(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let session = world.enter(id, "2026-11-23", "08:00", "09:00").await.unwrap();
        world.at("2026-11-28");
        assert_eq!(world.services.raise_notices().await.unwrap(), 3);
        let form = world.form(0, "2026-12-02", "08:00", "09:00");
        world.step(id, session, SessionStep::Modify { form }).await.unwrap();
        assert_eq!(told(&world, &world.ours.operator).await, [""; 0], "it is not late any more");
        world.at("2026-12-03");
        assert_eq!(world.services.raise_notices().await.unwrap(), 3, "late by one day, less than before");
        assert_eq!(told(&world, &world.ours.operator).await, ["*open_session"]);
    }

    async fn r38_a_voucher_is_brought_to_mind_while_there_is_work_to_do(database) {
        let world = World::new(&database).await;
        // The voucher ends on 11 May 2027.
        world.dossier().await;
        for (day, raised) in [("2027-04-10", 0), ("2027-04-11", 2), ("2027-04-26", 2), ("2027-05-04", 2), ("2027-05-10", 2), ("2027-05-11", 0)] {
            world.at(day);
            assert_eq!(world.services.raise_notices().await.unwrap(), raised, "{day}");
        }
        assert_eq!(told(&world, &world.ours.administrator).await, ["*voucher_end"]);
        world.at("2027-05-12");
        assert_eq!(told(&world, &world.ours.administrator).await, [""; 0]);
    }

    async fn after_a_stop_of_ten_days_only_the_nearest_threshold_of_what_still_waits_is_raised(database) {
        let world = World::new(&database).await;
        let id = world.request_with(|sent| sent["voucher"]["valid_to"] = "2026-12-24".into()).await;
        world.admit(id).await;
        let open = world.scheduled(id, "2026-11-23", "08:00", "09:00").await;
        let ended = world.scheduled(id, "2026-11-23", "10:00", "11:00").await;
        world.request_with(|sent| *sent = newer("JC-2026-000002")).await;
        world.at("2026-11-24");
        // One of the sessions, for three readers, and the voucher at thirty days, for two; the other session is settled.
        start(&world, id, ended).await;
        world.step(id, ended, complete("Affiancamento sulla postazione")).await.unwrap();
        assert_eq!(world.services.raise_notices().await.unwrap(), 3 + 2);
        // Missed: the request's three days, the session's fifth and seventh, the voucher's fifteen. The request has lapsed meanwhile.
        world.at("2026-12-10");
        let other = world.another_process();
        assert_eq!(other.raise_notices().await.unwrap(), 3 + 2);
        assert_eq!(told(&world, &world.ours.operator).await, ["*open_session", "*voucher_end"]);
        let list = world.backend.notices.list(&world.ours.coach, None).await.unwrap();
        assert!(matches!(list.page.rows[..], [ref row] if matches!(row.about, NoticeAbout::Session { id, .. } if id == open)));
    }

    async fn two_processes_at_once_raise_each_notice_once(database) {
        let world = World::new(&database).await;
        world.import((0..12).map(|n| record(&format!("JC-{n}"))).collect()).await;
        world.at("2026-11-27");
        let other = world.another_process();
        // Without the lease, which only spares them the same work.
        let (one, two) = tokio::join!(world.services.raise_notices(), other.raise_notices());
        assert_eq!(one.unwrap() + two.unwrap(), 24);
        assert_eq!(told(&world, &world.ours.operator).await.len(), 12);
        assert_eq!(waiting_letters(&world).await, 2, "one message for each of the two readers");
    }

    async fn the_job_rests_while_another_process_has_the_lease(database) {
        let world = World::new(&database).await;
        world.request().await;
        assert_eq!(notices::run_once(&world.services).await.unwrap(), 0);
        world.at("2026-11-27");
        assert_eq!(notices::run_once(&world.another_process()).await.unwrap(), 0);
        assert_eq!(notices::run_once(&world.services).await.unwrap(), 2);
    }

    async fn nobody_is_told_of_what_is_not_theirs_to_do(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        world.scheduled(id, "2026-11-23", "08:00", "09:00").await;
        let mut new = world.new_session(id, "2026-11-23", "10:00", "11:00");
        new.form = world.form(1, "2026-11-23", "10:00", "11:00");
        let colleague = world.backend.sessions.enter(&world.ours.operator, new).await.unwrap();
        world.request_with(|sent| *sent = newer("JC-2026-000002")).await;
        world.at("2026-11-28");
        world.services.raise_notices().await.unwrap();
        assert_eq!(told(&world, &world.ours.operator).await, ["*request_term", "*open_session", "*open_session"]);
        assert_eq!(told(&world, &world.ours.coach).await, ["*open_session"]);
        let list = world.backend.notices.list(&world.ours.coach, None).await.unwrap();
        assert!(!matches!(list.page.rows[0].about, NoticeAbout::Session { id, .. } if id == colleague));
        for other in [&world.elsewhere, &world.theirs.operator, &world.theirs.administrator, &world.theirs.coach, &world.system] {
            assert_eq!(told(&world, other).await, [""; 0], "{}", other.name);
        }
        // Whoever loses a site loses what was told of it.
        let moved = Actor { sites: world.elsewhere.sites.clone(), ..world.ours.operator.clone() };
        assert_eq!(told(&world, &moved).await, [""; 0]);
    }

    async fn what_is_read_stays_read_until_its_matter_goes_on(database) {
        let world = World::new(&database).await;
        world.import(vec![record("JC-1"), record("JC-2")]).await;
        world.at("2026-11-24");
        world.services.raise_notices().await.unwrap();
        let (notices, operator) = (&world.backend.notices, &world.ours.operator);
        let first = notices.list(operator, None).await.unwrap().page.rows[0].id;
        notices.read(&world.ours.administrator, first).await.unwrap();
        assert_eq!(told(&world, operator).await, ["*request_term"; 2], "nobody reads in another's place");
        notices.read(operator, first).await.unwrap();
        notices.read(operator, first).await.unwrap();
        assert_eq!(told(&world, operator).await, ["request_term", "*request_term"]);
        world.services.raise_notices().await.unwrap();
        assert_eq!(told(&world, operator).await, ["request_term", "*request_term"]);
        world.at("2026-11-26");
        world.services.raise_notices().await.unwrap();
        assert_eq!(told(&world, operator).await, ["*request_term"; 2]);
        let list = notices.list(operator, None).await.unwrap();
        notices.read_all(operator, list.now).await.unwrap();
        assert_eq!(told(&world, operator).await, ["request_term"; 2]);
        assert_eq!(told(&world, &world.ours.administrator).await, ["*request_term"; 2]);
    }

    async fn marking_all_leaves_what_was_raised_after_the_list_was_seen(database) {
        let world = World::new(&database).await;
        world.request().await;
        world.at("2026-11-24");
        world.services.raise_notices().await.unwrap();
        let seen_at = world.backend.notices.list(&world.ours.operator, None).await.unwrap().now;
        world.request_with(|sent| *sent = record("JC-2026-000002")).await;
        world.at("2026-11-24T10:05");
        world.services.raise_notices().await.unwrap();
        world.backend.notices.read_all(&world.ours.operator, seen_at).await.unwrap();
        assert_eq!(told(&world, &world.ours.operator).await, ["*request_term", "request_term"]);
    }

    async fn a_long_list_is_read_to_its_end_page_by_page_newest_first(database) {
        let world = World::new(&database).await;
        let many = PAGE_SIZE + 3;
        let sent = (0..many).map(|n| {
            let mut sent = record(&format!("JC-{n:03}"));
            sent["notified_at"] = format!("2026-11-{:02}T09:00:00+01:00", 17 + n % 3).into();
            sent
        });
        world.import(sent.collect()).await;
        for day in ["2026-11-23", "2026-11-24"] {
            world.at(day);
            world.services.raise_notices().await.unwrap();
        }
        let list = async |after: Option<&str>| world.backend.notices.list(&world.ours.operator, after).await.unwrap().page;
        let first = list(None).await;
        assert_eq!((first.rows.len(), first.total), (PAGE_SIZE as usize, many.into()));
        let second = list(first.next.as_deref()).await;
        assert_eq!((second.rows.len(), second.next), (3, None));
        let rows: Vec<_> = first.rows.into_iter().chain(second.rows).collect();
        assert!(rows.is_sorted_by(|one, other| one.raised_on >= other.raised_on));
        let ids: std::collections::BTreeSet<_> = rows.iter().map(|row| row.id).collect();
        assert_eq!(ids.len(), many as usize);
    }

    async fn r8_a_refusal_is_news_for_the_administrator_of_the_provider_and_that_of_the_system(database) {
        let world = World::new(&database).await;
        let first = world.request().await;
        let second = world.request_with(|sent| *sent = record("JC-2026-000002")).await;
        refuse(&world, first).await;
        assert_eq!(world.services.raise_notices().await.unwrap(), 2);
        refuse(&world, second).await;
        assert_eq!(world.services.raise_notices().await.unwrap(), 2, "another one on the same day");
        for reader in [&world.ours.administrator, &world.system] {
            let list = world.backend.notices.list(reader, None).await.unwrap();
            let about = NoticeAbout::Refusals { provider: "Ente E001".to_owned(), on: world.clock.rome_now().today(), count: 2 };
            assert_eq!(list.page.rows.iter().map(|row| &row.about).collect::<Vec<_>>(), [&about]);
        }
        for other in [&world.ours.operator, &world.ours.coach, &world.theirs.administrator] {
            assert_eq!(told(&world, other).await, [""; 0]);
        }
    }

    async fn r8_refusals_are_counted_by_provider_and_category_within_the_reach(database) {
        let world = World::new(&database).await;
        let refused = world.request().await;
        refuse(&world, refused).await;
        let admitted = world.request_with(|sent| *sent = record("JC-2026-000002")).await;
        world.admit(admitted).await;
        world.request_with(|sent| {
            *sent = record("JC-2026-000003");
            sent["provider_code"] = json!("E002");
            sent["site_code"] = json!("E002-TV");
        }).await;
        let report = async |actor: &Actor, from: &str, to: &str| {
            let form = RefusalsForm { from: from.to_owned(), to: to.to_owned() };
            let report = world.backend.requests.refusals(actor, &form).await.unwrap();
            report.rows.iter().map(|row| (row.name.clone(), row.refused, row.admitted, row.percent())).collect::<Vec<_>>()
        };
        let ours = [("Ente E001".to_owned(), [1, 0], 1, 50)];
        assert_eq!(report(&world.ours.administrator, "", "").await, ours);
        assert_eq!(report(&world.system, "2026-11-23", "2026-11-23").await, ours, "E002 has decided nothing");
        assert_eq!(report(&world.system, "2026-11-24", "").await, []);
        assert_eq!(report(&world.theirs.administrator, "", "").await, []);
        for other in [&world.ours.operator, &world.ours.coach] {
            let answer = world.backend.requests.refusals(other, &RefusalsForm::default()).await;
            assert!(matches!(answer, Err(app::ports::PortError::NotFound)));
        }
        let wrong = RefusalsForm { from: "2026-11-31".to_owned(), to: String::new() };
        let answer = world.backend.requests.refusals(&world.system, &wrong).await;
        assert!(matches!(answer, Err(app::ports::PortError::Invalid(problems)) if problems[0].field == "from"));
    }
}

async fn told_of(world: &World, actor: &Actor) -> usize {
    told(world, actor).await.iter().filter(|kind| kind.ends_with(NoticeKind::OpenSession.as_str())).count()
}

/// How many messages wait.
async fn waiting_letters(world: &World) -> usize {
    let (now, at) = (world.clock.rome_now(), world.clock.now_utc());
    world.store.read().await.unwrap().due_jobs(now, at, 100).await.unwrap().len()
}
