//! `affianco import`, as a process on its own database.

use std::{fs, path::Path, process::Output};

use serde_json::Value;
use sqlx::{ConnectOptions as _, sqlite::SqliteConnectOptions};

use super::process::{affianco, text};
use crate::support::folder::Folder;

const ALL_GOOD: &str = "fixtures/requests.json";
const BROKEN: &str = "fixtures/requests-broken.json";

fn import(file: &str, data: &Path) -> Output {
    affianco(&["import", file, "--data", data.to_str().unwrap()]).output().unwrap()
}

#[test]
fn all_requests_are_taken_and_the_second_time_all_are_known() {
    let folder = Folder::new();
    let first = import(ALL_GOOD, folder.path());
    assert_eq!(
        (text(&first.stdout).as_str(), first.status.code()),
        ("imported 300, known 0, refused 0\n", Some(0)),
        "{}",
        text(&first.stderr)
    );
    let second = import(ALL_GOOD, folder.path());
    assert_eq!((text(&second.stdout).as_str(), second.status.code()), ("imported 0, known 300, refused 0\n", Some(0)));
}

/// The reason code of each error that the file announces.
fn code_of(expected: &str) -> &'static str {
    match expected {
        "tax code: wrong check character" => "tax_code_check",
        "tax code: day 72 does not exist" => "tax_code_day",
        "voucher ends before it starts" => "voucher_ends_before_start",
        "OPAL code twice in the file (the first one wins, the second is refused)" => "duplicate_in_file",
        "unknown provider" => "unknown_provider",
        "site belongs to another provider" => "site_of_another_provider",
        "missing last name" => "missing",
        "date does not exist" => "date_does_not_exist",
        "unknown voucher kind (the 'rafforzato' voucher is another measure)" => "other_measure",
        "VAT number: wrong check digit" => "vat_number_check",
        other => panic!("an error of the file without a code: {other}"),
    }
}

#[test]
fn broken_records_are_refused_for_their_reason_and_the_others_are_taken() {
    let file: Value = serde_json::from_str(&fs::read_to_string(BROKEN).unwrap()).unwrap();
    let records = file["requests"].as_array().unwrap();
    let expected: Vec<_> = records
        .iter()
        .zip(1..)
        .filter_map(|(record, position)| Some((position, code_of(record.get("_expected_error")?.as_str()?))))
        .collect();

    let folder = Folder::new();
    let output = import(BROKEN, folder.path());
    let printed = text(&output.stdout);
    let mut lines: Vec<_> = printed.lines().collect();
    let summary = lines.pop().unwrap();
    let refused: Vec<_> = lines
        .iter()
        .map(|line| {
            let columns: Vec<_> = line.split("  ").collect();
            assert_eq!(columns.len(), 5, "{line}");
            (columns[0].parse::<usize>().unwrap(), columns[3])
        })
        .collect();
    assert_eq!(refused, expected, "{printed}");
    assert_eq!(summary, format!("imported {}, known 0, refused {}", records.len() - expected.len(), expected.len()));
    assert_eq!(output.status.code(), Some(2));
    for record in records {
        let tax_code = record["beneficiary"]["tax_code"].as_str().unwrap_or("no tax code");
        assert!(!printed.contains(tax_code) && !text(&output.stderr).contains(tax_code), "no tax code is printed");
    }
}

#[tokio::test]
async fn an_import_that_stops_midway_tells_what_it_did_until_then() {
    let file: Value = serde_json::from_str(&fs::read_to_string(BROKEN).unwrap()).unwrap();
    let is_good = |record: &&Value| record.get("_expected_error").is_none();
    let last = file["requests"].as_array().unwrap().iter().rfind(is_good).unwrap();
    let folder = Folder::new();
    assert!(affianco(&["migrate", "--data", folder.path().to_str().unwrap()]).status().unwrap().success());
    let mut database = SqliteConnectOptions::new().filename(folder.path().join("affianco.sqlite")).connect().await.unwrap();
    let fails = format!(
        "create trigger fails before insert on opal when new.opal_code = '{}' begin select raise(abort, 'no'); end",
        last["opal_code"].as_str().unwrap()
    );
    sqlx::query(sqlx::AssertSqlSafe(fails)).execute(&mut database).await.unwrap();

    let output = import(BROKEN, folder.path());
    let (printed, said) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("the import stopped at record "), "{said}");
    let mut lines: Vec<_> = printed.lines().collect();
    assert_eq!(lines.pop(), Some("imported 9, known 0, refused 10"), "{printed}");
    assert!(lines.len() == 10 && lines[0].starts_with("1  "), "{printed}");
}

#[test]
fn a_file_that_cannot_be_read_is_a_failure() {
    let folder = Folder::new();
    let not_json = folder.path().join("requests.json");
    fs::write(&not_json, "{").unwrap();
    for file in [not_json.to_str().unwrap(), "/nowhere/requests.json"] {
        let output = import(file, folder.path());
        assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
        assert!(output.stdout.is_empty() && text(&output.stderr).starts_with("affianco: cannot read"), "{}", text(&output.stderr));
    }
}
