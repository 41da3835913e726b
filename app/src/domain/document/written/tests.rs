//! What may be issued of what is written.

use super::*;
use crate::domain::document::register::tests::{facts, made};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn frame(status: DossierStatus) -> WritingFrame {
    let dossier =
        DossierFrame { admitted_on: day("2026-11-02"), valid_from: day("2026-11-01"), valid_to: day("2027-10-31"), interrupted_on: None };
    WritingFrame { dossier, status, today: day("2026-11-23") }
}

fn filled(kind: DocumentKind, outcome: &str) -> WrittenForm {
    let texts = kind.parts().iter().map(|part| (part.name.to_owned(), format!("  Testo di {}. ", part.name)));
    WrittenForm { drafted_on: "2026-11-20".to_owned(), outcome: outcome.to_owned(), texts: texts.collect() }
}

fn problems(form: &WrittenForm, kind: DocumentKind, status: DossierStatus) -> Vec<(String, Rule)> {
    let problems = form.check(kind, &frame(status)).err().unwrap_or_default();
    problems.into_iter().map(|problem| (problem.field, problem.rule)).collect()
}

#[test]
fn r33_an_output_has_a_drafting_date_that_is_no_day_to_come_and_none_before_the_admission() {
    for (typed, ok) in [("2026-11-02", true), ("2026-11-23", true), ("2026-11-24", false), ("2026-11-01", false), ("", false), ("x", false)]
    {
        let form = WrittenForm { drafted_on: typed.to_owned(), ..filled(DocumentKind::CoachingPlan, "") };
        let found = problems(&form, DocumentKind::CoachingPlan, DossierStatus::Running);
        let expected = if ok { Vec::new() } else { vec![(DRAFTED_ON.to_owned(), Rule::R33)] };
        assert_eq!(found, expected, "{typed}");
    }
}

#[test]
fn r33_every_part_of_an_output_is_filled_in_and_all_that_lack_are_told_at_once() {
    for kind in [DocumentKind::InterviewReport, DocumentKind::CoachingPlan] {
        assert!(problems(&filled(kind, ""), kind, DossierStatus::Running).is_empty());
        let empty = WrittenForm { drafted_on: "2026-11-20".to_owned(), ..WrittenForm::default() };
        let expected: Vec<_> = kind.parts().iter().map(|part| (part.name.to_owned(), Rule::R33)).collect();
        assert_eq!(problems(&empty, kind, DossierStatus::Running), expected);
    }
}

#[test]
fn r34_a_report_says_how_it_ended_and_tells_of_integration_capability_and_the_chance_to_keep_the_job() {
    let kind = DocumentKind::FinalReport;
    let written = filled(kind, "success").check(kind, &frame(DossierStatus::Concluded)).unwrap();
    let names: Vec<_> = written.texts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["activities", "integration", "capability", "prospects"], "a success leaves no analysis of a failure");
    assert_eq!((written.outcome, written.texts[1].1.as_str()), (Some(Outcome::Success), "Testo di integration."));
    let found = problems(&WrittenForm { drafted_on: "2026-11-20".to_owned(), ..WrittenForm::default() }, kind, DossierStatus::Concluded);
    let expected = ["outcome", "activities", "integration", "capability", "prospects"].map(|field| (field.to_owned(), Rule::R34));
    assert_eq!(found, expected);
}

#[test]
fn r35_a_failure_wants_the_three_analyses() {
    let kind = DocumentKind::FinalReport;
    let mut form = filled(kind, "failure");
    for status in [DossierStatus::Concluded, DossierStatus::Interrupted, DossierStatus::Expired] {
        assert_eq!(form.check(kind, &frame(status)).unwrap().texts.len(), 7);
    }
    for part in ["criticalities", "causes", "measures"] {
        form.texts.insert(part.to_owned(), " \n ".to_owned());
    }
    let expected = ["criticalities", "causes", "measures"].map(|field| (field.to_owned(), Rule::R35));
    assert_eq!(problems(&form, kind, DossierStatus::Concluded), expected);
}

#[test]
fn r35_an_interrupted_service_was_no_success() {
    let kind = DocumentKind::FinalReport;
    assert_eq!(problems(&filled(kind, "success"), kind, DossierStatus::Interrupted), [("outcome".to_owned(), Rule::R35)]);
}

#[test]
fn r34_the_report_is_delivered_at_the_end_of_the_service_and_outputs_at_any_time() {
    for status in DossierStatus::ALL {
        assert!(deliverable(DocumentKind::CoachingPlan, status).is_ok());
        let refused = deliverable(DocumentKind::FinalReport, status).err().map(|refusal| refusal.rule);
        assert_eq!(refused, (status == DossierStatus::Running).then_some(Rule::R34));
    }
}

#[test]
fn a_text_that_is_too_long_stops_even_a_draft_and_says_by_how_much() {
    let kind = DocumentKind::CoachingPlan;
    let mut form = filled(kind, "");
    assert!(form.overlong(kind).is_empty());
    form.texts.insert("goals".to_owned(), "è".repeat(PART_LIMIT + 1));
    let found = form.overlong(kind);
    assert_eq!((found.len(), found[0].field.as_str()), (1, "goals"));
    assert!(found[0].sentence.contains("6001") && found[0].sentence.contains("6000"), "{}", found[0].sentence);
    assert_eq!(problems(&form, kind, DossierStatus::Running), [("goals".to_owned(), Rule::R33)]);
}

#[test]
fn a_draft_keeps_only_the_parts_of_its_kind() {
    let mut form = filled(DocumentKind::FinalReport, "success");
    form.texts.insert("anything".to_owned(), "x".to_owned());
    let kept = form.kept(DocumentKind::FinalReport);
    assert_eq!(kept.texts.len(), 7);
}

#[test]
fn r34_the_report_begins_with_the_activities_that_were_delivered() {
    let begun = WrittenForm::begun(DocumentKind::FinalReport, &facts(2), day("2026-11-23"));
    assert_eq!(begun.drafted_on, "2026-11-23");
    let told = "ExploratoryInterviews: 2 erogazioni, 3 h di 4 h concordate, dal 01/11/2026 al 02/11/2026.";
    assert_eq!((begun.texts["activities"].as_str(), begun.texts["integration"].as_str()), (told, ""));
    let none = WrittenForm::begun(DocumentKind::FinalReport, &facts(0), day("2026-11-23"));
    assert_eq!(none.texts["activities"], "");
}

#[test]
fn r33_a_written_document_carries_the_measure_the_person_and_the_drafting_date() {
    let author = Author { name: "Chiara Bortolin", role: "Job coach" };
    for kind in DocumentKind::WRITTEN {
        let written = filled(kind, "failure").check(kind, &frame(DossierStatus::Interrupted)).unwrap();
        let text = paper(kind, &written, &facts(2), author, made()).to_text();
        for told in ["Data di redazione: 20/11/2026", "Fondo Regionale", "Id voucher: VCH-1", "Codice fiscale: RSSMRA80A01H501U"] {
            assert!(text.contains(told), "{told} in {text}");
        }
        for part in kind.parts() {
            assert!(text.contains(&format!("\n{}\nTesto di {}.", part.title, part.name)), "{} in {text}", part.title);
        }
        let report = kind == DocumentKind::FinalReport;
        assert_eq!(text.contains("Esito del percorso: Insuccesso") && text.contains("\nTotale | 3 h | 20 h\n"), report, "{text}");
    }
}

#[test]
fn what_two_people_typed_is_put_together_and_what_both_changed_is_named() {
    let form = |on: &str, goals: &str, actions: &str| WrittenForm {
        drafted_on: on.to_owned(),
        outcome: String::new(),
        texts: [("actions", actions), ("goals", goals)].map(|(name, text)| (name.to_owned(), text.to_owned())).into(),
    };
    let base = form("2026-11-20", "", "Due volte.");
    let (put, both) = form("2026-11-20", "Il banco.", "Tre volte.").upon(&base, &form("2026-11-21", "", "Quattro volte."));
    assert!(put == form("2026-11-21", "Il banco.", "Tre volte."));
    assert_eq!(both, ["actions"]);
    let (put, both) = base.clone().upon(&base, &form("2026-11-21", "Il banco.", "Tre volte."));
    assert!(put == form("2026-11-21", "Il banco.", "Tre volte.") && both.is_empty());
    let same = form("2026-11-20", "Il banco.", "Due volte.");
    assert!(same.clone().upon(&base, &same) == (same, Vec::new()));
}
