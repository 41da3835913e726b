//! Mail: the one place that knows how a message leaves. It is told what to say and to whom, and says what became of it.

mod header;

use std::{
    fs::{DirBuilder, Permissions},
    io,
    os::unix::fs::{DirBuilderExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
    time::Duration,
};

use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters, TlsParametersBuilder},
        extension::ClientId,
    },
};
use uuid::Uuid;

/// How long the mail server may take for each step.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where messages go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// To a mail server.
    Smtp(Relay),
    /// Into files of a folder, one for each message.
    Files(PathBuf),
}

/// A mail server that takes messages of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relay {
    /// Its name, which its certificate must show.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub protection: Protection,
}

/// How a connection to a mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// TLS from the first byte.
    Tls,
    /// TLS after STARTTLS, or nothing is sent.
    StartTls,
    /// None: the server is this machine.
    Loopback,
}

/// Why mail can't be set up.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The name of the server can't be one of a certificate.
    #[error("the mail server's name cannot be checked by TLS")]
    Name(#[source] lettre::transport::smtp::Error),
    /// The file with the authority of the mail server's certificate can't be read.
    #[error("cannot read the certificates in {}", path.display())]
    Authority {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// The folder can't be made.
    #[error("cannot make the folder {}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
}

/// Why a message was not sent. The texts name no address: mail servers repeat those in their answers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// It certainly did not leave; later it may.
    #[error("{0}")]
    NotYet(String),
    /// It will never leave.
    #[error("{0}")]
    Never(String),
    /// The connection broke when the server may have had it already.
    #[error("{0}")]
    Unknown(String),
}

/// Sends messages. Clones share the route.
#[derive(Clone)]
pub struct Mailer {
    way: Way,
    from: Mailbox,
}

#[derive(Clone)]
enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Files(PathBuf),
}

impl Mailer {
    /// A mailer over a route, with a user and a password where the server asks for them. `authority` names a file of certificates (PEM) that may vouch
    /// for the server besides the public ones: that of an organisation with an authority of its own.
    ///
    /// # Errors
    /// [`MailError`].
    pub fn new(route: &Route, from: Mailbox, credentials: Option<(String, String)>, authority: Option<&Path>) -> Result<Self, MailError> {
        let way = match route {
            Route::Smtp(relay) => Way::Smtp(smtp(relay, &from, credentials, authority)?),
            Route::Files(folder) => {
                let fail = |cause| MailError::Folder { path: folder.clone(), cause };
                DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(fail)?;
                Way::Files(folder.clone())
            }
        };
        Ok(Self { way, from })
    }

    /// Whether the mail server answers and lets us in: asked before a message is claimed, so that a server that is down costs no attempt.
    ///
    /// # Errors
    /// [`SendError::NotYet`].
    pub async fn knock(&self) -> Result<(), SendError> {
        let Way::Smtp(smtp) = &self.way else { return Ok(()) };
        match smtp.test_connection().await {
            Ok(true) => Ok(()),
            Ok(false) => Err(SendError::NotYet("the mail server does not answer".to_owned())),
            Err(error) => Err(SendError::NotYet(describe(&error))),
        }
    }

    /// Sends a text. The same `id` makes the same message, by which who gets it can tell a repeat.
    ///
    /// # Errors
    /// [`SendError`].
    pub async fn send(&self, id: Uuid, to: &str, subject: &str, text: String) -> Result<(), SendError> {
        let message = self.message(id, to, subject, text)?;
        match &self.way {
            Way::Smtp(smtp) => smtp.send(message).await.map(drop).map_err(|error| outcome(&error)),
            Way::Files(folder) => write(&folder.join(format!("{id}.eml")), &message.formatted())
                .await
                .map_err(|error| SendError::NotYet(format!("cannot write the file: {}", error.kind()))),
        }
    }

    fn message(&self, id: Uuid, to: &str, subject: &str, text: String) -> Result<Message, SendError> {
        let to: Mailbox = to.parse().map_err(|_| SendError::Never("the account's address is none".to_owned()))?;
        Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(subject)
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .header(header::AutoSubmitted)
            .header(ContentType::TEXT_PLAIN)
            .body(text)
            .map_err(|_| SendError::Never("the message cannot be written".to_owned()))
    }
}

fn smtp(
    relay: &Relay,
    from: &Mailbox,
    credentials: Option<(String, String)>,
    authority: Option<&Path>,
) -> Result<AsyncSmtpTransport<Tokio1Executor>, MailError> {
    let authority = authority.map(certificates).transpose()?;
    let checked = || {
        let parameters = authority.into_iter().fold(TlsParameters::builder(relay.host.clone()), TlsParametersBuilder::add_root_certificate);
        parameters.build().map_err(MailError::Name)
    };
    let tls = match relay.protection {
        Protection::Tls => Tls::Wrapper(checked()?),
        Protection::StartTls => Tls::Required(checked()?),
        Protection::Loopback => Tls::None,
    };
    // Named dangerous for being without TLS until it is told otherwise, as it is here.
    let builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&relay.host).port(relay.port).tls(tls).timeout(Some(PATIENCE));
    let builder = builder.hello_name(ClientId::Domain(from.email.domain().to_owned()));
    Ok(match credentials {
        Some((user, password)) => builder.credentials(Credentials::new(user, password)).build(),
        None => builder.build(),
    })
}

/// The certificates of a file; one without any would quietly trust nobody more.
fn certificates(path: &Path) -> Result<Certificate, MailError> {
    let fail = |cause| MailError::Authority { path: path.to_owned(), cause };
    let none = || fail(io::Error::new(io::ErrorKind::InvalidData, "no certificate in PEM is in it"));
    let pem = std::fs::read(path).map_err(fail)?;
    let begins = b"-----BEGIN CERTIFICATE-----";
    if !pem.windows(begins.len()).any(|bytes| bytes == begins) {
        return Err(none());
    }
    Certificate::from_pem(&pem).map_err(|_| none())
}

/// The server's own words may hold addresses: only its code is kept.
fn describe(error: &lettre::transport::smtp::Error) -> String {
    match error.status() {
        Some(code) => format!("the mail server answered {code}"),
        None if error.is_tls() => "no TLS with the mail server".to_owned(),
        None if error.is_timeout() => "the mail server took too long".to_owned(),
        None => "the connection to the mail server failed".to_owned(),
    }
}

/// Only what the server states is certain; a message without an answer may have been taken.
fn outcome(error: &lettre::transport::smtp::Error) -> SendError {
    let words = describe(error);
    if error.is_permanent() {
        SendError::Never(words)
    } else if error.is_transient() || error.is_tls() {
        SendError::NotYet(words)
    } else {
        SendError::Unknown(words)
    }
}

/// Writes a file that only this user reads; a repeat writes the same one.
async fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    tokio::fs::write(path, bytes).await?;
    tokio::fs::set_permissions(path, Permissions::from_mode(0o600)).await
}
