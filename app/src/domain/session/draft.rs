//! The forms of a session: strings as typed, and the typed values one check makes of them, in the browser and again on the server.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::{Action, Proposal};
use crate::domain::{
    ids::{CoachId, CommandKey, OpalId, SessionId},
    rulebook::ActivityCode,
    time::Span,
    words::words,
};

/// Longest note, in characters (R15).
pub const NOTE_LIMIT: usize = 1000;
/// Longest description for the register, in characters (R31).
pub const DESCRIPTION_LIMIT: usize = 1000;

words! {
    /// The fields of the form, in their order; the word is the field's name in the page, the label stands within a sentence.
    pub enum SessionField else "not a field of a session" {
        /// Operatore.
        Coach = "coach", "l'operatore";
        /// Data.
        On = "on", "la data";
        /// Ora inizio.
        From = "from", "l'ora di inizio";
        /// Ora fine.
        To = "to", "l'ora di fine";
        /// Note.
        Note = "note", "la nota";
    }
}

/// The form "Nuova erogazione", as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionForm {
    /// Operatore: the id of a coach.
    pub coach: String,
    /// Data: `2026-11-26`.
    pub on: String,
    /// Ora inizio: `09:00`.
    pub from: String,
    /// Ora fine: `12:30`.
    pub to: String,
    /// Note.
    pub note: String,
}

/// The form's values; a field is `None` while empty or unreadable, so that rules can speak about the others already.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionInput {
    /// The coach.
    pub coach: Option<CoachId>,
    /// The day.
    pub on: Option<NaiveDate>,
    /// The start.
    pub from: Option<NaiveTime>,
    /// The end.
    pub to: Option<NaiveTime>,
    /// The note, trimmed.
    pub note: String,
}

/// Values of a form that passed the check of its fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionDraft {
    /// The coach.
    pub coach: CoachId,
    /// When.
    pub span: Span,
    /// The note.
    pub note: String,
}

impl SessionForm {
    /// Reads what was typed; never fails, the rules say what is missing.
    pub fn read(&self) -> SessionInput {
        SessionInput {
            coach: self.coach.trim().parse().ok(),
            on: NaiveDate::parse_from_str(self.on.trim(), "%Y-%m-%d").ok(),
            from: read_time(&self.from),
            to: read_time(&self.to),
            note: self.note.trim().to_owned(),
        }
    }
}

impl SessionForm {
    /// The form as it would have been typed for these values.
    pub fn of(coach: CoachId, span: Span, note: &str) -> Self {
        let time = |time: NaiveTime| time.format("%H:%M").to_string();
        Self { coach: coach.to_string(), on: span.on().to_string(), from: time(span.from()), to: time(span.to()), note: note.to_owned() }
    }
}

impl SessionInput {
    /// The proposal that the rules judge.
    pub fn proposal(&self, id: Option<SessionId>, activity: ActivityCode) -> Proposal {
        Proposal { id, activity, coach: self.coach, on: self.on, from: self.from, to: self.to, note: self.note.clone() }
    }

    /// The draft, when every field is there and the end follows the start.
    pub fn draft(self) -> Option<SessionDraft> {
        Some(SessionDraft { coach: self.coach?, span: Span::new(self.on?, self.from?, self.to?)?, note: self.note })
    }
}

/// `09:00` and `09:00:00`, as browsers send them.
fn read_time(text: &str) -> Option<NaiveTime> {
    let text = text.trim();
    NaiveTime::parse_from_str(text, "%H:%M").or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S")).ok()
}

words! {
    /// Why a session did not take place (R22).
    pub enum EndReason else "not a reason for ending a session" {
        /// Assenza dell'utente.
        PersonAbsent = "person_absent", "Assenza dell'utente";
        /// Assenza del coach.
        CoachAbsent = "coach_absent", "Assenza del coach";
        /// Indisponibilità dell'azienda.
        EmployerUnavailable = "employer_unavailable", "Indisponibilità dell'azienda";
        /// Malattia.
        Illness = "illness", "Malattia";
        /// Errore di inserimento.
        EntryError = "entry_error", "Errore di inserimento";
        /// Chiusura dell'attività: given by the system when the activity closes (R37).
        ActivityClosed = "activity_closed", "Chiusura attività";
        /// Interruzione: given by the system when the service ends early (S18).
        ServiceInterrupted = "service_interrupted", "Interruzione del servizio";
        /// Altro.
        Other = "other", "Altro";
    }
}

impl EndReason {
    /// The reasons a person may choose.
    pub const CHOICES: [Self; 6] =
        [Self::PersonAbsent, Self::CoachAbsent, Self::EmployerUnavailable, Self::Illness, Self::EntryError, Self::Other];
}

/// The forms "Annulla" and "Chiudi negativamente", as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndReasonForm {
    /// The reason's word, or empty.
    pub reason: String,
    /// More about it, wanted with "Altro".
    pub text: String,
}

impl EndReasonForm {
    /// The reason in words for the history, when one was given: "Altro" counts only with a text.
    pub fn read(&self) -> Option<(EndReason, String)> {
        let text = self.text.trim();
        match self.reason.trim().parse().ok()? {
            reason if !EndReason::CHOICES.contains(&reason) => None,
            EndReason::Other if text.is_empty() => None,
            reason => Some((reason, text.chars().take(NOTE_LIMIT).collect())),
        }
    }
}

/// The form "Concludi erogazione", as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompletionForm {
    /// The short description for the register (R31).
    pub description: String,
}

/// The command that enters a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewSession {
    /// The same for every repeat of one intention.
    pub key: CommandKey,
    /// The dossier.
    pub dossier: OpalId,
    /// The activity.
    pub activity: ActivityCode,
    /// What was typed.
    pub form: SessionForm,
    /// The ended session that this one takes the place of (R22).
    pub replaces: Option<SessionId>,
    /// Whether the warnings were seen and confirmed.
    pub confirmed: bool,
}

/// A step of an existing session, with what it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionStep {
    /// Modifica.
    Modify {
        /// What was typed.
        form: SessionForm,
    },
    /// Programma.
    Schedule,
    /// Avvia.
    Start,
    /// Concludi erogazione.
    Complete {
        /// What was typed.
        form: CompletionForm,
    },
    /// Annulla.
    Cancel {
        /// What was typed.
        form: EndReasonForm,
    },
    /// Chiudi negativamente.
    CloseNegative {
        /// What was typed.
        form: EndReasonForm,
    },
}

impl SessionStep {
    /// The action that the rules judge.
    pub fn action(&self) -> Action {
        match self {
            Self::Modify { .. } => Action::Modify,
            Self::Schedule => Action::Schedule,
            Self::Start => Action::Start,
            Self::Complete { .. } => Action::Complete,
            Self::Cancel { .. } => Action::Cancel,
            Self::CloseNegative { .. } => Action::CloseNegative,
        }
    }
}
