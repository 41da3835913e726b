//! Cambio datore di lavoro (S17): who the person works for from a day on, and where. The request keeps the first employer; changes add to it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{DossierFrame, interruption::reason_problem};
use crate::domain::{
    provider::VatNumber,
    request::intake::Employer,
    rulebook::{FieldProblem, Rule},
    text::date_long,
};

/// The longest name, town or contact, in characters.
pub const NAME_LIMIT: usize = 200;

/// Where the person works from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workplace {
    /// The first day; that of the admission for the employer of the request.
    pub since: NaiveDate,
    /// The town.
    pub town: String,
}

/// The town of the workplace on a day: that of the last change before it, else the first one.
pub fn town_on(workplaces: &[Workplace], on: NaiveDate) -> Option<&str> {
    let since = workplaces.iter().rev().find(|workplace| workplace.since <= on).or(workplaces.first());
    since.map(|workplace| workplace.town.as_str()).filter(|town| !town.is_empty())
}

/// The form "Cambio datore di lavoro", as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmployerForm {
    /// Dal: `2026-11-26`.
    pub since: String,
    /// Ragione sociale.
    pub name: String,
    /// Partita IVA.
    pub vat_number: String,
    /// Comune del luogo di lavoro.
    pub town: String,
    /// Referente aziendale.
    pub contact: String,
    /// Motivo. It may tell of health, so it is sealed.
    pub reason: String,
}

/// A change that may be confirmed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmployerChange {
    /// The first day.
    pub since: NaiveDate,
    /// The employer from then on.
    pub employer: Employer,
    /// Why, trimmed.
    pub reason: String,
}

silent_debug!(EmployerChange);

impl EmployerForm {
    /// Makes the typed change; `last_since` is the first day of the present employer, `present` who that is.
    ///
    /// # Errors
    /// Every problem at once, in the order of the fields.
    pub fn check(&self, dossier: &DossierFrame, last_since: NaiveDate, present: &Employer) -> Result<EmployerChange, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let mut problem = |field: &str, sentence: String| problems.push(FieldProblem::new(field, Rule::R31, sentence));
        let since = self.since.trim().parse::<NaiveDate>().ok();
        match since {
            None => problem("since", "Indica da quale giorno il datore di lavoro è cambiato.".to_owned()),
            Some(since) if since <= last_since => {
                problem("since", format!("Il datore di lavoro attuale lo è dal {}: indica un giorno dopo.", date_long(last_since)));
            }
            Some(since) if since > dossier.valid_to => {
                problem("since", format!("Il voucher finisce il {}: indica un giorno entro quella data.", date_long(dossier.valid_to)));
            }
            Some(_) => {}
        }
        let mut text = |field: &str, value: &str, wanted: &str| {
            let value = value.trim();
            match value.chars().count() {
                0 => problem(field, wanted.to_owned()),
                length if length > NAME_LIMIT => problem(field, format!("Sono {length} caratteri: accorciali entro {NAME_LIMIT}.")),
                _ => {}
            }
            value.to_owned()
        };
        let name = text("name", &self.name, "Scrivi la ragione sociale del nuovo datore di lavoro.");
        let vat_number = VatNumber::parse(&self.vat_number);
        let (town, contact) = (
            text("town", &self.town, "Scrivi il comune in cui la persona lavora: serve per i festivi."),
            text("contact", &self.contact, "Scrivi il referente aziendale: può firmare il registro."),
        );
        if let Err(error) = vat_number {
            problem("vat_number", error.sentence().to_owned());
        }
        let same = vat_number.as_ref().is_ok_and(|vat_number| {
            *present == Employer { name: name.clone(), vat_number: vat_number.clone(), town: town.clone(), contact: contact.clone() }
        });
        if same {
            problem("name", "È il datore di lavoro attuale: scrivi quello nuovo, o torna indietro.".to_owned());
        }
        let reason = self.reason.trim();
        problems.extend(reason_problem("change_reason", reason));
        match (since, vat_number) {
            (Some(since), Ok(vat_number)) if problems.is_empty() => {
                Ok(EmployerChange { since, employer: Employer { name, vat_number, town, contact }, reason: reason.to_owned() })
            }
            _ => {
                let place = |field: &str| {
                    ["since", "name", "vat_number", "town", "contact", "change_reason"].iter().position(|name| *name == field)
                };
                problems.sort_by_key(|problem| place(&problem.field));
                Err(problems)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn frame() -> DossierFrame {
        DossierFrame { admitted_on: day("2026-11-02"), valid_from: day("2026-11-01"), valid_to: day("2027-10-31"), interrupted_on: None }
    }

    fn form() -> EmployerForm {
        let text = str::to_owned;
        EmployerForm {
            since: text("2026-12-01"),
            name: text(" Molino Alto Srl "),
            vat_number: text("00743110157"),
            town: text("Este"),
            contact: text("Ada Neri"),
            reason: text("nuovo contratto"),
        }
    }

    fn present() -> Employer {
        let text = str::to_owned;
        Employer {
            name: text("Officine Brenta"),
            vat_number: VatNumber::parse("00743110157").unwrap(),
            town: text("Padova"),
            contact: text("Ugo Bo"),
        }
    }

    fn check(form: &EmployerForm) -> Result<EmployerChange, Vec<FieldProblem>> {
        form.check(&frame(), day("2026-11-02"), &present())
    }

    #[test]
    fn r31_a_change_names_the_new_employer_from_a_day_on() {
        let change = check(&form()).unwrap();
        assert!(change.since == day("2026-12-01") && change.employer.name == "Molino Alto Srl" && change.reason == "nuovo contratto");
    }

    #[test]
    fn r31_all_that_is_wrong_is_told_at_once_in_the_order_of_the_fields() {
        let fields = |form: &EmployerForm| check(form).unwrap_err().into_iter().map(|problem| problem.field).collect::<Vec<_>>();
        assert_eq!(fields(&EmployerForm::default()), ["since", "name", "vat_number", "town", "contact", "change_reason"]);
        assert_eq!(fields(&EmployerForm { since: "2026-11-02".to_owned(), ..form() }), ["since"], "the present one's first day");
        assert_eq!(fields(&EmployerForm { since: "2027-11-01".to_owned(), ..form() }), ["since"], "after the voucher");
        assert_eq!(fields(&EmployerForm { vat_number: "00743110158".to_owned(), ..form() }), ["vat_number"]);
        assert_eq!(fields(&EmployerForm { town: "x".repeat(NAME_LIMIT + 1), ..form() }), ["town"]);
        let Employer { name, vat_number, town, contact } = present();
        let same = EmployerForm { name, vat_number: vat_number.as_str().to_owned(), town, contact, ..form() };
        assert_eq!(fields(&same), ["name"]);
    }

    #[test]
    fn r28_the_town_of_the_workplace_is_that_of_the_day() {
        let workplace = |since: &str, town: &str| Workplace { since: day(since), town: town.to_owned() };
        let both = [workplace("2026-11-02", "Padova"), workplace("2026-12-01", "Este")];
        let on = |text| town_on(&both, day(text));
        assert_eq!([on("2026-10-01"), on("2026-11-30"), on("2026-12-01")], [Some("Padova"), Some("Padova"), Some("Este")]);
        assert_eq!(town_on(&[workplace("2026-11-02", "")], day("2026-11-03")), None);
        assert_eq!(town_on(&[], day("2026-11-03")), None);
    }
}
