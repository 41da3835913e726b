//! What the program is told when it starts: every setting is declared here once, and every layer is read the same way.

mod files;
mod layers;
mod mail;
mod value;

use std::{env, ffi::OsString, fmt::Write as _, net::SocketAddr, path::PathBuf};

use chrono::NaiveDateTime;

pub use files::{Endpoint, Region};
pub use layers::{Flags, Layers, Origin};
pub use mail::{MailRoute, Secret, Sender};
pub use value::{Database, LogFormat, LogLevel, Minutes, PublicUrl, Value};

use crate::{files::Place, sealing::MasterKey};

/// One key: what it is for and which texts it takes.
pub struct Setting {
    /// Its name: `key` in the file, `AFFIANCO_KEY` in the environment, `--key` where it is a flag.
    pub key: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// The text when nobody says anything; `{data}` is the data folder, empty is "not set".
    pub default: &'static str,
    allowed: &'static str,
    shown: fn(&str) -> String,
}

macro_rules! settings {
    ($($(#[doc = $about:literal])+ $key:ident: $type:ty = $default:literal,)+) => {
        /// The effective configuration.
        #[derive(Clone, Debug)]
        pub struct Config {
            $($(#[doc = $about])+ pub $key: $type,)+
        }

        /// Every setting, in the order in which people read them.
        pub static SETTINGS: &[Setting] = &[$(Setting {
            key: stringify!($key),
            about: concat!($($about),+),
            default: $default,
            allowed: <$type as Value>::ALLOWED,
            shown: <$type as Value>::shown,
        }),+];

        impl Config {
            fn from_layers(layers: &Layers) -> Result<Self, ConfigError> {
                Ok(Self { $($key: read(layers, stringify!($key))?,)+ })
            }
        }
    };
}

settings! {
    /// Where the data is: a SQLite file or a PostgreSQL server.
    database: Database = "sqlite:{data}/affianco.sqlite",
    /// The address to answer on; port 0 takes any free one.
    listen: SocketAddr = "127.0.0.1:3000",
    /// The folder of database, master key and files.
    data: PathBuf = "./data",
    /// Fills an empty database with invented data, and opens the test clock.
    demo: bool = "false",
    /// Stops the test clock at this time of Rome; only with demo.
    now: Option<NaiveDateTime> = "",
    /// The key of the personal data; when not set it is kept in the data folder.
    master_key: Option<MasterKey> = "",
    /// The address people type, when a proxy stands in front.
    public_url: Option<PublicUrl> = "",
    /// How messages leave; when not set, a demo keeps them as files and otherwise there are none.
    mail: Option<MailRoute> = "",
    /// Whom messages come from.
    mail_from: Sender = "Affianco <avvisi@affianco.example>",
    /// The user at the mail server; not a flag, which others can read.
    mail_user: Option<Secret> = "",
    /// The password at the mail server; not a flag, which others can read.
    mail_password: Option<Secret> = "",
    /// Where uploaded and issued files are kept, sealed: a folder, or a bucket of an S3-compatible server.
    files: Place = "{data}/files",
    /// The S3-compatible server of the bucket; when not set, Amazon's of the region.
    files_endpoint: Option<Endpoint> = "",
    /// The region of the bucket.
    files_region: Region = "us-east-1",
    /// The id of the key of the bucket; not a flag, which others can read.
    files_key_id: Option<Secret> = "",
    /// The secret of the key of the bucket; not a flag, which others can read.
    files_secret: Option<Secret> = "",
    /// A file of certificates (PEM) that may vouch for the mail server besides the public authorities.
    mail_ca_file: Option<PathBuf> = "",
    /// How log lines look.
    log: LogFormat = "text",
    /// Which log lines are written.
    log_level: LogLevel = "info,sqlx=warn",
    /// A sign-in not used for this long ends.
    sign_in_idle_minutes: Minutes = "60",
    /// A sign-in ends after this long in any case.
    sign_in_absolute_minutes: Minutes = "720",
}

/// Why the program does not start; each sentence says what to change and where.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ConfigError {
    /// A key nobody knows.
    #[error("{origin} sets `{key}`, which is not a setting; the settings are: {}", keys())]
    UnknownKey {
        /// The key.
        key: String,
        /// Who said it.
        origin: Origin,
    },
    /// A value that is not allowed.
    #[error("{origin} sets `{key}` to `{shown}`; expected {allowed}")]
    BadValue {
        /// The key.
        key: &'static str,
        /// The value, as far as it may be shown.
        shown: String,
        /// Who said it.
        origin: Origin,
        /// What is allowed.
        allowed: &'static str,
    },
    /// A value of a kind that no setting has.
    #[error("{origin} sets `{key}` to a value of the type `{found}`; expected {allowed}")]
    WrongType {
        /// The key.
        key: &'static str,
        /// The value's type, as TOML calls it.
        found: &'static str,
        /// Who said it.
        origin: Origin,
        /// What is allowed.
        allowed: &'static str,
    },
    /// Two settings that don't go together.
    #[error("{origin} sets `{key}`: {reason}")]
    Contradiction {
        /// The key to change.
        key: &'static str,
        /// Who said it.
        origin: Origin,
        /// Why it can't be so.
        reason: &'static str,
    },
    /// A variable that is not UTF-8.
    #[error("the environment variable {variable} is not valid UTF-8")]
    NotText {
        /// Its name.
        variable: String,
    },
    /// A file that can't be read.
    #[error("the configuration file {}: {reason}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
}

impl ConfigError {
    /// Whether the command line itself is at fault, rather than the environment or a file.
    pub fn is_usage(&self) -> bool {
        match self {
            Self::UnknownKey { origin, .. }
            | Self::BadValue { origin, .. }
            | Self::WrongType { origin, .. }
            | Self::Contradiction { origin, .. } => matches!(origin, Origin::Flag(_)),
            Self::NotText { .. } | Self::File { .. } => false,
        }
    }
}

impl Config {
    /// Reads the configuration of this process.
    ///
    /// # Errors
    /// [`ConfigError`] for the first thing that is wrong.
    pub fn load(flags: &Flags) -> Result<(Self, Layers), ConfigError> {
        Self::load_from(flags, env::vars_os())
    }

    pub(crate) fn load_from(
        flags: &Flags,
        environment: impl IntoIterator<Item = (OsString, OsString)>,
    ) -> Result<(Self, Layers), ConfigError> {
        let layers = Layers::gather(flags, environment)?;
        let config = Self::from_layers(&layers)?;
        config.check(&layers)?;
        Ok((config, layers))
    }

    fn check(&self, layers: &Layers) -> Result<(), ConfigError> {
        let contradiction = |key, reason| ConfigError::Contradiction { key, origin: layers.get(key).1.clone(), reason };
        if self.now.is_some() && !self.demo {
            return Err(contradiction("now", "the clock can be stopped only in a demo (--demo)"));
        }
        if self.sign_in_idle_minutes > self.sign_in_absolute_minutes {
            return Err(contradiction("sign_in_idle_minutes", "it must not be longer than `sign_in_absolute_minutes`"));
        }
        if matches!(self.mail, Some(MailRoute::Smtp(_))) {
            if self.demo {
                return Err(contradiction("mail", "a demo sends nothing: set it to files, or leave it out"));
            }
            if *layers.get("mail_from").1 == Origin::Default {
                return Err(contradiction("mail", "messages need a sender: set `mail_from` too"));
            }
            if self.public_url.is_none() {
                return Err(contradiction("mail", "messages say where to read on: set `public_url` too"));
            }
        }
        if self.mail_ca_file.is_some() && !matches!(self.mail, Some(MailRoute::Smtp(_))) {
            return Err(contradiction("mail_ca_file", "there is no mail server to vouch for: set `mail` too"));
        }
        if self.mail_user.is_some() != self.mail_password.is_some() {
            let given = if self.mail_user.is_some() { "mail_user" } else { "mail_password" };
            return Err(contradiction(given, "`mail_user` and `mail_password` go together"));
        }
        let access = [
            ("files_endpoint", self.files_endpoint.is_some()),
            ("files_key_id", self.files_key_id.is_some()),
            ("files_secret", self.files_secret.is_some()),
        ];
        match self.files {
            Place::Bucket { .. } if self.files_key_id.is_none() || self.files_secret.is_none() => {
                return Err(contradiction("files", "a bucket is opened with a key: set `files_key_id` and `files_secret` too"));
            }
            Place::Folder(_) if let Some((key, _)) = access.into_iter().find(|(_, given)| *given) => {
                return Err(contradiction(key, "only a bucket needs it: set `files` to s3://BUCKET, or leave this out"));
            }
            _ => {}
        }
        Ok(())
    }
}

/// The effective configuration for `check-config`: one line per setting, with who said it; secrets hidden.
pub fn report(layers: &Layers) -> String {
    let width = SETTINGS.iter().map(|setting| setting.key.len()).max().unwrap_or_default();
    SETTINGS.iter().fold(String::new(), |mut lines, setting| {
        let (text, origin) = layers.get(setting.key);
        let _ = writeln!(lines, "{:width$} = {}   # {origin}", setting.key, (setting.shown)(text));
        lines
    })
}

fn read<T: Value>(layers: &Layers, key: &'static str) -> Result<T, ConfigError> {
    let (text, origin) = layers.get(key);
    T::read(text).ok_or_else(|| ConfigError::BadValue { key, shown: T::shown(text), origin: origin.clone(), allowed: T::ALLOWED })
}

fn keys() -> String {
    SETTINGS.iter().map(|setting| setting.key).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
