//! The same store in a bucket: every request is signed, and the promises are those of the folder.

use std::collections::HashSet;

use axum::http::Method;
use chrono::DateTime;
use server::{
    config::{Config, Flags},
    files::{Access, Files, FilesError, Place, Swept},
    sealing::PersonKey,
    startup::open_files,
};

use super::{
    s3::{BUCKET, KEY_ID, REGION, SECRET, Server},
    store::{id, pieces, sample, together},
};
use crate::support::folder::Folder;

fn access(server: &Server, secret: &str) -> Access {
    let endpoint = Some(server.endpoint.clone());
    Access { endpoint, region: REGION.to_owned(), key_id: KEY_ID.to_owned(), secret: secret.to_owned() }
}

fn files(server: &Server, secret: &str) -> Files {
    let place = Place::Bucket { bucket: BUCKET.to_owned(), prefix: "files/of".to_owned() };
    Files::open(&place, Some(&access(server, secret))).unwrap()
}

#[tokio::test]
async fn a_file_goes_to_the_bucket_sealed_and_comes_back() {
    let (server, seal) = (Server::start().await, PersonKey::generate());
    let files = files(&server, SECRET);
    let bytes = sample(600_000);
    let key = files.put(id(), &seal, &bytes).await.unwrap().keep();
    assert_eq!(files.read(&key, seal.clone()).await.unwrap(), bytes);
    assert_eq!(together(pieces(&files, &key, seal.clone()).await).unwrap(), bytes);

    let held = server.held.lock().unwrap();
    let (name, object) = held.objects.first_key_value().unwrap();
    assert!(name.starts_with("files/of/") && name.ends_with(&key.id.to_string()), "{name}");
    assert!(object.len() == bytes.len() + 3 * 29 && memchr::memmem::find(object, &bytes[..32]).is_none());
    assert_eq!(held.requests.iter().map(|(method, _)| method.clone()).collect::<Vec<_>>(), [Method::PUT, Method::GET, Method::GET]);
}

#[tokio::test]
async fn a_taken_id_a_changed_object_and_a_missing_one_are_told_apart() {
    let (server, seal) = (Server::start().await, PersonKey::generate());
    let files = files(&server, SECRET);
    let key = files.put(id(), &seal, b"one").await.unwrap().keep();
    assert!(matches!(files.put(key.id, &seal, b"two").await, Err(FilesError::Taken(taken)) if taken == key.id));
    assert_eq!(files.read(&key, seal.clone()).await.unwrap(), b"one");
    {
        let mut held = server.held.lock().unwrap();
        let object = held.objects.values_mut().next().unwrap();
        let mut changed = object.to_vec();
        *changed.last_mut().unwrap() ^= 1;
        *object = changed.into();
    }
    assert!(matches!(files.read(&key, seal.clone()).await, Err(FilesError::Damaged { .. })));
    files.delete(key.id).await.unwrap();
    assert!(matches!(files.read(&key, seal).await, Err(FilesError::Missing(_))));
    files.delete(key.id).await.expect("deleting what is gone is no error");
}

#[tokio::test]
async fn a_wrong_secret_is_refused_by_the_server_and_shown_to_nobody() {
    let server = Server::start().await;
    let files = files(&server, "c0ffee");
    let error = files.put(id(), &PersonKey::generate(), b"one").await.unwrap_err();
    assert!(matches!(error, FilesError::Unavailable(_)));
    // The builder of the bucket is the only one that knows the secret.
    assert!(!format!("{error:?} {files:?}").contains("c0ffee"));
    assert!(server.held.lock().unwrap().objects.is_empty());
}

#[tokio::test]
async fn a_server_that_stumbles_is_asked_again() {
    let (server, seal) = (Server::start().await, PersonKey::generate());
    let files = files(&server, SECRET);
    let key = files.put(id(), &seal, b"one").await.unwrap().keep();
    server.held.lock().unwrap().failures = 2;
    assert_eq!(files.read(&key, seal).await.unwrap(), b"one");
    assert_eq!(server.held.lock().unwrap().requests.len(), 4);
}

#[tokio::test]
async fn the_sweep_takes_from_a_bucket_what_nothing_tells_of() {
    let (server, seal) = (Server::start().await, PersonKey::generate());
    let files = files(&server, SECRET);
    let kept = files.put(id(), &seal, b"one").await.unwrap().keep();
    std::mem::forget(files.put(id(), &seal, b"orphan").await.unwrap());
    server.held.lock().unwrap().objects.insert("others/file".to_owned(), b"x".as_slice().into());
    let at = |text: &str| text.parse::<DateTime<chrono::Utc>>().unwrap();
    let known = HashSet::from([kept.id]);
    assert_eq!(files.sweep(&known, at("2026-11-23T08:59:59Z")).await.unwrap(), Swept::default());
    assert_eq!(files.sweep(&known, at("2026-11-23T09:00:01Z")).await.unwrap(), Swept { files: 1, halves: 0 });
    assert_eq!(server.held.lock().unwrap().objects.len(), 2);
}

#[tokio::test]
async fn the_settings_lead_to_the_bucket() {
    let (server, folder) = (Server::start().await, Folder::new());
    let settings = [
        ("data", folder.path().display().to_string()),
        ("files", format!("s3://{BUCKET}/of-the-test")),
        ("files_endpoint", server.endpoint.clone()),
        ("files_region", REGION.to_owned()),
        ("files_key_id", KEY_ID.to_owned()),
        ("files_secret", SECRET.to_owned()),
    ];
    let (config, _) = Config::load(&Flags { file: None, values: settings.to_vec() }).unwrap();
    let _ = open_files(&config).unwrap().put(id(), &PersonKey::generate(), b"one").await.unwrap().keep();
    assert!(server.held.lock().unwrap().objects.keys().all(|name| name.starts_with("of-the-test/")));
    assert_eq!(server.held.lock().unwrap().objects.len(), 1);
}
