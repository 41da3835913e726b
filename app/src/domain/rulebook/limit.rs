//! The limits of a version, one by one: what each is called, the rule it belongs to, how it is shown, typed and read back.

use std::ops::RangeInclusive;

use chrono::{NaiveDate, NaiveTime, Timelike};

use super::{LateEntry, Rule, Rulebook, RulebookVersion, Strictness};
use crate::domain::{
    text::{days, hours, time_hm},
    words::words,
};

words! {
    /// One limit of the rulebook, in the order of the page; the word is the field's name in the form.
    pub enum Limit else "not a limit of the rulebook" {
        /// Minutes a day for one person.
        DayCap = "day_cap", "Ore al giorno per persona";
        /// Minutes an ISO week for one person.
        WeekCap = "week_cap", "Ore alla settimana per persona";
        /// Sessions start no earlier.
        Earliest = "earliest", "Inizio non prima delle";
        /// Sessions end no later.
        Latest = "latest", "Fine non oltre le";
        /// Times and lengths are multiples of it.
        Step = "step", "Passo di orari e durate, in minuti";
        /// Days after a session's date within which everything must be done.
        RegularisationDays = "regularisation_days", "Giorni per regolarizzare un'erogazione";
        /// What happens to a session entered on its day or later.
        LateEntry = "late_entry", "Inserimento tardivo";
        /// Days after the notification within which the provider decides.
        AdmissionDays = "admission_days", "Giorni per decidere una richiesta";
        /// Whether that term moves past public holidays.
        AdmissionPastHolidays = "admission_past_holidays", "Termine che scade in un festivo";
        /// Fewest characters of a refusal's reason.
        RefusalReasonMin = "refusal_reason_min", "Caratteri minimi del motivo di rifiuto";
        /// Days after the voucher's end in which documents may still be completed.
        TailDays = "tail_days", "Giorni dopo la scadenza del voucher";
        /// The patron saint of the session's town.
        PatronSaint = "patron_saint", "Patrono del luogo dell'erogazione";
        /// Minutes a day for one coach over all persons.
        CoachDayCap = "coach_day_cap", "Ore al giorno per operatore";
        /// What more than that is.
        CoachDay = "coach_day", "Oltre le ore dell'operatore";
        /// A coach in two places at once.
        CoachOverlap = "coach_overlap", "Operatore già impegnato";
    }
}

/// The value of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitValue {
    /// A length in minutes, typed in hours.
    Length(u32),
    /// A time of day.
    Time(NaiveTime),
    /// Minutes.
    Minutes(u32),
    /// Days.
    Days(u32),
    /// Characters.
    Characters(usize),
    /// Whether a term moves to the next working day.
    Moves(bool),
    /// The policy of late entry.
    Late(LateEntry),
    /// How strictly a rule is applied.
    Strict(Strictness),
}

/// The words of a term that stays where it ends, and of one that moves.
const KEPT: (&str, &str) = ("kept", "resta quello");
const MOVED: (&str, &str) = ("moved", "passa al primo giorno lavorativo");
const DAY: u32 = 24 * 60;
/// What divides an hour evenly.
const STEPS: &str = "1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30 o 60";

impl LimitValue {
    /// As people read it.
    pub fn shown(self) -> String {
        match self {
            Self::Length(minutes) | Self::Minutes(minutes) => hours(minutes),
            Self::Time(time) => time_hm(time),
            Self::Days(count) => days(count),
            Self::Characters(count) => count.to_string(),
            Self::Moves(moves) => if moves { MOVED.1 } else { KEPT.1 }.to_owned(),
            Self::Late(policy) => policy.label().to_owned(),
            Self::Strict(strictness) => strictness.label().to_owned(),
        }
    }

    /// As it stands in a form.
    pub fn typed(self) -> String {
        match self {
            Self::Length(minutes) => typed_hours(minutes),
            Self::Time(time) => time_hm(time),
            Self::Minutes(count) | Self::Days(count) => count.to_string(),
            Self::Characters(count) => count.to_string(),
            Self::Moves(moves) => if moves { MOVED.0 } else { KEPT.0 }.to_owned(),
            Self::Late(policy) => policy.as_str().to_owned(),
            Self::Strict(strictness) => strictness.as_str().to_owned(),
        }
    }

    /// The words to choose among and how they read; none where something is typed.
    pub fn choices(self) -> Vec<(&'static str, &'static str)> {
        match self {
            Self::Moves(_) => vec![KEPT, MOVED],
            Self::Late(_) => LateEntry::ALL.map(|policy| (policy.as_str(), policy.label())).to_vec(),
            Self::Strict(_) => Strictness::ALL.map(|strictness| (strictness.as_str(), strictness.label())).to_vec(),
            _ => Vec::new(),
        }
    }
}

impl Limit {
    /// The rule that it is a limit of.
    pub fn rule(self) -> Rule {
        match self {
            Self::DayCap | Self::CoachDayCap | Self::CoachDay => Rule::R26,
            Self::WeekCap => Rule::R29,
            Self::Earliest | Self::Latest => Rule::R27,
            Self::Step => Rule::R25,
            Self::RegularisationDays => Rule::R23,
            Self::LateEntry => Rule::R24,
            Self::AdmissionDays | Self::AdmissionPastHolidays => Rule::R7,
            Self::RefusalReasonMin => Rule::R6,
            Self::TailDays => Rule::R38,
            Self::PatronSaint => Rule::R28,
            Self::CoachOverlap => Rule::R41,
        }
    }

    /// Its value in a version.
    pub fn of(self, version: &RulebookVersion) -> LimitValue {
        match self {
            Self::DayCap => LimitValue::Length(version.day_cap),
            Self::WeekCap => LimitValue::Length(version.week_cap),
            Self::Earliest => LimitValue::Time(version.earliest),
            Self::Latest => LimitValue::Time(version.latest),
            Self::Step => LimitValue::Minutes(version.step),
            Self::RegularisationDays => LimitValue::Days(version.regularisation_days),
            Self::LateEntry => LimitValue::Late(version.late_entry),
            Self::AdmissionDays => LimitValue::Days(version.admission_days),
            Self::AdmissionPastHolidays => LimitValue::Moves(version.admission_past_holidays),
            Self::RefusalReasonMin => LimitValue::Characters(version.refusal_reason_min),
            Self::TailDays => LimitValue::Days(version.tail_days),
            Self::PatronSaint => LimitValue::Strict(version.patron_saint),
            Self::CoachDayCap => LimitValue::Length(version.coach_day_cap),
            Self::CoachDay => LimitValue::Strict(version.coach_day),
            Self::CoachOverlap => LimitValue::Strict(version.coach_overlap),
        }
    }

    /// The first day of the version since which its value in `version` has been the same.
    pub fn since(self, rulebook: &Rulebook, version: &RulebookVersion) -> NaiveDate {
        let before = rulebook.versions().iter().rev().filter(|older| older.valid_from < version.valid_from);
        before.take_while(|older| self.of(older) == self.of(version)).last().map_or(version.valid_from, |first| first.valid_from)
    }

    /// Reads what was typed into a version.
    ///
    /// # Errors
    /// What is wrong with it and what would do, in Italian.
    pub fn read(self, text: &str, version: &mut RulebookVersion) -> Result<(), String> {
        let text = text.trim();
        match self {
            Self::DayCap => version.day_cap = read_hours(text, DAY)?,
            Self::WeekCap => version.week_cap = read_hours(text, 7 * DAY)?,
            Self::CoachDayCap => version.coach_day_cap = read_hours(text, DAY)?,
            Self::Earliest => version.earliest = read_time(text)?,
            Self::Latest => version.latest = read_time(text)?,
            Self::Step => version.step = read_step(text)?,
            Self::RegularisationDays => version.regularisation_days = read_count(text, 1..=365, "giorni")?,
            Self::AdmissionDays => version.admission_days = read_count(text, 1..=365, "giorni")?,
            Self::TailDays => version.tail_days = read_count(text, 0..=3650, "giorni")?,
            Self::RefusalReasonMin => {
                version.refusal_reason_min = usize::try_from(read_count(text, 1..=1000, "caratteri")?).unwrap_or(usize::MAX);
            }
            Self::LateEntry => version.late_entry = text.parse().map_err(|_| choose(text))?,
            Self::PatronSaint => version.patron_saint = text.parse().map_err(|_| choose(text))?,
            Self::CoachDay => version.coach_day = text.parse().map_err(|_| choose(text))?,
            Self::CoachOverlap => version.coach_overlap = text.parse().map_err(|_| choose(text))?,
            Self::AdmissionPastHolidays => {
                version.admission_past_holidays = match text {
                    _ if text == KEPT.0 => false,
                    _ if text == MOVED.0 => true,
                    _ => return Err(choose(text)),
                };
            }
        }
        Ok(())
    }
}

/// What was typed, short enough to stand in a sentence.
pub(in crate::domain) fn said(text: &str) -> String {
    const LONGEST: usize = 30;
    match text.trim() {
        "" => "Il campo vuoto".to_owned(),
        text if text.chars().count() > LONGEST => format!("«{}…»", text.chars().take(LONGEST).collect::<String>()),
        text => format!("«{text}»"),
    }
}

/// `8` or `7:30`.
pub(in crate::domain) fn typed_hours(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (hours, 0) => hours.to_string(),
        (hours, minutes) => format!("{hours}:{minutes:02}"),
    }
}

/// Minutes out of hours such as `8`, `7:30` or `7,5`: more than none, and no more than `most`.
pub(in crate::domain) fn read_hours(text: &str, most: u32) -> Result<u32, String> {
    let minutes = match text.split_once([':', ',', '.']) {
        None => text.parse().ok().and_then(|hours: u32| hours.checked_mul(60)),
        Some((whole, "5")) if !text.contains(':') => whole.parse().ok().and_then(|hours: u32| hours.checked_mul(60)?.checked_add(30)),
        Some((whole, rest)) if text.contains(':') && rest.len() == 2 => whole
            .parse()
            .ok()
            .zip(rest.parse().ok().filter(|minutes| *minutes < 60))
            .and_then(|(hours, minutes): (u32, u32)| hours.checked_mul(60)?.checked_add(minutes)),
        Some(_) => None,
    };
    minutes
        .filter(|minutes| (1..=most).contains(minutes))
        .ok_or_else(|| format!("{} non va bene: scrivi le ore, più di 0 e al massimo {}, come 8 oppure 7:30.", said(text), most / 60))
}

fn read_time(text: &str) -> Result<NaiveTime, String> {
    NaiveTime::parse_from_str(text, "%H:%M")
        .or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S"))
        .ok()
        .filter(|time| time.second() == 0)
        .ok_or_else(|| format!("{} non è un'ora del giorno: scrivila tra 00:00 e 23:59, come 07:30.", said(text)))
}

fn read_count(text: &str, allowed: RangeInclusive<u32>, what: &str) -> Result<u32, String> {
    text.parse()
        .ok()
        .filter(|count| allowed.contains(count))
        .ok_or_else(|| format!("{} non va bene: scrivi un numero di {what} da {} a {}.", said(text), allowed.start(), allowed.end()))
}

fn read_step(text: &str) -> Result<u32, String> {
    text.parse()
        .ok()
        .filter(|step| (1..=60).contains(step) && 60_u32.is_multiple_of(*step))
        .ok_or_else(|| format!("{} minuti non dividono l'ora in parti uguali: scegli {STEPS}.", said(text)))
}

fn choose(text: &str) -> String {
    format!("{} non è tra le scelte: scegline una dall'elenco.", said(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_limit_is_typed_as_reads_back_as_itself() {
        let rulebook = Rulebook::builtin();
        let version = rulebook.on(NaiveDate::MIN);
        let mut read = RulebookVersion { day_cap: 1, late_entry: LateEntry::Refused, coach_overlap: Strictness::Off, ..version.clone() };
        for limit in Limit::ALL {
            limit.read(&limit.of(version).typed(), &mut read).unwrap();
        }
        assert_eq!(&read, version);
    }

    #[test]
    fn hours_are_typed_whole_with_minutes_or_halved() {
        assert_eq!(
            ["8", "7:30", "7,5", "7.5", "0:15", "24"].map(|text| read_hours(text, DAY).ok()),
            [480, 450, 450, 450, 15, 1440].map(Some)
        );
        for text in ["", "0", "25", "24:01", "8:60", "8:5", "-1", "7,25", "otto", "8:30:00", "99999999999"] {
            assert!(read_hours(text, DAY).is_err(), "{text}");
        }
        assert_eq!([480, 450, 15].map(typed_hours), ["8", "7:30", "0:15"]);
    }

    #[test]
    fn r25_a_step_divides_the_hour() {
        let steps: Vec<_> = (0..=61_u32).filter(|step| read_step(&step.to_string()).is_ok()).collect();
        assert_eq!(steps, [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60]);
    }

    #[test]
    fn a_limit_holds_since_the_version_that_last_changed_it() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let rulebook = Rulebook::builtin();
        let first = rulebook.on(NaiveDate::MIN).clone();
        let rulebook = rulebook
            .with(RulebookVersion { valid_from: day("2027-01-01"), day_cap: 360, ..first.clone() })
            .with(RulebookVersion { valid_from: day("2028-01-01"), day_cap: 360, week_cap: 1800, ..first });
        let last = rulebook.on(day("2028-06-01"));
        let since = [Limit::DayCap, Limit::WeekCap, Limit::Step].map(|limit| limit.since(&rulebook, last));
        assert_eq!(since, ["2027-01-01", "2028-01-01", "2020-01-01"].map(day));
    }
}
