//! The form of every verdict.

use proptest::prelude::*;

use crate::{findings, questions, rules, seeds};

proptest! {
    #![proptest_config(seeds(4096))]

    #[test]
    fn findings_come_in_the_order_of_the_rules_and_no_rule_both_blocks_and_warns((_, question) in questions()) {
        let verdict = question.judge();
        prop_assert!(rules(&verdict.blocks).is_sorted());
        prop_assert!(rules(&verdict.warns).is_sorted());
        let blocking = rules(&verdict.blocks);
        prop_assert!(rules(&verdict.warns).iter().all(|rule| !blocking.contains(rule)));
    }

    #[test]
    fn every_sentence_says_something_within_two_hundred_characters((_, question) in questions()) {
        let verdict = question.judge();
        for finding in findings(&verdict) {
            let sentence = finding.sentence();
            let length = sentence.chars().count();
            prop_assert!((20..=200).contains(&length) && sentence.ends_with('.'), "{sentence}");
        }
    }

    #[test]
    fn the_same_question_gets_the_same_answer((seed, question) in questions()) {
        let again = app::domain::session::generated::Question::of(seed);
        prop_assert_eq!(&question.around, &again.around);
        prop_assert_eq!(question.judge(), again.judge());
    }
}
