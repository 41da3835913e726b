//! Whether a provider is on the list of those who deliver (R40): decisions with dates, only ever added.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Provider;
use crate::domain::{
    command::Version,
    page::Page,
    rulebook::{FieldProblem, Refusal, Rule},
    text::date_long,
    time::{LocalInstant, plus_days},
    words::words,
};

/// Longest reason, in characters.
const REASON_LIMIT: usize = 300;
/// How far ahead a decision may begin, in days: a mistyped year would never be noticed.
const AHEAD_DAYS: u32 = 730;

words! {
    /// Whether a provider may take new persons into the service.
    pub enum Standing else "not a standing of a provider" {
        /// On the list.
        Active = "active", "Attivo";
        /// Not on it, or not any more.
        Suspended = "suspended", "Sospeso";
    }
}

words! {
    /// The fields of the form; the word is the field's name in the page.
    pub enum StandingField else "not a field of a standing" {
        /// The new standing.
        Standing = "standing", "Stato";
        /// Its first day.
        From = "from", "Dal giorno";
        /// Why.
        Reason = "reason", "Motivo";
    }
}

/// One decision about a provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingEntry {
    /// Its first day.
    pub from: NaiveDate,
    /// How the provider stands from then on.
    pub standing: Standing,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// When it was written down, on the Rome wall clock.
    pub at: LocalInstant,
}

/// A stretch of days on which one decision holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period<'a> {
    /// The decision.
    pub entry: &'a StandingEntry,
    /// The first day on which another one holds.
    pub until: Option<NaiveDate>,
}

/// All decisions about a provider in the order in which they were written. Each holds from its first day on, whatever older ones said of the
/// days from there on; the first one also on all days before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Standings(Vec<StandingEntry>);

impl FromIterator<StandingEntry> for Standings {
    fn from_iter<I: IntoIterator<Item = StandingEntry>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

impl Standings {
    /// Counts its decisions.
    pub fn version(&self) -> Version {
        Version::try_from(self.0.len()).unwrap_or(Version::MAX)
    }

    /// The decision that holds on a day.
    pub fn entry_on(&self, on: NaiveDate) -> Option<&StandingEntry> {
        self.0.iter().rev().find(|entry| entry.from <= on).or(self.0.first())
    }

    /// How the provider stands on a day; one of which nothing was ever decided is not on the list.
    pub fn on(&self, on: NaiveDate) -> Standing {
        self.entry_on(on).map_or(Standing::Suspended, |entry| entry.standing)
    }

    /// The stretches of days, newest first; a decision that a later one took back before its first day has none.
    pub fn periods(&self) -> Vec<Period<'_>> {
        let mut periods = Vec::<Period<'_>>::new();
        for entry in self.0.iter().rev() {
            let until = periods.last().map(|later| later.entry.from);
            if until.is_none_or(|until| entry.from < until) {
                periods.push(Period { entry, until });
            }
        }
        periods
    }

    /// The next day on which the standing is another than on `today`, if one is decided.
    pub fn changes_on(&self, today: NaiveDate) -> Option<NaiveDate> {
        let standing = self.on(today);
        let periods = self.periods();
        periods
            .iter()
            .rev()
            .map(|period| period.entry)
            .find(|entry| entry.from > today && entry.standing != standing)
            .map(|entry| entry.from)
    }

    /// Since when the provider stands as on `today`, over all decisions that say the same.
    pub fn since(&self, today: NaiveDate) -> Option<NaiveDate> {
        let standing = self.on(today);
        let periods = self.periods();
        let past = periods.iter().map(|period| period.entry).skip_while(|entry| entry.from > today);
        past.take_while(|entry| entry.standing == standing).last().map(|entry| entry.from)
    }

    /// R40: what a provider's own people are told of a suspension, one that holds or one that is decided; never a block of what is under way.
    pub fn warning(&self, today: NaiveDate) -> Option<Refusal> {
        let change = self.changes_on(today).map(date_long);
        let sentence = match (self.on(today), change) {
            (Standing::Active, None) => return None,
            (Standing::Active, Some(from)) => format!(
                "L'ente sarà sospeso dall'elenco degli erogatori da {from}: da quel giorno nuove ammissioni non sono possibili, i fascicoli già aperti proseguono."
            ),
            (Standing::Suspended, to) => {
                let since = self.since(today).map(|since| format!(" da {}", date_long(since))).unwrap_or_default();
                let to = to.map(|to| format!(" e torna attivo {to}")).unwrap_or_default();
                format!(
                    "L'ente è sospeso dall'elenco degli erogatori{since}{to}: nuove ammissioni non sono possibili, i fascicoli già aperti proseguono."
                )
            }
        };
        Some(Refusal::new(Rule::R40, sentence))
    }
}

/// The form "Cambia stato", as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingForm {
    /// The word of a [`Standing`].
    pub standing: String,
    /// `2026-12-01`.
    pub from: String,
    /// Why.
    pub reason: String,
}

/// What a form that passed its check asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStanding {
    /// The new standing.
    pub standing: Standing,
    /// Its first day.
    pub from: NaiveDate,
    /// Why.
    pub reason: String,
}

impl StandingForm {
    /// Reads the form: from today on, and a change at all.
    ///
    /// # Errors
    /// Every problem at once, in the order of the fields.
    pub fn check(&self, known: &Standings, today: NaiveDate) -> Result<NewStanding, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let mut note = |field: StandingField, sentence: String| problems.push(FieldProblem::new(field.as_str(), Rule::R40, sentence));
        let standing = self.standing.trim().parse().ok();
        if standing.is_none() {
            note(StandingField::Standing, "Scegli lo stato: attivo o sospeso.".to_owned());
        }
        let from = read_from(&self.from, today).map_err(|sentence| note(StandingField::From, sentence)).ok();
        if let (Some(standing), Some(from)) = (standing, from)
            && known
                .periods()
                .iter()
                .filter(|period| period.until.is_none_or(|until| until > from))
                .all(|period| period.entry.standing == standing)
        {
            let word = standing.label().to_lowercase();
            note(
                StandingField::Standing,
                format!("L'ente è già {word} da {} in poi: scegli un altro stato o un altro giorno.", date_long(from)),
            );
        }
        let reason = self.reason.trim();
        let length = reason.chars().count();
        if length == 0 {
            note(StandingField::Reason, "Scrivi il motivo: resta agli atti.".to_owned());
        } else if length > REASON_LIMIT {
            note(StandingField::Reason, format!("Il motivo ha {length} caratteri: al massimo {REASON_LIMIT}. Accorcialo."));
        }
        match (standing, from) {
            (Some(standing), Some(from)) if problems.is_empty() => Ok(NewStanding { standing, from, reason: reason.to_owned() }),
            _ => Err(problems),
        }
    }
}

fn read_from(text: &str, today: NaiveDate) -> Result<NaiveDate, String> {
    let last = plus_days(today, AHEAD_DAYS);
    let Ok(on) = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d") else {
        return Err(format!("Indica il primo giorno, da {} in poi.", date_long(today)));
    };
    if on < today {
        Err(format!("{} è già passato: il cambio vale al più presto da oggi, {}.", date_long(on), date_long(today)))
    } else if on > last {
        Err(format!("{} è troppo lontano: scegli entro {}.", date_long(on), date_long(last)))
    } else {
        Ok(on)
    }
}

/// A provider with all that was decided about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProviderStanding {
    /// The provider.
    pub provider: Provider,
    /// The decisions.
    pub standings: Standings,
}

/// The page "Enti".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProviderList {
    /// The providers by code.
    pub page: Page<ProviderStanding>,
    /// The Rome wall clock, by the server.
    pub now: LocalInstant,
}

/// The page of a provider.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProviderPage {
    /// The provider.
    pub row: ProviderStanding,
    /// The Rome wall clock, by the server.
    pub now: LocalInstant,
}

#[cfg(test)]
mod tests {
    use Standing::{Active, Suspended};

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn entry(from: &str, standing: Standing) -> StandingEntry {
        let at = LocalInstant("2026-11-23T10:00:00".parse().unwrap());
        StandingEntry { from: day(from), standing, reason: "Delibera".to_owned(), by: "Sistema".to_owned(), at }
    }

    fn standings(entries: &[(&str, Standing)]) -> Standings {
        entries.iter().map(|(from, standing)| entry(from, *standing)).collect()
    }

    fn form(standing: &str, from: &str, reason: &str) -> StandingForm {
        StandingForm { standing: standing.to_owned(), from: from.to_owned(), reason: reason.to_owned() }
    }

    #[test]
    fn r40_each_decision_holds_from_its_day_on_and_the_first_one_also_before() {
        let known = standings(&[("2026-01-01", Active), ("2026-11-24", Suspended), ("2026-12-10", Active)]);
        let on = ["2020-01-01", "2026-11-23", "2026-11-24", "2026-12-09", "2026-12-10", "2030-01-01"].map(|on| known.on(day(on)));
        assert_eq!(on, [Active, Active, Suspended, Suspended, Active, Active]);
        assert_eq!(Standings::default().on(day("2026-11-23")), Suspended, "nobody put it on the list");
    }

    #[test]
    fn r40_a_later_decision_takes_back_what_was_decided_from_its_day_on() {
        let known = standings(&[("2026-01-01", Active), ("2027-01-01", Suspended), ("2026-11-25", Active)]);
        assert_eq!(known.on(day("2027-06-01")), Active);
        let periods: Vec<_> = known.periods().into_iter().map(|period| (period.entry.from, period.until)).collect();
        assert_eq!(periods, [(day("2026-11-25"), None), (day("2026-01-01"), Some(day("2026-11-25")))]);
        assert_eq!((known.since(day("2026-12-01")), known.changes_on(day("2026-12-01"))), (Some(day("2026-01-01")), None));
        assert_eq!(known.version(), 3);
    }

    #[test]
    fn r40_every_day_is_in_the_period_whose_decision_holds_on_it() {
        let known = standings(&[
            ("2026-11-20", Active),
            ("2026-12-10", Suspended),
            ("2026-11-28", Suspended),
            ("2026-12-20", Active),
            ("2026-12-05", Active),
        ]);
        let periods = known.periods();
        for on in day("2026-11-20").iter_days().take(60) {
            let held: Vec<_> =
                periods.iter().filter(|period| period.entry.from <= on && period.until.is_none_or(|until| on < until)).collect();
            assert_eq!(held.len(), 1, "{on}");
            assert_eq!(Some(held[0].entry), known.entry_on(on));
        }
    }

    #[test]
    fn r40_a_suspension_that_holds_or_is_to_come_is_told_and_one_that_is_over_is_not() {
        let known = standings(&[("2026-01-01", Active), ("2026-11-24", Suspended), ("2026-12-10", Active)]);
        let told = |on: &str| known.warning(day(on)).map(|refusal| (refusal.rule, refusal.sentence));
        assert_eq!(
            told("2026-11-23").unwrap().1,
            "L'ente sarà sospeso dall'elenco degli erogatori da mar 24 nov 2026: da quel giorno nuove ammissioni non sono possibili, i fascicoli già aperti proseguono."
        );
        assert_eq!(
            told("2026-11-24").unwrap(),
            (
                Rule::R40,
                "L'ente è sospeso dall'elenco degli erogatori da mar 24 nov 2026 e torna attivo gio 10 dic 2026: nuove ammissioni non sono possibili, i fascicoli già aperti proseguono.".to_owned()
            )
        );
        assert_eq!(told("2026-12-10"), None);
        assert!(Standings::default().warning(day("2026-11-23")).is_some());
    }

    #[test]
    fn r40_the_reason_for_a_suspension_may_be_told_twice_and_it_lasts_since_the_first() {
        let known = standings(&[("2026-01-01", Active), ("2026-11-01", Suspended), ("2026-11-10", Suspended)]);
        assert_eq!(known.since(day("2026-11-23")), Some(day("2026-11-01")));
    }

    #[test]
    fn r40_a_change_begins_today_at_the_earliest_and_changes_something() {
        let known = standings(&[("2026-01-01", Active)]);
        let today = day("2026-11-23");
        let problems = |form: StandingForm| -> Vec<_> {
            form.check(&known, today).unwrap_err().into_iter().map(|problem| (problem.field, problem.sentence)).collect()
        };
        let suspended = form("suspended", "2026-11-23", " Verifica regionale ").check(&known, today).unwrap();
        assert_eq!((suspended.standing, suspended.from, suspended.reason.as_str()), (Suspended, today, "Verifica regionale"));
        for (typed, field, sentence) in [
            (
                form("suspended", "2026-11-22", "x"),
                "from",
                "dom 22 nov 2026 è già passato: il cambio vale al più presto da oggi, lun 23 nov 2026.",
            ),
            (form("suspended", "2036-11-22", "x"), "from", "sab 22 nov 2036 è troppo lontano: scegli entro mer 22 nov 2028."),
            (form("suspended", "domani", "x"), "from", "Indica il primo giorno, da lun 23 nov 2026 in poi."),
            (
                form("active", "2026-12-01", "x"),
                "standing",
                "L'ente è già attivo da mar 1 dic 2026 in poi: scegli un altro stato o un altro giorno.",
            ),
            (form("", "2026-12-01", "x"), "standing", "Scegli lo stato: attivo o sospeso."),
            (form("suspended", "2026-12-01", "  "), "reason", "Scrivi il motivo: resta agli atti."),
            (form("suspended", "2026-12-01", &"x".repeat(301)), "reason", "Il motivo ha 301 caratteri: al massimo 300. Accorcialo."),
        ] {
            assert_eq!(problems(typed), [(field.to_owned(), sentence.to_owned())]);
        }
        assert_eq!(problems(form("", "", "")).len(), 3);
        let planned = standings(&[("2026-01-01", Active), ("2027-01-01", Suspended)]);
        assert!(form("active", "2026-11-23", "Revoca").check(&planned, today).is_ok(), "takes back what is to come");
        assert!(form("suspended", "2027-02-01", "Ancora").check(&planned, today).is_err());
    }
}
