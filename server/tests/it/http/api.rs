//! Server functions over HTTP: who may call them, and how they say no.

use axum::http::{
    StatusCode,
    header::{CACHE_CONTROL, CONTENT_TYPE},
};
use serde_json::{Value, json};
use server::ids::new_id;

use super::world::{Client, World};

/// Waits for the decision of the operator's site.
const PENDING: &str = "JC-2026-110212";

async fn version(client: &Client<'_>, id: &str) -> i64 {
    client.call("request/open", &json!({ "id": id })).await.json()["version"].as_i64().expect("a version")
}

fn seen(version: i64) -> Value {
    json!({ "key": new_id(), "version": version })
}

#[tokio::test]
async fn without_an_actor_a_function_says_that_a_sign_in_is_needed() {
    let world = World::demo().await;
    let answer = world.anonymous().call("agenda/dashboard", &json!({})).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(answer.json(), json!("SignInNeeded"));
}

#[tokio::test]
async fn an_answer_is_not_kept() {
    let world = World::demo().await;
    let answer = world.operator().await.call("agenda/dashboard", &json!({})).await;
    assert_eq!((answer.status, answer.header(CACHE_CONTROL)), (StatusCode::OK, "no-store"));
    assert!(answer.header(CONTENT_TYPE).starts_with("application/json"));
}

#[tokio::test]
async fn a_form_with_problems_a_stale_version_and_a_role_that_may_not_have_statuses_of_their_own() {
    let world = World::demo().await;
    let (id, operator) = (world.id_of(PENDING).await, world.operator().await);
    let current = version(&operator, &id).await;

    let empty = json!({ "id": id, "seen": seen(current), "form": { "category": "", "reason": "" } });
    let invalid = operator.call("request/refuse", &empty).await;
    assert_eq!(invalid.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(invalid.json()["Invalid"].is_array(), "{}", invalid.body);

    let stale = operator.call("request/admit", &json!({ "id": id, "seen": seen(current + 1) })).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.body);

    let not_mine = world.coach().await.call("request/admit", &json!({ "id": id, "seen": seen(current) })).await;
    assert_eq!(not_mine.status, StatusCode::NOT_FOUND, "a coach knows of no request");

    let admitted = operator.call("request/admit", &json!({ "id": id, "seen": seen(current) })).await;
    assert_eq!(admitted.status, StatusCode::OK, "{}", admitted.body);
    let again = operator.call("request/admit", &json!({ "id": id, "seen": seen(current + 1) })).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "a rule refuses it: {}", again.body);
}

#[tokio::test]
async fn a_repeated_command_gets_the_same_answer() {
    let world = World::demo().await;
    let (id, operator) = (world.id_of(PENDING).await, world.operator().await);
    let command = json!({ "id": id, "seen": seen(version(&operator, &id).await) });
    let (first, second) = (operator.call("request/admit", &command).await, operator.call("request/admit", &command).await);
    assert_eq!((first.status, &first.body), (StatusCode::OK, &second.body));
    assert_eq!(second.status, StatusCode::OK);
}

#[tokio::test]
async fn arguments_that_cannot_be_read_are_the_callers_mistake() {
    let world = World::demo().await;
    let operator = world.operator().await;
    for body in ["", "{", "[]", r#"{"id":"not an id"}"#] {
        let answer = operator.post("/api/request/open", body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_function_that_is_not_there_is_a_problem() {
    let world = World::demo().await;
    world.operator().await.call("request/delete", &json!({})).await.is_problem(StatusCode::NOT_FOUND);
}
