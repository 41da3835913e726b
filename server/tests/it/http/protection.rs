//! What stands around every address: origin and size of what is sent.

use axum::{
    body::Body,
    http::{
        StatusCode,
        header::{CONTENT_LENGTH, CONTENT_TYPE, ORIGIN},
    },
};
use serde_json::json;

use super::world::World;

#[tokio::test]
async fn another_site_cannot_send_commands_with_our_cookie() {
    let world = World::demo().await;
    let operator = world.operator().await;
    let post = |name: &str, value: &str| {
        operator
            .request("POST", "/api/agenda/dashboard")
            .header(CONTENT_TYPE, "application/json")
            .header(name, value)
            .body(Body::from("{}"))
            .unwrap()
    };
    for (name, value) in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), (ORIGIN.as_str(), "https://elsewhere.test")] {
        world.send(post(name, value)).await.is_problem(StatusCode::FORBIDDEN);
    }
    for (name, value) in [("sec-fetch-site", "same-origin"), (ORIGIN.as_str(), "http://affianco.test")] {
        assert_eq!(world.send(post(name, value)).await.status, StatusCode::OK, "{name}: {value}");
    }
}

#[tokio::test]
async fn a_body_over_one_mebibyte_is_refused_whether_or_not_it_says_so() {
    let world = World::demo().await;
    let operator = world.operator().await;
    let (fits, over) = ("x".repeat(900_000), "x".repeat((1 << 20) + 1));
    let sign_in = |password: &str| json!({ "login": "operatore", "password": password }).to_string();
    assert_eq!(operator.post("/api/account/sign_in", sign_in(&fits)).await.status, StatusCode::UNAUTHORIZED);

    let said = operator.request("POST", "/api/account/sign_in").header(CONTENT_TYPE, "application/json").header(CONTENT_LENGTH, over.len());
    world.send(said.body(Body::from(over.clone())).unwrap()).await.is_problem(StatusCode::PAYLOAD_TOO_LARGE);
    let answer = operator.post("/api/account/sign_in", sign_in(&over)).await;
    assert!(answer.status.is_client_error(), "{}", answer.status);
}
