//! The schedule cases shipped with the project, judged by the same rules.

use std::collections::HashMap;

use serde_json::Value;
use uuid::Uuid;

use super::super::{Action, Busy, BusyWho, Proposal, SessionFacts, Surroundings, Words, check};
use crate::domain::{
    activity::ActivityFrame,
    dossier::{DossierFrame, VoucherKind},
    ids::{CoachId, SessionId, SiteId},
    provider::Coach,
    rulebook::{Finding, Rulebook},
    time::{LocalInstant, Span},
};

const CASES: &str = include_str!("../../../../../server/fixtures/schedule-cases.json");

/// The state words of the file are those of the store.
fn facts(value: &Value, coaches: &mut HashMap<String, CoachId>) -> (SessionFacts, String) {
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let next = CoachId(Uuid::from_u128(1 + coaches.len() as u128));
    let coach = *coaches.entry(text("coach")).or_insert(next);
    let time = |key: &str| chrono::NaiveTime::parse_from_str(&text(key), "%H:%M").unwrap();
    let id = text("id").bytes().fold(0u128, |sum, byte| (sum << 8) | u128::from(byte));
    let facts = SessionFacts {
        id: SessionId(Uuid::from_u128(id)),
        activity: text("activity").parse().unwrap(),
        coach,
        span: Span::new(text("on").parse().unwrap(), time("from"), time("to")).unwrap(),
        state: text("state").parse().unwrap(),
    };
    (facts, text("person"))
}

#[test]
fn the_shipped_schedule_cases_are_judged_as_expected() {
    let file: Value = serde_json::from_str(CASES).unwrap();
    let cases = file["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 23);
    let rulebook = Rulebook::builtin();
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let mut coaches = HashMap::new();
        let (wanted, person) = facts(&case["proposal"], &mut coaches);
        let day = |key: &str| case["dossier"][key].as_str().unwrap().parse().unwrap();
        let kind = if case["dossier"]["voucher_kind"] == "enhanced" { VoucherKind::Enhanced } else { VoucherKind::Base };
        let (mut sessions, mut elsewhere) = (Vec::new(), Vec::new());
        for other in case["sessions"].as_array().unwrap() {
            let (other, whose) = facts(other, &mut coaches);
            if whose == person {
                sessions.push(other);
            } else {
                elsewhere.push(Busy { who: BusyWho::Coach(other.coach), span: other.span });
            }
        }
        let admitted_on = day("admitted_on");
        let around = Surroundings {
            now: LocalInstant(format!("{}:00", case["now"].as_str().unwrap()).parse().unwrap()),
            manages: true,
            supervises: false,
            dossier: DossierFrame { admitted_on, valid_from: day("valid_from"), valid_to: day("valid_to") },
            activities: rulebook
                .on(admitted_on)
                .catalogue
                .activities
                .iter()
                .map(|line| ActivityFrame { code: line.code, agreed: line.minutes.of(kind), at_employer: line.at_employer, closed: false })
                .collect(),
            sessions,
            elsewhere,
            coaches: coaches
                .values()
                .map(|id| Coach {
                    id: *id,
                    name: String::new(),
                    site: SiteId(Uuid::nil()),
                    active_from: day("valid_from"),
                    active_to: None,
                })
                .collect(),
        };
        let proposal = Proposal {
            id: Some(wanted.id),
            activity: wanted.activity,
            coach: Some(wanted.coach),
            on: Some(wanted.span.on()),
            from: Some(wanted.span.from()),
            to: Some(wanted.span.to()),
            note: case["proposal"]["note"].as_str().unwrap().to_owned(),
        };
        let action: Action = case["action"].as_str().unwrap().parse().unwrap();
        let verdict = check(&rulebook, action, wanted.state, &proposal, Words::default(), &around);
        // The personal limits of R30 are judged from the issue of the rules on.
        let expected = |key: &str| -> Vec<String> {
            let rules = case["expect"][key].as_array().unwrap().iter();
            rules.filter_map(|rule| rule.as_str()).filter(|rule| *rule != "R30").map(str::to_owned).collect()
        };
        let found = |findings: &[Finding]| -> Vec<String> { findings.iter().map(|finding| finding.rule.to_string()).collect() };
        assert_eq!(found(&verdict.blocks), expected("blocks"), "{name}");
        assert_eq!(found(&verdict.warns), expected("warns"), "{name}");
    }
}
