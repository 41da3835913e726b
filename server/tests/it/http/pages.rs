//! Pages: who may open them, and what they carry.

use app::ui::paths;
use axum::{
    body::Body,
    http::{
        StatusCode,
        header::{ACCEPT, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION},
    },
};
use serde_json::json;

use super::world::World;
use crate::support::databases::on_postgres;

/// A request addressed to another provider than that of the demo accounts.
const OF_ANOTHER_PROVIDER: &str = "JC-2026-110000";
/// Admitted by the operator's site, with sessions of the coach.
const OF_THE_COACH: &str = "JC-2026-110188";

#[tokio::test]
async fn every_page_needs_an_actor_and_leads_back_after_the_sign_in() {
    let world = World::demo().await;
    let id = world.id_of(OF_THE_COACH).await;
    let stranger = world.anonymous();
    assert_eq!(stranger.get("/").await.header(LOCATION), "/accedi");
    for path in ["/richieste", &format!("/richieste/{id}"), &format!("/dossier/{id}"), "/politiche-attive", "/nowhere"] {
        let answer = stranger.get(path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        assert_eq!(answer.header(LOCATION), paths::sign_in_and_return(path), "{path}");
    }
    assert_eq!(stranger.get("/accedi").await.status, StatusCode::OK);
}

#[tokio::test]
async fn who_is_signed_in_opens_the_pages_and_has_no_use_for_the_sign_in() {
    let world = World::demo().await;
    let id = world.id_of(OF_THE_COACH).await;
    let operator = world.operator().await;
    for path in [
        "/".to_owned(),
        "/richieste".to_owned(),
        format!("/richieste/{id}"),
        format!("/richieste/{id}/profilo"),
        "/politiche-attive".to_owned(),
        format!("/dossier/{id}"),
        format!("/dossier/{id}/attivita/on_the_job_training"),
        format!("/dossier/{id}/attivita/on_the_job_training/erogazioni/nuova"),
    ] {
        let answer = operator.get(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.header(CONTENT_TYPE).starts_with("text/html"), "{path}");
    }
    let answer = operator.get("/accedi").await;
    assert_eq!((answer.status, answer.header(LOCATION)), (StatusCode::SEE_OTHER, "/"));
}

#[tokio::test]
async fn r2_what_another_provider_was_asked_does_not_exist_as_a_page_or_for_a_function() {
    let world = World::demo().await;
    let theirs = world.id_of(OF_ANOTHER_PROVIDER).await;
    let nobodys = uuid::Uuid::nil().to_string();
    let operator = world.operator().await;
    for path in ["/richieste/{id}", "/richieste/{id}/profilo", "/dossier/{id}", "/dossier/{id}/attivita/coaching_plan"] {
        let answer = operator.get(&path.replace("{id}", &theirs)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    for function in ["request/open", "request/profile", "dossier/open"] {
        let answer = operator.call(function, &json!({ "id": theirs })).await;
        let unknown = operator.call(function, &json!({ "id": nobodys })).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{function}");
        assert_eq!(answer.body, unknown.body, "it can't be told from one that does not exist");
    }
}

#[tokio::test]
async fn a_coach_finds_its_dossiers_and_the_system_administrator_none() {
    let world = World::demo().await;
    let id = world.id_of(OF_THE_COACH).await;
    let path = format!("/dossier/{id}");
    assert_eq!(world.coach().await.get(&path).await.status, StatusCode::OK);
    assert_eq!(world.system().await.get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_policy_of_a_page_admits_only_its_own_scripts_and_nothing_is_kept() {
    let world = World::demo().await;
    let operator = world.operator().await;
    let (first, second) = (operator.get("/richieste").await, operator.get("/richieste").await);
    let policy = first.header(CONTENT_SECURITY_POLICY);
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce");
    assert!(!policy.contains("unsafe-inline"), "{policy}");
    assert!(first.body.contains(&format!("nonce=\"{nonce}\"")), "the page's scripts carry the nonce of its policy");
    let inline = first.body.matches("<script").count();
    assert_eq!(inline, first.body.matches(&format!("nonce=\"{nonce}\"")).count(), "each of them");
    assert!(!first.body.contains(" style=\"") && !first.body.contains("<style"), "no inline style");
    assert_ne!(policy, second.header(CONTENT_SECURITY_POLICY), "and it is another one each time");
    assert_eq!(first.header(CACHE_CONTROL), "no-store");
}

#[tokio::test]
async fn an_address_that_leads_nowhere_is_a_page_for_people_and_a_problem_for_machines() {
    let world = World::demo().await;
    let operator = world.operator().await;
    let page = operator.get("/nowhere/at/all").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.header(CONTENT_TYPE).starts_with("text/html"));
    let request = operator.request("GET", "/nowhere").header(ACCEPT, "application/json").body(Body::empty()).unwrap();
    world.send(request).await.is_problem(StatusCode::NOT_FOUND);
    operator.post("/nowhere", "{}").await.is_problem(StatusCode::NOT_FOUND);
    operator.get("/pkg/nothing.js").await.is_problem(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_same_pages_come_from_postgresql() {
    on_postgres(async |database| {
        let world = World::demo_on(&database.url).await;
        let (id, operator) = (world.id_of(OF_THE_COACH).await, world.operator().await);
        for path in
            ["/".to_owned(), "/richieste".to_owned(), "/politiche-attive".to_owned(), format!("/dossier/{id}/attivita/on_the_job_training")]
        {
            assert_eq!(operator.get(&path).await.status, StatusCode::OK, "{path}");
        }
        let page = operator.call("dossier/open", &json!({ "id": id })).await.json();
        assert_eq!(page["history_intact"], json!(true));
        world.program.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn health_is_open_to_everybody() {
    let world = World::demo().await;
    for path in ["/health/live", "/health/ready"] {
        assert_eq!(world.anonymous().get(path).await.status, StatusCode::OK, "{path}");
    }
    world.program.store.close().await;
    assert_eq!(world.anonymous().get("/health/live").await.status, StatusCode::OK);
    world.anonymous().get("/health/ready").await.is_problem(StatusCode::SERVICE_UNAVAILABLE);
}
