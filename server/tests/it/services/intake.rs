//! Import of the employment centres' files.

use app::domain::{
    audit::AuditAction,
    ids::OpalId,
    request::{
        RequestSearchForm,
        intake::{IntakeReason, NewProvider, NewSite, RequestsFile},
    },
    text::fold,
};
use serde_json::{Value, json};
use server::{
    services::Outcome,
    store::records::{AuditRecord, PersonRecord},
};

use crate::{
    store::contract,
    support::world::{World, newer, record},
};

const REQUESTS: &str = include_str!("../../../fixtures/requests.json");
const BROKEN: &str = include_str!("../../../fixtures/requests-broken.json");

/// Whom a request is for, as stored.
async fn person(world: &World, id: OpalId) -> PersonRecord {
    let mut work = world.store.read().await.unwrap();
    let opal = work.opal_unscoped(id).await.unwrap().unwrap();
    work.person(opal.person).await.unwrap().unwrap()
}

async fn chain(world: &World, name: &str) -> Vec<AuditRecord> {
    world.store.read().await.unwrap().audit_chain(name).await.unwrap()
}

/// The payload of a chain that is about nobody: it needs no key.
fn payload(row: &AuditRecord) -> Value {
    serde_json::from_slice(&row.payload).unwrap()
}

contract! {
    async fn the_shipped_file_is_taken_whole_and_known_the_second_time(database) {
        let world = World::new(&database).await;
        let file = RequestsFile::parse(REQUESTS).unwrap();
        let counts = async || {
            let report = world.services.import(&file).await.unwrap();
            (report.imported(), report.known(), report.refused())
        };
        assert_eq!(counts().await, (300, 0, 0));
        assert_eq!(counts().await, (0, 300, 0));
    }

    async fn each_broken_record_is_refused_for_its_reason_and_the_others_are_taken(database) {
        let world = World::new(&database).await;
        let file = RequestsFile::parse(BROKEN).unwrap();
        let report = world.services.import(&file).await.unwrap();
        let refused: Vec<_> = report.records.iter().filter_map(|record| match record.outcome {
            Outcome::Refused(error) => Some((record.position, error.field, error.code())),
            Outcome::Imported(_) | Outcome::Known => None,
        }).collect();
        assert_eq!((report.imported(), report.known()), (10, 0));
        let across: Vec<_> = refused.iter().copied().filter(|(position, ..)| (5..=7).contains(position)).collect();
        assert_eq!(across, [
            (5, "opal_code", "duplicate_in_file"),
            (6, "provider_code", "unknown_provider"),
            (7, "site_code", "site_of_another_provider"),
        ]);
        let positions: Vec<_> = refused.iter().map(|(position, ..)| *position).collect();
        assert_eq!(positions, [1, 2, 3, 5, 6, 7, 8, 9, 10, 11]);
        assert!(report.records.iter().zip(&file.requests).all(|(record, sent)| {
            matches!(record.outcome, Outcome::Refused(_)) == sent.get("_expected_error").is_some()
        }));
    }

    async fn the_same_code_with_other_content_is_refused_and_the_first_stays(database) {
        let world = World::new(&database).await;
        let id = world.request().await;
        let mut changed = record("JC-2026-000001");
        changed["employer"]["town"] = "Vicenza".into();
        let report = world.import(vec![changed, record("JC-2026-000001")]).await;
        assert_eq!(report.records[0].outcome, Outcome::Refused(IntakeReason::DifferentContent.at("opal_code")));
        // Good in itself, but the second of its code in this file.
        assert_eq!(report.records[1].outcome, Outcome::Refused(IntakeReason::DuplicateInFile.at("opal_code")));
        assert_eq!(world.import(vec![record("JC-2026-000001")]).await.known(), 1);
        assert_eq!(world.backend.requests.open(&world.ours.operator, id).await.unwrap().employer_town, "Padova");
    }

    async fn a_tax_code_is_one_person_as_the_newest_request_tells_it(database) {
        let world = World::new(&database).await;
        let first = world.request_with(|sent| {
            sent["beneficiary"]["email"] = "mario@example.it".into();
            sent["beneficiary"]["limits"] = json!({ "max_minutes_per_day": 240 });
        }).await;
        let before = person(&world, first).await;
        let mut later = newer("JC-2026-000002");
        for (field, value) in [("last_name", "Bianchi"), ("phone", "+39 349 1234567"), ("birth_place", "Padova")] {
            later["beneficiary"][field] = value.into();
        }
        assert_eq!(world.import(vec![later]).await.imported(), 1);

        let after = person(&world, first).await;
        assert_eq!((after.name.last.as_str(), after.version), ("Bianchi", 2));
        assert!(after.last_name_folded == fold("Bianchi") && after.wrapped_key == before.wrapped_key);
        let profile = world.backend.requests.profile(&world.ours.operator, first).await.unwrap();
        assert_eq!((profile.details.phone.as_str(), profile.details.birth_place.as_str()), ("+39 349 1234567", "Padova"));
        assert_eq!(profile.details.email.as_deref(), Some("mario@example.it"), "left out by the newer one");
        assert!(profile.details.limits.is_some_and(|limits| limits.max_minutes_per_day == Some(240)), "left out by the newer one");
        let page = world.backend.requests.list(&world.ours.operator, &RequestSearchForm::default(), None, None).await.unwrap().page;
        assert_eq!(page.rows.iter().map(|row| row.person.last.as_str()).collect::<Vec<_>>(), ["Bianchi", "Bianchi"]);
    }

    async fn an_older_request_or_one_that_says_the_same_leaves_the_person_as_it_is(database) {
        let world = World::new(&database).await;
        let id = world.request_with(|sent| *sent = newer("JC-2026-000002")).await;
        let stored = person(&world, id).await;
        let mut older = record("JC-2026-000001");
        older["beneficiary"]["last_name"] = "Bianchi".into();
        let mut same_time = newer("JC-2026-000003");
        same_time["beneficiary"]["phone"] = "+39 349 1234567".into();
        let mut nothing_new = newer("JC-2026-000004");
        nothing_new["notified_at"] = "2026-11-22T10:51:00+01:00".into();
        for sent in [older, same_time, nothing_new] {
            let Outcome::Imported(added) = world.import(vec![sent]).await.records[0].outcome else { panic!("not taken") };
            assert_eq!(world.audited(added, AuditAction::PersonUpdated).await, 0);
        }
        assert!(person(&world, id).await == stored);
    }

    async fn a_known_request_changes_nothing_of_a_person_who_was_renewed_since(database) {
        let world = World::new(&database).await;
        let id = world.request().await;
        let mut later = newer("JC-2026-000002");
        later["beneficiary"]["phone"] = "+39 349 1234567".into();
        world.import(vec![later.clone()]).await;
        let stored = person(&world, id).await;
        assert_eq!(world.import(vec![record("JC-2026-000001"), later]).await.known(), 2);
        assert!(person(&world, id).await == stored);
        assert_eq!(world.audited(id, AuditAction::PersonUpdated).await, 0, "it is in the chain of the request that told it");
    }

    async fn the_providers_and_sites_that_an_import_adds_are_in_the_chain_of_their_provider(database) {
        let world = World::new(&database).await;
        let site = |code: &str, town: &str| NewSite { code: code.to_owned(), town: town.to_owned(), province: "RO".to_owned() };
        let provider = |code: &str, sites: Vec<NewSite>| NewProvider { code: code.to_owned(), name: format!("Ente {code}"), sites };
        let file = RequestsFile {
            reference_date: None,
            providers: vec![
                provider("E003", vec![site("E003-RO", "Rovigo"), site("E003-AD", "Adria")]),
                provider("E001", vec![site("E001-PD", "Padova"), site("E001-RO", "Rovigo")]),
            ],
            requests: Vec::new(),
        };
        for _ in 0..2 {
            world.services.import(&file).await.unwrap();
        }
        let new = world.store.read().await.unwrap().provider_by_code("E003").await.unwrap().unwrap().id;
        let rows = chain(&world, &format!("provider:{new}")).await;
        let actions: Vec<_> = rows.iter().map(|row| row.action).collect();
        assert_eq!(actions, [AuditAction::ProviderAdded, AuditAction::SiteAdded, AuditAction::SiteAdded]);
        assert!(rows[1].previous == rows[0].hash && rows[2].previous == rows[1].hash && rows[0].previous == [0; 32]);
        assert_eq!(payload(&rows[0]), json!({
            "subject": "E003",
            "before": null,
            "after": { "of": "provider", "code": "E003", "name": "Ente E003", "active": true },
        }));
        let known = chain(&world, &format!("provider:{}", world.ours.provider)).await;
        assert_eq!((known.len(), known[0].action, known[0].actor.as_str()), (1, AuditAction::SiteAdded, "Centro per l'impiego"));
        assert_eq!(payload(&known[0])["after"], json!({ "of": "site", "code": "E001-RO", "town": "Rovigo", "province": "RO" }));
    }

    async fn employment_centres_are_in_the_chain_of_the_system(database) {
        let world = World::new(&database).await;
        world.import(vec![record("JC-2026-000001"), newer("JC-2026-000002")]).await;
        let mut renamed = newer("JC-2026-000003");
        renamed["employment_centre"]["name"] = "CPI Padova Est".into();
        world.import(vec![renamed]).await;
        let rows = chain(&world, "system").await;
        let actions: Vec<_> = rows.iter().map(|row| row.action).collect();
        assert_eq!(actions, [AuditAction::CentreAdded, AuditAction::CentreRenamed]);
        let centre = |name: &str| json!({ "of": "centre", "code": "PD01", "name": name });
        assert_eq!(payload(&rows[1]), json!({ "subject": "PD01", "before": centre("CPI Padova"), "after": centre("CPI Padova Est") }));
    }

    async fn two_files_that_bring_the_same_provider_at_once_add_it_once(database) {
        let world = World::new(&database).await;
        let sites = vec![NewSite { code: "E003-RO".to_owned(), town: "Rovigo".to_owned(), province: "RO".to_owned() }];
        let providers = vec![NewProvider { code: "E003".to_owned(), name: "Ente E003".to_owned(), sites }];
        let file = RequestsFile { reference_date: None, providers, requests: Vec::new() };
        let other = world.another_process();
        let (first, second) = tokio::join!(world.services.import(&file), other.import(&file));
        assert!(first.is_ok() && second.is_ok());
        let id = world.store.read().await.unwrap().provider_by_code("E003").await.unwrap().unwrap().id;
        assert_eq!(chain(&world, &format!("provider:{id}")).await.len(), 2);
    }

    async fn a_request_of_the_future_is_taken_and_not_shown_before_its_day(database) {
        let world = World::new(&database).await;
        let id = world.request_with(|sent| sent["notified_at"] = "2026-11-25T08:00:00+01:00".into()).await;
        let found = async || world.backend.requests.open(&world.ours.operator, id).await.is_ok();
        assert!(!found().await);
        world.at("2026-11-25");
        assert!(found().await);
    }
}
