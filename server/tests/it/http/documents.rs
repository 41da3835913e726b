//! The files of documents over HTTP: who gets them, what a browser is told of them, forms that bring one, and the bundle as another program unpacks it.

use std::io::{Cursor, Read as _};

use axum::{
    body::{Body, to_bytes},
    http::{
        HeaderMap, StatusCode,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS},
    },
};
use serde_json::{Value, json};
use server::ids::new_id;
use sha2::{Digest as _, Sha256};
use zip::ZipArchive;

use super::world::{Client, World};
use crate::files::samples;

/// A dossier of the demonstration with its five activities Terminata.
const CONCLUDED: &str = "JC-2026-110295";
const BOUNDARY: &str = "affianco";

struct File {
    status: StatusCode,
    headers: HeaderMap,
    bytes: Vec<u8>,
}

async fn file(client: &Client<'_>, path: &str) -> File {
    let (parts, body) = client.answer(client.request("GET", path).body(Body::empty()).unwrap()).await.into_parts();
    File { status: parts.status, headers: parts.headers, bytes: to_bytes(body, 32 << 20).await.unwrap().to_vec() }
}

/// Sends a form with its fields and a file.
async fn send(client: &Client<'_>, path: &str, fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> (StatusCode, Value) {
    let key = new_id().to_string();
    let mut body = Vec::new();
    for (field, value) in fields.iter().chain(&[("key", key.as_str())]) {
        body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").into_bytes());
    }
    let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
    body.extend([head.as_bytes(), bytes, format!("\r\n--{BOUNDARY}--\r\n").as_bytes()].concat());
    let request = client.request("POST", path).header(CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"));
    let request = request.header(CONTENT_LENGTH, body.len()).body(Body::from(body)).unwrap();
    let (parts, body) = client.answer(request).await.into_parts();
    let text = to_bytes(body, 1 << 20).await.unwrap();
    (parts.status, serde_json::from_slice(&text).unwrap_or_default())
}

async fn register(client: &Client<'_>, dossier: &str) -> String {
    let issued = client.call("document/issue", &json!({ "key": new_id(), "dossier": dossier, "kind": "register" })).await;
    assert_eq!(issued.status, StatusCode::OK, "{}", issued.body);
    serde_json::from_str::<Value>(&issued.body).unwrap()["id"].as_str().unwrap().to_owned()
}

const PLAN: [(&str, &str); 5] =
    [("kind", "coaching_plan"), ("activity", "coaching_plan"), ("title", ""), ("drafted_on", "2026-11-23"), ("kept_at", "E001-PD")];

#[tokio::test]
async fn an_issued_file_is_handed_out_to_be_kept_and_only_to_those_who_may_know_of_it() {
    let world = World::demo().await;
    let (operator, dossier) = (world.operator().await, world.id_of(CONCLUDED).await);
    let path = format!("/documenti/{}/pdf", register(&operator, &dossier).await);
    let found = file(&operator, &path).await;
    assert!(found.status == StatusCode::OK && found.bytes.starts_with(b"%PDF-"), "{}", found.status);
    let header = |name| found.headers[name].to_str().unwrap();
    assert_eq!(header(CONTENT_DISPOSITION), "attachment; filename=\"registro-attivita-1-2026.pdf\"");
    assert_eq!((header(CONTENT_TYPE), header(CACHE_CONTROL), header(X_CONTENT_TYPE_OPTIONS)), ("application/pdf", "no-store", "nosniff"));
    assert_eq!(header(CONTENT_LENGTH), found.bytes.len().to_string());
    let unknown = [
        (world.anonymous(), StatusCode::SEE_OTHER),
        (world.coach().await, StatusCode::NOT_FOUND),
        (world.system().await, StatusCode::NOT_FOUND),
    ];
    for (who, expected) in unknown {
        let other = file(&who, &path).await;
        assert!(other.status == expected && !other.bytes.starts_with(b"%PDF-"), "{}", other.status);
    }
    assert_eq!(file(&operator, &path.replace("/pdf", "/originale")).await.status, StatusCode::NOT_FOUND, "nothing was uploaded");
    assert_eq!(file(&operator, &format!("/documenti/{}/pdf", new_id())).await.status, StatusCode::NOT_FOUND);
    assert!(file(&operator, "/documenti/x/pdf").await.status.is_client_error());
}

#[tokio::test]
async fn a_preview_is_shown_and_has_no_number() {
    let world = World::demo().await;
    let (operator, dossier) = (world.operator().await, world.id_of(CONCLUDED).await);
    for kind in ["register", "attestation"] {
        let found = file(&operator, &format!("/dossier/{dossier}/documenti/anteprima/{kind}")).await;
        assert!(found.status == StatusCode::OK && found.bytes.starts_with(b"%PDF-"), "{kind}");
        assert!(found.headers[CONTENT_DISPOSITION].to_str().unwrap().starts_with("inline; filename=\"anteprima-"));
    }
    assert_eq!(file(&operator, &format!("/dossier/{dossier}/documenti/anteprima/coaching_plan")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(register(&operator, &dossier).await.len(), 36);
    let first = file(&operator, &format!("/dossier/{dossier}/fascicolo.zip")).await;
    let names: Vec<_> = ZipArchive::new(Cursor::new(first.bytes)).unwrap().file_names().map(|name| name.unwrap().into_owned()).collect();
    assert!(names.contains(&"documenti/2026-1-registro-attivita.pdf".to_owned()), "previews take no number: {names:?}");
}

#[tokio::test]
async fn a_form_with_a_file_answers_as_a_server_function_does() {
    let world = World::demo().await;
    let (operator, dossier) = (world.operator().await, world.id_of(CONCLUDED).await);
    let path = format!("/dossier/{dossier}/documenti/carica");
    let (status, answer) = send(&operator, &path, &PLAN, "piano.pdf", samples::PDF).await;
    assert!(status == StatusCode::OK && answer["number"] == "1/2026", "{status} {answer}");
    let original = file(&operator, &format!("/documenti/{}/originale", answer["id"].as_str().unwrap())).await;
    assert!(original.bytes == samples::PDF);

    let (status, answer) = send(&operator, &path, &PLAN[..3], "piano.pdf", b"MZ\x90\x00\x03\x00\x00\x00").await;
    let fields: Vec<_> = answer["Invalid"].as_array().unwrap().iter().map(|problem| problem["field"].as_str().unwrap()).collect();
    assert_eq!((status, fields), (StatusCode::UNPROCESSABLE_ENTITY, vec!["drafted_on", "kept_at", "file"]));
    let (status, answer) = send(&operator, &path, &PLAN, "piano.pdf", &vec![b' '; 16 << 20]).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer["detail"].as_str().unwrap().contains("il massimo è 15 MB"), "{answer}");
    let (status, answer) = send(&world.anonymous(), &path, &PLAN, "piano.pdf", samples::PDF).await;
    assert_eq!((status, answer), (StatusCode::UNAUTHORIZED, json!("SignInNeeded")));
    let (status, answer) = send(&world.system().await, &path, &PLAN, "piano.pdf", samples::PDF).await;
    assert_eq!((status, answer), (StatusCode::NOT_FOUND, json!("NotFound")));
}

#[tokio::test]
async fn the_bundle_unpacks_elsewhere_and_every_sum_in_it_is_right() {
    let world = World::demo().await;
    let (operator, dossier) = (world.operator().await, world.id_of(CONCLUDED).await);
    register(&operator, &dossier).await;
    send(&operator, &format!("/dossier/{dossier}/documenti/carica"), &PLAN, "piano.pdf", samples::PDF).await;
    let found = file(&operator, &format!("/dossier/{dossier}/fascicolo.zip")).await;
    assert_eq!(found.headers[CONTENT_DISPOSITION], format!("attachment; filename=\"fascicolo-{CONCLUDED}.zip\""));
    let mut zip = ZipArchive::new(Cursor::new(found.bytes)).unwrap();
    let mut read = |name: &str| {
        let mut bytes = Vec::new();
        zip.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    };
    let sums = String::from_utf8(read("SHA256SUMS")).unwrap();
    for line in sums.lines() {
        let (sum, name) = line.split_once("  ").unwrap();
        assert_eq!(hex::encode(Sha256::digest(read(name))), sum, "{name}");
    }
    assert_eq!(sums.lines().count(), 4, "the data, a register, a cover and its original: {sums}");
    let told: Value = serde_json::from_slice(&read("fascicolo.json")).unwrap();
    assert_eq!((told["format"].as_str(), told["log_is_whole"].as_bool()), (Some("affianco/dossier@1"), Some(true)));
    for (who, expected) in [(world.anonymous(), StatusCode::SEE_OTHER), (world.coach().await, StatusCode::NOT_FOUND)] {
        assert_eq!(file(&who, &format!("/dossier/{dossier}/fascicolo.zip")).await.status, expected);
    }
}

#[tokio::test]
async fn anybody_is_told_of_a_code_and_of_nobody_s_name() {
    let world = World::demo().await;
    let (operator, dossier) = (world.operator().await, world.id_of(CONCLUDED).await);
    register(&operator, &dossier).await;
    let page = operator.call("document/open", &json!({ "dossier": dossier })).await;
    let page: Value = serde_json::from_str(&page.body).unwrap();
    let code = page["documents"][0]["code"].as_str().unwrap();
    let told = world.anonymous().call("document/verify", &json!({ "code": code })).await;
    assert_eq!(told.status, StatusCode::OK, "{}", told.body);
    assert!(told.body.contains("\"unchanged\"") && told.body.contains("1/2026"), "{}", told.body);
    let last = page["person"]["last"].as_str().unwrap();
    assert!(!last.is_empty() && !told.body.contains(last) && !told.body.contains(CONCLUDED), "{}", told.body);
    let unknown = world.anonymous().call("document/verify", &json!({ "code": "0000000000000000" })).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}
