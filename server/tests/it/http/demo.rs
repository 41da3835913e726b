//! The demonstration: what it holds, and its clock.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use serde_json::{Value, json};
use server::{demo, http::security::Transport};

use super::world::{World, open};
use crate::support::folder::Folder;

/// Notified to the operator's site on the last day before lapsing, seen from `NOW`.
const LAST_DAY: &str = "JC-2026-110212";

fn jump(to: &str) -> String {
    json!({ "now": to }).to_string()
}

#[tokio::test]
async fn the_clock_moves_and_what_is_over_by_then_has_lapsed() {
    let world = World::demo().await;
    let (id, operator) = (world.id_of(LAST_DAY).await, world.operator().await);
    let state = async || operator.call("request/open", &json!({ "id": id })).await.json()["row"]["state"].clone();
    assert_eq!(state().await, "pending");
    assert_eq!(world.anonymous().post("/demo/clock", jump("2026-11-24T00:00")).await.status, StatusCode::NO_CONTENT);
    assert_eq!(state().await, "lapsed");
}

#[tokio::test]
async fn a_time_that_is_none_is_refused() {
    let world = World::demo().await;
    for body in [
        jump("tomorrow"),
        jump("2026-02-30T10:00"),
        json!({ "now": null }).to_string(),
        json!({}).to_string(),
        json!({ "now": "2026-11-23T10:00", "x": 1 }).to_string(),
    ] {
        world.anonymous().post("/demo/clock", body).await.is_problem(StatusCode::UNPROCESSABLE_ENTITY);
    }
    world.anonymous().get("/demo/clock").await.is_problem(StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn without_a_demo_there_is_no_clock_to_move() {
    let world = World::with(Transport::Clear, false).await;
    world.anonymous().post("/demo/clock", jump("2026-11-24T00:00")).await.is_problem(StatusCode::NOT_FOUND);
}

/// Days that leave few working days around them: Monday, New Year's Eve, Easter Monday, a Sunday in August.
#[tokio::test]
async fn it_has_requests_sessions_and_activities_in_every_state_whichever_day_it_is() {
    for now in ["2026-11-23T05:30", "2026-12-31T23:00", "2027-03-29T10:00", "2027-01-07T10:00"] {
        let folder = Folder::new();
        let program = open(folder.path(), Some(now)).await;
        demo::fill(&program).await.unwrap();
        let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}/affianco.sqlite", folder.path().display())).await.unwrap();
        let words =
            async |sql: &'static str| -> BTreeSet<String> { sqlx::query_scalar(sql).fetch_all(&pool).await.unwrap().into_iter().collect() };
        let count = async |sql: &'static str| -> i64 { sqlx::query_scalar(sql).fetch_one(&pool).await.unwrap() };

        assert_eq!(count("select count(*) from opal").await, 300, "{now}");
        assert_eq!(words("select state from opal").await, set(&["admitted", "lapsed", "pending", "refused", "withdrawn"]), "{now}");
        let sessions = words("select state from session").await;
        assert_eq!(sessions, set(&["cancelled", "delivered", "entered", "not_delivered", "scheduled", "started"]), "{now}");
        assert!(count("select count(*) from session").await >= 65, "{now}: few stories were left out");
        assert_eq!(count("select count(*) from session where replaces is not null").await, 2, "{now}");
        assert!(count("select count(*) from session where late_days is not null").await >= 1, "{now}");
        let concluded =
            "select count(*) from (select opal_id from activity where closed_at is not null group by opal_id having count(*) = 5) as whole";
        assert_eq!(count(concluded).await, 1, "{now}");
        program.store.close().await;
    }
}

fn set(words: &[&str]) -> BTreeSet<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[tokio::test]
async fn one_activity_has_exactly_one_hour_left_and_its_history_is_whole() {
    let world = World::demo().await;
    let id = world.id_of("JC-2026-110187").await;
    let page = world.operator().await.call("dossier/open", &json!({ "id": id })).await.json();
    assert_eq!(page["history_intact"], Value::Bool(true));
    let training = page["row"]["activities"].as_array().unwrap().iter().find(|activity| activity["code"] == "on_the_job_training").unwrap();
    let hours = &training["hours"];
    let used: u64 = ["planned", "delivered"].iter().map(|part| hours[part].as_u64().unwrap()).sum();
    assert_eq!(hours["agreed"].as_u64().unwrap() - used, 60);
}
