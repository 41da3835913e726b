//! Import of requests from the employment centres' files: each record is all or nothing, and a record that is known already changes nothing.

mod head;
mod person;
mod receive;

use std::collections::HashSet;

use app::{
    domain::{
        ids::OpalId,
        request::intake::{IntakeError, IntakeReason, NewRequest, RequestsFile},
    },
    ports::PortError,
};
use serde_json::Value;

use self::{head::Head, receive::Receive};
use super::Services;

/// What became of one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is a new request now.
    Imported(OpalId),
    /// The same request was there already.
    Known,
    /// It was refused; nothing of it was stored.
    Refused(IntakeError),
}

/// One record of a file.
#[derive(Clone, Debug)]
pub struct RecordOutcome {
    /// Its place in the file, from 1.
    pub position: usize,
    /// Its OPAL code, when it can be read.
    pub opal_code: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a file.
#[derive(Clone, Debug, Default)]
pub struct ImportReport {
    /// Each record in the order of the file.
    pub records: Vec<RecordOutcome>,
}

impl ImportReport {
    /// New requests.
    pub fn imported(&self) -> usize {
        self.count(|outcome| matches!(outcome, Outcome::Imported(_)))
    }

    /// Requests that were there already.
    pub fn known(&self) -> usize {
        self.count(|outcome| outcome == Outcome::Known)
    }

    /// Refused records.
    pub fn refused(&self) -> usize {
        self.count(|outcome| matches!(outcome, Outcome::Refused(_)))
    }

    fn count(&self, which: impl Fn(Outcome) -> bool) -> usize {
        self.records.iter().filter(|record| which(record.outcome)).count()
    }
}

/// Why an import stopped. Records taken before stay: importing the file again goes on from there.
#[derive(Debug, thiserror::Error)]
#[error("the import stopped at record {position}")]
pub struct ImportError {
    /// The record, from 1; 0 for the providers at the head of the file.
    pub position: usize,
    /// What became of the records before it.
    pub so_far: ImportReport,
    /// Why.
    #[source]
    pub cause: PortError,
}

impl Services {
    /// Imports a file: providers and sites that are missing, then each record in a transaction of its own.
    ///
    /// # Errors
    /// The store does not answer, or a defect of ours. A refused record is none.
    pub async fn import(&self, file: &RequestsFile) -> Result<ImportReport, ImportError> {
        let mut report = ImportReport::default();
        if let Err(cause) = self.write(Head { providers: file.providers.clone() }).await {
            return Err(ImportError { position: 0, so_far: report, cause });
        }
        let mut codes = HashSet::new();
        for (record, position) in file.requests.iter().zip(1..) {
            let outcome = match read(record, &mut codes) {
                Ok(request) => match self.write(Receive { request }).await {
                    Ok(outcome) => outcome,
                    Err(cause) => return Err(ImportError { position, so_far: report, cause }),
                },
                Err(error) => Outcome::Refused(error),
            };
            report.records.push(RecordOutcome { position, opal_code: NewRequest::opal_code_of(record), outcome });
        }
        Ok(report)
    }
}

/// Reads a record; of two with the same code the first good one wins.
fn read(record: &Value, codes: &mut HashSet<String>) -> Result<NewRequest, IntakeError> {
    let request = NewRequest::parse(record)?;
    if !codes.insert(request.opal_code.clone()) {
        return Err(IntakeReason::DuplicateInFile.at("opal_code"));
    }
    Ok(request)
}
