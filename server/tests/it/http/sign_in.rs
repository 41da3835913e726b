//! Signing in and out, over HTTP.

use axum::http::{StatusCode, header::SET_COOKIE};
use server::{demo::PASSWORD, http::security::Transport};

use super::world::World;

#[tokio::test]
async fn the_cookie_is_out_of_reach_of_scripts_and_of_other_sites() {
    let world = World::demo().await;
    let answer = world.anonymous().sign_in("operatore", PASSWORD).await;
    let cookie = answer.header(SET_COOKIE);
    assert!(cookie.starts_with("affianco="), "{cookie}");
    for attribute in ["; Path=/", "; HttpOnly", "; SameSite=Lax"] {
        assert!(cookie.contains(attribute), "{attribute} in {cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
}

#[tokio::test]
async fn over_tls_the_cookie_is_secure_and_of_this_host_alone() {
    let world = World::with(Transport::Tls, true).await;
    let mut client = world.anonymous();
    let answer = client.sign_in("operatore", PASSWORD).await;
    let cookie = answer.header(SET_COOKIE);
    assert!(cookie.starts_with("__Host-affianco=") && cookie.contains("; Secure"), "{cookie}");
    assert_eq!(client.get("/richieste").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_get_the_same_answer_and_no_cookie() {
    let world = World::demo().await;
    let wrong = world.anonymous().sign_in("operatore", "sbagliata").await;
    let unknown = world.anonymous().sign_in("nessuno", PASSWORD).await;
    assert_eq!((wrong.status, unknown.status), (StatusCode::UNAUTHORIZED, StatusCode::UNAUTHORIZED));
    assert_eq!(wrong.body, unknown.body);
    assert!(!wrong.headers.contains_key(SET_COOKIE));
}

#[tokio::test]
async fn after_repeated_failures_even_the_right_password_is_refused_and_only_for_that_account() {
    let world = World::demo().await;
    for _ in 0..10 {
        assert_eq!(world.anonymous().sign_in("operatore", "sbagliata").await.status, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(world.anonymous().sign_in("operatore", PASSWORD).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(world.anonymous().sign_in("responsabile", PASSWORD).await.status, StatusCode::OK);
}

#[tokio::test]
async fn signing_out_ends_the_sign_in_on_the_server_too() {
    let world = World::demo().await;
    let client = world.operator().await;
    assert_eq!(client.get("/richieste").await.status, StatusCode::OK);
    let answer = client.call("account/sign_out", &serde_json::json!({})).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.header(SET_COOKIE).contains("Max-Age=0"));
    assert_eq!(client.get("/richieste").await.status, StatusCode::SEE_OTHER, "the old cookie opens nothing");
}

#[tokio::test]
async fn a_sign_in_never_continues_an_older_one() {
    let world = World::demo().await;
    let mut client = world.operator().await;
    let before = client.cookie.clone();
    client.sign_in("operatore", PASSWORD).await;
    assert_ne!(client.cookie, before);
    client.cookie = before;
    assert_eq!(client.get("/richieste").await.status, StatusCode::SEE_OTHER, "the old secret is dead");
}

#[tokio::test]
async fn a_planted_cookie_is_not_adopted() {
    let world = World::demo().await;
    let mut client = world.anonymous();
    client.cookie = Some("affianco=planted".to_owned());
    client.sign_in("operatore", PASSWORD).await;
    assert_ne!(client.cookie.as_deref(), Some("affianco=planted"));
    client.cookie = Some("affianco=planted".to_owned());
    assert_eq!(client.get("/").await.status, StatusCode::SEE_OTHER);
}
