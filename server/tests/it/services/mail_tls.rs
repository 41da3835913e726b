//! Mail over TLS, against a mail server that really speaks it: STARTTLS and TLS from the first byte, an authority of one's own, and nothing in clear.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use server::{
    ids::random_token,
    mail::{MailError, Mailer, Protection, Relay, Route, SendError},
};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    sync::Mutex,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};
use uuid::Uuid;

/// The lines that the server heard in clear, and those under TLS.
#[derive(Default)]
struct Heard {
    clear: Vec<String>,
    secret: Vec<String>,
}

/// A mail server whose certificate is for `name`, with the authority that vouches for it in a file.
struct MailServer {
    relay: Relay,
    authority: PathBuf,
    heard: Arc<Mutex<Heard>>,
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.authority);
    }
}

impl MailServer {
    async fn start(protection: Protection, name: &str, offers_tls: bool) -> Self {
        let mut authority = CertificateParams::default();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new([name.to_owned()]).unwrap().signed_by(&key, &issuer).unwrap();
        let path = std::env::temp_dir().join(format!("affianco-authority-{}.pem", random_token()));
        std::fs::write(&path, issuer.pem()).unwrap();

        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der())))
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::new(Mutex::new(Heard::default()));
        let shared = heard.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, acceptor.clone(), protection, offers_tls, shared.clone()));
            }
        });
        Self { relay: Relay { host: "localhost".to_owned(), port, protection }, authority: path, heard }
    }

    fn mailer(&self, authority: Option<&Path>) -> Mailer {
        let credentials = Some(("anna".to_owned(), "c0ffee".to_owned()));
        let from = "Affianco <avvisi@affianco.example>".parse().unwrap();
        Mailer::new(&Route::Smtp(self.relay.clone()), from, credentials, authority).unwrap()
    }
}

async fn serve(stream: TcpStream, acceptor: TlsAcceptor, protection: Protection, offers_tls: bool, heard: Arc<Mutex<Heard>>) {
    let mut stream = stream;
    if protection == Protection::StartTls {
        let greeting: &[u8] = if offers_tls { b"250-test\r\n250 STARTTLS\r\n" } else { b"250-test\r\n250 AUTH PLAIN\r\n" };
        let mut lines = Vec::new();
        let asked = converse(&mut stream, b"220 test ESMTP\r\n", greeting, &mut lines).await;
        heard.lock().await.clear.append(&mut lines);
        if !asked {
            return;
        }
    }
    // A client that does not believe the certificate ends the handshake.
    let Ok(mut stream) = acceptor.accept(stream).await else { return };
    let welcome: &[u8] = if protection == Protection::Tls { b"220 test ESMTP\r\n" } else { b"" };
    let mut lines = Vec::new();
    converse(&mut stream, welcome, b"250-test\r\n250 AUTH PLAIN\r\n", &mut lines).await;
    heard.lock().await.secret.append(&mut lines);
}

/// Answers until the client leaves, or asks for TLS: then `true`.
async fn converse(stream: &mut (impl AsyncRead + AsyncWrite + Unpin), welcome: &[u8], greeting: &[u8], heard: &mut Vec<String>) -> bool {
    let mut stream = BufReader::new(stream);
    let _ = stream.write_all(welcome).await;
    let _ = stream.flush().await;
    let (mut line, mut in_message) = (String::new(), false);
    while stream.read_line(&mut line).await.is_ok_and(|read| read > 0) {
        let said = line.trim_end().to_owned();
        line.clear();
        heard.push(said.clone());
        let answer: &[u8] = match said.split(' ').next().unwrap_or_default() {
            "." => {
                in_message = false;
                b"250 taken\r\n"
            }
            _ if in_message => continue,
            "EHLO" => greeting,
            "STARTTLS" => b"220 go on\r\n",
            "AUTH" => b"235 welcome\r\n",
            "DATA" => {
                in_message = true;
                b"354 go on\r\n"
            }
            "QUIT" => b"221 bye\r\n",
            _ => b"250 ok\r\n",
        };
        let _ = stream.write_all(answer).await;
        let _ = stream.flush().await;
        match said.as_str() {
            "STARTTLS" => return true,
            "QUIT" => return false,
            _ => {}
        }
    }
    false
}

const TEXT: &str = "Una richiesta scade domani.";

async fn send(mailer: &Mailer) -> Result<(), SendError> {
    mailer.knock().await?;
    mailer.send(Uuid::from_u128(7), "operatore@affianco.example", "Avvisi", TEXT.to_owned()).await
}

#[tokio::test]
async fn a_message_goes_by_tls_only_whichever_way_it_begins() {
    for protection in [Protection::StartTls, Protection::Tls] {
        let server = MailServer::start(protection, "localhost", true).await;
        send(&server.mailer(Some(&server.authority))).await.unwrap();
        let heard = server.heard.lock().await;
        assert!(heard.secret.iter().any(|line| line == TEXT), "{protection:?}: {:?}", heard.secret);
        assert!(heard.secret.iter().any(|line| line.starts_with("AUTH PLAIN ")), "{protection:?}: the password goes by TLS");
        let in_clear: Vec<_> = heard.clear.iter().map(|line| line.split(' ').next().unwrap()).collect();
        let expected: &[&str] = if protection == Protection::StartTls { &["EHLO", "STARTTLS", "EHLO", "STARTTLS"] } else { &[] };
        assert_eq!(in_clear, expected, "{protection:?}: to knock and to send");
    }
}

#[tokio::test]
async fn a_server_that_nobody_vouches_for_or_of_another_name_is_told_nothing() {
    for protection in [Protection::StartTls, Protection::Tls] {
        let unknown = MailServer::start(protection, "localhost", true).await;
        let other = MailServer::start(protection, "mail.example.it", true).await;
        for (server, authority) in [(&unknown, None), (&other, Some(other.authority.as_path()))] {
            let refused = send(&server.mailer(authority)).await.unwrap_err();
            assert!(matches!(refused, SendError::NotYet(_)), "{protection:?}: {refused:?}");
            let heard = server.heard.lock().await;
            assert!(
                heard.secret.is_empty() && heard.clear.iter().all(|line| line.starts_with("EHLO") || line == "STARTTLS"),
                "{:?}",
                heard.clear
            );
        }
    }
}

#[tokio::test]
async fn a_server_that_offers_no_starttls_is_told_nothing() {
    let server = MailServer::start(Protection::StartTls, "localhost", false).await;
    let refused = send(&server.mailer(Some(&server.authority))).await.unwrap_err();
    assert!(matches!(refused, SendError::NotYet(_)), "{refused:?}");
    // Its lines are kept when it has heard the last.
    for _ in 0..100 {
        if !server.heard.lock().await.clear.is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let heard = server.heard.lock().await;
    let verbs: Vec<_> = heard.clear.iter().map(|line| line.split(' ').next().unwrap()).collect();
    assert!(!verbs.is_empty() && verbs.iter().all(|verb| ["EHLO", "QUIT"].contains(verb)), "{verbs:?}");
}

#[tokio::test]
async fn a_file_without_certificates_is_refused_at_the_start() {
    let path = std::env::temp_dir().join(format!("affianco-authority-{}.pem", random_token()));
    std::fs::write(&path, "c0ffee").unwrap();
    let relay = Relay { host: "mail.example.it".to_owned(), port: 465, protection: Protection::Tls };
    let made = Mailer::new(&Route::Smtp(relay), "avvisi@affianco.example".parse().unwrap(), None, Some(&path));
    std::fs::remove_file(&path).unwrap();
    assert!(matches!(made, Err(MailError::Authority { .. })));
}
