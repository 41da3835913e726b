//! docs/rules.md is made here from the code: the table of the rules, the sentences they say, and the tests that name them.
#![expect(clippy::unwrap_used, reason = "a tree that cannot be read is a failed test")]

mod page;
mod sentences;
mod shown;

use std::{fs, path::PathBuf};

use app::domain::rulebook::Rule;

/// Says that the page is to be written and not compared.
const WRITE: &str = "AFFIANCO_WRITE_DOCS";

/// Found from the package's folder, where cargo starts tests: a compiled path would be wrong once the project has moved.
fn workspace() -> PathBuf {
    std::env::current_dir().unwrap().parent().unwrap().to_owned()
}

#[test]
fn the_page_of_the_rules_is_what_the_code_says() {
    let file = workspace().join("docs/rules.md");
    let made = page::page(&sentences::all(), &shown::by_tests(&workspace()));
    #[expect(clippy::disallowed_methods, reason = "not configuration: how this test is asked to write what it would compare")]
    let write = std::env::var(WRITE).is_ok();
    if write {
        fs::write(&file, &made).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    let differs =
        kept.lines().zip(made.lines()).position(|(kept, made)| kept != made).unwrap_or(kept.lines().count().min(made.lines().count()));
    let line = |text: &str| text.lines().nth(differs).unwrap_or("(nothing)").to_owned();
    assert!(
        kept == made,
        "docs/rules.md is stale: `make docs` writes it anew. First difference, line {}:\n  kept: {}\n  made: {}",
        differs + 1,
        line(&kept),
        line(&made)
    );
}

#[test]
fn every_rule_that_is_software_has_a_test_that_names_it() {
    let shown = shown::by_tests(&workspace());
    let bare: Vec<_> = Rule::ALL.into_iter().filter(|rule| !rule.places().is_empty() && !shown.contains_key(rule)).collect();
    assert!(bare.is_empty(), "no test carries the number of {bare:?}: begin its name with it, as in `r26_nine_hours_in_a_day_are_refused`");
}

#[test]
fn every_file_that_a_rule_lives_in_exists() {
    for rule in Rule::ALL {
        for place in rule.places() {
            assert!(workspace().join(place).is_file(), "{rule} lives in {place}, which is no file: mend rulebook/rule/table.rs");
        }
    }
}

#[test]
fn every_sentence_helps_within_two_hundred_characters() {
    for (rule, sentence) in sentences::all().into_iter().chain(sentences::longest()) {
        assert!(sentence.chars().count() <= 200 && sentence.ends_with('.'), "{rule}: {sentence}");
    }
}
