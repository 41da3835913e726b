//! What is typed in the form "Nuova versione": one signal a field.

use leptos::prelude::*;

use crate::domain::rulebook::{ActivityDraft, Limit, RulebookDraft, RulebookVersion};

/// One of the five activities.
#[derive(Clone, Copy)]
pub struct TypedActivity {
    /// Its name.
    pub name: RwSignal<String>,
    /// Hours of a voucher base.
    pub base: RwSignal<String>,
    /// Hours of a voucher rinforzato.
    pub enhanced: RwSignal<String>,
    /// Whether name and hours are an assumption.
    pub assumption: RwSignal<bool>,
}

/// All fields.
#[derive(Clone, Copy)]
pub struct Typed {
    /// First day.
    pub valid_from: RwSignal<String>,
    /// What it rests on.
    pub citation: RwSignal<String>,
    /// The reference to the measure.
    pub measure: RwSignal<String>,
    /// The limits, in the order of `Limit::ALL`.
    pub limits: [RwSignal<String>; Limit::ALL.len()],
    /// The catalogue.
    pub activities: [TypedActivity; 5],
    /// Euros an hour.
    pub rate: RwSignal<String>,
    /// One a line.
    pub added_holidays: RwSignal<String>,
    /// One a line.
    pub patron_saints: RwSignal<String>,
}

impl Typed {
    /// The fields filled from a version.
    pub fn new(version: &RulebookVersion) -> Self {
        let RulebookDraft { valid_from, citation, measure, limits: _, activities, rate, added_holidays, patron_saints } = version.into();
        Self {
            valid_from: RwSignal::new(valid_from),
            citation: RwSignal::new(citation),
            measure: RwSignal::new(measure),
            limits: Limit::ALL.map(|limit| RwSignal::new(limit.of(version).typed())),
            activities: activities.map(|ActivityDraft { name, base, enhanced, assumption }| TypedActivity {
                name: RwSignal::new(name),
                base: RwSignal::new(base),
                enhanced: RwSignal::new(enhanced),
                assumption: RwSignal::new(assumption),
            }),
            rate: RwSignal::new(rate),
            added_holidays: RwSignal::new(added_holidays),
            patron_saints: RwSignal::new(patron_saints),
        }
    }

    /// What is typed now; tracks every field.
    pub fn draft(self) -> RulebookDraft {
        RulebookDraft {
            valid_from: self.valid_from.get(),
            citation: self.citation.get(),
            measure: self.measure.get(),
            limits: Limit::ALL.into_iter().zip(self.limits.map(|typed| typed.get())).collect(),
            activities: self.activities.map(|typed| ActivityDraft {
                name: typed.name.get(),
                base: typed.base.get(),
                enhanced: typed.enhanced.get(),
                assumption: typed.assumption.get(),
            }),
            rate: self.rate.get(),
            added_holidays: self.added_holidays.get(),
            patron_saints: self.patron_saints.get(),
        }
    }
}
