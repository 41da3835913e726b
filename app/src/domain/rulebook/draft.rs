//! The form "Nuova versione": a version of the rulebook as typed, and the version that one check makes of it, in the browser and again on the server.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    ActivityCode, AddedHoliday, Catalogue, CatalogueActivity, FieldProblem, Hours, Limit, Rule, Rulebook, RulebookVersion,
    limit::{read_hours, said, typed_hours},
    patron::PatronSaint,
};
use crate::domain::{
    text::{date_long, fold, hours, time_hm},
    time::{minute_of_day, plus_days},
    words::words,
};

words! {
    /// The fields besides the limits and the activities; the word is the field's name in the form.
    pub enum DraftField else "not a field of a draft" {
        /// First day.
        ValidFrom = "valid_from", "In vigore dal";
        /// The manual, law or decree.
        Citation = "citation", "Fonte";
        /// The reference to the measure (R33).
        Measure = "measure", "Riferimento al dispositivo";
        /// Euros an hour.
        Rate = "rate", "Tariffa oraria, in euro";
        /// One a line.
        AddedHolidays = "added_holidays", "Festivi aggiunti";
        /// One a line.
        PatronSaints = "patron_saints", "Santi patroni";
    }
}

/// The names of an activity's fields in the form, in the order of the path: its name, and the hours of the two vouchers.
pub const ACTIVITY_FIELDS: [[&str; 3]; 5] = [
    ["name_1", "base_1", "enhanced_1"],
    ["name_2", "base_2", "enhanced_2"],
    ["name_3", "base_3", "enhanced_3"],
    ["name_4", "base_4", "enhanced_4"],
    ["name_5", "base_5", "enhanced_5"],
];

/// How far ahead a version may begin, in days: none can be published before it any more, so a mistyped year would close the rulebook.
const AHEAD_DAYS: u32 = 730;
/// Longest citation of a version, and of a law, in characters.
const CITATION_LIMIT: usize = 300;
/// Longest reference to the measure, in characters.
const MEASURE_LIMIT: usize = 1000;
/// Longest name of an activity, in characters.
const NAME_LIMIT: usize = 100;
/// Most lines of a list.
const LINES_LIMIT: usize = 1000;
/// Most added holidays: working days must remain.
const HOLIDAYS_LIMIT: usize = 60;
/// Longest part of a line, in characters: town and name stand together in one sentence of 200.
const PART_LIMIT: usize = 50;
/// Most agreed minutes of one activity.
const AGREED_LIMIT: u32 = 500 * 60;
/// Highest rate, in cents.
const RATE_LIMIT: i64 = 100_000;
/// A year in which every date exists.
const LEAP_YEAR: i32 = 2028;

/// One of the five activities, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityDraft {
    /// Its name on screen.
    pub name: String,
    /// Hours of a voucher base.
    pub base: String,
    /// Hours of a voucher rinforzato.
    pub enhanced: String,
    /// Whether name and hours are an assumption, and not an official text.
    pub assumption: bool,
}

/// A version of the rulebook, as typed. Its activities are five and in the order of the path, whatever is typed (R1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulebookDraft {
    /// First day: `2027-01-01`.
    pub valid_from: String,
    /// The manual, law or decree it rests on.
    pub citation: String,
    /// The reference to the measure, printed on every document (R33).
    #[serde(default)]
    pub measure: String,
    /// The limits; one that is missing counts as empty.
    pub limits: BTreeMap<Limit, String>,
    /// The catalogue.
    pub activities: [ActivityDraft; 5],
    /// Euros an hour: `40,00`.
    pub rate: String,
    /// One a line: `4/11; Unità nazionale; L. 1/2030`.
    pub added_holidays: String,
    /// One a line: `Padova; 13/6; Sant'Antonio`.
    pub patron_saints: String,
}

/// The form filled from a version; when the new one begins and what it rests on is its author's to say.
impl From<&RulebookVersion> for RulebookDraft {
    fn from(version: &RulebookVersion) -> Self {
        let mut activities: [ActivityDraft; 5] = Default::default();
        for (draft, line) in activities.iter_mut().zip(&version.catalogue.activities) {
            *draft = ActivityDraft {
                name: line.name.clone(),
                base: typed_hours(line.minutes.base),
                enhanced: typed_hours(line.minutes.enhanced),
                assumption: line.assumption,
            };
        }
        let cents = version.catalogue.rate_cents;
        let holiday = |added: &AddedHoliday| format!("{}/{}; {}; {}", added.day, added.month, added.name, added.law);
        let patron = |patron: &PatronSaint| format!("{}; {}/{}; {}", patron.town, patron.day, patron.month, patron.name);
        Self {
            valid_from: String::new(),
            citation: String::new(),
            measure: version.measure.clone(),
            limits: Limit::ALL.into_iter().map(|limit| (limit, limit.of(version).typed())).collect(),
            activities,
            rate: format!("{},{:02}", cents / 100, cents % 100),
            added_holidays: version.added_holidays.iter().map(holiday).collect::<Vec<_>>().join("\n"),
            patron_saints: version.patron_saints.iter().map(patron).collect::<Vec<_>>().join("\n"),
        }
    }
}

impl RulebookDraft {
    /// Makes the version that follows all those of the rulebook.
    ///
    /// # Errors
    /// Every problem at once, in the order of the fields.
    pub fn check(&self, rulebook: &Rulebook, today: NaiveDate) -> Result<RulebookVersion, Vec<FieldProblem>> {
        // What cannot be read keeps the value of the version before, and is never answered: then there is a problem.
        let mut version = rulebook.latest().clone();
        let mut problems = Problems::default();
        if let Some(valid_from) = problems.note(DraftField::ValidFrom, Rule::R43, self.valid_from(rulebook, today)) {
            version.valid_from = valid_from;
        }
        if let Some(citation) =
            problems.note(DraftField::Citation, Rule::R43, text(&self.citation, "l'atto su cui si basa", CITATION_LIMIT))
        {
            version.citation = citation;
        }
        let measure = text(&self.measure, "il riferimento al dispositivo da riportare sui documenti", MEASURE_LIMIT);
        if let Some(measure) = problems.note(DraftField::Measure, Rule::R33, measure) {
            version.measure = measure;
        }
        for limit in Limit::ALL {
            if let Err(sentence) = limit.read(self.limits.get(&limit).map_or("", String::as_str), &mut version) {
                problems.add(limit.as_str(), limit.rule(), sentence);
            }
        }
        problems.between(&version);
        let step = if problems.is_read(Limit::Step) { version.step.max(1) } else { 1 };
        self.catalogue(&mut version.catalogue, step, &mut problems);
        if let Some(cents) = problems.note(DraftField::Rate, Rule::R11, read_cents(&self.rate)) {
            version.catalogue.rate_cents = cents;
        }
        version.added_holidays =
            problems.lines(DraftField::AddedHolidays, &self.added_holidays, read_holiday, |added| (added.month, added.day));
        if version.added_holidays.len() > HOLIDAYS_LIMIT {
            let sentence =
                format!("I festivi aggiunti sono {}: il massimo è {HOLIDAYS_LIMIT}. Togline qualcuno.", version.added_holidays.len());
            problems.add(DraftField::AddedHolidays.as_str(), Rule::R28, sentence);
        }
        version.patron_saints = problems
            .lines(DraftField::PatronSaints, &self.patron_saints, read_patron, |patron| (fold(&patron.town), patron.month, patron.day));
        if problems.0.is_empty() { Ok(version) } else { Err(problems.0) }
    }

    /// In the future, after every published version, and not so far that the years between could not be ruled any more.
    fn valid_from(&self, rulebook: &Rulebook, today: NaiveDate) -> Result<NaiveDate, String> {
        let latest = rulebook.latest().valid_from;
        let (first, last) = (plus_days(today.max(latest), 1), plus_days(today, AHEAD_DAYS).max(plus_days(latest, 1)));
        let Ok(on) = NaiveDate::parse_from_str(self.valid_from.trim(), "%Y-%m-%d") else {
            return Err(format!(
                "{} non è una data: indica il primo giorno di validità, da {} in poi.",
                said(&self.valid_from),
                date_long(first)
            ));
        };
        if on <= today {
            Err(format!(
                "{} non è nel futuro: una versione vale al più presto da domani. Scegli da {} in poi.",
                date_long(on),
                date_long(first)
            ))
        } else if on <= latest {
            Err(format!(
                "{} precede o ripete la versione già pubblicata, che vale da {}: scegli da {} in poi.",
                date_long(on),
                date_long(latest),
                date_long(first)
            ))
        } else if on > last {
            Err(format!(
                "{} è troppo lontano: dopo non se ne potrebbe pubblicare una prima. Scegli entro {}.",
                date_long(on),
                date_long(last)
            ))
        } else {
            Ok(on)
        }
    }

    /// R1 and R11: the five activities, of which only "allenamento e affiancamento" differs between the two vouchers.
    fn catalogue(&self, catalogue: &mut Catalogue, step: u32, problems: &mut Problems) {
        let read = |(((typed, names), code), before): (((&ActivityDraft, [&'static str; 3]), ActivityCode), &CatalogueActivity)| {
            let [name_field, base_field, enhanced_field] = names;
            let name = problems.take(name_field, Rule::R11, text(&typed.name, "il nome dell'attività", NAME_LIMIT));
            let base = problems.take(base_field, Rule::R11, read_hours(&typed.base, AGREED_LIMIT));
            let enhanced = problems.take(enhanced_field, Rule::R11, read_hours(&typed.enhanced, AGREED_LIMIT));
            for (field, minutes) in [(base_field, base), (enhanced_field, enhanced)] {
                if let Some(minutes) = minutes.filter(|minutes| !minutes.is_multiple_of(step)) {
                    let sentence = format!("{} non si dividono in passi di {}: correggi le ore o il passo.", hours(minutes), hours(step));
                    problems.add(field, Rule::R25, sentence);
                }
            }
            let minutes = Hours { base: base.unwrap_or_default(), enhanced: enhanced.unwrap_or_default() };
            let line = CatalogueActivity {
                code,
                name: name.unwrap_or_default(),
                minutes,
                at_employer: before.at_employer,
                assumption: typed.assumption,
                outputs: before.outputs,
            };
            if base.is_some() && enhanced.is_some() && !line.is_lawful() {
                let sentence = format!(
                    "Qui il voucher base ha {} e il rinforzato {}: può differire solo l'allenamento e affiancamento. Scrivi le stesse ore.",
                    hours(minutes.base),
                    hours(minutes.enhanced)
                );
                problems.add(enhanced_field, Rule::R11, sentence);
            }
            line
        };
        let lines = self.activities.iter().zip(ACTIVITY_FIELDS).zip(ActivityCode::ALL);
        catalogue.activities = lines.zip(&catalogue.activities).map(read).collect();
    }
}

/// What is wrong so far.
#[derive(Default)]
struct Problems(Vec<FieldProblem>);

impl Problems {
    fn add(&mut self, field: &str, rule: Rule, sentence: String) {
        self.0.push(FieldProblem::new(field, rule, sentence));
    }

    /// The value, or its problem.
    fn take<T>(&mut self, field: &str, rule: Rule, read: Result<T, String>) -> Option<T> {
        read.map_err(|sentence| self.add(field, rule, sentence)).ok()
    }

    fn note<T>(&mut self, field: DraftField, rule: Rule, read: Result<T, String>) -> Option<T> {
        self.take(field.as_str(), rule, read)
    }

    fn is_read(&self, limit: Limit) -> bool {
        self.0.iter().all(|problem| problem.field != limit.as_str())
    }

    /// Limits that must suit each other, where both could be read.
    fn between(&mut self, version: &RulebookVersion) {
        let RulebookVersion { day_cap, week_cap, earliest, latest, .. } = *version;
        if self.is_read(Limit::DayCap) && self.is_read(Limit::WeekCap) && week_cap < day_cap {
            let sentence =
                format!("{} alla settimana sono meno di {} al giorno: alza il limite settimanale.", hours(week_cap), hours(day_cap));
            self.add(Limit::WeekCap.as_str(), Limit::WeekCap.rule(), sentence);
        }
        let shortest = if self.is_read(Limit::Step) { version.step } else { 1 };
        if self.is_read(Limit::Earliest) && self.is_read(Limit::Latest) && minute_of_day(latest) < minute_of_day(earliest) + shortest {
            let sentence = format!(
                "La fascia {}-{} non contiene nemmeno un passo di {}: la fine deve seguire l'inizio, nello stesso giorno.",
                time_hm(earliest),
                time_hm(latest),
                hours(shortest)
            );
            self.add(Limit::Latest.as_str(), Limit::Latest.rule(), sentence);
        }
    }

    /// The lines of a list that can be read; those that cannot, or come twice, are problems.
    fn lines<T, K: Ord>(
        &mut self,
        field: DraftField,
        typed: &str,
        read: impl Fn(&str) -> Result<T, String>,
        key: impl Fn(&T) -> K,
    ) -> Vec<T> {
        let mut known = BTreeSet::new();
        let mut found = Vec::new();
        let lines: Vec<_> = (1..).zip(typed.lines()).filter(|(_, line)| !line.trim().is_empty()).collect();
        if lines.len() > LINES_LIMIT {
            self.add(field.as_str(), Rule::R28, format!("Le righe sono {}: il massimo è {LINES_LIMIT}. Togline qualcuna.", lines.len()));
            return found;
        }
        for (number, line) in lines {
            let wrong = match read(line) {
                Ok(value) if known.insert(key(&value)) => {
                    found.push(value);
                    continue;
                }
                Ok(_) => "è già nell'elenco: toglila.".to_owned(),
                Err(form) => form,
            };
            self.add(field.as_str(), Rule::R28, format!("Riga {number}, {}: {wrong}", said(line)));
        }
        found
    }
}

/// A text that is there and not too long.
fn text(typed: &str, what: &str, limit: usize) -> Result<String, String> {
    let typed = typed.trim();
    match typed.chars().count() {
        0 => Err(format!("Il campo è vuoto: scrivi {what}.")),
        length if length > limit => Err(format!("Il testo ha {length} caratteri: accorcialo entro {limit}.")),
        _ => Ok(typed.to_owned()),
    }
}

/// Cents out of `40`, `40,5` or `40,00`.
fn read_cents(typed: &str) -> Result<i64, String> {
    let typed = typed.trim();
    let (whole, rest) = typed.split_once([',', '.']).unwrap_or((typed, "0"));
    let digits = |text: &str| Some(text).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))?.parse::<i64>().ok();
    let cents = match rest.len() {
        1 => digits(rest).map(|tenths| tenths * 10),
        2 => digits(rest),
        _ => None,
    };
    let read = digits(whole).zip(cents).and_then(|(euros, cents)| euros.checked_mul(100)?.checked_add(cents));
    read.filter(|cents| (0..=RATE_LIMIT).contains(cents))
        .ok_or_else(|| format!("{} non va bene: scrivi gli euro all'ora, da 0 a {}, come 40,00.", said(typed), RATE_LIMIT / 100))
}

/// `4/11` as month and day of some year.
fn read_day(typed: &str) -> Option<(u32, u32)> {
    let (day, month) = typed.split_once('/')?;
    let (day, month) = (day.trim().parse().ok()?, month.trim().parse().ok()?);
    NaiveDate::from_ymd_opt(LEAP_YEAR, month, day).map(|_| (month, day))
}

/// The three parts of a line, none of them empty or too long.
fn parts(line: &str) -> Option<[&str; 3]> {
    let mut parts = line.split(';').map(str::trim);
    let three = [parts.next()?, parts.next()?, parts.next()?];
    (parts.next().is_none() && three.iter().all(|part| (1..=PART_LIMIT).contains(&part.chars().count()))).then_some(three)
}

fn read_holiday(line: &str) -> Result<AddedHoliday, String> {
    parts(line)
        .and_then(|[on, name, law]| {
            let (month, day) = read_day(on)?;
            Some(AddedHoliday { month, day, name: name.to_owned(), law: law.to_owned() })
        })
        .ok_or_else(|| {
            format!(
                "scrivi giorno/mese; nome; legge (al massimo {PART_LIMIT} caratteri ciascuno), come «4/11; Unità nazionale; L. 1/2030»."
            )
        })
}

fn read_patron(line: &str) -> Result<PatronSaint, String> {
    parts(line)
        .and_then(|[town, on, name]| {
            let (month, day) = read_day(on)?;
            Some(PatronSaint { town: town.to_owned(), month, day, name: name.to_owned() })
        })
        .ok_or_else(|| {
            format!("scrivi comune; giorno/mese; nome (al massimo {PART_LIMIT} caratteri ciascuno), come «Padova; 13/6; Sant'Antonio».")
        })
}

#[cfg(test)]
mod tests;
