//! `affianco check-schedule`, as a process that has nothing but its file.

use std::{
    fs,
    io::Write as _,
    path::Path,
    process::{Output, Stdio},
};

use serde_json::{Value, json};

use super::process::{affianco, text};
use crate::support::folder::Folder;

const CASES: &str = "fixtures/schedule-cases.json";
const MORE: &str = "fixtures/schedule-cases-more.json";

fn cases(file: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

/// Judges a file's text by the standard input.
fn piped(file: &str, arguments: &[&str]) -> Output {
    let mut command = affianco(&["check-schedule", "-"]);
    let mut child = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let file = file.to_owned();
    let writing = std::thread::spawn(move || input.write_all(file.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writing.join().unwrap().unwrap();
    output
}

fn unusable(output: &Output, sentence: &str) {
    stopped(output, 1, sentence);
}

fn stopped(output: &Output, code: i32, sentence: &str) {
    let said = text(&output.stderr);
    assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(code), ""), "{said}");
    assert!(said.starts_with("affianco: ") && said.contains(sentence) && said.lines().count() == 1, "{said}");
}

#[test]
fn all_shipped_cases_are_judged_as_they_expect_and_printed_in_their_order() {
    for (file, count) in [(CASES, 23), (MORE, 41)] {
        let output = affianco(&["check-schedule", file, "--expect"]).output().unwrap();
        assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(0), ""));
        let (answer, given): (Value, Value) = (serde_json::from_slice(&output.stdout).unwrap(), cases(file));
        let (answer, given) = (answer.as_array().unwrap(), given["cases"].as_array().unwrap());
        assert_eq!((answer.len(), given.len()), (count, count));
        for (answer, given) in answer.iter().zip(given) {
            assert_eq!(answer.as_object().unwrap().len(), 4, "{answer}");
            assert_eq!(answer["name"], given["name"]);
            assert_eq!(json!({ "blocks": answer["blocks"], "warns": answer["warns"] }), given["expect"], "{}", given["name"]);
        }
    }
}

#[test]
fn every_changed_expectation_is_told_with_what_was_found() {
    let mut file = cases(CASES);
    file["cases"][0]["expect"]["blocks"] = json!(["R27"]);
    file["cases"][4]["expect"]["warns"] = json!(["R24", "R30"]);
    let name = |at: usize| file["cases"][at]["name"].as_str().unwrap().to_owned();
    let output = piped(&file.to_string(), &["--expect"]);
    let said = text(&output.stderr);
    assert_eq!((output.status.code(), said.lines().count()), (Some(1), 2), "{said}");
    let first = format!("affianco: case 1: {}: expected blocks [R27] warns [], found blocks [] warns []\n", name(0));
    assert!(said.starts_with(&first) && said.contains(&format!("case 5: {}: expected blocks [", name(4))), "{said}");
    // The answer is the same, and without --expect nobody compares.
    assert_eq!(piped(&file.to_string(), &[]).status.code(), Some(0));
    assert_eq!(serde_json::from_slice::<Value>(&output.stdout).unwrap().as_array().unwrap().len(), 23);
}

#[test]
fn a_file_that_cannot_be_judged_is_a_failure_and_nothing_to_compare_with_is_wrong_usage() {
    let folder = Folder::new();
    let nowhere = folder.path().join("cases.json");
    unusable(&affianco(&["check-schedule", nowhere.to_str().unwrap()]).output().unwrap(), "cannot read");
    unusable(&affianco(&["check-schedule", folder.path().to_str().unwrap()]).output().unwrap(), "cannot read");
    unusable(&piped("{\"format\":", &[]), "the standard input: not JSON that can be read");
    unusable(&piped(&"[".repeat(5_000_000), &[]), "not JSON that can be read");
    unusable(&piped(r#"{"format":"affianco/schedule-cases@2","cases":[]}"#, &[]), "affianco/schedule-cases@1");
    let broken = |change: fn(&mut Value)| {
        let mut file = cases(CASES);
        change(&mut file["cases"][2]);
        piped(&file.to_string(), &["--expect"])
    };
    unusable(&broken(|case| case["action"] = "avvia".into()), "case 3: action: not an action on a session");
    unusable(&broken(|case| case["proposal"]["state"] = "inserita".into()), "case 3: proposal: state: not a state of a session");
    stopped(&broken(|case| case["expect"] = Value::Null), 64, "case 3: expect: missing");
    unusable(&broken(|case| case["name"] = "RSSMRA80A01H501U".into()), "case 3: name: holds a tax code");
}

#[test]
fn no_tax_code_is_printed_whatever_key_or_text_holds_it() {
    const TAX_CODE: &str = "RSSMRA80A01H501U";
    let mut file = cases(CASES);
    for case in file["cases"].as_array_mut().unwrap() {
        case["proposal"]["person"] = TAX_CODE.into();
        case["proposal"]["note"] = TAX_CODE.into();
        case["dossier"]["site_town"] = TAX_CODE.into();
        case[TAX_CODE] = TAX_CODE.into();
    }
    let output = piped(&file.to_string(), &["--expect"]);
    let said = text(&output.stdout) + &text(&output.stderr);
    assert!(said.contains("unknown key") && !said.contains(TAX_CODE), "{said}");
}

#[test]
fn ten_thousand_cases_are_judged_and_an_answer_nobody_reads_is_no_error() {
    let mut file = cases(MORE);
    let one = file["cases"][0].clone();
    file["cases"] = vec![one; 10_000].into();
    let output = piped(&file.to_string(), &["--expect"]);
    assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(0), ""));

    let mut child = affianco(&["check-schedule", MORE]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn nothing_but_the_file_is_looked_at() {
    let whole = fs::canonicalize(CASES).unwrap();
    let folder = Folder::new();
    let output = affianco(&["check-schedule", whole.to_str().unwrap()])
        .current_dir(folder.path())
        .envs([("AFFIANCO_LISTEN", "nonsense"), ("AFFIANCO_CONFIG", "/nowhere/affianco.toml"), ("AFFIANCO_NONSENSE", "x")])
        .output()
        .unwrap();
    assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(0), ""));
    assert_eq!(files(folder.path()), 0, "no data folder, no database");
}

fn files(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().count()
}
