//! `affianco check-schedule FILE`: judges the cases of a file by the built-in rules. Touches nothing but that file: no database, no configuration.

use std::{
    fs,
    io::{self, Read as _},
    path::Path,
};

use app::domain::session::{CaseFile, CaseFileError};

use super::print;
use crate::cli::Exit;

/// The name that stands for the standard input.
const STANDARD_INPUT: &str = "-";

/// Why nothing was judged.
#[derive(Debug, thiserror::Error)]
enum Unusable {
    /// It can't be read, or is not UTF-8.
    #[error("cannot read {file}: {cause}")]
    Unread { file: String, cause: io::Error },
    /// It is not a sound file of cases.
    #[error("{file}: {cause}")]
    Unsound { file: String, cause: CaseFileError },
    /// A comparison was asked for and there is nothing to compare with.
    #[error("{file}: case {position}: expect: missing, and --expect compares with it")]
    NothingExpected { file: String, position: usize },
    /// The answer can't be written down.
    #[error("cannot write the answer: {0}")]
    Unwritten(#[from] serde_json::Error),
}

impl Unusable {
    /// As with an import: a file that is no good is a failure, and only what was asked of a good one can be a slip in the command line.
    fn exit(&self) -> Exit {
        match self {
            Self::NothingExpected { .. } => Exit::WrongUsage,
            Self::Unread { .. } | Self::Unsound { .. } | Self::Unwritten(_) => Exit::Failed,
        }
    }
}

/// What there is to print: the answer on the standard output, remarks and differences on the standard error.
struct Report {
    answer: String,
    remarks: Vec<String>,
    differences: Vec<String>,
}

/// Judges the cases of a file, or of the standard input for `-`; `expect` compares them with what the file says.
pub fn check_schedule(path: &Path, expect: bool) -> Exit {
    match read(path).and_then(|(file, text)| report(&file, &text, expect)) {
        Ok(report) => {
            print(&report.answer);
            report.remarks.iter().chain(&report.differences).for_each(|line| eprintln!("affianco: {line}"));
            if report.differences.is_empty() { Exit::Done } else { Exit::Failed }
        }
        Err(unusable) => {
            eprintln!("affianco: {unusable}");
            unusable.exit()
        }
    }
}

/// The name of a file for sentences, and its text.
fn read(path: &Path) -> Result<(String, String), Unusable> {
    let mut text = String::new();
    let (file, read) = if path == Path::new(STANDARD_INPUT) {
        ("the standard input".to_owned(), io::stdin().lock().read_to_string(&mut text).map(|_| text))
    } else {
        (path.display().to_string(), fs::read_to_string(path))
    };
    match read {
        Ok(text) => Ok((file, text)),
        Err(cause) => Err(Unusable::Unread { file, cause }),
    }
}

fn report(file: &str, text: &str, expect: bool) -> Result<Report, Unusable> {
    let cases = CaseFile::parse(text).map_err(|cause| Unusable::Unsound { file: file.to_owned(), cause })?;
    let (mut judged, mut differences) = (Vec::with_capacity(cases.cases.len()), Vec::new());
    for (case, position) in cases.cases.iter().zip(1..) {
        let answer = case.judge();
        if expect {
            let expected = case.expected.as_ref().ok_or_else(|| Unusable::NothingExpected { file: file.to_owned(), position })?;
            if *expected != answer.outcome {
                differences.push(format!("case {position}: {}: expected {expected}, found {}", case.name, answer.outcome));
            }
        }
        judged.push(answer);
    }
    let remarks = cases.unknown_keys.iter().map(|key| format!("{file}: {key}")).collect();
    Ok(Report { answer: serde_json::to_string_pretty(&judged)? + "\n", remarks, differences })
}
