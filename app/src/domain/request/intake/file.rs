//! The head of a file of requests: the format's word, the reference date, the providers with their sites. Records stay raw, to be read one by one.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    IntakeError, IntakeReason,
    fields::{Fields, code, date, province, text},
};

/// The word at the head of a file.
const FORMAT: &str = "affianco/requests@1";

/// A file of requests. Its records hold personal data, so its `Debug` only counts them.
#[derive(Clone, PartialEq)]
pub struct RequestsFile {
    /// The day the file is about, for moving its dates.
    pub reference_date: Option<NaiveDate>,
    /// The providers it knows.
    pub providers: Vec<NewProvider>,
    /// Its records, for [`super::NewRequest::parse`].
    pub requests: Vec<Value>,
}

impl std::fmt::Debug for RequestsFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RequestsFile({} requests)", self.requests.len())
    }
}

/// A provider as a file lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewProvider {
    /// Its code, such as `E001`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its sites.
    pub sites: Vec<NewSite>,
}

/// A site as a file lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewSite {
    /// Its code, such as `E001-PD`.
    pub code: String,
    /// Its town.
    pub town: String,
    /// The two letters of its province.
    pub province: String,
}

/// Why a file cannot be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Not JSON.
    #[error("the file is not JSON: line {line}, column {column}")]
    NotJson {
        /// Where reading stopped, from 1.
        line: usize,
        /// Where in that line.
        column: usize,
    },
    /// JSON, but not of this format.
    #[error("the file does not say \"format\": \"affianco/requests@1\"")]
    WrongFormat,
    /// Something at its head.
    #[error("{0}")]
    Head(IntakeError),
    /// Something in one of its providers.
    #[error("provider {position}: {error}")]
    Provider {
        /// Which one, from 1.
        position: usize,
        /// What.
        error: IntakeError,
    },
}

impl FileError {
    /// The stable word for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotJson { .. } => "not_json",
            Self::WrongFormat => "wrong_format",
            Self::Head(error) | Self::Provider { error, .. } => error.code(),
        }
    }
}

impl RequestsFile {
    /// Reads a file's text.
    ///
    /// # Errors
    /// It is not JSON, not of this format, or its head or providers are broken. Broken records are no error here.
    pub fn parse(text: &str) -> Result<Self, FileError> {
        // Some editors put a byte order mark in front.
        let text = text.trim_start_matches('\u{feff}');
        let mut file: Value =
            serde_json::from_str(text).map_err(|error| FileError::NotJson { line: error.line(), column: error.column() })?;
        if file.get("format").and_then(Value::as_str) != Some(FORMAT) {
            return Err(FileError::WrongFormat);
        }
        let requests = file.get_mut("requests").map(Value::take);
        let Some(Value::Array(requests)) = requests else {
            let reason = if requests.is_none() { IntakeReason::Missing } else { IntakeReason::NotAList };
            return Err(FileError::Head(reason.at("requests")));
        };
        let (reference_date, providers) = head(&file).map_err(FileError::Head)?;
        let providers = providers
            .iter()
            .zip(1..)
            .map(|(value, position)| provider(value).map_err(|error| FileError::Provider { position, error }))
            .collect::<Result<Vec<_>, _>>()?;
        unique(&providers)?;
        Ok(Self { reference_date, providers, requests })
    }
}

/// The reference date and the providers, still raw.
fn head(file: &Value) -> Result<(Option<NaiveDate>, &[Value]), IntakeError> {
    let mut fields = Fields::of("file", file)?;
    fields.get("format", |_| Ok(()))?;
    let reference_date = fields.maybe("reference_date", date)?;
    let providers = fields.maybe("providers", list)?.unwrap_or_default();
    fields.maybe("requests", |_| Ok(()))?;
    fields.finish()?;
    Ok((reference_date, providers))
}

fn provider(value: &Value) -> Result<NewProvider, IntakeError> {
    let mut fields = Fields::of("providers", value)?;
    let provider = NewProvider {
        code: fields.get("providers.code", code)?,
        name: fields.get("providers.name", text(200))?,
        sites: fields.get("providers.sites", list)?.iter().map(site).collect::<Result<_, _>>()?,
    };
    fields.finish()?;
    Ok(provider)
}

fn site(value: &Value) -> Result<NewSite, IntakeError> {
    let mut fields = Fields::of("providers.sites", value)?;
    let site = NewSite {
        code: fields.get("providers.sites.code", code)?,
        town: fields.get("providers.sites.town", text(100))?,
        province: fields.get("providers.sites.province", province)?,
    };
    fields.finish()?;
    Ok(site)
}

fn list(value: &Value) -> Result<&[Value], IntakeReason> {
    value.as_array().map(Vec::as_slice).ok_or(IntakeReason::NotAList)
}

/// A code names one provider or one site of the file.
fn unique(providers: &[NewProvider]) -> Result<(), FileError> {
    let (mut codes, mut sites) = (BTreeSet::new(), BTreeSet::new());
    for (provider, position) in providers.iter().zip(1..) {
        let twice = |field| FileError::Provider { position, error: IntakeReason::DuplicateInFile.at(field) };
        if !codes.insert(&provider.code) {
            return Err(twice("providers.code"));
        }
        if !provider.sites.iter().all(|site| sites.insert(&site.code)) {
            return Err(twice("providers.sites.code"));
        }
    }
    Ok(())
}
