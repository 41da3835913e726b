//! What a check found: the rule, what was measured, the limit, the sessions involved, and one sentence that helps.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::Rule;
use crate::domain::{
    ids::SessionId,
    session::{Action, SessionField, SessionState},
    text::{date_long, days, hours, time_hm, weekday_full},
    time::Span,
};

/// Whose time a limit is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// The person with disability.
    Person,
    /// The coach.
    Coach,
}

/// What exactly is wrong, with the values measured; minutes are clock minutes.
#[expect(missing_docs, reason = "the fields are the measured values and limits that each variant's line speaks of")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// R10: the session comes before the admission.
    BeforeAdmission { admitted_on: NaiveDate },
    /// R13: this actor's site did not admit the dossier.
    OtherSite,
    /// R15: a field is empty or unreadable.
    Missing { field: SessionField },
    /// R15: the coach is not active on that day.
    CoachNotActive,
    /// R15: the note is longer than it may be.
    NoteTooLong { length: usize, limit: usize },
    /// R15: the place is worth a note.
    NoPlace,
    /// R17, R18, R20, R21, R22: the action does not apply to a session in that state.
    WrongState { action: Action, state: SessionState },
    /// R19: more hours than agreed.
    OverAgreed { agreed: u32, used: u32, entered: u32, asked: u32 },
    /// R20, R21: before the day of the session.
    NotYet { on: NaiveDate },
    /// R21: before the planned end.
    BeforeEnd { to: NaiveTime },
    /// R22: why is missing.
    NoReason,
    /// R22: only the provider's administrator takes back a started session.
    SupervisorOnly,
    /// R23: past the days of regularisation.
    TooLate { on: NaiveDate, last: NaiveDate, days: u32 },
    /// R24: on the day or after it.
    LateEntry { days: u32, refused: bool },
    /// R25: not a multiple of the step.
    OffStep { step: u32 },
    /// R26: more than the day's cap.
    DayCap { whose: Whose, measured: u32, limit: u32, on: NaiveDate, refused: bool },
    /// R27: outside the hours of the day.
    OutsideWindow { from: NaiveTime, to: NaiveTime, earliest: NaiveTime, latest: NaiveTime },
    /// R27: the end is not after the start.
    EndsBeforeStart,
    /// R28: a public holiday.
    PublicHoliday { on: NaiveDate, name: String },
    /// R28: the patron saint of the session's town.
    PatronSaint { on: NaiveDate, town: String, name: String, refused: bool },
    /// R29: more than the week's cap.
    WeekCap { measured: u32, limit: u32, week: u32 },
    /// R30: more in a day than the person sustains.
    PersonDay { measured: u32, limit: u32, on: NaiveDate },
    /// R30: more in an ISO week than the person sustains.
    PersonWeek { measured: u32, limit: u32, week: u32 },
    /// R30: outside the hours that suit the person.
    PersonHours { from: NaiveTime, to: NaiveTime, earliest: Option<NaiveTime>, latest: Option<NaiveTime> },
    /// R30: not one of the days that suit the person.
    PersonWeekday { on: NaiveDate },
    /// R31: the short description for the register is missing.
    NoDescription,
    /// R31: the description is longer than it may be.
    DescriptionTooLong { length: usize, limit: usize },
    /// R37: the activity is Terminata.
    ActivityClosed,
    /// R38: the date is outside the voucher's validity.
    OutsideVoucher { valid_from: NaiveDate, valid_to: NaiveDate },
    /// R38: the voucher is closed.
    VoucherClosed { valid_to: NaiveDate },
    /// R38: the service was broken off (S18).
    Interrupted { on: NaiveDate },
    /// R38: the days after the voucher's end are over too.
    ReadOnly { since: NaiveDate },
    /// R41: somebody is already engaged.
    Overlap { whose: Whose, with: Span },
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// What is wrong.
    pub reason: Reason,
    /// The sessions involved, as far as the actor may know them.
    pub sessions: Vec<SessionId>,
}

impl Finding {
    /// A finding in which no other session is involved.
    pub fn new(rule: Rule, reason: Reason) -> Self {
        Self { rule, reason, sessions: Vec::new() }
    }

    /// The section of the manual, or the act.
    pub fn source(&self) -> &'static str {
        self.rule.source()
    }

    /// The same with the sessions involved.
    #[must_use]
    pub fn with(self, sessions: impl IntoIterator<Item = SessionId>) -> Self {
        Self { sessions: sessions.into_iter().collect(), ..self }
    }

    /// What was measured and the limit it is held against, in words, where there are two such values.
    pub fn measured(&self) -> Option<(String, String)> {
        let window = |from: NaiveTime, to: NaiveTime| format!("{}-{}", time_hm(from), time_hm(to));
        Some(match &self.reason {
            Reason::DayCap { measured, limit, .. }
            | Reason::WeekCap { measured, limit, .. }
            | Reason::PersonDay { measured, limit, .. }
            | Reason::PersonWeek { measured, limit, .. } => (hours(*measured), hours(*limit)),
            Reason::OverAgreed { agreed, used, entered, asked } => (hours(used + entered + asked), hours(*agreed)),
            Reason::OutsideWindow { from, to, earliest, latest } => (window(*from, *to), window(*earliest, *latest)),
            Reason::NoteTooLong { length, limit } | Reason::DescriptionTooLong { length, limit } => (length.to_string(), limit.to_string()),
            _ => return None,
        })
    }

    /// What is wrong and what to do, in one Italian sentence of at most 200 characters.
    #[expect(clippy::too_many_lines, reason = "one arm for each reason, all sentences side by side")]
    pub fn sentence(&self) -> String {
        match &self.reason {
            Reason::BeforeAdmission { admitted_on } => {
                format!("La data precede l'ammissione al servizio del {}: scegli una data da quel giorno in poi.", date_long(*admitted_on))
            }
            Reason::OtherSite => "Solo la sede che ha ammesso la richiesta può gestirne le attività.".to_owned(),
            Reason::Missing { field } => format!("Manca {}: compila il campo per continuare.", field.label()),
            Reason::CoachNotActive => "L'operatore scelto non è attivo in quella data: scegline un altro o cambia data.".to_owned(),
            Reason::NoteTooLong { length, limit } => format!("Le note hanno {length} caratteri: accorciale entro {limit}."),
            Reason::NoPlace => "Per un'attività presso il datore di lavoro è bene indicare il luogo nelle note.".to_owned(),
            Reason::WrongState { action, state } => {
                format!(
                    "«{}» non è possibile: l'erogazione è nello stato «{}». Aggiorna la pagina per vedere le azioni disponibili.",
                    action.label(),
                    state.label().to_lowercase()
                )
            }
            Reason::OverAgreed { agreed, used, entered, asked } => {
                let excess = (used + entered + asked).saturating_sub(*agreed);
                let entered = if *entered > 0 { format!(", {} inserite", hours(*entered)) } else { String::new() };
                format!(
                    "Ore concordate superate di {}: {} concordate, {} impegnate{entered}, {} richieste. Riduci la durata.",
                    hours(excess),
                    hours(*agreed),
                    hours(*used),
                    hours(*asked)
                )
            }
            Reason::NotYet { on } => format!("È presto: l'erogazione è prevista per {}. Torna quel giorno.", date_long(*on)),
            Reason::BeforeEnd { to } => {
                format!("L'orario previsto finisce alle {}: conferma se l'attività è davvero conclusa.", time_hm(*to))
            }
            Reason::NoReason => "Scrivi il motivo per cui l'erogazione non si è svolta.".to_owned(),
            Reason::SupervisorOnly => "Un'erogazione avviata può essere chiusa negativamente solo dal responsabile dell'ente.".to_owned(),
            Reason::TooLate { on, last, days: term } => format!(
                "Per {} il termine di {} è scaduto {}: scegli una data più recente o chiudi negativamente.",
                date_long(*on),
                days(*term),
                date_long(*last)
            ),
            Reason::LateEntry { refused: true, .. } => {
                "Le erogazioni si inseriscono entro il giorno precedente: scegli una data da domani in poi.".to_owned()
            }
            Reason::LateEntry { days: 0, .. } => {
                "Inserimento nel giorno stesso: andava fatto entro il giorno precedente. Sarà segnato come tardivo.".to_owned()
            }
            Reason::LateEntry { days: late, .. } => {
                format!("Inserimento tardivo di {}: andava fatto entro il giorno precedente. Sarà segnato come tardivo.", days(*late))
            }
            Reason::OffStep { step } => format!("Orari e durata vanno a passi di {step} minuti: correggi l'inizio o la fine."),
            Reason::DayCap { whose: Whose::Person, measured, limit, on, .. } => {
                format!(
                    "Il {} la persona arriverebbe a {} (massimo {}): riduci la durata o cambia giorno.",
                    date_long(*on),
                    hours(*measured),
                    hours(*limit)
                )
            }
            Reason::DayCap { whose: Whose::Coach, measured, limit, on, refused: true } => {
                format!(
                    "Il {} l'operatore arriverebbe a {} (massimo {}): scegli un altro operatore o cambia giorno.",
                    date_long(*on),
                    hours(*measured),
                    hours(*limit)
                )
            }
            Reason::DayCap { whose: Whose::Coach, measured, limit, on, refused: false } => {
                format!(
                    "Il {} l'operatore arriverebbe a {}, oltre le {} consigliate: valuta un altro operatore.",
                    date_long(*on),
                    hours(*measured),
                    hours(*limit)
                )
            }
            Reason::OutsideWindow { from, to, earliest, latest } => format!(
                "L'orario {}-{} esce dalla fascia {}-{}: sposta l'inizio o la fine.",
                time_hm(*from),
                time_hm(*to),
                time_hm(*earliest),
                time_hm(*latest)
            ),
            Reason::EndsBeforeStart => "L'ora di fine deve seguire l'ora di inizio: correggi uno dei due orari.".to_owned(),
            Reason::PublicHoliday { on, name } => format!("{} è festivo ({name}): scegli un giorno non festivo.", date_long(*on)),
            Reason::PatronSaint { on, town, name, refused: true } => {
                format!("{} è il patrono di {town} ({name}), giorno senza erogazioni: scegli un altro giorno.", date_long(*on))
            }
            Reason::PatronSaint { on, town, name, refused: false } => {
                format!("{} è il patrono di {town} ({name}): verifica che il luogo dell'attività sia aperto.", date_long(*on))
            }
            Reason::WeekCap { measured, limit, week } => {
                format!(
                    "Nella settimana {week} la persona arriverebbe a {} (massimo {}): riduci la durata o cambia settimana.",
                    hours(*measured),
                    hours(*limit)
                )
            }
            Reason::PersonDay { measured, limit, on } => format!(
                "Il {} la persona arriverebbe a {}, oltre le {} che può sostenere: riduci la durata o cambia giorno.",
                date_long(*on),
                hours(*measured),
                hours(*limit)
            ),
            Reason::PersonWeek { measured, limit, week } => format!(
                "Nella settimana {week} la persona arriverebbe a {}, oltre le {} che può sostenere: alleggerisci la settimana.",
                hours(*measured),
                hours(*limit)
            ),
            Reason::PersonHours { from, to, earliest, latest } => {
                let edge = |word: &str, time: &Option<NaiveTime>| time.map(|time| format!(" {word} {}", time_hm(time))).unwrap_or_default();
                format!(
                    "L'orario {}-{} non è adatto alla persona, disponibile{}{}: sposta l'inizio o la fine.",
                    time_hm(*from),
                    time_hm(*to),
                    edge("dalle", earliest),
                    edge("alle", latest)
                )
            }
            Reason::PersonWeekday { on } => {
                format!("Il giorno scelto ({}) non è tra quelli adatti alla persona: valuta un altro giorno.", weekday_full(*on))
            }
            Reason::NoDescription => "Scrivi una breve descrizione dell'attività svolta: va nel registro.".to_owned(),
            Reason::DescriptionTooLong { length, limit } => format!("La descrizione ha {length} caratteri: accorciala entro {limit}."),
            Reason::ActivityClosed => "L'attività è Terminata: non è più modificabile e non accetta operazioni.".to_owned(),
            Reason::OutsideVoucher { valid_from, valid_to } => {
                format!("Il voucher vale dal {} al {}: scegli una data in questo periodo.", date_long(*valid_from), date_long(*valid_to))
            }
            Reason::VoucherClosed { valid_to } => {
                format!(
                    "Il voucher si è chiuso alla scadenza del {}: non si possono più inserire o programmare erogazioni.",
                    date_long(*valid_to)
                )
            }
            Reason::Interrupted { on } => {
                format!("Il servizio è stato interrotto il {}: le sue erogazioni non si possono più inserire o cambiare.", date_long(*on))
            }
            Reason::ReadOnly { since } => format!("Il fascicolo è in sola lettura dal {}.", date_long(*since)),
            Reason::Overlap { whose, with } => format!(
                "{} già impegnat{} {} dalle {} alle {}: scegli un altro orario.",
                match whose {
                    Whose::Person => "La persona è",
                    Whose::Coach => "L'operatore è",
                },
                match whose {
                    Whose::Person => "a",
                    Whose::Coach => "o",
                },
                date_long(with.on()),
                time_hm(with.from()),
                time_hm(with.to())
            ),
        }
    }
}

/// Why an action is refused or wants a confirmation, in the form that reaches the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The rule.
    pub rule: Rule,
    /// What is wrong and what to do, in Italian.
    pub sentence: String,
}

impl Refusal {
    /// One refusal.
    pub fn new(rule: Rule, sentence: impl Into<String>) -> Self {
        Self { rule, sentence: sentence.into() }
    }
}

impl From<&Finding> for Refusal {
    fn from(finding: &Finding) -> Self {
        Self::new(finding.rule, finding.sentence())
    }
}

/// What is wrong with one field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// The field's id.
    pub field: String,
    /// The rule.
    pub rule: Rule,
    /// What to do, in Italian.
    pub sentence: String,
}

impl FieldProblem {
    /// One problem.
    pub fn new(field: &str, rule: Rule, sentence: impl Into<String>) -> Self {
        Self { field: field.to_owned(), rule, sentence: sentence.into() }
    }
}

/// The answer of a check: what stops the action, and what only asks for a confirmation. Both in rule order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Findings that refuse the action.
    pub blocks: Vec<Finding>,
    /// Findings that want one confirmation.
    pub warns: Vec<Finding>,
}

impl Verdict {
    /// Sorts both lists and drops warnings of a rule that blocks already.
    pub(crate) fn settled(mut self) -> Self {
        self.blocks.sort_by_key(|finding| finding.rule);
        self.warns.retain(|warn| self.blocks.iter().all(|block| block.rule != warn.rule));
        self.warns.sort_by_key(|finding| finding.rule);
        self
    }

    /// Whether nothing stops the action.
    pub fn allows(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Whether the action may go ahead without asking.
    pub fn is_clean(&self) -> bool {
        self.blocks.is_empty() && self.warns.is_empty()
    }
}
