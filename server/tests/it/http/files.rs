//! Files in and out over HTTP: what a download says to the browser, and how a form with a file is received, also over a real connection.

use app::domain::document::upload::MAX_UPLOAD_BYTES;
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    http::{
        HeaderMap, StatusCode,
        header::{
            ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS,
        },
    },
    routing::{get, post},
};
use serde_json::Value;
use server::{
    files::recognise,
    http::{
        download::{Download, FileName},
        limits::{Limits, protect},
        problem::{self, Problem},
        security::Transport,
        upload::Upload,
    },
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};
use tower::ServiceExt as _;

use crate::files::samples;

const BOUNDARY: &str = "affianco";

/// A small site with files, as the pages of documents will be one.
fn site() -> Router {
    let name = || FileName::new("registro-OPAL-1", "pdf");
    let whole = async move || Download::new(name(), "application/pdf", Body::from(vec![b'a'; 12_288])).of_length(12_288);
    let written = async move || {
        let pieces = futures_util::stream::iter([4096; 3].map(|length| Ok::<_, std::io::Error>(vec![b'a'; length])));
        Download::new(name(), "application/pdf", Body::from_stream(pieces))
    };
    let usual = Router::new().route("/whole", get(whole)).route("/written", get(written)).route("/usual", post(take));
    let uploads = Router::new().route("/upload", post(take));
    protect([(usual, Limits::default()), (uploads, Limits::uploads())], Transport::Clear)
}

async fn take(upload: Upload) -> Result<String, Problem> {
    let Some(file) = &upload.file else { return Ok(format!("{} no file", upload.field("date"))) };
    match recognise(&file.bytes) {
        Ok(kind) => Ok(format!("{} {} {} {}", upload.field("date"), file.name, file.bytes.len(), kind.as_str())),
        Err(problem) => Err((&problem).into()),
    }
}

fn form(name: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"date\"\r\n\r\n2026-11-20\r\n--{BOUNDARY}\r\nContent-Disposition: form-data; \
         name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/pdf\r\n\r\n"
    );
    [head.as_bytes(), bytes, format!("\r\n--{BOUNDARY}--\r\n").as_bytes()].concat()
}

async fn send(path: &str, body: Vec<u8>) -> (StatusCode, HeaderMap, String) {
    let request = Request::post(path)
        .header(CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
        .header(CONTENT_LENGTH, body.len())
        .body(Body::from(body))
        .unwrap();
    let (parts, body) = site().oneshot(request).await.unwrap().into_parts();
    let text = to_bytes(body, 100_000).await.unwrap();
    (parts.status, parts.headers, String::from_utf8(text.to_vec()).unwrap())
}

fn detail(text: &str) -> String {
    serde_json::from_str::<Value>(text).unwrap()["detail"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_download_is_an_attachment_that_nobody_keeps_or_takes_for_something_else() {
    for (path, length) in [("/whole", Some("12288")), ("/written", None)] {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let (parts, body) = site().oneshot(request).await.unwrap().into_parts();
        let header = |name| parts.headers.get(name).map(|value: &axum::http::HeaderValue| value.to_str().unwrap());
        assert_eq!(header(CONTENT_DISPOSITION), Some("attachment; filename=\"registro-OPAL-1.pdf\""));
        assert_eq!(header(CONTENT_TYPE), Some("application/pdf"));
        assert_eq!(header(X_CONTENT_TYPE_OPTIONS), Some("nosniff"));
        assert_eq!(header(CACHE_CONTROL), Some("no-store"));
        assert_eq!(header(CONTENT_LENGTH), length);
        assert_eq!(to_bytes(body, 100_000).await.unwrap().len(), 12_288);
    }
}

#[tokio::test]
async fn a_file_of_known_length_keeps_it_and_one_that_is_written_is_compressed() {
    for (path, encoding, length) in [("/whole", None, Some("12288")), ("/written", Some("br"), None)] {
        let request = Request::get(path).header(ACCEPT_ENCODING, "br, gzip").body(Body::empty()).unwrap();
        let headers = site().oneshot(request).await.unwrap().headers().clone();
        let header = |name| headers.get(name).map(|value: &axum::http::HeaderValue| value.to_str().unwrap());
        assert_eq!((header(CONTENT_ENCODING), header(CONTENT_LENGTH)), (encoding, length), "{path}");
    }
}

#[tokio::test]
async fn a_form_with_a_file_is_received() {
    let (status, _, text) = send("/upload", form("C:\\Documenti\\piano.pdf", samples::PDF)).await;
    assert_eq!((status, text), (StatusCode::OK, format!("2026-11-20 piano.pdf {} pdf", samples::PDF.len())));
    let (status, _, text) = send("/upload", form("", b"")).await;
    assert_eq!((status, text.as_str()), (StatusCode::OK, "2026-11-20 no file"));
}

#[tokio::test]
async fn a_file_of_exactly_the_limit_is_taken_and_one_byte_more_is_not() {
    let mut pdf = samples::PDF.to_vec();
    pdf.resize(usize::try_from(MAX_UPLOAD_BYTES).unwrap(), b'\n');
    let (status, _, text) = send("/upload", form("a.pdf", &pdf)).await;
    assert_eq!((status, text), (StatusCode::OK, format!("2026-11-20 a.pdf {MAX_UPLOAD_BYTES} pdf")));
    pdf.push(b'\n');
    let (status, headers, text) = send("/upload", form("a.pdf", &pdf)).await;
    assert_eq!((status, headers[CONTENT_TYPE].to_str().unwrap()), (StatusCode::PAYLOAD_TOO_LARGE, problem::MEDIA_TYPE));
    assert_eq!(detail(&text), "Il file è di 15,1 MB, il massimo è 15 MB: riduci la risoluzione della scansione o dividilo in più file.");
}

#[tokio::test]
async fn what_is_not_taken_is_answered_with_a_sentence() {
    let cases: [(&str, &[u8], &str); 4] = [
        ("vuoto.pdf", b"", "Il file è vuoto (0 byte)"),
        ("foto.pdf", b"GIF89a\x01\0\x01\0\0\0\0;", "Il contenuto è un’immagine (GIF)"),
        ("a.jpg", &[samples::JPEG, b"<script>"].concat(), "Il file JPEG contiene anche altro (HTML)"),
        ("a.docx", &samples::docx_with(&[("word/vbaProject.bin", b"x", true)]), "Il documento contiene macro"),
    ];
    for (name, bytes, begins) in cases {
        let (status, headers, text) = send("/upload", form(name, bytes)).await;
        assert_eq!((status, headers[CONTENT_TYPE].to_str().unwrap()), (StatusCode::UNPROCESSABLE_ENTITY, problem::MEDIA_TYPE));
        assert!(detail(&text).starts_with(begins), "{text}");
    }
}

#[tokio::test]
async fn a_form_that_is_none_or_breaks_off_is_answered() {
    let (status, ..) = send("/upload", b"hello".to_vec()).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let whole = form("piano.pdf", samples::PDF);
    let (status, _, text) = send("/upload", whole[..whole.len() - 30].to_vec()).await;
    assert_eq!((status, detail(&text).as_str()), (StatusCode::BAD_REQUEST, "L’invio del file si è interrotto: riprova."));
    let two = [&whole[..whole.len() - BOUNDARY.len() - 6], form("due.pdf", samples::PDF).as_slice()].concat();
    let (status, _, text) = send("/upload", two).await;
    assert_eq!((status, detail(&text).as_str()), (StatusCode::BAD_REQUEST, "Carica un file alla volta."));
    let long = form("a.pdf", b"").windows(1).map(|byte| byte[0]).collect::<Vec<_>>();
    let long = String::from_utf8(long).unwrap().replace("2026-11-20", &"x".repeat(64 * 1024 + 1));
    assert_eq!(send("/upload", long.into_bytes()).await.0, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn other_addresses_keep_their_own_limit() {
    let (status, _, text) = send("/usual", form("a.pdf", &vec![b'a'; 1024 * 1024])).await;
    assert_eq!((status, detail(&text).as_str()), (StatusCode::PAYLOAD_TOO_LARGE, "I dati inviati superano la dimensione massima."));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_browser_that_sends_too_much_hears_the_answer_over_a_real_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, site()).await.unwrap() });
    for megabytes in [16, 40] {
        let body = form("scansione.pdf", &vec![b'a'; megabytes * 1024 * 1024]);
        let head = format!(
            "POST /upload HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        let mut connection = TcpStream::connect(address).await.unwrap();
        connection.write_all(head.as_bytes()).await.unwrap();
        // As browsers do: all of it is sent before the answer is read.
        connection.write_all(&body).await.expect("nobody cuts the connection");
        let mut answer = String::new();
        connection.read_to_string(&mut answer).await.expect("an answer to its end");
        assert!(
            answer.starts_with("HTTP/1.1 413") && answer.contains(&format!("Il file è di {megabytes},0 MB, il massimo è 15 MB")),
            "{answer}"
        );
    }
}
