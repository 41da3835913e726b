//! Providers, sites, coaches, employment centres.

use app::domain::provider::Provider;
use server::store::StoreError;

use crate::support::world::listed;

use super::sample::{ANNA, BRUNO, E001, E002, PADOVA, TREVISO, VENEZIA, coach, day, people, site};

contract! {
    async fn a_provider_is_found_by_its_id_and_by_its_code(db) {
        people(db.store.as_ref()).await;
        let mut tx = db.store.read().await.unwrap();
        let found = tx.provider_by_code("E001").await.unwrap().unwrap();
        assert_eq!(found, Provider { id: E001, code: "E001".to_owned(), name: "Cooperativa Passo a Passo".to_owned() });
        assert_eq!(tx.provider(E001).await.unwrap(), Some(found));
        assert_eq!(tx.provider_by_code("E009").await.unwrap(), None);
    }

    async fn sites_are_listed_by_code_for_their_provider_only(db) {
        people(db.store.as_ref()).await;
        let mut tx = db.store.read().await.unwrap();
        let sites = tx.sites(E001).await.unwrap();
        assert_eq!(sites, [site(PADOVA, E001, "E001-PD", "Padova"), site(VENEZIA, E001, "E001-VE", "Venezia")]);
        assert_eq!(tx.site_by_code("E002-TV").await.unwrap(), Some(site(TREVISO, E002, "E002-TV", "Treviso")));
        assert_eq!(tx.site_by_code("E002-XX").await.unwrap(), None);
    }

    async fn coaches_are_listed_by_name_whatever_their_accents(db) {
        people(db.store.as_ref()).await;
        let mut zoe = coach(super::sample::CARLA, "Zoe Blu", VENEZIA);
        zoe.id = app::domain::ids::CoachId(uuid::Uuid::from_u128(103));
        zoe.active_to = Some(day("2026-06-30"));
        let mut tx = db.store.write().await.unwrap();
        tx.insert_coach(E001, &zoe).await.unwrap();
        assert_eq!(tx.coaches(E001).await.unwrap(), [coach(ANNA, "Anna Bianchi", PADOVA), coach(BRUNO, "Élia Neri", PADOVA), zoe]);
    }

    async fn a_coach_cannot_work_at_the_site_of_another_provider(db) {
        people(db.store.as_ref()).await;
        let mut tx = db.store.write().await.unwrap();
        let mut stranger = coach(ANNA, "Anna Bianchi", TREVISO);
        stranger.id = app::domain::ids::CoachId(uuid::Uuid::from_u128(104));
        assert!(matches!(tx.insert_coach(E001, &stranger).await, Err(StoreError::Defect(_))));
    }

    async fn a_code_is_given_to_one_provider_only(db) {
        people(db.store.as_ref()).await;
        let mut tx = db.store.write().await.unwrap();
        let twin = Provider { id: app::domain::ids::ProviderId(uuid::Uuid::from_u128(3)), ..tx.provider(E001).await.unwrap().unwrap() };
        let Err(StoreError::Exists { constraint }) = tx.insert_provider(&twin, &listed()).await else { panic!("the code was taken twice") };
        assert!(constraint.contains("code"), "{constraint}");
    }
}
