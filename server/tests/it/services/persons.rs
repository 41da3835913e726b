//! Limiti personali (R30) and the ground of the request (R39): health data, set and seen by those who manage the person's request, sealed and
//! nowhere else.

use std::fs;

use app::{
    domain::{
        audit::AuditAction,
        command::{Seen, Version},
        dossier::PoliciesFilter,
        ids::OpalId,
        person::{LimitBounds, LimitsForm, PersonLimits, PersonProfile},
        provider::Actor,
        request::{
            RefusalForm, RequestSearchForm,
            intake::{Ground, JobContract},
        },
        rulebook::{Rule, Rulebook},
        session::Horizon,
    },
    ports::{PortError, PortResult},
};
use serde_json::{Value, json};

use crate::{
    store::contract,
    support::{
        databases::on_sqlite,
        world::{TRAINING, World, key, newer, record, refused, seen, unconfirmed},
    },
};

/// Three hours a day, from nine to one.
fn form() -> LimitsForm {
    LimitsForm { max_day: "3".to_owned(), earliest: "09:00".to_owned(), latest: "13:00".to_owned(), ..LimitsForm::default() }
}

fn typed(max_day: &str) -> LimitsForm {
    LimitsForm { max_day: max_day.to_owned(), ..LimitsForm::default() }
}

async fn profile(world: &World, id: OpalId) -> PersonProfile {
    world.backend.requests.profile(&world.ours.operator, id).await.unwrap()
}

async fn limits(world: &World, id: OpalId) -> Option<PersonLimits> {
    profile(world, id).await.details.limits
}

async fn set(world: &World, id: OpalId, version: Version, form: LimitsForm) -> PortResult<()> {
    world.backend.persons.set_limits(&world.ours.operator, id, seen(version), form).await
}

/// What a person of ours sends, told with these limits.
fn telling(mut record: Value, max_minutes_per_day: u32) -> Value {
    record["beneficiary"]["limits"] = json!({ "max_minutes_per_day": max_minutes_per_day });
    record
}

/// Everything but the profile that an actor can read about a dossier, as it goes over the wire.
async fn all_pages(world: &World, actor: &Actor, id: OpalId) -> String {
    let ports = &world.backend;
    let mut pages = vec![
        serde_json::to_string(&ports.dossiers.list(actor, &PoliciesFilter::default(), None).await.unwrap()),
        serde_json::to_string(&ports.dossiers.open(actor, id).await.unwrap()),
        serde_json::to_string(&ports.activities.open(actor, id, TRAINING).await.unwrap()),
        serde_json::to_string(&ports.agenda.dashboard(actor).await.unwrap()),
        serde_json::to_string(&ports.sessions.surroundings(actor, id, Horizon::week(None, "2026-11-24".parse().unwrap())).await.unwrap()),
    ];
    if actor.reads_requests() {
        pages.push(serde_json::to_string(&ports.requests.list(actor, &RequestSearchForm::default(), None, None).await.unwrap()));
        pages.push(serde_json::to_string(&ports.requests.open(actor, id).await.unwrap()));
    }
    pages.into_iter().collect::<Result<Vec<_>, _>>().unwrap().concat()
}

contract! {
    async fn r30_an_operator_sets_limits_which_every_form_warns_of_and_takes_them_away_again(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        assert_eq!(profile(&world, id).await.bounds, Some(LimitBounds::of(&Rulebook::builtin(), world.clock.rome_now().today())));
        set(&world, id, 1, form()).await.unwrap();
        let page = world.backend.activities.open(&world.ours.operator, id, TRAINING).await.unwrap();
        assert_eq!(page.limits.map(|limits| limits.parts().join(", ")).as_deref(), Some("3 h al giorno, 09:00-13:00"));
        let mut new = world.new_session(id, "2026-11-24", "10:00", "13:30");
        new.confirmed = false;
        assert_eq!(unconfirmed(world.backend.sessions.enter(&world.ours.operator, new.clone()).await), ["R30", "R30"]);

        set(&world, id, 2, LimitsForm::default()).await.unwrap();
        assert!(limits(&world, id).await.is_none());
        world.backend.sessions.enter(&world.ours.operator, new).await.unwrap();
    }

    async fn r30_limits_that_are_wider_than_the_law_are_refused_by_the_server_too(database) {
        let world = World::new(&database).await;
        let id = world.request().await;
        let wide = set(&world, id, 1, LimitsForm { latest: "23:30".to_owned(), ..typed("9") }).await;
        let Err(PortError::Invalid(problems)) = wide else { panic!("{wide:?}") };
        assert_eq!(problems.iter().map(|problem| (problem.field.as_str(), problem.rule)).collect::<Vec<_>>(), [("max_day", Rule::R30), ("latest", Rule::R30)]);
        assert!(profile(&world, id).await.version == 1);
    }

    async fn r43_limits_sent_twice_are_set_once_and_those_of_an_older_page_are_told_both_values(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let seen = Seen { key: key(), version: 1 };
        for _ in 0..2 {
            world.backend.persons.set_limits(&world.ours.operator, id, seen, typed("3")).await.unwrap();
        }
        assert_eq!((profile(&world, id).await.version, world.audited(id, AuditAction::PersonUpdated).await), (2, 1));
        let Err(PortError::Conflict(changes)) = set(&world, id, 1, typed("4")).await else { panic!("no conflict") };
        assert_eq!(
            changes.into_iter().map(|change| (change.field, change.before, change.after)).collect::<Vec<_>>(),
            [("Ore al giorno".to_owned(), Some("3 h".to_owned()), Some("4 h".to_owned()))]
        );
        set(&world, id, 2, typed("3")).await.unwrap();
        assert_eq!(world.audited(id, AuditAction::PersonUpdated).await, 1, "nothing changed");
    }

    async fn r30_a_coach_neither_sets_nor_sees_limits_and_the_history_does_not_say_which(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        world.scheduled(id, "2026-11-24", "09:00", "10:00").await;
        set(&world, id, 1, typed("3:15")).await.unwrap();
        let by_coach = world.backend.persons.set_limits(&world.ours.coach, id, seen(2), form()).await;
        assert!(matches!(by_coach, Err(PortError::NotFound)), "{by_coach:?}");
        let page = world.backend.activities.open(&world.ours.coach, id, TRAINING).await.unwrap();
        assert!(page.limits.is_none());
        // As a number: ids may hold the digits.
        let minutes = "\":195";
        assert!(all_pages(&world, &world.ours.operator, id).await.contains(minutes), "the office plans by them");
        assert!(!all_pages(&world, &world.ours.coach, id).await.contains(minutes));
        let history = world.backend.dossiers.open(&world.ours.operator, id).await.unwrap().history;
        let told = history.iter().find(|entry| entry.action == AuditAction::PersonUpdated).unwrap();
        assert_eq!(told.actor, "operatore.e001");
        let changes: Vec<_> = told.changes.iter().map(|change| (change.field.as_str(), change.before.as_deref(), change.after.as_deref())).collect();
        assert_eq!(changes, [("Profilo del beneficiario", None, Some("aggiornato"))]);
    }

    async fn r30_limits_are_set_where_they_matter_and_not_from_a_request_that_is_over(database) {
        let world = World::new(&database).await;
        let id = world.request().await;
        let reason = RefusalForm { category: "other".to_owned(), reason: "Un impedimento davvero oggettivo".to_owned() };
        world.backend.requests.refuse(&world.ours.operator, id, seen(1), reason).await.unwrap();
        assert!(profile(&world, id).await.bounds.is_none());
        assert_eq!(refused(set(&world, id, 1, form()).await), ["R30"]);
    }

    async fn r30_a_newer_request_that_repeats_or_leaves_out_limits_does_not_undo_the_operators(database) {
        let world = World::new(&database).await;
        let id = world.request_with(|sent| *sent = telling(record("JC-2026-000001"), 240)).await;
        set(&world, id, 1, typed("3")).await.unwrap();
        let day = async || limits(&world, id).await.and_then(|limits| limits.max_minutes_per_day);
        let notified = |mut record: Value, at: &str| {
            record["notified_at"] = format!("2026-11-2{at}:00+01:00").into();
            record
        };
        for (sent, expected) in [
            (newer("JC-2026-000002"), 180),
            (notified(telling(record("JC-2026-000003"), 240), "1T11:00"), 180),
            (notified(telling(record("JC-2026-000004"), 120), "1T12:00"), 120),
        ] {
            assert_eq!(world.import(vec![sent]).await.imported(), 1);
            assert_eq!(day().await, Some(expected));
        }
    }

    async fn r39_the_profile_shows_the_ground_with_its_warning_and_no_other_page_does(database) {
        let world = World::new(&database).await;
        let id = world.request_with(|sent| {
            sent["ground"] = json!({ "kind": "recent_hire", "hired_on": "2026-08-19", "contract": "apprendistato" });
        }).await;
        world.admit(id).await;
        world.scheduled(id, "2026-11-24", "09:00", "10:00").await;
        let profile = profile(&world, id).await;
        assert!(profile.ground == Ground::RecentHire { hired_on: "2026-08-19".parse().unwrap(), contract: Some(JobContract::Apprenticeship) });
        assert_eq!(profile.ground_warning.as_ref().map(|refusal| refusal.rule), Some(Rule::R39));
        assert!(!format!("{profile:?}").contains("2026-08-19"), "a log would show no more than this");
        for actor in [&world.ours.operator, &world.ours.administrator, &world.ours.coach] {
            let pages = all_pages(&world, actor, id).await;
            assert!(pages.contains("2026-11-24") && !pages.contains("2026-08-19") && !pages.contains("apprendistato"));
        }
        assert!(matches!(world.backend.requests.profile(&world.ours.coach, id).await, Err(PortError::NotFound)));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r30_r39_nothing_of_limits_and_ground_stands_in_the_file_of_the_database() {
    on_sqlite(|database| async move {
        let world = World::new(&database).await;
        let id = world
            .request_with(|sent| {
                sent["ground"] = json!({ "kind": "difficulty", "event": "variazione dello stato di salute" });
                sent["beneficiary"]["limits"] = json!({ "earliest": "09:45" });
            })
            .await;
        world.admit(id).await;
        set(&world, id, 1, LimitsForm { earliest: "10:15".to_owned(), ..typed("3:15") }).await.unwrap();
        let path = database.url.strip_prefix("sqlite:").unwrap();
        let bytes: Vec<u8> = ["", "-wal"].into_iter().filter_map(|suffix| fs::read(format!("{path}{suffix}")).ok()).flatten().collect();
        let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(holds("JC-2026-000001") && holds("person_updated"), "these are clear");
        for secret in ["salute", "difficulty", "max_minutes", "earliest", "09:45", "10:15", "3:15", "RSSMRA80A01H501U"] {
            assert!(!holds(secret), "{secret}");
        }
    })
    .await;
}
