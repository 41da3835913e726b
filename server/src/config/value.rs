//! The types a setting may have: how each is read from text, what is allowed, and how much of it may be shown.

use std::{fmt, net::SocketAddr, path::PathBuf, time::Duration};

use axum::http::Uri;
use chrono::NaiveDateTime;
use tracing_subscriber::EnvFilter;

use crate::sealing::MasterKey;

/// A type that a setting can be read as; every layer gives text.
pub trait Value: Sized {
    /// What is allowed, to finish the sentence "expected ...".
    const ALLOWED: &'static str;

    /// Reads the text; `None` when it is not allowed.
    fn read(text: &str) -> Option<Self>;

    /// The text as it may be shown to who runs the program.
    fn shown(text: &str) -> String {
        text.to_owned()
    }
}

/// An optional setting: the empty text is "not set", so a stronger layer can take back what a weaker one says.
impl<T: Value> Value for Option<T> {
    const ALLOWED: &'static str = T::ALLOWED;

    fn read(text: &str) -> Option<Self> {
        if text.is_empty() { Some(None) } else { T::read(text).map(Some) }
    }

    fn shown(text: &str) -> String {
        if text.is_empty() { "(not set)".to_owned() } else { T::shown(text) }
    }
}

impl Value for bool {
    const ALLOWED: &'static str = "true or false";

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Value for SocketAddr {
    const ALLOWED: &'static str = "an address and a port, such as 127.0.0.1:3000";

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Value for PathBuf {
    const ALLOWED: &'static str = "a path";

    fn read(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| text.into())
    }
}

impl Value for NaiveDateTime {
    const ALLOWED: &'static str = "a date and a time of Rome, such as 2026-11-23T10:00";

    fn read(text: &str) -> Option<Self> {
        text.parse().or_else(|_| Self::parse_from_str(text, "%Y-%m-%dT%H:%M")).ok()
    }
}

impl Value for MasterKey {
    const ALLOWED: &'static str = "64 hexadecimal digits";

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn shown(_: &str) -> String {
        "(hidden)".to_owned()
    }
}

/// Where the data is.
#[derive(Clone, PartialEq, Eq)]
pub enum Database {
    /// One SQLite file of this machine.
    Sqlite(PathBuf),
    /// A PostgreSQL server: its URL, which may hold a password.
    Postgres(String),
}

impl Value for Database {
    const ALLOWED: &'static str = "sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME";

    fn read(text: &str) -> Option<Self> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            // A database in memory would be another one for every connection of the pool.
            return (!path.is_empty() && !path.starts_with(":memory:")).then(|| Self::Sqlite(path.into()));
        }
        let host = text.strip_prefix("postgres://").or_else(|| text.strip_prefix("postgresql://"))?;
        (!host.is_empty()).then(|| Self::Postgres(text.to_owned()))
    }

    fn shown(text: &str) -> String {
        let masked = || {
            let (scheme, rest) = text.split_once("://")?;
            let (user, host) = rest.rsplit_once('@')?;
            let user = user.split(':').next().unwrap_or_default();
            Some(format!("{scheme}://{user}:(hidden)@{host}"))
        };
        let url = masked().unwrap_or_else(|| text.to_owned());
        // PostgreSQL also takes the password as a parameter.
        match url.split_once('?') {
            Some((address, _)) => format!("{address}?(hidden)"),
            None => url,
        }
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(url) => f.write_str(&Self::shown(url)),
        }
    }
}

/// The address people type: scheme, host and port, nothing behind them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    https: bool,
    address: String,
}

impl PublicUrl {
    /// Whether browsers come by TLS (ended by a proxy): cookies are then `Secure` and `__Host-`.
    pub fn is_https(&self) -> bool {
        self.https
    }

    /// The address, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.address
    }
}

impl Value for PublicUrl {
    const ALLOWED: &'static str = "an address without a path, such as https://affianco.example.it";

    fn read(text: &str) -> Option<Self> {
        let uri: Uri = text.parse().ok()?;
        let https = match uri.scheme_str()? {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        let bare = uri.path() == "/" && uri.query().is_none() && !uri.authority()?.as_str().contains('@');
        bare.then(|| Self { https, address: text.trim_end_matches('/').to_owned() })
    }
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object per line, for machines.
    Json,
}

impl Value for LogFormat {
    const ALLOWED: &'static str = "text or json";

    fn read(text: &str) -> Option<Self> {
        match text {
            "text" => Some(Self::Text),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// Which log lines are written, in the words of `tracing`'s filters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLevel(String);

impl LogLevel {
    /// The filter's text, known to parse.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Value for LogLevel {
    const ALLOWED: &'static str = "error, warn, info, debug or trace, also per module, such as info,sqlx=warn";

    fn read(text: &str) -> Option<Self> {
        // A lone unknown word would be taken as the name of a module, and silence everything else.
        let words_known = text.split(',').all(|word| word.contains('=') || word.parse::<tracing::Level>().is_ok() || word == "off");
        (words_known && EnvFilter::try_new(text).is_ok()).then(|| Self(text.to_owned()))
    }
}

/// A length of time given in whole minutes, from one to a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minutes(u32);

impl Minutes {
    /// As a duration.
    pub fn duration(self) -> Duration {
        Duration::from_mins(self.0.into())
    }
}

impl Value for Minutes {
    const ALLOWED: &'static str = "whole minutes, from 1 to 525600";

    fn read(text: &str) -> Option<Self> {
        text.parse().ok().filter(|minutes| (1..=525_600).contains(minutes)).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_and_postgresql_servers_are_databases() {
        assert_eq!(Database::read("sqlite:./data/a.sqlite"), Some(Database::Sqlite("./data/a.sqlite".into())));
        assert_eq!(Database::read("sqlite:///var/lib/a.sqlite"), Some(Database::Sqlite("/var/lib/a.sqlite".into())));
        assert_eq!(Database::read("postgresql://u@h/d"), Some(Database::Postgres("postgresql://u@h/d".into())));
        for wrong in ["", "sqlite:", "sqlite::memory:", "mysql://h/d", "postgres://", "data.sqlite"] {
            assert_eq!(Database::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_password_of_a_database_is_never_shown() {
        let cases =
            ["postgres://anna:p@ss:word@db/affianco", "postgres://db/affianco?user=anna&password=p@ss:word", "mysql://anna:word@db"];
        for url in cases {
            assert!(!Database::shown(url).contains("word"), "{}", Database::shown(url));
        }
        assert_eq!(Database::shown(cases[0]), "postgres://anna:(hidden)@db/affianco");
        assert_eq!(format!("{:?}", Database::Postgres(cases[0].into())), "postgres://anna:(hidden)@db/affianco");
    }

    #[test]
    fn a_public_address_is_a_scheme_and_a_host() {
        let read = |text| PublicUrl::read(text).map(|url| url.is_https());
        assert_eq!(read("https://affianco.example.it/"), Some(true));
        assert_eq!(read("http://127.0.0.1:3000"), Some(false));
        for wrong in ["affianco.example.it", "ftp://h", "https://h/path", "https://h?x", "https://a:b@h"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_time_of_rome_may_leave_the_seconds_out() {
        assert_eq!(NaiveDateTime::read("2026-11-23T10:00"), NaiveDateTime::read("2026-11-23T10:00:00"));
        assert_eq!(NaiveDateTime::read("2026-11-31T10:00"), None);
        assert_eq!(NaiveDateTime::read("2026-11-23"), None);
    }

    #[test]
    fn a_misspelt_log_level_is_refused() {
        assert!(LogLevel::read("info,sqlx=warn,server::http=debug").is_some());
        for wrong in ["inof", "info,", "sqlx=loud"] {
            assert_eq!(LogLevel::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn minutes_have_a_least_and_a_most() {
        assert_eq!(Minutes::read("30").map(Minutes::duration), Some(Duration::from_mins(30)));
        for wrong in ["0", "-1", "525601", "1.5", "ten"] {
            assert_eq!(Minutes::read(wrong), None, "{wrong}");
        }
    }
}
