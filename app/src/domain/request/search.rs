//! The search mask of the request list (R4): neutral filters live in the URL, personal ones never do.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::RequestState;
use crate::domain::{
    dossier::VoucherKind,
    person::TaxCode,
    rulebook::{FieldProblem, Rule},
    text::fold,
};

/// The mask as typed: strings, so that nothing typed is lost. The fields of the URL carry these names too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RequestSearchForm {
    /// States' words, separated by commas; empty for all.
    pub states: String,
    /// Part of the OPAL code.
    pub opal_code: String,
    /// Code or part of the name of the employment centre.
    pub centre: String,
    /// Code of the site.
    pub site: String,
    /// `base` or `enhanced`.
    pub voucher: String,
    /// First day of notification.
    pub notified_from: String,
    /// Last day of notification.
    pub notified_to: String,
    /// Still pending with at most so many days left.
    pub within: String,
}

/// The personal part of the mask: travels by POST, is kept sealed by the server, and is named in the URL by an opaque token.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonalSearch {
    /// Tax code, whole.
    pub tax_code: String,
    /// Beginning of the surname.
    pub surname: String,
}

silent_debug!(PersonalSearch);

impl PersonalSearch {
    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.tax_code.trim().is_empty() && self.surname.trim().is_empty()
    }
}

/// The filter that the list applies; all parts must hold (AND).
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RequestFilter {
    /// Any of these states; empty for all.
    pub states: Vec<RequestState>,
    /// Part of the OPAL code, upper-case.
    pub opal_code: Option<String>,
    /// Part of the centre's code or name, folded.
    pub centre: Option<String>,
    /// The site's code.
    pub site: Option<String>,
    /// The voucher's kind.
    pub voucher: Option<VoucherKind>,
    /// First day of notification.
    pub notified_from: Option<NaiveDate>,
    /// Last day of notification.
    pub notified_to: Option<NaiveDate>,
    /// Pending with at most so many days left; 0 is the last day.
    pub within: Option<u32>,
    /// The tax code.
    pub tax_code: Option<TaxCode>,
    /// Beginning of the surname, folded.
    pub surname: Option<String>,
}

impl RequestSearchForm {
    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Makes the filter.
    ///
    /// # Errors
    /// One problem for each value that cannot be read.
    pub fn check(&self, personal: &PersonalSearch) -> Result<RequestFilter, Vec<FieldProblem>> {
        let mut wrong = Vec::new();
        let text = |value: &str| Some(value.trim()).filter(|value| !value.is_empty()).map(str::to_owned);
        let mut day = |field: &'static str, value: &str| {
            text(value).and_then(|value| {
                let day = NaiveDate::parse_from_str(&value, "%Y-%m-%d").ok();
                if day.is_none() {
                    wrong.push(FieldProblem::new(field, Rule::R4, "La data non esiste: scrivila come giorno, mese e anno."));
                }
                day
            })
        };
        let notified_from = day("notified_from", &self.notified_from);
        let notified_to = day("notified_to", &self.notified_to);
        if notified_from.zip(notified_to).is_some_and(|(from, to)| from > to) {
            wrong.push(FieldProblem::new("notified_to", Rule::R4, "La seconda data precede la prima: scambiale."));
        }
        let within = text(&self.within).and_then(|value| {
            let days = value.parse::<u32>().ok().filter(|days| *days <= 365);
            if days.is_none() {
                wrong.push(FieldProblem::new("within", Rule::R4, "Scrivi un numero di giorni da 0 a 365."));
            }
            days
        });
        let voucher = text(&self.voucher).and_then(|value| {
            let kind = value.parse::<VoucherKind>().ok();
            if kind.is_none() {
                wrong.push(FieldProblem::new("voucher", Rule::R4, "Scegli base o rinforzato."));
            }
            kind
        });
        let words = self.states.split(',').map(str::trim).filter(|state| !state.is_empty());
        let states = words.map(str::parse::<RequestState>).collect::<Result<Vec<_>, _>>().unwrap_or_else(|_| {
            wrong.push(FieldProblem::new("states", Rule::R4, "Scegli gli stati tra quelli elencati."));
            Vec::new()
        });
        let tax_code = text(&personal.tax_code).and_then(|value| match TaxCode::parse(&value) {
            Ok(code) => Some(code),
            Err(error) => {
                wrong.push(FieldProblem::new("tax_code", Rule::R4, error.sentence()));
                None
            }
        });
        let surname = text(&personal.surname).map(|value| fold(&value)).filter(|value| !value.is_empty());
        if !wrong.is_empty() {
            return Err(wrong);
        }
        Ok(RequestFilter {
            states,
            opal_code: text(&self.opal_code).map(|code| code.to_uppercase()),
            centre: text(&self.centre).map(|centre| fold(&centre)),
            site: text(&self.site),
            voucher,
            notified_from,
            notified_to,
            within,
            tax_code,
            surname,
        })
    }
}
