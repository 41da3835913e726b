//! The cases shipped with the project, and files that are broken in every way.

use serde_json::{Value, json};

use super::*;

const SHIPPED: &str = include_str!("../../../../../server/fixtures/schedule-cases.json");
const MORE: &str = include_str!("../../../../../server/fixtures/schedule-cases-more.json");

/// A file with one sound case, to be broken.
fn one(change: impl FnOnce(&mut Value)) -> Value {
    let mut file: Value = serde_json::from_str(SHIPPED).unwrap();
    let cases = file["cases"].as_array_mut().unwrap();
    cases.truncate(1);
    change(&mut cases[0]);
    file
}

fn parse(file: &Value) -> Result<CaseFile, CaseFileError> {
    CaseFile::parse(&file.to_string())
}

fn judged(change: impl FnOnce(&mut Value)) -> String {
    parse(&one(change)).unwrap().cases[0].judge().outcome.to_string()
}

fn error(change: impl FnOnce(&mut Value)) -> String {
    parse(&one(change)).unwrap_err().to_string()
}

#[test]
fn the_shipped_cases_are_judged_as_they_expect() {
    for (text, count) in [(SHIPPED, 23), (MORE, 41)] {
        let file = CaseFile::parse(text).unwrap();
        assert_eq!((file.cases.len(), file.unknown_keys.as_slice()), (count, [].as_slice()));
        for case in &file.cases {
            assert_eq!(Some(case.judge().outcome), case.expected, "{}", case.name);
        }
    }
}

#[test]
fn every_sentence_of_the_shipped_cases_has_a_rule() {
    for case in CaseFile::parse(MORE).unwrap().cases {
        let JudgedCase { outcome, sentences, .. } = case.judge();
        assert_eq!(sentences.is_empty(), outcome.blocks.is_empty() && outcome.warns.is_empty(), "{}", case.name);
    }
}

#[test]
fn what_is_wrong_with_a_case_is_told_by_its_position_and_place() {
    let said = |change: fn(&mut Value)| error(change);
    assert_eq!(said(|case| case["action"] = "dance".into()), "case 1: action: not an action on a session");
    assert_eq!(said(|case| case["proposal"]["state"] = "new".into()), "case 1: proposal: state: not a state of a session");
    assert_eq!(said(|case| case["proposal"]["activity"] = 4.into()), "case 1: proposal: activity: not a text");
    assert_eq!(said(|case| case["dossier"]["voucher_kind"] = "rafforzato".into()), "case 1: dossier: voucher_kind: not a kind of voucher");
    assert_eq!(
        said(|case| case["dossier"]["valid_to"] = "2027-02-29".into()),
        "case 1: dossier: valid_to: not a date of the calendar in the form 2026-11-23"
    );
    assert_eq!(said(|case| case["now"] = "2026-11-20".into()), "case 1: now: not a date and time in the form 2026-11-23T10:00");
    assert_eq!(said(|case| case["expect"]["blocks"] = json!(["R44"])), "case 1: expect: blocks: a rule is R1 to R43");
    assert_eq!(said(|case| case["dossier"] = Value::Null), "case 1: dossier: missing");
    assert_eq!(said(|case| case["sessions"] = json!([7])), "case 1: session 1: not a JSON object");
    assert_eq!(
        said(|case| case["person_limits"] = json!({ "weekdays": ["lun"] })),
        "case 1: person_limits: weekdays: not a day of the week"
    );
}

#[test]
fn a_file_that_is_no_file_of_cases_is_told() {
    assert_eq!(CaseFile::parse(r#"{"format":"affianco/requests@1"}"#), Err(CaseFileError::WrongFormat));
    assert_eq!(CaseFile::parse("[]"), Err(CaseFileError::WrongFormat));
    assert!(matches!(CaseFile::parse("{"), Err(CaseFileError::NotJson(_))));
    assert!(matches!(CaseFile::parse(&"[".repeat(1_000_000)), Err(CaseFileError::NotJson(_))));
    assert_eq!(parse(&json!({ "format": "affianco/schedule-cases@1" })).unwrap_err().to_string(), "cases: missing");
}

#[test]
fn r27_an_end_before_the_start_is_judged_in_a_proposal_and_wrong_in_a_session() {
    assert_eq!(judged(|case| case["proposal"]["to"] = "07:30".into()), "blocks [R27] warns []");
    let turned = |case: &mut Value| {
        let mut session = case["proposal"].clone();
        session["to"] = "07:30".into();
        case["sessions"] = json!([session]);
    };
    assert_eq!(error(turned), "case 1: session 1: to: not after the start");
}

#[test]
fn keys_with_an_underscore_are_ignored_and_others_only_told() {
    let file = one(|case| {
        case["_remark"] = "x".into();
        case["colour"] = "red".into();
        case["dossier"]["RSSMRA80A01H501U"] = 1.into();
    });
    assert_eq!(parse(&file).unwrap().unknown_keys, ["case 1: dossier: unknown key", "case 1: unknown key \"colour\""]);
}

#[test]
fn nothing_read_from_a_file_is_repeated_when_it_could_be_a_tax_code() {
    const TAX_CODE: &str = "RSSMRA80A01H501U";
    assert_eq!(error(|case| case["name"] = format!("di {TAX_CODE}.").into()), "case 1: name: holds a tax code");
    for place in ["action", "now", "proposal", "sessions", "dossier", "person_limits", "expect"] {
        let said = error(|case| case[place] = TAX_CODE.into());
        assert!(!said.contains(TAX_CODE), "{said}");
    }
    let person = |case: &mut Value| {
        case["proposal"]["person"] = TAX_CODE.into();
        case["proposal"]["to"] = "23:15".into();
    };
    let judged = parse(&one(person)).unwrap().cases[0].judge();
    assert!(!serde_json::to_string(&judged).unwrap().contains(TAX_CODE), "{judged:?}");
}

/// Every value of the document, by its path.
fn paths(value: &Value, path: &str, found: &mut Vec<String>) {
    found.push(path.to_owned());
    match value {
        Value::Array(values) => values.iter().enumerate().for_each(|(at, value)| paths(value, &format!("{path}/{at}"), found)),
        Value::Object(values) => values.iter().for_each(|(key, value)| paths(value, &format!("{path}/{key}"), found)),
        _ => {}
    }
}

#[test]
fn no_value_in_any_place_makes_reading_or_judging_panic() {
    let strange = json!([
        null,
        true,
        "",
        " ",
        "x",
        -1,
        0,
        1e300,
        4_294_967_295_u32,
        [],
        {},
        [null],
        "0000-01-01",
        "9999-12-31",
        "9999-12-31T23:59:59",
        "0000-01-01T00:00",
        "00:00",
        "23:59:60",
        "24:00",
        "enter",
        "schedule",
        "complete",
        "not_delivered",
        "final_evaluation"
    ]);
    let sound = one(|case| {
        case["sessions"] = json!([case["proposal"]]);
        case["sessions"][0]["id"] = "other".into();
        case["person_limits"] = json!({ "max_minutes_per_day": 60, "earliest": "09:00", "latest": "10:00", "weekdays": ["tue"] });
    });
    let (mut places, mut read) = (Vec::new(), 0);
    paths(&sound, "", &mut places);
    for place in &places {
        for value in strange.as_array().unwrap() {
            let mut file = sound.clone();
            *file.pointer_mut(place).unwrap() = value.clone();
            for case in parse(&file).into_iter().flat_map(|file| file.cases) {
                case.judge();
                read += 1;
            }
        }
    }
    assert!(read > 100 && places.len() > 30, "{read} read, {} places", places.len());
}
