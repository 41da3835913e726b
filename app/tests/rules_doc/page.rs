//! The page itself, in Markdown.

use std::fmt::Write as _;

use app::domain::rulebook::{Kind, Rule};

use super::shown::Shown;

const HEAD: &str = "# The rules

<!-- Made by app/tests/rules_doc from the code: change the code and run `make docs`. -->

What the service's manual (Veneto Lavoro, \"Job Coach\"), the law and the notices ask for, rule by rule: where each comes from, what it does, where it is
enforced, what it says with sample values, and which tests name it. The rules are declared in `app/src/domain/rulebook/rule/table.rs`; their limits are
dated data (`app/src/domain/rulebook/version.rs`). A rule lives in one place and decides in the browser while a person types and again on the server.

- **hard** refuses the action; **soft** wants a confirmation; **auto** is applied by the calendar; **doc** says what a document holds.
- `affianco check-schedule FILE` judges cases of planning by these very rules.

";

/// The whole page.
pub fn page(sentences: &[(Rule, String)], shown: &Shown) -> String {
    let mut page = HEAD.to_owned();
    page.push_str("| Rule | Title | Source | Kind | Tests |\n|---|---|---|---|---|\n");
    for rule in Rule::ALL {
        let tests: usize = shown.get(&rule).map_or(0, |files| files.values().map(std::collections::BTreeSet::len).sum());
        let anchor = rule.as_str().to_lowercase();
        let _ = writeln!(page, "| [{rule}](#{anchor}) | {} | {} | {} | {tests} |", rule.title(), rule.source(), kinds(rule));
    }
    for rule in Rule::ALL {
        section(&mut page, rule, sentences, shown);
    }
    page
}

fn kinds(rule: Rule) -> String {
    rule.kinds().iter().copied().map(Kind::as_str).collect::<Vec<_>>().join(", ")
}

fn section(page: &mut String, rule: Rule, sentences: &[(Rule, String)], shown: &Shown) {
    let _ = write!(page, "\n## {rule}\n\n**{}** · {} · {}\n\n", rule.title(), rule.source(), kinds(rule));
    let places: Vec<_> = rule.places().iter().map(|place| link(place)).collect();
    match (places.is_empty(), rule.remark()) {
        (false, remark) => {
            let _ = writeln!(page, "Enforced in {}.{}", places.join(", "), remark.map(|remark| format!(" {remark}")).unwrap_or_default());
        }
        (true, remark) => {
            let _ = writeln!(page, "Not software yet. {}", remark.unwrap_or_default());
        }
    }
    let said: Vec<_> = sentences.iter().filter(|(of, _)| *of == rule).map(|(_, sentence)| sentence).collect();
    if !said.is_empty() {
        page.push_str("\nSays:\n\n");
        for sentence in said {
            let _ = writeln!(page, "- {sentence}");
        }
    }
    if let Some(files) = shown.get(&rule) {
        page.push_str("\nShown by:\n\n");
        for (file, names) in files {
            let _ = writeln!(page, "- {}", link(file));
            for name in names {
                let _ = writeln!(page, "  - {}", name.replace('_', " "));
            }
        }
    }
}

/// A file of the project, as a link from the page.
fn link(file: &str) -> String {
    format!("[`{file}`](../{file})")
}
