//! One small dossier that the tests of sessions start from, and short ways to write days, times and verdicts.

use chrono::{NaiveDate, NaiveTime};
use uuid::Uuid;

use super::super::{Action, Busy, BusyWho, Horizon, Proposal, SessionFacts, SessionState, Surroundings, Words, check};
use crate::domain::{
    activity::ActivityFrame,
    dossier::{DossierFrame, VoucherKind},
    ids::{CoachId, SessionId, SiteId},
    provider::Coach,
    rulebook::{ActivityCode, Finding, Rule, Rulebook, RulebookVersion, Verdict},
    time::{LocalInstant, Span},
};

pub const TRAINING: ActivityCode = ActivityCode::OnTheJobTraining;
pub const MARTA: CoachId = CoachId(Uuid::from_u128(1));
pub const LUCA: CoachId = CoachId(Uuid::from_u128(2));
/// Works at another site of the provider.
pub const SARA: CoachId = CoachId(Uuid::from_u128(3));

/// What blocks and what warns, by rule.
pub type Rules = (Vec<Rule>, Vec<Rule>);
pub const FINE: Rules = (Vec::new(), Vec::new());

pub fn blocked(rules: &[Rule]) -> Rules {
    (rules.to_vec(), Vec::new())
}

pub fn warned(rules: &[Rule]) -> Rules {
    (Vec::new(), rules.to_vec())
}

pub fn rules(verdict: &Verdict) -> Rules {
    let ids = |findings: &[Finding]| findings.iter().map(|finding| finding.rule).collect();
    (ids(&verdict.blocks), ids(&verdict.warns))
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn time(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").unwrap()
}

pub fn span(on: &str, from: &str, to: &str) -> Span {
    Span::new(day(on), time(from), time(to)).unwrap()
}

/// A dossier with nothing in it, seen at `now`; all of the time of the site's coaches is known.
pub fn around(now: &str) -> Surroundings {
    around_kind(now, VoucherKind::Base)
}

pub fn around_kind(now: &str, kind: VoucherKind) -> Surroundings {
    let rulebook = Rulebook::builtin();
    let activities = &rulebook.on(day("2026-01-01")).catalogue.activities;
    let site = SiteId(Uuid::from_u128(1));
    let coach = |id, name: &str, site: SiteId| Coach { id, name: name.to_owned(), site, active_from: day("2020-01-01"), active_to: None };
    Surroundings {
        now: LocalInstant(day(&now[..10]).and_time(time(&now[11..]))),
        manages: true,
        supervises: false,
        dossier: DossierFrame {
            admitted_on: day("2024-01-02"),
            valid_from: day("2024-01-01"),
            valid_to: day("2027-12-31"),
            interrupted_on: None,
        },
        activities: activities
            .iter()
            .map(|line| ActivityFrame { code: line.code, agreed: line.minutes.of(kind), at_employer: line.at_employer, closed: false })
            .collect(),
        sessions: Vec::new(),
        limits: None,
        site,
        site_town: "Abano Terme".to_owned(),
        workplaces: Vec::new(),
        horizon: Horizon { site: true, ..Horizon::days(Some(MARTA), day("2024-01-01"), day("2028-12-31")) },
        elsewhere: Vec::new(),
        coaches: vec![
            coach(MARTA, "Marta Bianchi", site),
            coach(LUCA, "Luca Neri", site),
            coach(SARA, "Sara Verdi", SiteId(Uuid::from_u128(2))),
        ],
        rulebook,
    }
}

/// The same under other policies.
pub fn under(change: impl Fn(&mut RulebookVersion), around: Surroundings) -> Surroundings {
    Surroundings { rulebook: around.rulebook.adjusted(change), ..around }
}

pub fn proposal(on: &str, from: &str, to: &str) -> Proposal {
    Proposal {
        id: None,
        activity: TRAINING,
        coach: Some(MARTA),
        on: Some(day(on)),
        from: Some(time(from)),
        to: Some(time(to)),
        note: "presso il datore di lavoro".to_owned(),
    }
}

pub fn session(n: u128, span: Span, state: SessionState) -> SessionFacts {
    SessionFacts { id: SessionId(Uuid::from_u128(n)), activity: TRAINING, coach: MARTA, span, state }
}

pub fn busy(who: BusyWho, on: &str, from: &str, to: &str) -> Busy {
    Busy { who, span: span(on, from, to) }
}

pub fn judge(action: Action, proposal: &Proposal, around: &Surroundings) -> Verdict {
    check(action, SessionState::Entered, proposal, Words::default(), around)
}

pub fn enter(proposal: &Proposal, around: &Surroundings) -> Rules {
    rules(&judge(Action::Enter, proposal, around))
}
