//! `affianco import FILE`: takes in requests, prints one line per refused record and a summary.

use std::{fmt::Write as _, path::Path};

use app::domain::request::intake::RequestsFile;

use super::print;
use crate::{
    cli::Exit,
    config::Config,
    demo,
    services::{ImportError, ImportReport, Outcome},
    startup::{Program, StartError},
};

/// Takes in the records of a file, each all or nothing.
pub async fn import(config: &Config, path: &Path) -> Result<Exit, StartError> {
    let unreadable = |cause| StartError::File { path: path.to_owned(), cause };
    let text = std::fs::read_to_string(path).map_err(|cause| unreadable(cause.into()))?;
    let file = RequestsFile::parse(&text).map_err(|cause| unreadable(cause.into()))?;
    let program = Program::open(config).await?;
    if demo::is_demo(&program).await? {
        return Err(StartError::DemoData);
    }
    let imported = program.services.import(&file).await;
    program.store.close().await;
    // What was judged before a stop is told as well: it stays.
    let (Ok(report) | Err(ImportError { so_far: report, .. })) = &imported;
    print(&lines(report));
    let report = imported?;
    Ok(if report.refused() == 0 { Exit::Done } else { Exit::SomeRefused })
}

/// `position  opal_code  field  reason_code  text` of each refused record, then the counts. Nothing in it comes from a person's data.
fn lines(report: &ImportReport) -> String {
    let mut text = String::new();
    for record in &report.records {
        if let Outcome::Refused(error) = record.outcome {
            let code = record.opal_code.as_deref().unwrap_or("-");
            let _ = writeln!(text, "{}  {code}  {}  {}  {}", record.position, error.field, error.code(), error.text());
        }
    }
    let _ = writeln!(text, "imported {}, known {}, refused {}", report.imported(), report.known(), report.refused());
    text
}

#[cfg(test)]
mod tests {
    use app::domain::{ids::OpalId, request::intake::IntakeReason};

    use super::*;
    use crate::{ids::new_id, services::RecordOutcome};

    #[test]
    fn refused_records_are_listed_and_all_are_counted() {
        let record = |position, code: Option<&str>, outcome| RecordOutcome { position, opal_code: code.map(str::to_owned), outcome };
        let records = vec![
            record(1, Some("A"), Outcome::Imported(OpalId(new_id()))),
            record(2, Some("B"), Outcome::Known),
            record(3, Some("C"), Outcome::Refused(IntakeReason::Missing.at("employer.name"))),
            record(4, None, Outcome::Refused(IntakeReason::Missing.at("opal_code"))),
        ];
        let missing = IntakeReason::Missing;
        let expected = format!(
            "3  C  employer.name  {code}  {missing}\n4  -  opal_code  {code}  {missing}\nimported 1, known 1, refused 2\n",
            code = missing.code(),
        );
        assert_eq!(lines(&ImportReport { records }), expected);
    }
}
