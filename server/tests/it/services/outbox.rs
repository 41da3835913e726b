//! The daily message: by file and by SMTP, without personal data, tried again, never twice.

use std::{path::PathBuf, sync::Arc};

use chrono::TimeDelta;
use server::{
    config::{MailRoute, Value as _},
    ids::random_token,
    jobs::outbox::{Post, run_once},
    mail::{Mailer, Route},
    store::JobEnd,
};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    sync::Mutex,
};

use crate::{
    store::contract,
    support::world::{World, record},
};

const LINK: &str = "https://affianco.example.it";

fn post(route: &Route) -> Post {
    let mailer = Mailer::new(route, "Affianco <avvisi@affianco.example>".parse().unwrap(), None, None).unwrap();
    Post { mailer, link: Some(LINK.to_owned()) }
}

/// A folder for messages.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        Self(std::env::temp_dir().join(format!("affianco-mail-{}", random_token())))
    }

    fn post(&self) -> Post {
        post(&Route::Files(self.0.clone()))
    }

    /// The messages, as their bytes are.
    fn letters(&self) -> Vec<String> {
        let files = std::fs::read_dir(&self.0).unwrap().map(|file| file.unwrap().path());
        files.map(|path| String::from_utf8(std::fs::read(path).unwrap()).unwrap()).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The text of a message, whichever way it is encoded.
fn decoded(letter: &str) -> String {
    let (head, body) = letter.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("Content-Transfer-Encoding: quoted-printable"), "{head}");
    let joined = body.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'=' {
            let digits = [rest.next().unwrap(), rest.next().unwrap()];
            bytes.push(u8::from_str_radix(str::from_utf8(&digits).unwrap(), 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// What a mail server was told.
#[derive(Default)]
struct Heard {
    refused: usize,
    messages: Vec<String>,
}

impl Heard {
    /// Messages put off, and messages taken.
    fn counts(&self) -> (usize, usize) {
        (self.refused, self.messages.len())
    }
}

/// A mail server of this machine that answers 451 to the first `refusals` messages.
async fn mail_server(refusals: usize) -> (Route, Arc<Mutex<Heard>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let heard = Arc::new(Mutex::new(Heard::default()));
    let shared = heard.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(converse(stream, shared.clone(), refusals));
        }
    });
    let Some(MailRoute::Smtp(relay)) = MailRoute::read(&format!("smtp://{address}")) else { panic!("{address}") };
    (Route::Smtp(relay), heard)
}

async fn converse(stream: TcpStream, heard: Arc<Mutex<Heard>>, refusals: usize) {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let _ = write.write_all(b"220 test ESMTP\r\n").await;
    let mut message: Option<String> = None;
    while let Ok(Some(line)) = lines.next_line().await {
        if let Some(text) = &mut message {
            if line != "." {
                text.push_str(&line);
                text.push_str("\r\n");
                continue;
            }
            let mut heard = heard.lock().await;
            let answer: &[u8] = if heard.refused < refusals {
                heard.refused += 1;
                b"451 try again later\r\n"
            } else {
                heard.messages.extend(message.take());
                b"250 taken\r\n"
            };
            message = None;
            let _ = write.write_all(answer).await;
            continue;
        }
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        let answer: &[u8] = match verb.as_str() {
            "EHLO" => b"250 test\r\n",
            "DATA" => {
                message = Some(String::new());
                b"354 go on\r\n"
            }
            "QUIT" => b"221 bye\r\n",
            _ => b"250 ok\r\n",
        };
        let _ = write.write_all(answer).await;
    }
}

/// A service in which the operator has two unread notices and the coach none.
async fn with_notices(database: &crate::support::databases::TestDatabase) -> World {
    let world = World::new(database).await;
    world.import(vec![record("JC-2026-000001"), record("JC-2026-000002")]).await;
    world.at("2026-11-24");
    world.services.raise_notices().await.unwrap();
    world
}

/// Lets the pauses of real time pass.
async fn without_pauses(world: &World) {
    let (now, later) = (world.clock.rome_now(), world.clock.now_utc() + TimeDelta::days(1));
    let mut work = world.store.write().await.unwrap();
    for job in work.due_jobs(now, later, 100).await.unwrap() {
        let next_try = world.clock.now_utc();
        work.end_job(job.id, &JobEnd::Again { next_try, error: "again".to_owned() }, next_try).await.unwrap();
    }
    work.commit().await.unwrap();
}

contract! {
    async fn a_message_counts_what_is_unread_and_names_nobody(database) {
        let world = with_notices(&database).await;
        let folder = Folder::new();
        run_once(&world.services, &folder.post()).await.unwrap();
        let mut letters = folder.letters();
        letters.sort_by_key(|letter| !letter.contains("operatore.e001@"));
        assert_eq!(letters.len(), 2, "the operator's and the administrator's");
        let letter = &letters[0];
        assert!(letter.contains("To: operatore.e001@affianco.example\r\n") && letter.contains("Auto-Submitted: auto-generated\r\n"), "{letter}");
        let text = decoded(letter);
        assert!(text.contains("- Richieste da decidere: 2\r\n") && text.contains(LINK), "{text}");
        assert!(letter.contains("Subject: Affianco: 2 avvisi da leggere\r\n"), "{letter}");
        for bytes in [letter, &text] {
            let bytes = bytes.to_lowercase();
            for secret in ["rossi", "mario", "rssmra80a01h501u", "jc-2026", "caseificio", "padova"] {
                assert!(!bytes.contains(secret), "{secret}: {bytes}");
            }
        }
        run_once(&world.services, &folder.post()).await.unwrap();
        run_once(&world.another_process(), &folder.post()).await.unwrap();
        assert_eq!(folder.letters().len(), 2, "never twice");
    }

    async fn a_message_leaves_in_the_morning_and_at_most_once_a_day(database) {
        let world = World::new(&database).await;
        world.import(vec![record("JC-1")]).await;
        let folder = Folder::new();
        let (post, services) = (folder.post(), &world.services);
        let sent = async |at: &str| {
            world.at(at);
            services.raise_notices().await.unwrap();
            run_once(services, &post).await.unwrap();
            folder.letters().len()
        };
        assert_eq!(sent("2026-11-24T00:01").await, 0);
        assert_eq!(sent("2026-11-24T07:00").await, 2);
        // Something new on the same day waits for the next morning, with what the day brings.
        world.import(vec![record("JC-2")]).await;
        assert_eq!(sent("2026-11-24T12:00").await, 2);
        assert_eq!(sent("2026-11-25T06:59").await, 2);
        assert_eq!(sent("2026-11-25T07:00").await, 4);
        assert_eq!(sent("2026-11-25T23:00").await, 4);
    }

    async fn nothing_is_sent_of_what_was_read_or_settled_and_only_the_last_of_the_days_that_were_missed(database) {
        let world = with_notices(&database).await;
        let folder = Folder::new();
        let list = world.backend.notices.list(&world.ours.operator, None).await.unwrap();
        world.backend.notices.read_all(&world.ours.operator, list.now).await.unwrap();
        world.at("2026-11-26");
        world.services.raise_notices().await.unwrap();
        world.at("2026-11-27");
        world.services.raise_notices().await.unwrap();
        let list = world.backend.notices.list(&world.ours.operator, None).await.unwrap();
        world.backend.notices.read_all(&world.ours.operator, list.now).await.unwrap();
        run_once(&world.services, &folder.post()).await.unwrap();
        let letters = folder.letters();
        assert_eq!(letters.len(), 1, "the operator has read all, the administrator gets one message of three days");
        assert!(letters[0].contains("responsabile.e001@") && decoded(&letters[0]).contains("Richieste da decidere: 2"));
    }

    async fn a_message_that_the_server_puts_off_is_tried_again_and_arrives_exactly_once(database) {
        let world = with_notices(&database).await;
        // Only the operator's.
        let list = world.backend.notices.list(&world.ours.administrator, None).await.unwrap();
        world.backend.notices.read_all(&world.ours.administrator, list.now).await.unwrap();
        let (route, heard) = mail_server(1).await;
        let post = post(&route);
        run_once(&world.services, &post).await.unwrap();
        assert_eq!(heard.lock().await.counts(), (1, 0));
        run_once(&world.services, &post).await.unwrap();
        assert_eq!(heard.lock().await.counts(), (1, 0), "it pauses first");
        without_pauses(&world).await;
        let other = world.another_process();
        let (one, two) = tokio::join!(run_once(&world.services, &post), run_once(&other, &post));
        one.unwrap();
        two.unwrap();
        run_once(&world.services, &post).await.unwrap();
        let heard = heard.lock().await;
        assert_eq!(heard.counts(), (1, 1));
        assert!(heard.messages[0].contains("Message-ID: <") && decoded(&heard.messages[0]).contains("Richieste da decidere: 2"));
    }

    async fn a_server_that_is_down_costs_no_attempt(database) {
        let world = with_notices(&database).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let Some(MailRoute::Smtp(relay)) = MailRoute::read(&format!("smtp://{address}")) else { panic!("{address}") };
        for _ in 0..10 {
            run_once(&world.services, &post(&Route::Smtp(relay.clone()))).await.unwrap();
        }
        let (route, heard) = mail_server(0).await;
        run_once(&world.services, &post(&route)).await.unwrap();
        assert_eq!(heard.lock().await.messages.len(), 2);
    }

    async fn a_server_that_always_puts_off_is_given_up_in_the_end(database) {
        let world = with_notices(&database).await;
        let (route, heard) = mail_server(usize::MAX).await;
        for _ in 0..20 {
            run_once(&world.services, &post(&route)).await.unwrap();
            without_pauses(&world).await;
        }
        assert_eq!(heard.lock().await.refused, 2 * 6, "the first attempt of each message and five more");
        assert!(!world.services.a_letter_waits().await.unwrap());
    }

    async fn a_message_whose_process_died_while_sending_is_never_sent_again(database) {
        let world = with_notices(&database).await;
        let letter = world.services.next_letter().await.unwrap().unwrap();
        // The process ends here: its claim runs out.
        let folder = Folder::new();
        let mut work = world.store.write().await.unwrap();
        let lost = work.give_up_lost_jobs("lost", world.clock.now_utc() + TimeDelta::hours(1)).await.unwrap();
        assert_eq!(lost, [letter.id]);
        work.commit().await.unwrap();
        for _ in 0..3 {
            run_once(&world.services, &folder.post()).await.unwrap();
            without_pauses(&world).await;
        }
        let letters = folder.letters();
        assert_eq!(letters.len(), 1, "the other one");
        assert!(!letters[0].contains(&letter.to));
    }

    async fn a_claim_is_not_given_up_while_it_runs(database) {
        let world = with_notices(&database).await;
        let letter = world.services.next_letter().await.unwrap().unwrap();
        assert!(world.services.give_up_lost_letters().await.unwrap().is_empty());
        let other = world.another_process().next_letter().await.unwrap().unwrap();
        assert_ne!(other.id, letter.id);
        assert_eq!(world.another_process().next_letter().await.unwrap(), None);
    }
}
