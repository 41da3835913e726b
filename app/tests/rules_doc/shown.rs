//! Which tests name which rules: `r26_…` in the name of a Rust test, `(R26)` in the title of a browser test.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use app::domain::rulebook::Rule;

/// The tests of a rule: file, then names.
pub type Shown = BTreeMap<Rule, BTreeMap<String, BTreeSet<String>>>;

/// Where tests are, and how their files end.
const FOLDERS: [(&str, &str); 5] =
    [("app/src", "rs"), ("app/tests", "rs"), ("server/src", "rs"), ("server/tests", "rs"), ("end2end/tests", "ts")];

/// All tests of the workspace that name a rule.
pub fn by_tests(workspace: &Path) -> Shown {
    let mut shown = Shown::new();
    for (folder, ending) in FOLDERS {
        visit(&workspace.join(folder), ending, &mut |file, text| {
            let path = file.strip_prefix(workspace).unwrap().to_string_lossy().into_owned();
            let named = if ending == "rs" { in_rust(text) } else { in_browser_tests(text) };
            for (rule, name) in named {
                shown.entry(rule).or_default().entry(path.clone()).or_default().insert(name);
            }
        });
    }
    shown
}

fn visit(folder: &Path, ending: &str, each: &mut impl FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            visit(&path, ending, each);
        } else if path.extension().is_some_and(|found| found == ending) {
            each(&path, &fs::read_to_string(&path).unwrap());
        }
    }
}

/// Functions whose name begins with the numbers of rules.
fn in_rust(text: &str) -> Vec<(Rule, String)> {
    let mut named = Vec::new();
    for line in text.lines() {
        let Some((_, rest)) = line.trim_start().trim_start_matches("async ").split_once("fn ").filter(|(before, _)| before.is_empty())
        else {
            continue;
        };
        let name: String = rest.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_').collect();
        let rules: Vec<Rule> = name.split('_').map_while(|word| word.to_uppercase().parse().ok()).collect();
        named.extend(rules.into_iter().map(|rule| (rule, name.clone())));
    }
    named
}

/// Tests whose title ends with the numbers of rules in parentheses.
fn in_browser_tests(text: &str) -> Vec<(Rule, String)> {
    let mut named = Vec::new();
    for line in text.lines().map(str::trim_start).filter(|line| line.starts_with("test(")) {
        let Some(quote) = line.chars().nth("test(".len()) else { continue };
        let Some(title) = line.split(quote).nth(1) else { continue };
        let words = title.split(|letter: char| !letter.is_ascii_alphanumeric());
        named.extend(words.filter_map(|word| word.parse().ok()).map(|rule: Rule| (rule, title.to_owned())));
    }
    named
}

#[test]
fn rules_are_read_out_of_the_names_of_tests() {
    let rust = "    async fn r23_r24_late(database) {\n#[test]\nfn r7_x_r8() {}\nfn other() {}\n// fn r9_no\nfn r44_none() {}";
    let found: Vec<_> = in_rust(rust).into_iter().map(|(rule, name)| format!("{rule} {name}")).collect();
    assert_eq!(found, ["R23 r23_r24_late", "R24 r23_r24_late", "R7 r7_x_r8"]);
    let browser = "  test('forty a week (R26, R29)', async () => {\n  test(`no rule`, () => {\n// test('no (R1)'";
    let found: Vec<_> = in_browser_tests(browser).into_iter().map(|(rule, _)| rule).collect();
    assert_eq!(found, [Rule::R26, Rule::R29]);
}
