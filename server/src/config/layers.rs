//! Where the text of a setting comes from: flags, then the environment, then a TOML file, then the default.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fmt, fs,
    path::{Path, PathBuf},
};

use super::{ConfigError, SETTINGS, Setting};

const PREFIX: &str = "AFFIANCO_";
/// Variables of the tests begin so; they are no settings.
const TESTS: &str = "TEST_";
/// The set-up's own variable, the folder of the build's tools, is no setting either.
const TOOLS: &str = "TOOLS";

/// What the command line says: texts by key, and which file to read.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// The TOML file of `--config`.
    pub file: Option<PathBuf>,
    /// The settings given as flags, by key.
    pub values: Vec<(&'static str, String)>,
}

/// Who said it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A flag of the command line.
    Flag(String),
    /// An environment variable.
    Environment(String),
    /// A configuration file.
    File(PathBuf),
    /// Nobody.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => write!(f, "the flag {flag}"),
            Self::Environment(variable) => write!(f, "the environment variable {variable}"),
            Self::File(path) => write!(f, "the file {}", path.display()),
            Self::Default => f.write_str("the default"),
        }
    }
}

/// The text of every setting and who said it.
#[derive(Clone)]
pub struct Layers(BTreeMap<&'static str, (String, Origin)>);

impl Layers {
    /// Puts the layers on top of each other, the strongest last.
    pub(super) fn gather(flags: &Flags, environment: impl IntoIterator<Item = (OsString, OsString)>) -> Result<Self, ConfigError> {
        let mut variables = read_environment(environment)?;
        let named_by_variable = variables.remove("config").filter(|(path, _)| !path.is_empty());
        let file = flags.file.clone().or_else(|| named_by_variable.map(|(path, _)| path.into()));

        let mut layers = Self(SETTINGS.iter().map(|setting| (setting.key, (setting.default.to_owned(), Origin::Default))).collect());
        for (key, (text, origin)) in file.as_deref().map(read_file).transpose()?.unwrap_or_default() {
            layers.put(&key, text, origin)?;
        }
        for (key, (text, origin)) in variables {
            layers.put(&key, text, origin)?;
        }
        for (key, text) in &flags.values {
            layers.put(key, text.clone(), Origin::Flag(format!("--{}", key.replace('_', "-"))))?;
        }
        layers.fill_in_folder();
        Ok(layers)
    }

    fn put(&mut self, key: &str, text: String, origin: Origin) -> Result<(), ConfigError> {
        match self.0.get_mut(key) {
            Some(held) => {
                *held = (text, origin);
                Ok(())
            }
            None => Err(ConfigError::UnknownKey { key: key.to_owned(), origin }),
        }
    }

    /// Defaults may say `{data}`: the data folder, whoever names it.
    fn fill_in_folder(&mut self) {
        let data = self.get("data").0.to_owned();
        for (text, origin) in self.0.values_mut() {
            if *origin == Origin::Default {
                *text = text.replace("{data}", &data);
            }
        }
    }

    /// The text of a setting and who said it.
    pub(super) fn get(&self, key: &str) -> (&str, &Origin) {
        self.0.get(key).map_or(("", &Origin::Default), |(text, origin)| (text, origin))
    }
}

type Texts = BTreeMap<String, (String, Origin)>;

fn read_environment(environment: impl IntoIterator<Item = (OsString, OsString)>) -> Result<Texts, ConfigError> {
    environment
        .into_iter()
        .filter_map(|(name, value)| {
            let name = name.into_string().ok()?;
            let key = name.strip_prefix(PREFIX)?.to_owned();
            let setting = key != TOOLS && !key.starts_with(TESTS);
            setting.then_some((name, key, value))
        })
        .map(|(name, key, value)| {
            let value = value.into_string().map_err(|_| ConfigError::NotText { variable: name.clone() })?;
            // Upper case only: AFFIANCO_Listen is a misspelling, not another way to say it.
            let key = if key.chars().any(char::is_lowercase) { key } else { key.to_lowercase() };
            Ok((key, (value, Origin::Environment(name))))
        })
        .collect()
}

fn read_file(path: &Path) -> Result<Texts, ConfigError> {
    let fail = |reason: String| ConfigError::File { path: path.to_owned(), reason };
    let text = fs::read_to_string(path).map_err(|cause| fail(cause.to_string()))?;
    // The error as a whole would quote the line, which may hold a secret.
    let table: toml::Table = toml::from_str(&text).map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].lines().count().max(1));
        fail(format!("line {line}: {}", error.message()))
    })?;
    let origin = || Origin::File(path.to_owned());
    table
        .into_iter()
        .map(|(key, value)| {
            let text = match value {
                toml::Value::String(text) => text,
                toml::Value::Integer(number) => number.to_string(),
                toml::Value::Boolean(yes) => yes.to_string(),
                toml::Value::Datetime(moment) => moment.to_string(),
                other @ (toml::Value::Float(_) | toml::Value::Array(_) | toml::Value::Table(_)) => {
                    return Err(match SETTINGS.iter().find(|setting| setting.key == key) {
                        Some(Setting { key, allowed, .. }) => {
                            ConfigError::WrongType { key, found: other.type_str(), origin: origin(), allowed }
                        }
                        None => ConfigError::UnknownKey { key, origin: origin() },
                    });
                }
            };
            Ok((key, (text, origin())))
        })
        .collect()
}
