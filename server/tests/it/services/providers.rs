//! Enti (R40): who is on the list, from which day on, and what a suspension stops and what it only warns of.

use app::{
    domain::{
        audit::AuditAction,
        command::Version,
        provider::{Actor, Standing, StandingForm},
        request::{RefusalForm, RequestSearchForm},
        rulebook::Rule,
        session::SessionStep,
    },
    ports::{PortError, PortResult},
};
use serde_json::{Value, json};

use crate::{
    store::contract,
    support::world::{TRAINING, World, complete, key, record, refused, seen},
};

fn form(standing: Standing, from: &str) -> StandingForm {
    StandingForm { standing: standing.as_str().to_owned(), from: from.to_owned(), reason: "Verifica regionale".to_owned() }
}

async fn set(world: &World, version: Version, standing: Standing, from: &str) -> PortResult<()> {
    world.backend.providers.set_standing(&world.system, world.ours.provider, seen(version), form(standing, from)).await
}

/// The payloads of what was decided, as the provider's chain keeps them.
async fn decided(world: &World) -> Vec<(AuditAction, Value)> {
    let rows = world.store.read().await.unwrap().audit_chain(&format!("provider:{}", world.ours.provider)).await.unwrap();
    rows.into_iter().map(|row| (row.action, serde_json::from_slice(&row.payload).unwrap())).collect()
}

contract! {
    async fn r40_a_suspended_provider_refuses_but_does_not_admit_from_its_day_on_and_again_until_then(database) {
        let world = World::new(&database).await;
        world.import(vec![record("A"), record("B"), record("C")]).await;
        let operator = &world.ours.operator;
        let ids: Vec<_> = {
            let page = world.backend.requests.list(operator, &RequestSearchForm::default(), None, None).await.unwrap().page;
            page.rows.into_iter().map(|row| row.id).collect()
        };
        set(&world, 1, Standing::Suspended, "2026-11-24").await.unwrap();
        world.backend.requests.admit(operator, ids[0], seen(1)).await.unwrap();

        world.at("2026-11-24");
        let detail = world.backend.requests.open(operator, ids[1]).await.unwrap();
        assert_eq!((detail.may_decide, detail.may_admit), (true, false));
        assert_eq!(refused(world.backend.requests.admit(operator, ids[1], seen(1)).await), ["R40"]);
        let reason = RefusalForm { category: "other".to_owned(), reason: "L'ente è sospeso dall'elenco".to_owned() };
        world.backend.requests.refuse(operator, ids[1], seen(1), reason).await.unwrap();

        set(&world, 2, Standing::Active, "2026-11-25").await.unwrap();
        assert_eq!(refused(world.backend.requests.admit(operator, ids[2], seen(1)).await), ["R40"]);
        world.at("2026-11-25");
        world.backend.requests.admit(operator, ids[2], seen(1)).await.unwrap();
    }

    async fn r40_a_suspension_is_told_on_every_page_of_the_provider_and_stops_nothing_under_way(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let session = world.scheduled(id, "2026-11-24", "09:00", "10:00").await;
        let told = async |actor: &Actor| {
            let ports = &world.backend;
            let dossier = ports.dossiers.open(actor, id).await.unwrap().provider_warning;
            let activity = ports.activities.open(actor, id, TRAINING).await.unwrap().provider_warning;
            assert_eq!(dossier, activity);
            assert_eq!(dossier, ports.agenda.dashboard(actor).await.unwrap().provider_warning);
            if actor.reads_requests() {
                assert_eq!(dossier, ports.requests.open(actor, id).await.unwrap().provider_warning);
            }
            dossier.map(|refusal| refusal.rule)
        };
        assert_eq!(told(&world.ours.operator).await, None);
        set(&world, 1, Standing::Suspended, "2026-11-24").await.unwrap();
        assert_eq!(told(&world.ours.operator).await, Some(Rule::R40), "to come");
        world.at("2026-11-24");
        assert_eq!(told(&world.ours.coach).await, Some(Rule::R40));
        for dashboard in [&world.theirs.operator, &world.system] {
            assert_eq!(world.backend.agenda.dashboard(dashboard).await.unwrap().provider_warning, None);
        }
        world.step(id, session, SessionStep::Start).await.unwrap();
        world.step(id, session, complete("Affiancamento sulla postazione")).await.unwrap();
        world.scheduled(id, "2026-11-25", "09:00", "10:00").await;
    }

    async fn r40_only_the_administrator_of_the_system_knows_of_the_page(database) {
        let world = World::new(&database).await;
        let (ports, id) = (&world.backend.providers, world.ours.provider);
        for actor in [&world.ours.operator, &world.ours.administrator, &world.ours.coach, &world.theirs.administrator] {
            assert!(matches!(ports.list(actor, None).await, Err(PortError::NotFound)));
            assert!(matches!(ports.open(actor, id).await, Err(PortError::NotFound)));
            let set = ports.set_standing(actor, id, seen(1), form(Standing::Suspended, "2026-11-23")).await;
            assert!(matches!(set, Err(PortError::NotFound)), "{set:?}");
        }
        let list = ports.list(&world.system, None).await.unwrap();
        let rows: Vec<_> = list.page.rows.iter().map(|row| (row.provider.code.as_str(), row.standings.on(list.now.today()))).collect();
        assert_eq!((rows, list.page.total), (vec![("E001", Standing::Active), ("E002", Standing::Active)], 2));
        assert!(ports.list(&world.system, Some("E002")).await.unwrap().page.rows.is_empty());
        assert_eq!(decided(&world).await.len(), 0);
    }

    async fn r43_a_decision_repeated_is_one_and_one_on_an_older_page_is_told_how_the_provider_stands(database) {
        let world = World::new(&database).await;
        let ports = &world.backend.providers;
        let (id, seen) = (world.ours.provider, app::domain::command::Seen { key: key(), version: 1 });
        for _ in 0..2 {
            ports.set_standing(&world.system, id, seen, form(Standing::Suspended, "2026-12-01")).await.unwrap();
        }
        assert_eq!(ports.open(&world.system, id).await.unwrap().row.standings.version(), 2);
        let Err(PortError::Conflict(changes)) = set(&world, 1, Standing::Active, "2026-12-01").await else { panic!("no conflict") };
        assert_eq!(
            changes.into_iter().map(|change| (change.before, change.after)).collect::<Vec<_>>(),
            [(Some("sospeso da mar 1 dic 2026".to_owned()), Some("attivo da mar 1 dic 2026".to_owned()))]
        );
        let past = set(&world, 2, Standing::Active, "2026-11-22").await;
        let Err(PortError::Invalid(problems)) = past else { panic!("{past:?}") };
        assert_eq!(problems[0].field, "from");

        let entry = |from: &str, standing: &str, reason: &str| json!({ "of": "standing", "from": from, "standing": standing, "reason": reason });
        assert_eq!(decided(&world).await, [(
            AuditAction::ProviderSuspended,
            json!({ "subject": "E001", "before": entry("2020-01-01", "active", "Elenco"), "after": entry("2026-12-01", "suspended", "Verifica regionale") })
        )]);
    }

    async fn r40_a_provider_that_an_employment_centre_names_is_on_the_list_from_the_day_of_the_file(database) {
        let world = World::new(&database).await;
        let new = |code: &str| app::domain::request::intake::NewProvider { code: code.to_owned(), name: "Ente nuovo".to_owned(), sites: Vec::new() };
        let file = |code| app::domain::request::intake::RequestsFile { reference_date: None, providers: vec![new(code)], requests: Vec::new() };
        world.services.import(&file("E003")).await.unwrap();
        set(&world, 1, Standing::Suspended, "2026-11-23").await.unwrap();
        world.services.import(&file("E001")).await.unwrap();
        let list = world.backend.providers.list(&world.system, None).await.unwrap();
        let rows: Vec<_> = list.page.rows.iter().map(|row| (row.standings.on(list.now.today()), row.standings.version())).collect();
        assert_eq!(rows, [(Standing::Suspended, 2), (Standing::Active, 1), (Standing::Active, 1)], "a known one stays as it was decided");
    }
}
