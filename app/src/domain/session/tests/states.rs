//! Every pair of state and action, and random lives of a session.

use proptest::prelude::*;

use super::super::{Action, SessionState};
use crate::domain::{activity::ActivityState, rulebook::Rule};

/// The table of domain.md 4.1, cell by cell.
fn expected(state: SessionState, action: Action) -> Result<SessionState, Rule> {
    use SessionState::{Cancelled, Delivered, Entered, NotDelivered, Scheduled, Started};
    match (state, action) {
        (Entered, Action::Enter | Action::Modify) => Ok(Entered),
        (Entered, Action::Schedule) => Ok(Scheduled),
        (Entered, Action::Cancel) => Ok(Cancelled),
        (Scheduled, Action::Start) => Ok(Started),
        (Scheduled | Started, Action::CloseNegative) => Ok(NotDelivered),
        (Started, Action::Complete) => Ok(Delivered),
        (Scheduled, Action::Modify) | (_, Action::Enter | Action::Schedule) => Err(Rule::R18),
        (_, Action::Modify) => Err(Rule::R17),
        (_, Action::Start) => Err(Rule::R20),
        (_, Action::Complete) => Err(Rule::R21),
        (_, Action::Cancel | Action::CloseNegative) => Err(Rule::R22),
    }
}

#[test]
fn every_pair_of_session_state_and_action_is_decided() {
    for state in SessionState::ALL {
        for action in Action::ALL {
            assert_eq!(state.after(action).map_err(|finding| finding.rule), expected(state, action), "{state:?} {action:?}");
        }
    }
}

#[test]
fn r18_a_programmed_session_cannot_be_modified() {
    assert_eq!(SessionState::Scheduled.after(Action::Modify).unwrap_err().rule, Rule::R18);
}

#[test]
fn r22_only_a_supervisor_is_offered_the_way_back_from_a_mistaken_start() {
    assert_eq!(SessionState::Started.offers(false), [Action::Complete]);
    assert_eq!(SessionState::Started.offers(true), [Action::Complete, Action::CloseNegative]);
}

#[test]
fn every_activity_is_in_one_of_its_three_states() {
    assert_eq!(ActivityState::of(false, false), ActivityState::NotStarted);
    assert_eq!(ActivityState::of(false, true), ActivityState::InProgress);
    assert_eq!(ActivityState::of(true, true), ActivityState::Closed);
    assert_eq!(ActivityState::of(true, false), ActivityState::Closed);
}

proptest! {
    #[test]
    fn no_sequence_of_actions_leaves_a_final_state_or_skips_the_programming(choices in prop::collection::vec(0usize..7, 0..40)) {
        let mut state = SessionState::Entered;
        let mut seen = vec![state];
        for action in choices.into_iter().map(|at| Action::ALL[at]) {
            match state.after(action) {
                Ok(next) => { prop_assert!(state.is_open()); state = next; seen.push(next); }
                Err(finding) => prop_assert!((Rule::R17..=Rule::R22).contains(&finding.rule)),
            }
        }
        let delivered = seen.contains(&SessionState::Delivered);
        prop_assert!(!delivered || (seen.contains(&SessionState::Scheduled) && seen.contains(&SessionState::Started)));
    }
}
