//! Puts the program's parts together from its configuration: clock, master key, database, files, use cases.

use std::{
    io,
    net::SocketAddr,
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::PathBuf,
    sync::Arc,
};

use chrono::TimeDelta;

use crate::{
    clock::Clock,
    config::{Config, ConfigError, Database, MailRoute, Minutes, PublicUrl},
    demo::DemoError,
    documents::Press,
    files::{Access, Files, FilesError},
    http::security::Transport,
    jobs::outbox::Post,
    mail::{MailError, Mailer, Route},
    passwords::Passwords,
    sealing::{self, KeyFileError, MasterKey},
    services::{ImportError, Papers, Services, SignInLimits},
    store::{self, Store, StoreError},
    telemetry::TelemetryError,
};

/// The setting of the database that says which master key its personal data are wrapped by.
const MASTER_KEY_ID: &str = "master_key_id";

/// Why the program could not start, or had to stop.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// It was told something wrong.
    #[error("cannot start: {0}")]
    Config(#[from] ConfigError),
    /// It can't write logs.
    #[error("cannot write logs")]
    Telemetry(#[from] TelemetryError),
    /// It has no master key.
    #[error("cannot open the personal data")]
    Key(#[from] KeyFileError),
    /// It has another master key than the one the data was written with.
    #[error(
        "the personal data of this database were sealed with the master key {written}, but this is {held}: start with the key that belongs to it"
    )]
    OtherKey {
        /// Id of the key the database was begun with.
        written: String,
        /// Id of the key at hand.
        held: String,
    },
    /// The database can't be used.
    #[error("cannot use the database")]
    Store(#[from] StoreError),
    /// Everybody knows the passwords of demo accounts.
    #[error("this database holds the demonstration, whose passwords everybody knows: start with --demo, or name another database")]
    DemoData,
    /// A demo opens the clock and known passwords to everybody.
    #[error("this database holds real accounts: --demo is for an empty one, or for that of a demonstration")]
    RealData,
    /// The demonstration could not be filled in.
    #[error("cannot fill in the demonstration")]
    Demo(#[from] DemoError),
    /// Mail can't be set up.
    #[error("cannot set up mail")]
    Mail(#[from] MailError),
    /// Files can't be kept.
    #[error("cannot keep files")]
    Files(#[from] FilesError),
    /// Its address is taken, or not one of this machine.
    #[error("cannot answer on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the operating system said.
        #[source]
        cause: io::Error,
    },
    /// A file to take records from can't be read.
    #[error("cannot read {}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: Box<dyn std::error::Error + Send + Sync>,
    },
    /// An import stopped before its end.
    #[error("what was taken in before stays, and running it again goes on from there")]
    Import(#[from] ImportError),
    /// The operating system refused something else.
    #[error("the operating system refused")]
    System(#[from] io::Error),
}

/// The parts of the program that every command with a database works with. Clones share them.
#[derive(Clone)]
pub struct Program {
    /// The database.
    pub store: Arc<dyn Store>,
    /// What time it is.
    pub clock: Clock,
    /// Judges passwords.
    pub passwords: Passwords,
    /// How long sign-ins last.
    pub sign_ins: SignInLimits,
    /// The store of files.
    pub files: Files,
    /// The use cases.
    pub services: Services,
}

impl Program {
    /// Opens the database, brings it up to date and makes sure that the master key is the one it was begun with.
    ///
    /// # Errors
    /// [`StartError`] for what is missing or does not fit together.
    pub async fn open(config: &Config) -> Result<Self, StartError> {
        let key = master_key(config)?;
        let files = open_files(config)?;
        let store = open_store(config).await?;
        store.migrate().await?;
        claim(store.as_ref(), &key).await?;
        let (clock, passwords, sign_ins) = (clock(config), Passwords::new(PASSWORDS_AT_ONCE), sign_in_limits(config));
        let papers = Papers { press: Press::default(), files: files.clone(), address: address(config) };
        let services = Services::new(store.clone(), clock.clone(), passwords.clone(), key, sign_ins, papers);
        Ok(Self { store, clock, passwords, sign_ins, files, services })
    }
}

/// Each takes a core for some tens of milliseconds.
const PASSWORDS_AT_ONCE: usize = 2;

/// The database of the configuration.
///
/// # Errors
/// When it can't be reached.
pub async fn open_store(config: &Config) -> Result<Arc<dyn Store>, StartError> {
    let url = match &config.database {
        Database::Sqlite(path) => {
            if let Some(folder) = path.parent() {
                std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
            }
            // Names stand in clear in it; what SQLite keeps beside it gets the same mode.
            std::fs::OpenOptions::new().append(true).create(true).mode(0o600).open(path)?;
            format!("sqlite:{}", path.display())
        }
        Database::Postgres(url) => url.clone(),
    };
    Ok(store::open(&url).await?)
}

/// Where people reach the program: what a QR on paper leads to. Without a public address it is this machine's own, good for a demonstration.
fn address(config: &Config) -> String {
    let own = || format!("http://{}", config.listen);
    config.public_url.as_ref().map_or_else(own, |url| url.as_str().trim_end_matches('/').to_owned())
}

/// The store of files of the configuration.
///
/// # Errors
/// [`FilesError::Place`].
pub fn open_files(config: &Config) -> Result<Files, FilesError> {
    let key = config.files_key_id.as_ref().zip(config.files_secret.as_ref());
    let access = key.map(|(key_id, secret)| Access {
        endpoint: config.files_endpoint.as_ref().map(|endpoint| endpoint.as_str().to_owned()),
        region: config.files_region.as_str().to_owned(),
        key_id: key_id.reveal().to_owned(),
        secret: secret.reveal().to_owned(),
    });
    Files::open(&config.files, access.as_ref())
}

/// The first master key a database meets is its own from then on: data sealed by two keys would be lost by half.
async fn claim(store: &dyn Store, key: &MasterKey) -> Result<(), StartError> {
    let held = hex::encode(key.id());
    let mut work = store.write().await?;
    match work.setting(MASTER_KEY_ID).await? {
        Some(written) if written == held => Ok(()),
        Some(written) => Err(StartError::OtherKey { written, held }),
        None => {
            work.keep_setting(MASTER_KEY_ID, &held).await?;
            Ok(work.commit().await?)
        }
    }
}

/// The clock that the configuration asks for: one that can be set exists only in a demo.
pub fn clock(config: &Config) -> Clock {
    match (config.demo, config.now) {
        (false, _) => Clock::real(),
        (true, None) => Clock::settable(),
        (true, Some(now)) => Clock::frozen(now),
    }
}

/// The configured master key, else that of the data folder.
///
/// # Errors
/// [`KeyFileError`].
pub fn master_key(config: &Config) -> Result<MasterKey, KeyFileError> {
    config.master_key.clone().map_or_else(|| sealing::load_or_generate(&config.data), Ok)
}

fn sign_in_limits(config: &Config) -> SignInLimits {
    // Settings go up to a year, which any duration holds.
    let minutes = |setting: Minutes| TimeDelta::from_std(setting.duration()).unwrap_or(TimeDelta::MAX);
    SignInLimits { idle: minutes(config.sign_in_idle_minutes), absolute: minutes(config.sign_in_absolute_minutes) }
}

/// How messages leave: into files of a demo's data folder unless the configuration says otherwise; `None` where they do not.
///
/// # Errors
/// [`MailError`].
pub fn post(config: &Config) -> Result<Option<Post>, MailError> {
    let route = match &config.mail {
        Some(MailRoute::Smtp(relay)) => Route::Smtp(relay.clone()),
        Some(MailRoute::Files) => Route::Files(config.data.join("mail")),
        None if config.demo => Route::Files(config.data.join("mail")),
        Some(MailRoute::Off) | None => return Ok(None),
    };
    let credentials = config.mail_user.as_ref().zip(config.mail_password.as_ref());
    let credentials = credentials.map(|(user, password)| (user.reveal().to_owned(), password.reveal().to_owned()));
    let link = config.public_url.as_ref().map(|url| url.as_str().to_owned());
    Ok(Some(Post { mailer: Mailer::new(&route, config.mail_from.mailbox(), credentials, config.mail_ca_file.as_deref())?, link }))
}

/// Whether browsers come by TLS.
pub fn transport(config: &Config) -> Transport {
    if config.public_url.as_ref().is_some_and(PublicUrl::is_https) { Transport::Tls } else { Transport::Clear }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Flags;

    #[test]
    fn only_a_demo_has_a_clock_that_can_be_set() {
        let at = "2026-11-23T10:00:00".parse().expect("a date and time");
        let clock_of = |demo| {
            let values = if demo { vec![("demo", "true".to_owned())] } else { vec![] };
            clock(&Config::load_from(&Flags { file: None, values }, []).expect("good settings").0)
        };
        assert!(clock_of(true).set(at).is_ok());
        assert!(clock_of(false).set(at).is_err());
    }
}
