//! Import of the employment centres' files.

use app::domain::request::{
    RequestSearchForm,
    intake::{IntakeReason, RequestsFile},
};
use server::services::Outcome;

use crate::{
    store::contract,
    support::world::{World, record},
};

const REQUESTS: &str = include_str!("../../../fixtures/requests.json");
const BROKEN: &str = include_str!("../../../fixtures/requests-broken.json");

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

    async fn a_tax_code_is_one_person_whatever_the_later_record_says(database) {
        let world = World::new(&database).await;
        let mut later = record("JC-2026-000002");
        later["beneficiary"]["last_name"] = "Bianchi".into();
        world.import(vec![record("JC-2026-000001"), later]).await;
        let page = world.backend.requests.list(&world.ours.operator, &RequestSearchForm::default(), None, None).await.unwrap().page;
        assert_eq!(page.rows.iter().map(|row| row.person.last.as_str()).collect::<Vec<_>>(), ["Rossi", "Rossi"]);
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
