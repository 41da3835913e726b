//! A small S3-compatible server: one bucket in memory, with the requests that came.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderMap, Method, StatusCode},
    response::{IntoResponse as _, Response},
};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use tokio::net::TcpListener;

pub const BUCKET: &str = "affianco";
pub const REGION: &str = "eu-south-1";
pub const KEY_ID: &str = "AKIATEST";
pub const SECRET: &str = "not/a+real+secret";

/// What the server holds and heard.
#[derive(Default)]
pub struct Held {
    pub objects: BTreeMap<String, Bytes>,
    pub requests: Vec<(Method, String)>,
    /// Answers that fail before the next good one.
    pub failures: usize,
}

/// A running server.
pub struct Server {
    pub endpoint: String,
    pub held: Arc<Mutex<Held>>,
}

impl Server {
    pub async fn start() -> Self {
        let held = Arc::<Mutex<Held>>::default();
        let router = Router::new().fallback(answer).layer(DefaultBodyLimit::disable()).with_state(held.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { endpoint, held }
    }
}

async fn answer(State(held): State<Arc<Mutex<Held>>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    if !is_signed(&parts.method, parts.uri.path(), parts.uri.query().unwrap_or_default(), &parts.headers, &body) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let mut held = held.lock().unwrap();
    held.requests.push((parts.method.clone(), parts.uri.to_string()));
    if held.failures > 0 {
        held.failures -= 1;
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let Some(key) = parts.uri.path().strip_prefix(&format!("/{BUCKET}")) else { return StatusCode::NOT_FOUND.into_response() };
    let key = key.trim_start_matches('/').to_owned();
    let etag = |bytes: &Bytes| format!("\"{}\"", hex::encode(&Sha256::digest(bytes)[..16]));
    let modified = [("last-modified", "Mon, 23 Nov 2026 09:00:00 GMT")];
    match (parts.method, held.objects.get(&key)) {
        (Method::GET, _) if key.is_empty() => {
            let query = parts.uri.query().unwrap_or_default().replace("%2F", "/");
            let prefix = query.split('&').find_map(|pair| pair.strip_prefix("prefix=")).unwrap_or_default();
            listing(held.objects.iter().filter(|(key, _)| key.starts_with(prefix))).into_response()
        }
        (Method::PUT, Some(_)) if parts.headers.get("if-none-match").is_some_and(|any| any == "*") => {
            StatusCode::PRECONDITION_FAILED.into_response()
        }
        (Method::PUT, _) => {
            let tag = etag(&body);
            held.objects.insert(key, body);
            [("etag", tag)].into_response()
        }
        (Method::GET | Method::HEAD, Some(object)) => (modified, [("etag", etag(object))], Body::from(object.clone())).into_response(),
        (Method::DELETE, found) => {
            let _ = found;
            held.objects.remove(&key);
            StatusCode::NO_CONTENT.into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

fn listing<'a>(objects: impl Iterator<Item = (&'a String, &'a Bytes)>) -> String {
    let contents = objects.map(|(key, object)| {
        format!("<Contents><Key>{key}</Key><LastModified>2026-11-23T09:00:00.000Z</LastModified><Size>{}</Size></Contents>", object.len())
    });
    format!("<ListBucketResult><IsTruncated>false</IsTruncated>{}</ListBucketResult>", contents.collect::<String>())
}

/// Signature version 4, added up anew from Amazon's description.
fn is_signed(method: &Method, path: &str, query: &str, headers: &HeaderMap, body: &[u8]) -> bool {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let Some(signed) = header("authorization").strip_prefix("AWS4-HMAC-SHA256 ") else { return false };
    let part = |name: &str| signed.split(", ").find_map(|part| part.strip_prefix(name)).unwrap_or_default();
    let hash = hex::encode(Sha256::digest(body));
    let mut query: Vec<_> = query.split('&').filter(|pair| !pair.is_empty()).collect();
    query.sort_unstable();
    let names = part("SignedHeaders=");
    let lines = names.split(';').map(|name| [name, ":", header(name), "\n"].concat()).collect::<String>();
    let canonical = format!("{method}\n{path}\n{}\n{lines}\n{names}\n{hash}", query.join("&"));
    let at = header("x-amz-date");
    let scope = format!("{}/{REGION}/s3/aws4_request", &at[..8.min(at.len())]);
    let text = format!("AWS4-HMAC-SHA256\n{at}\n{scope}\n{}", hex::encode(Sha256::digest(canonical)));
    let mac =
        |key: &[u8], message: &str| Hmac::<Sha256>::new_from_slice(key).unwrap().chain_update(message).finalize().into_bytes().to_vec();
    let key = [&scope[..8.min(scope.len())], REGION, "s3", "aws4_request"]
        .iter()
        .fold(format!("AWS4{SECRET}").into_bytes(), |key, step| mac(&key, step));
    header("x-amz-content-sha256") == hash
        && part("Credential=") == format!("{KEY_ID}/{scope}")
        && part("Signature=") == hex::encode(mac(&key, &text))
}
