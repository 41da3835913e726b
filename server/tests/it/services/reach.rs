//! Who finds what: what is another's does not exist (R2, R13).

use app::{
    domain::{
        dossier::PoliciesFilter,
        person::LimitsForm,
        provider::Actor,
        request::{RefusalForm, RequestSearchForm},
        session::{EndReasonForm, Horizon, ManyScheduled, NewSeries, SessionStep},
    },
    ports::{PortError, PortResult},
};

use crate::{
    store::contract,
    support::world::{TRAINING, World, close_negative, complete, key, seen},
};

fn not_found<T: std::fmt::Debug>(result: PortResult<T>) {
    assert!(matches!(result, Err(PortError::NotFound)), "{result:?}");
}

fn forbidden<T: std::fmt::Debug>(result: PortResult<T>) {
    assert!(matches!(result, Err(PortError::Forbidden)), "{result:?}");
}

contract! {
    async fn r2_nobody_of_another_provider_or_site_finds_a_request_or_a_dossier_by_its_id(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let session = world.scheduled(id, "2026-11-24", "09:00", "10:00").await;
        let theirs = &world.theirs;
        let strangers: [&Actor; 5] = [&theirs.operator, &theirs.administrator, &theirs.coach, &world.elsewhere, &world.system];
        let ports = &world.backend;
        for actor in strangers {
            not_found(ports.requests.open(actor, id).await);
            not_found(ports.requests.admit(actor, id, seen(1)).await);
            not_found(ports.requests.refuse(actor, id, seen(1), RefusalForm::default()).await);
            not_found(ports.requests.profile(actor, id).await);
            not_found(ports.persons.set_limits(actor, id, seen(1), LimitsForm::default()).await);
            not_found(ports.dossiers.open(actor, id).await);
            not_found(ports.activities.open(actor, id, TRAINING).await);
            not_found(ports.activities.close(actor, id, TRAINING, seen(1)).await);
            let horizon = Horizon::week(None, "2026-11-24".parse().unwrap());
            not_found(ports.sessions.surroundings(actor, id, horizon).await);
            let one = world.new_session(id, "2026-11-25", "09:00", "10:00");
            let series = NewSeries { key: key(), dossier: id, activity: TRAINING, sessions: vec![one.form], confirmed: true };
            not_found(ports.sessions.enter_series(actor, series).await);
            let many = ManyScheduled { key: key(), dossier: id, activity: TRAINING, sessions: vec![(session, 2)], confirmed: true };
            not_found(ports.sessions.schedule_many(actor, many).await);
            not_found(ports.sessions.enter(actor, world.new_session(id, "2026-11-25", "09:00", "10:00")).await);
            not_found(ports.sessions.step(actor, session, seen(2), SessionStep::Start, true).await);
            assert_eq!(ports.dossiers.list(actor, &PoliciesFilter::default(), None).await.unwrap().total, 0);
            let found = ports.requests.list(actor, &RequestSearchForm::default(), None, None).await;
            assert!(if actor.reads_requests() { found.unwrap().page.total == 0 } else { matches!(found, Err(PortError::NotFound)) });
        }
    }

    async fn the_administrator_of_a_provider_acts_on_all_its_sites(database) {
        let world = World::new(&database).await;
        let id = world.request_with(|sent| sent["site_code"] = "E001-VE".into()).await;
        not_found(world.backend.requests.open(&world.ours.operator, id).await);
        world.backend.requests.admit(&world.ours.administrator, id, seen(1)).await.unwrap();
    }

    async fn a_coach_finds_only_dossiers_with_a_session_of_its_own_and_only_those_sessions(database) {
        let world = World::new(&database).await;
        let (id, coach) = (world.dossier().await, &world.ours.coach);
        let mut new = world.new_session(id, "2026-11-24", "09:00", "10:00");
        new.form = world.form(1, "2026-11-24", "09:00", "10:00");
        let colleague = world.backend.sessions.enter(&world.ours.operator, new).await.unwrap();
        not_found(world.backend.activities.open(coach, id, TRAINING).await);

        let own = world.scheduled(id, "2026-11-24", "10:00", "11:00").await;
        let page = world.backend.activities.open(coach, id, TRAINING).await.unwrap();
        assert_eq!(page.sessions.iter().map(|row| row.id).collect::<Vec<_>>(), [own]);
        assert_eq!((page.manages, page.may_enter, page.closing.is_err()), (false, false, true));
        assert_eq!(page.activity.hours.entered, 60, "the hours are those of the activity");
        not_found(world.backend.sessions.step(coach, colleague, seen(1), SessionStep::Start, true).await);
        let history = world.backend.dossiers.open(coach, id).await.unwrap().history;
        assert!(history.iter().all(|entry| !entry.subject.contains("09:00")), "nothing of a colleague's session");
        not_found(world.backend.requests.open(coach, id).await);
    }

    async fn a_coach_delivers_but_does_not_plan(database) {
        let world = World::new(&database).await;
        let (id, coach) = (world.dossier().await, &world.ours.coach);
        let session = world.enter(id, "2026-11-23", "09:00", "10:00").await.unwrap();
        forbidden(world.backend.sessions.enter(coach, world.new_session(id, "2026-11-24", "09:00", "10:00")).await);
        forbidden(world.step_as(coach, id, session, SessionStep::Schedule).await);
        forbidden(world.step_as(coach, id, session, SessionStep::Cancel { form: EndReasonForm::default() }).await);
        forbidden(world.backend.activities.close(coach, id, TRAINING, seen(1)).await);
        world.step(id, session, SessionStep::Schedule).await.unwrap();
        world.step_as(coach, id, session, SessionStep::Start).await.unwrap();
        world.step_as(coach, id, session, complete("Affiancamento")).await.unwrap();
        let other = world.scheduled(id, "2026-11-24", "09:00", "10:00").await;
        world.step_as(coach, id, other, close_negative()).await.unwrap();
    }
}
