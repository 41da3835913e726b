//! What the rulebook leaves to a policy: the patron saint of the town (R28), the coach's day (R26) and the coach in two places (R41).

use super::{
    super::{BusyWho, Surroundings},
    fixtures::*,
};
use crate::domain::{
    dossier::Workplace,
    rulebook::{ActivityCode, Reason, Rule, RulebookVersion, Strictness},
};

/// What entering gives under each policy: off, warn, block.
fn under_each(set: fn(&mut RulebookVersion, Strictness), proposal: &super::super::Proposal, around: &Surroundings) -> [Rules; 3] {
    Strictness::ALL.map(|policy| enter(proposal, &under(|book| set(book, policy), around.clone())))
}

/// Seen ten days before Saint Martin, patron of Belluno, a Thursday.
fn at(site_town: &str, employer_town: &str) -> Surroundings {
    let around = around("2027-11-02T10:00");
    let workplaces = vec![Workplace { since: around.dossier.admitted_on, town: employer_town.to_owned() }];
    Surroundings { site_town: site_town.to_owned(), workplaces, ..around }
}

#[test]
fn r28_the_patron_of_the_employers_town_counts_for_an_activity_at_the_employers() {
    let on_the_day = proposal("2027-11-11", "09:00", "11:00");
    assert_eq!(enter(&on_the_day, &at("Padova", "BELLUNO")), warned(&[Rule::R28]));
    assert_eq!(enter(&on_the_day, &at("Belluno", "Padova")), FINE);
}

#[test]
fn r28_the_patron_of_the_sites_town_counts_for_an_activity_at_the_site_or_with_no_known_employer() {
    let mut at_the_site = proposal("2027-11-11", "09:00", "11:00");
    at_the_site.activity = ActivityCode::CoachingPlan;
    assert_eq!(enter(&at_the_site, &at("Belluno", "Padova")), warned(&[Rule::R28]));
    assert_eq!(enter(&at_the_site, &at("Padova", "Belluno")), FINE);
    assert_eq!(enter(&proposal("2027-11-11", "09:00", "11:00"), &at("Belluno", "")), warned(&[Rule::R28]));
}

#[test]
fn r28_the_rulebook_ignores_the_patron_or_warns_or_refuses() {
    let set = |book: &mut RulebookVersion, policy| book.patron_saint = policy;
    let found = under_each(set, &proposal("2027-11-11", "09:00", "11:00"), &at("Belluno", ""));
    assert_eq!(found, [FINE, warned(&[Rule::R28]), blocked(&[Rule::R28])]);
}

#[test]
fn r28_a_patron_on_a_public_holiday_is_not_told_twice() {
    let verdict = judge(
        super::super::Action::Enter,
        &proposal("2028-04-25", "09:00", "11:00"),
        &Surroundings {
            dossier: crate::domain::dossier::DossierFrame { valid_to: day("2028-12-31"), ..around("2028-04-20T10:00").dossier },
            site_town: "Venezia".to_owned(),
            ..around("2028-04-20T10:00")
        },
    );
    assert_eq!(rules(&verdict), blocked(&[Rule::R28]));
    assert!(matches!(verdict.blocks[0].reason, Reason::PublicHoliday { .. }));
}

#[test]
fn r26_the_rulebook_ignores_a_coachs_long_day_or_warns_or_refuses() {
    let mut around = around("2026-11-20T10:00");
    around.elsewhere.push(busy(BusyWho::Coach(MARTA), "2026-11-24", "08:00", "15:00"));
    let set = |book: &mut RulebookVersion, policy| book.coach_day = policy;
    let found = under_each(set, &proposal("2026-11-24", "16:00", "17:15"), &around);
    assert_eq!(found, [FINE, warned(&[Rule::R26]), blocked(&[Rule::R26])]);
}

#[test]
fn r26_a_persons_long_day_is_refused_whatever_the_policy_for_coaches() {
    let set = |book: &mut RulebookVersion, policy| book.coach_day = policy;
    let found = under_each(set, &proposal("2026-11-24", "09:00", "17:15"), &around("2026-11-20T10:00"));
    assert_eq!(found.map(|(blocks, warns)| (blocks.first().copied(), warns)), [(); 3].map(|()| (Some(Rule::R26), Vec::new())));
}

#[test]
fn r41_the_rulebook_ignores_a_coach_in_two_places_or_warns_or_refuses() {
    let mut around = around("2026-11-20T10:00");
    around.elsewhere.push(busy(BusyWho::Coach(MARTA), "2026-11-24", "10:00", "11:00"));
    let set = |book: &mut RulebookVersion, policy| book.coach_overlap = policy;
    let found = under_each(set, &proposal("2026-11-24", "10:30", "11:30"), &around);
    assert_eq!(found, [FINE, warned(&[Rule::R41]), blocked(&[Rule::R41])]);
}

#[test]
fn r41_a_person_in_two_places_is_refused_whatever_the_policy_for_coaches() {
    let mut around = around("2026-11-20T10:00");
    around.elsewhere.push(busy(BusyWho::Person, "2026-11-24", "10:00", "11:00"));
    let set = |book: &mut RulebookVersion, policy| book.coach_overlap = policy;
    let found = under_each(set, &proposal("2026-11-24", "10:30", "11:30"), &around);
    assert_eq!(found, [blocked(&[Rule::R41]), blocked(&[Rule::R41]), blocked(&[Rule::R41])]);
}

#[test]
fn each_session_is_judged_by_the_version_that_holds_on_its_own_day() {
    let mut around = around("2026-11-20T10:00");
    let known = around.book(None).clone();
    around.rulebook = around.rulebook.with(RulebookVersion { valid_from: day("2026-11-25"), day_cap: 6 * 60, ..known });
    assert_eq!(enter(&proposal("2026-11-24", "09:00", "17:00"), &around), FINE);
    assert_eq!(enter(&proposal("2026-11-25", "09:00", "17:00"), &around), blocked(&[Rule::R26]));
}
