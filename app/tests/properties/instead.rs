//! Suggested times: always accepted, in the stated order, and the same that a search without any short cut finds.

use std::mem::discriminant;

use app::domain::{
    ids::CoachId,
    rulebook::Rule,
    session::{Action, Proposal, SEARCH_DAYS, SUGGESTIONS, SessionState, Slot, Surroundings, Words, check, generated::Question, suggest},
    time::{Span, days_between},
};
use chrono::{NaiveDate, NaiveTime, TimeDelta, Timelike};
use proptest::prelude::*;

use crate::seeds;

/// Questions for which another time may be found: planning something that has a time, in a dossier that takes sessions.
fn searchable() -> impl Strategy<Value = (Question, Span)> {
    any::<u64>().prop_filter_map("not about planning", |seed| {
        let mut question = Question::of(seed);
        question.around.manages = true;
        question.around.activities.iter_mut().for_each(|activity| activity.closed = false);
        // The search counts in minutes.
        let span = question.proposal.span().filter(|span| span.from().second() == 0 && span.minutes().is_multiple_of(15))?;
        question.action.plans().then_some((question, span))
    })
}

/// The warnings that the proposal does not have already, of another kind than any of its own; `None` when the slot is refused.
fn new_warnings(action: Action, proposal: &Proposal, slot: Slot, around: &Surroundings) -> Option<Vec<Rule>> {
    let judge = |proposal: &Proposal| check(action, SessionState::Entered, proposal, Words::default(), around);
    let known: Vec<_> = judge(proposal).warns.iter().map(|finding| discriminant(&finding.reason)).collect();
    let verdict = judge(&proposal.at(slot.coach, slot.span));
    verdict.allows().then(|| {
        verdict.warns.iter().filter(|finding| !known.contains(&discriminant(&finding.reason))).map(|finding| finding.rule).collect()
    })
}

/// The wanted day, or today when that is past.
fn centre(around: &Surroundings, wanted: Span) -> NaiveDate {
    wanted.on().max(around.now.today())
}

/// The coaches to try, in their order.
fn coaches(question: &Question) -> Vec<CoachId> {
    let around = &question.around;
    let mut coaches: Vec<CoachId> = question.proposal.coach.into_iter().collect();
    coaches.extend(
        around.coaches.iter().filter(|coach| coach.site == around.site && Some(coach.id) != question.proposal.coach).map(|coach| coach.id),
    );
    coaches
}

/// Every quarter of an hour of every day, one after the other, each judged in full.
fn by_trying_all(question: &Question, wanted: Span) -> Vec<Slot> {
    let (around, length) = (&question.around, wanted.to() - wanted.from());
    let mut found: Vec<Slot> = Vec::new();
    for coach in coaches(question) {
        for away in (0..=i64::from(SEARCH_DAYS)).flat_map(|away| if away == 0 { vec![0] } else { vec![away, -away] }) {
            let on = centre(around, wanted) + TimeDelta::days(away);
            if !around.coaches.iter().any(|known| known.id == coach && around.knows(known, on)) {
                continue;
            }
            let mut starts: Vec<NaiveTime> = (0..24 * 12).filter_map(|five| NaiveTime::from_hms_opt(five / 12, five % 12 * 5, 0)).collect();
            starts.sort_by_key(|start| (*start - wanted.from()).num_minutes().abs());
            for start in starts {
                let Some(span) = Span::new(on, start, start + length) else { continue };
                let slot = Slot { coach, span };
                let to_come = on.and_time(start) > around.now.0;
                let taken = found.iter().any(|other| other.coach == coach && other.span.overlaps(span));
                if to_come && !taken && new_warnings(question.action, &question.proposal, slot, around).is_some_and(|new| new.is_empty()) {
                    found.push(slot);
                    if found.len() == SUGGESTIONS {
                        return found;
                    }
                }
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(seeds(512))]

    #[test]
    fn a_suggested_time_is_accepted_with_no_new_warning((question, wanted) in searchable()) {
        for slot in suggest(question.action, &question.proposal, &question.around) {
            prop_assert_eq!(new_warnings(question.action, &question.proposal, slot, &question.around), Some(Vec::new()));
            prop_assert_eq!(slot.span.minutes(), wanted.minutes());
            prop_assert!(slot.span.on().and_time(slot.span.from()) > question.around.now.0, "to come");
        }
    }

    #[test]
    fn suggestions_are_few_near_apart_and_in_their_order((question, wanted) in searchable()) {
        let slots = suggest(question.action, &question.proposal, &question.around);
        prop_assert!(slots.len() <= SUGGESTIONS);
        let coaches = coaches(&question);
        let place = |slot: &Slot| {
            let away = days_between(centre(&question.around, wanted), slot.span.on());
            let coach = coaches.iter().position(|coach| *coach == slot.coach);
            (coach, away.abs(), away < 0, (slot.span.from() - wanted.from()).num_minutes().abs())
        };
        prop_assert!(slots.iter().map(place).is_sorted(), "{:?}", slots);
        prop_assert!(slots.iter().all(|slot| place(slot).1 <= i64::from(SEARCH_DAYS)));
        for (at, slot) in slots.iter().enumerate() {
            prop_assert!(slots[..at].iter().all(|other| other.coach != slot.coach || !other.span.overlaps(slot.span)));
        }
    }
}

proptest! {
    #![proptest_config(seeds(48))]

    #[test]
    fn the_search_finds_what_trying_every_time_finds((question, wanted) in searchable()) {
        prop_assert_eq!(suggest(question.action, &question.proposal, &question.around), by_trying_all(&question, wanted));
    }
}
