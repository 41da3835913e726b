//! The built binary as a process: what it refuses, and how it stops.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use super::world::{NOW, copy_demo, open};
use crate::support::folder::Folder;

/// The program with nothing of this process's settings.
pub fn affianco(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_affianco"));
    command.env_clear().args(arguments).stdin(Stdio::null());
    command
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn refused(output: &Output, code: i32, sentence: &str) {
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert!(said.contains(sentence), "{said}");
}

fn data(folder: &Path) -> &str {
    folder.to_str().unwrap()
}

#[test]
fn a_setting_nobody_knows_stops_the_start() {
    let folder = Folder::new();
    let file = folder.path().join("affianco.toml");
    std::fs::write(&file, "listne = \"127.0.0.1:0\"\n").unwrap();
    let output = affianco(&["serve", "--config", data(&file)]).output().unwrap();
    refused(&output, 1, "`listne`, which is not a setting");
    let output = affianco(&["serve", "--data", data(folder.path())]).env("AFFIANCO_LISTNE", "x").output().unwrap();
    refused(&output, 1, "`listne`, which is not a setting");
}

#[tokio::test]
async fn a_demonstration_does_not_start_without_demo() {
    let folder = Folder::new();
    copy_demo(folder.path()).await;
    let output = affianco(&["serve", "--data", data(folder.path()), "--listen", "127.0.0.1:0"]).output().unwrap();
    refused(&output, 1, "start with --demo");
}

#[tokio::test]
async fn a_database_that_was_begun_with_another_master_key_does_not_start() {
    let folder = Folder::new();
    open(folder.path(), None).await.store.close().await;
    let output = affianco(&["serve", "--data", data(folder.path()), "--listen", "127.0.0.1:0"])
        .env("AFFIANCO_MASTER_KEY", "00".repeat(32))
        .output()
        .unwrap();
    refused(&output, 1, "start with the key that belongs to it");
}

#[test]
fn migrating_twice_is_migrating_once() {
    let folder = Folder::new();
    for _ in 0..2 {
        let output = affianco(&["migrate", "--data", data(folder.path())]).output().unwrap();
        assert!(output.status.success(), "{}", text(&output.stderr));
    }
}

/// A program that serves; ended with the test whatever happens.
struct Serving {
    child: Child,
    address: String,
    said: Vec<String>,
}

impl Serving {
    fn start(folder: &Folder, arguments: &[&str]) -> Self {
        let mut all = vec!["serve", "--listen", "127.0.0.1:0", "--data", data(folder.path())];
        all.extend(arguments);
        let mut child = affianco(&all).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut said = Vec::new();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = loop {
            let line = lines.next().expect("it prints its address").unwrap();
            said.push(line.clone());
            if let Some(address) = line.strip_prefix("listening on http://") {
                break address.to_owned();
            }
        };
        // The accounts follow in the same write.
        if arguments.contains(&"--demo") {
            said.push(lines.next().unwrap().unwrap());
        }
        Self { child, address, said }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn on_sigterm_a_request_in_flight_is_finished_and_the_program_ends_well() {
    let folder = Folder::new();
    copy_demo(folder.path()).await;
    let mut serving = Serving::start(&folder, &["--demo", "--now", NOW]);
    assert!(serving.said.iter().any(|line| line.contains("operatore") && line.contains("affianco")), "{:?}", serving.said);
    let mut log = BufReader::new(serving.child.stderr.take().unwrap()).lines();

    let body = r#"{"login":"operatore","password":"affianco"}"#;
    let mut stream = TcpStream::connect(&serving.address).unwrap();
    write!(
        stream,
        "POST /api/account/sign_in HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        serving.address,
        body.len()
    )
    .unwrap();
    // Asking for the body means that the request is being worked on.
    let mut asked = [0; 25];
    stream.read_exact(&mut asked).unwrap();
    assert!(asked.starts_with(b"HTTP/1.1 100"), "{}", text(&asked));

    let kill = Command::new("kill").args(["-TERM", &serving.child.id().to_string()]).status().unwrap();
    assert!(kill.success());
    assert!(log.any(|line| line.unwrap().contains("stopping")), "it heard the order");
    stream.write_all(body.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("affianco="), "{answer}");
    assert!(serving.child.wait().unwrap().success());
}
