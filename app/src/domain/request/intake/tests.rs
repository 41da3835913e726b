//! Intake against the two files that come with the project and against small broken copies of one record.

use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::domain::{person::tax_code::TaxCodeError, provider::vat_number::VatNumberError, weekdays::DayOfWeek};

const REQUESTS: &str = include_str!("../../../../../server/fixtures/requests.json");
const BROKEN: &str = include_str!("../../../../../server/fixtures/requests-broken.json");

fn record() -> Value {
    json!({
        "opal_code": "JC-2026-000123",
        "voucher": { "id": "V1", "kind": "enhanced", "valid_from": "2026-11-12", "valid_to": "2027-05-11" },
        "beneficiary": {
            "tax_code": "RSSMRA80A01H501U",
            "first_name": " Mario ",
            "last_name": "Rossi",
            "birth_date": "1980-01-01",
            "birth_place": "Roma",
            "phone": "+39 331 9037777",
            "email": null,
            "limits": { "max_minutes_per_day": 120, "max_minutes_per_week": 1200, "earliest": "09:00", "latest": null }
        },
        "employer": { "name": "Caseificio Alto Piave", "vat_number": "29081003393", "town": "Padova", "contact": "Maria Tomasetti" },
        "ground": { "kind": "difficulty", "event": "cambio reparto" },
        "employment_centre": { "code": "BL02", "name": "CPI Feltre" },
        "provider_code": "E002",
        "site_code": "E002-BL",
        "notified_at": "2026-11-20T10:51:00+01:00"
    })
}

/// The record with one value put at a JSON pointer.
fn with(pointer: &str, value: Value) -> Value {
    let mut record = record();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    record.pointer_mut(parent).unwrap().as_object_mut().unwrap().insert(key.to_owned(), value);
    record
}

/// The record without the value at a JSON pointer.
fn without(pointer: &str) -> Value {
    let mut record = record();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    record.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(key).unwrap();
    record
}

fn refusal(record: &Value) -> (&'static str, IntakeReason) {
    let error = NewRequest::parse(record).unwrap_err();
    (error.field, error.reason)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_whole_record_becomes_typed_values() {
    let request = NewRequest::parse(&record()).unwrap();
    assert_eq!(
        request.voucher,
        Voucher { id: "V1".to_owned(), kind: VoucherKind::Enhanced, valid_from: day("2026-11-12"), valid_to: day("2027-05-11") }
    );
    assert_eq!(request.beneficiary.first_name, "Mario");
    let limits = request.beneficiary.limits.unwrap();
    assert_eq!((limits.max_minutes_per_day, limits.earliest, limits.latest), (Some(120), "09:00:00".parse().ok(), None));
    assert_eq!(request.ground, Ground::Difficulty { event: DifficultyEvent::ChangeOfDepartment });
    assert_eq!(request.notified_at.to_rfc3339(), "2026-11-20T09:51:00+00:00");
    assert_eq!(request.notified_local.to_string(), "2026-11-20 10:51:00");
    let (name, details) = request.beneficiary.into_parts();
    assert_eq!((name.full().as_str(), details.birth_place.as_str()), ("Mario Rossi", "Roma"));
}

#[test]
fn r30_the_days_of_the_week_that_suit_the_person_are_read_as_a_set() {
    let weekdays = |value: Value| {
        let request = NewRequest::parse(&with("/beneficiary/limits/weekdays", value)).unwrap();
        request.beneficiary.limits.unwrap().weekdays
    };
    let some = weekdays(json!(["wed", "mon", "wed"])).unwrap();
    assert!(some.days().map(DayOfWeek::as_str).eq(["mon", "wed"]));
    assert_eq!(weekdays(Value::Null), None);
}

#[test]
fn every_record_of_the_file_is_taken_and_survives_a_round_trip() {
    let file = RequestsFile::parse(REQUESTS).unwrap();
    assert_eq!((file.requests.len(), file.reference_date), (300, Some(day("2026-11-23"))));
    let sites: Vec<_> = file.providers.iter().map(|provider| (provider.code.as_str(), provider.sites.len())).collect();
    assert_eq!(sites, [("E001", 2), ("E002", 2), ("E003", 3)]);
    for record in &file.requests {
        let request = NewRequest::parse(record).unwrap();
        let stored = serde_json::to_string(&request).unwrap();
        assert_eq!(serde_json::from_str::<NewRequest>(&stored).unwrap(), request);
    }
}

#[test]
fn each_broken_record_is_refused_for_its_own_reason() {
    let file = RequestsFile::parse(BROKEN).unwrap();
    let refused: Vec<_> = file
        .requests
        .iter()
        .zip(1..)
        .filter_map(|(record, position)| NewRequest::parse(record).err().map(|error| (position, error.field, error.reason)))
        .collect();
    assert_eq!(
        refused,
        [
            (1, "beneficiary.tax_code", IntakeReason::TaxCode(TaxCodeError::Check)),
            (2, "beneficiary.tax_code", IntakeReason::TaxCode(TaxCodeError::Day { day: 72 })),
            (3, "voucher.valid_to", IntakeReason::VoucherEndsBeforeStart),
            (8, "beneficiary.last_name", IntakeReason::Missing),
            (9, "notified_at", IntakeReason::DateDoesNotExist),
            (10, "voucher.kind", IntakeReason::OtherMeasure),
            (11, "employer.vat_number", IntakeReason::VatNumber(VatNumberError::Check)),
        ]
    );
    // The rest of the marked ones only shows across records: a code twice, an unknown provider, a site of another provider.
    let across =
        |position: usize| file.requests[position - 1].get("_expected_error").is_some() && refused.iter().all(|(at, ..)| *at != position);
    assert_eq!((1..=20).filter(|position| across(*position)).collect::<Vec<_>>(), [5, 6, 7]);
}

#[test]
fn remarks_are_ignored_at_any_depth_and_other_unknown_keys_are_refused() {
    for pointer in ["/_note", "/beneficiary/_note", "/beneficiary/limits/_note", "/ground/_note"] {
        assert!(NewRequest::parse(&with(pointer, json!({ "any": "thing" }))).is_ok(), "{pointer}");
    }
    for (pointer, field) in [
        ("/diagnosis", "request"),
        ("/beneficiary/diagnosis", "beneficiary"),
        ("/beneficiary/limits/days", "beneficiary.limits"),
        ("/ground/hired_on", "ground"),
        ("/voucher/hours", "voucher"),
    ] {
        assert_eq!(refusal(&with(pointer, json!("2026-11-01"))), (field, IntakeReason::UnknownKey), "{pointer}");
    }
}

#[test]
fn what_may_be_absent_may_be_null_too_and_nothing_else_may() {
    for pointer in ["/beneficiary/email", "/beneficiary/limits", "/beneficiary/limits/max_minutes_per_day", "/beneficiary/limits/earliest"]
    {
        assert!(NewRequest::parse(&without(pointer)).is_ok(), "{pointer}");
        assert!(NewRequest::parse(&with(pointer, Value::Null)).is_ok(), "{pointer}");
    }
    for (pointer, field) in [
        ("/opal_code", "opal_code"),
        ("/voucher", "voucher"),
        ("/voucher/id", "voucher.id"),
        ("/beneficiary/phone", "beneficiary.phone"),
        ("/employer/contact", "employer.contact"),
        ("/ground/event", "ground.event"),
        ("/employment_centre/name", "employment_centre.name"),
        ("/site_code", "site_code"),
        ("/notified_at", "notified_at"),
    ] {
        assert_eq!(refusal(&without(pointer)), (field, IntakeReason::Missing));
        assert_eq!(refusal(&with(pointer, Value::Null)), (field, IntakeReason::Missing));
    }
}

#[test]
fn values_of_the_wrong_kind_or_size_are_refused() {
    use IntakeReason as R;
    for (pointer, value, reason) in [
        ("/opal_code", json!(7), R::NotText),
        ("/opal_code", json!("JC 1"), R::NotACode),
        ("/opal_code", json!("x".repeat(41)), R::NotACode),
        ("/opal_code", json!("RSSMRA80A01H501U"), R::NotACode),
        ("/voucher", json!([]), R::NotAnObject),
        ("/voucher/kind", json!("rinforzato"), R::UnknownVoucherKind),
        ("/voucher/valid_from", json!("2026-02-30"), R::DateDoesNotExist),
        ("/voucher/valid_from", json!("2026-13-01"), R::DateDoesNotExist),
        ("/voucher/valid_from", json!("2026-2-3"), R::NotADate),
        ("/voucher/valid_from", json!("12/11/2026"), R::NotADate),
        ("/voucher/valid_from", json!("0026-11-12"), R::DateOutOfRange),
        ("/beneficiary/last_name", json!("  "), R::Empty),
        ("/beneficiary/last_name", json!("x".repeat(101)), R::TooLong { max: 100 }),
        ("/beneficiary/last_name", json!("Rossi\nMario"), R::ControlCharacter),
        ("/beneficiary/birth_date", json!("2026-11-21"), R::BornAfterNotification),
        ("/beneficiary/email", json!("a.example.org"), R::NotAnEmail),
        ("/beneficiary/email", json!("a@b@c"), R::NotAnEmail),
        ("/beneficiary/email", json!("@b"), R::NotAnEmail),
        ("/beneficiary/limits/max_minutes_per_day", json!(0), R::NotMinutes { max: 1440 }),
        ("/beneficiary/limits/max_minutes_per_day", json!(1441), R::NotMinutes { max: 1440 }),
        ("/beneficiary/limits/max_minutes_per_week", json!(-60), R::NotMinutes { max: 10_080 }),
        ("/beneficiary/limits/max_minutes_per_week", json!(1.5), R::NotMinutes { max: 10_080 }),
        ("/beneficiary/limits/max_minutes_per_week", json!("60"), R::NotMinutes { max: 10_080 }),
        ("/beneficiary/limits/latest", json!("24:00"), R::NotATime),
        ("/beneficiary/limits/latest", json!("9:00"), R::NotATime),
        ("/beneficiary/limits/latest", json!("09:00"), R::LatestNotAfterEarliest),
        ("/beneficiary/limits/weekdays", json!([]), R::NotWeekdays),
        ("/beneficiary/limits/weekdays", json!("mon"), R::NotWeekdays),
        ("/beneficiary/limits/weekdays", json!(["mon", "lun"]), R::NotWeekdays),
        ("/beneficiary/limits/weekdays", json!(["mon", null]), R::NotWeekdays),
        ("/employer/vat_number", json!("2908100339"), R::VatNumber(VatNumberError::Form)),
        ("/ground/kind", json!("other"), R::UnknownGround),
        ("/ground/event", json!("altro"), R::UnknownEvent),
        ("/notified_at", json!("2026-11-20T10:51:00"), R::NotAnInstant),
        ("/notified_at", json!("2026-11-20T25:00:00+01:00"), R::DateDoesNotExist),
    ] {
        let field = pointer[1..].replace('/', ".");
        assert_eq!(refusal(&with(pointer, value.clone())), (field.as_str(), reason), "{value}");
    }
    assert_eq!(refusal(&json!([])), ("request", R::NotAnObject));
}

#[test]
fn a_voucher_may_last_one_day() {
    assert!(NewRequest::parse(&with("/voucher/valid_to", json!("2026-11-12"))).is_ok());
}

#[test]
fn r7_the_notification_date_is_that_of_the_clocks_in_rome_whatever_the_offset_written() {
    for (written, rome) in [
        ("2026-11-20T23:30:00Z", "2026-11-21 00:30:00"),
        ("2026-07-20T22:30:00Z", "2026-07-21 00:30:00"),
        ("2026-03-29T00:59:59Z", "2026-03-29 01:59:59"),
        ("2026-03-29T01:00:00Z", "2026-03-29 03:00:00"),
        ("2026-10-25T00:59:59Z", "2026-10-25 02:59:59"),
        ("2026-10-25T01:00:00Z", "2026-10-25 02:00:00"),
        ("2026-10-24T17:08:00.75+02:00", "2026-10-24 17:08:00"),
    ] {
        let request = NewRequest::parse(&with("/notified_at", json!(written))).unwrap();
        assert_eq!(request.notified_local.to_string(), rome, "{written}");
    }
}

#[test]
fn a_shift_keeps_the_wall_time_across_the_change_of_clocks() {
    let shifted = |written: &str, days| {
        let mut record = with("/notified_at", json!(written));
        shift_dates(&mut record, days);
        record["notified_at"].as_str().unwrap().to_owned()
    };
    assert_eq!(shifted("2026-11-20T10:51:00+01:00", -30), "2026-10-21T10:51:00+02:00");
    assert_eq!(shifted("2026-10-24T17:08:00+02:00", 1), "2026-10-25T17:08:00+01:00");
    assert_eq!(shifted("2026-11-20T10:51:00+01:00", 0), "2026-11-20T10:51:00+01:00");
    assert_eq!(shifted("2026-10-24T02:30:00+02:00", 1), "2026-10-25T02:30:00+02:00", "the first of the two");
    assert_eq!(shifted("2026-03-28T02:30:00+01:00", 1), "2026-03-29T02:30:00+01:00", "skipped that night");
}

#[test]
fn a_shift_moves_the_voucher_and_leaves_birth_and_hire_alone() {
    let mut moved = with("/ground", json!({ "kind": "recent_hire", "hired_on": "2026-09-16" }));
    shift_dates(&mut moved, 40);
    let request = NewRequest::parse(&moved).unwrap();
    assert_eq!((request.voucher.valid_from, request.voucher.valid_to), (day("2026-12-22"), day("2027-06-20")));
    assert_eq!(request.beneficiary.birth_date, day("1980-01-01"));
    assert_eq!(request.ground, Ground::RecentHire { hired_on: day("2026-09-16"), contract: None });
}

#[test]
fn a_shift_leaves_what_it_cannot_read() {
    let mut broken = json!({ "notified_at": "2026-02-30T09:00:00+01:00", "voucher": { "valid_from": 7, "valid_to": "soon" } });
    let before = broken.clone();
    shift_dates(&mut broken, 3);
    shift_dates(&mut broken, i64::MAX);
    assert_eq!(broken, before);
    shift_dates(&mut json!(null), 1);
}

#[test]
fn a_file_of_another_format_is_refused_as_a_whole() {
    let file = |value: Value| RequestsFile::parse(&value.to_string()).map(|_| ()).map_err(|error| (error.code(), error.to_string()));
    let refused = |code, text: &str| Err((code, text.to_owned()));
    let head = json!({ "format": "affianco/requests@1", "requests": [] });
    let and = |key: &str, value: Value| {
        let mut head = head.clone();
        head[key] = value;
        head
    };
    let site = json!({ "code": "E001-PD", "town": "Padova", "province": "PD" });
    assert_eq!(file(head.clone()), Ok(()));
    assert_eq!(file(and("_note", json!(1))), Ok(()));
    assert_eq!(file(json!([])), refused("wrong_format", "the file does not say \"format\": \"affianco/requests@1\""));
    assert_eq!(file(and("format", json!("affianco/requests@2"))).unwrap_err().0, "wrong_format");
    assert_eq!(
        file(and("note", json!(1))),
        refused("unknown_key", "file: has a key that the format does not have (keys for remarks begin with _)")
    );
    assert_eq!(file(and("requests", json!({}))), refused("not_a_list", "requests: not a JSON array"));
    assert_eq!(file(json!({ "format": "affianco/requests@1" })), refused("missing", "requests: missing"));
    assert_eq!(file(and("reference_date", json!("2026-02-29"))), refused("date_does_not_exist", "reference_date: date does not exist"));
    let providers = json!([{ "code": "E001", "name": "A", "sites": [site] }, { "code": "E002", "name": "B", "sites": [site] }]);
    assert_eq!(
        file(and("providers", providers)),
        refused("duplicate_in_file", "provider 2: providers.sites.code: occurs earlier in the same file")
    );
    let providers = json!([{ "code": "E001", "name": "A", "sites": [] }, { "code": "E001", "name": "B", "sites": [] }]);
    assert_eq!(file(and("providers", providers)).unwrap_err().1, "provider 2: providers.code: occurs earlier in the same file");
    assert_eq!(RequestsFile::parse("{\n  no"), Err(FileError::NotJson { line: 2, column: 3 }));
    assert!(RequestsFile::parse(&format!("\u{feff}{head}")).is_ok());
}

#[test]
fn nothing_printed_holds_personal_data() {
    let request = NewRequest::parse(&record()).unwrap();
    let printed = format!("{request:?} {:?}", RequestsFile::parse(REQUESTS).unwrap());
    for secret in ["RSSMRA", "Rossi", "Mario", "Tomasetti", "reparto", "331", "120", "1980"] {
        assert!(!printed.contains(secret), "{secret}");
    }
    let error = NewRequest::parse(&with("/opal_code", json!("RSSMRA80A01H501U"))).unwrap_err();
    assert!(!format!("{error} {error:?} {}", error.text()).contains("RSSMRA"));
    assert_eq!(NewRequest::opal_code_of(&with("/opal_code", json!("RSSMRA80A01H501U"))), None);
    assert_eq!(NewRequest::opal_code_of(&without("/voucher")).as_deref(), Some("JC-2026-000123"));
}

/// Any JSON, a few levels deep.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from)
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z_]{0,8}", inner, 0..4).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

proptest! {
    #[test]
    fn no_value_anywhere_makes_the_intake_panic(
        value in any_json(),
        pointer in prop::sample::select(vec![
            "/opal_code", "/voucher", "/voucher/kind", "/voucher/valid_to", "/beneficiary", "/beneficiary/tax_code", "/beneficiary/limits",
            "/beneficiary/limits/latest", "/employer/vat_number", "/ground", "/ground/event", "/notified_at", "/provider_code",
        ]),
        days in any::<i64>(),
    ) {
        let mut record = with(pointer, value);
        if let Err(error) = NewRequest::parse(&record) {
            prop_assert!(pointer[1..].replace('/', ".").starts_with(error.field) || error.field.starts_with(&pointer[1..].replace('/', ".")));
        }
        shift_dates(&mut record, days);
    }

    #[test]
    fn a_shift_there_and_back_changes_no_date(days in -4_000_i64..4_000) {
        let mut moved = record();
        shift_dates(&mut moved, days);
        let before = NewRequest::parse(&record()).unwrap();
        let after = NewRequest::parse(&moved).unwrap();
        prop_assert_eq!((after.notified_local - before.notified_local).num_days(), days);
        shift_dates(&mut moved, -days);
        prop_assert_eq!(moved, record());
    }
}

#[test]
fn r39_the_contract_of_a_recent_hire_may_be_told_and_one_that_is_not_leaves_the_hash_of_the_request_as_it_was() {
    let told = |contract: Value| with("/ground", json!({ "kind": "recent_hire", "hired_on": "2026-10-01", "contract": contract }));
    let ground = |contract: Value| NewRequest::parse(&told(contract)).unwrap().ground;
    let hired_on = "2026-10-01".parse().unwrap();
    for contract in JobContract::ALL {
        assert!(ground(json!(contract.as_str())) == Ground::RecentHire { hired_on, contract: Some(contract) });
    }
    assert_eq!(refusal(&told(json!("stage"))), ("ground.contract", IntakeReason::UnknownContract));
    assert_eq!(serde_json::to_string(&ground(Value::Null)).unwrap(), r#"{"kind":"recent_hire","hired_on":"2026-10-01"}"#);
}
