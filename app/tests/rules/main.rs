//! Rules that no single module holds, shown through what the domain lets others use.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking, also in what it shares with others")]

use app::domain::{
    dossier::VoucherKind,
    ids::{AccountId, CoachId, ProviderId, SiteId},
    provider::{Actor, Role},
    rulebook::{ActivityCode, Rule, Rulebook},
    session::{Action, Case, CaseFile, Outcome, SessionState, Surroundings, Words, check},
};
use uuid::Uuid;

/// A sound session to enter, of which the site's operator is told nothing.
fn case() -> Case {
    let text = include_str!("../../../server/fixtures/schedule-cases.json");
    CaseFile::parse(text).unwrap().cases.remove(0)
}

fn judged(case: &Case, action: Action, around: &Surroundings) -> String {
    Outcome::of(&check(action, SessionState::Entered, &case.proposal, Words::default(), around)).to_string()
}

fn actor(role: Role, site: u128) -> Actor {
    Actor {
        account: AccountId(Uuid::nil()),
        name: "Anna Bianchi".to_owned(),
        role,
        provider: Some(ProviderId(Uuid::nil())),
        provider_name: None,
        sites: vec![SiteId(Uuid::from_u128(site))],
        site_names: Vec::new(),
        coach: (role == Role::Coach).then_some(CoachId(Uuid::nil())),
    }
}

#[test]
fn r1_the_five_activities_are_there_together_and_a_catalogue_without_one_is_unlawful() {
    let catalogue = Rulebook::builtin().versions()[0].catalogue.clone();
    assert!(catalogue.is_lawful() && catalogue.activities.len() == 5);
    for at in 0..5 {
        let mut fewer = catalogue.clone();
        fewer.activities.remove(at);
        assert!(!fewer.is_lawful(), "without the activity {at}");
        let mut twice = catalogue.clone();
        twice.activities[at] = twice.activities[(at + 1) % 5].clone();
        assert!(!twice.is_lawful(), "with another one in the place of {at}");
    }
}

#[test]
fn r1_a_session_of_an_activity_that_the_dossier_does_not_have_is_refused() {
    let Case { mut around, proposal, .. } = case();
    around.activities.retain(|activity| activity.code != proposal.activity);
    assert_eq!(judged(&case(), Action::Enter, &around), "blocks [R37] warns []");
}

#[test]
fn r11_only_the_training_may_differ_between_the_two_vouchers() {
    let catalogue = Rulebook::builtin().versions()[0].catalogue.clone();
    for at in 0..5 {
        let mut changed = catalogue.clone();
        changed.activities[at].minutes.enhanced += 60;
        assert_eq!(changed.is_lawful(), changed.activities[at].code == ActivityCode::OnTheJobTraining);
        assert_eq!(changed.total_minutes(VoucherKind::Base), catalogue.total_minutes(VoucherKind::Base));
    }
}

#[test]
fn r13_who_does_not_manage_the_site_plans_nothing_there() {
    let case = case();
    let around = Surroundings { manages: false, ..case.around.clone() };
    for action in [Action::Enter, Action::Modify, Action::Schedule] {
        assert_eq!(judged(&case, action, &case.around), "blocks [] warns []", "{action:?}");
        assert_eq!(judged(&case, action, &around), "blocks [R13] warns []", "{action:?}");
    }
}

#[test]
fn r13_the_sites_operator_and_its_providers_administrator_manage_it_and_nobody_else() {
    let site = SiteId(Uuid::from_u128(1));
    let manages = |role| [1, 2].map(|own| actor(role, own).manages(site));
    assert_eq!(manages(Role::Operator), [true, false]);
    assert_eq!(manages(Role::ProviderAdministrator), [true, false]);
    assert_eq!((manages(Role::Coach), manages(Role::SystemAdministrator)), ([false, false], [false, false]));
}

#[test]
fn r16_invia_leaves_a_session_inserita_or_tells_all_that_stops_it_at_once() {
    assert_eq!(SessionState::Entered.after(Action::Enter), Ok(SessionState::Entered));
    let mut case = case();
    case.proposal.coach = None;
    case.proposal.on = "2026-11-29".parse().ok();
    case.proposal.from = "06:10:00".parse().ok();
    let judged = case.judge();
    assert_eq!(judged.outcome.blocks, [Rule::R15, Rule::R25, Rule::R26, Rule::R27, Rule::R28]);
    assert_eq!(judged.sentences.len(), 5);
}
