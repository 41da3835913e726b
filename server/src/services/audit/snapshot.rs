//! How something was before and after a change: typed when written, turned into the words of the history when read.

use app::domain::{
    activity::{ActivityState, HoursBalance},
    audit::Change,
    document::DocumentKind,
    dossier::{DossierStatus, Interruption, VoucherKind},
    ids::CoachId,
    person::{PersonDetails, PersonName},
    request::{RefusalReason, RequestState, intake::Employer},
    session::{EndReason, SessionState},
    text::{date_long, hours, time_hm},
    time::Span,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::store::records::{OpalRecord, SessionRecord};

/// One thing at one moment.
#[derive(Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub(in crate::services) enum Snapshot {
    /// A request.
    Request(RequestSnapshot),
    /// A session.
    Session(SessionSnapshot),
    /// An activity.
    Activity(ActivitySnapshot),
    /// A dossier as a whole.
    Dossier(DossierSnapshot),
    /// A person.
    Person(PersonSnapshot),
    /// A document.
    Document(DocumentSnapshot),
}

/// A request at one moment.
#[derive(Serialize, Deserialize)]
pub(in crate::services) struct RequestSnapshot {
    state: RequestState,
    site_town: String,
    voucher_kind: VoucherKind,
    valid_from: NaiveDate,
    valid_to: NaiveDate,
    admitted_on: Option<NaiveDate>,
    refusal: Option<RefusalReason>,
}

/// A session at one moment.
#[derive(Serialize, Deserialize)]
pub(in crate::services) struct SessionSnapshot {
    state: SessionState,
    coach: CoachId,
    coach_name: String,
    span: Span,
    note: String,
    late_days: Option<u32>,
    description: Option<String>,
    end_reason: Option<EndReason>,
    end_text: Option<String>,
}

/// An activity at one moment.
#[derive(Serialize, Deserialize)]
pub(in crate::services) struct ActivitySnapshot {
    state: ActivityState,
    delivered: u32,
    given_up: Option<u32>,
}

/// A dossier at one moment.
#[derive(Clone, Serialize, Deserialize)]
pub(in crate::services) struct DossierSnapshot {
    status: DossierStatus,
    interruption: Option<Interruption>,
    employer: Option<(NaiveDate, Employer)>,
    reason: Option<String>,
}

/// A document at one moment. What it says is kept beside it, not here.
#[derive(Clone, Serialize, Deserialize)]
pub(in crate::services) struct DocumentSnapshot {
    pub kind: DocumentKind,
    pub number: Option<String>,
    pub drafted_on: Option<NaiveDate>,
    /// Of the file, in hexadecimal digits.
    pub sha256: Option<String>,
    /// Who signed for the recipient, and how many rows.
    pub signed: Option<(String, u32)>,
}

/// A person at one moment.
#[derive(Serialize, Deserialize)]
pub(in crate::services) struct PersonSnapshot {
    name: PersonName,
    details: PersonDetails,
}

impl From<&OpalRecord> for Snapshot {
    fn from(opal: &OpalRecord) -> Self {
        Self::Request(RequestSnapshot {
            state: opal.state,
            site_town: opal.site_town.clone(),
            voucher_kind: opal.voucher.kind,
            valid_from: opal.voucher.valid_from,
            valid_to: opal.voucher.valid_to,
            admitted_on: opal.admitted_on,
            refusal: opal.refusal.clone(),
        })
    }
}

impl From<&SessionRecord> for Snapshot {
    fn from(session: &SessionRecord) -> Self {
        Self::Session(SessionSnapshot {
            state: session.state,
            coach: session.coach,
            coach_name: session.coach_name.clone(),
            span: session.span,
            note: session.note.clone(),
            late_days: session.late_days,
            description: session.description.clone(),
            end_reason: session.end_reason,
            end_text: session.end_text.clone(),
        })
    }
}

impl From<(PersonName, PersonDetails)> for Snapshot {
    fn from((name, details): (PersonName, PersonDetails)) -> Self {
        Self::Person(PersonSnapshot { name, details })
    }
}

impl DossierSnapshot {
    /// A dossier that stands so.
    pub fn of(status: DossierStatus) -> Self {
        Self { status, interruption: None, employer: None, reason: None }
    }

    /// The same once it was interrupted.
    pub fn interrupted(self, interruption: &Interruption) -> Self {
        Self { status: DossierStatus::Interrupted, interruption: Some(interruption.clone()), ..self }
    }

    /// The same with who the person works for from a day on, and why.
    pub fn employed(self, since: NaiveDate, employer: &Employer, reason: Option<&str>) -> Self {
        Self { employer: Some((since, employer.clone())), reason: reason.map(str::to_owned), ..self }
    }

    fn facts(&self) -> Vec<Fact> {
        let (interruption, employer) = (self.interruption.as_ref(), self.employer.as_ref());
        let mut facts = told([
            ("Stato", Some(self.status.label().to_owned())),
            ("Data dell'interruzione", interruption.map(|made| date_long(made.on))),
            ("Rapporto di lavoro", interruption.map(|made| made.job.label().to_owned())),
            ("Datore di lavoro", employer.map(|(_, employer)| format!("{}, {}", employer.name, employer.town))),
            ("Dal", employer.map(|(since, _)| date_long(*since))),
            ("Referente aziendale", employer.map(|(_, employer)| employer.contact.clone())),
        ]);
        // It may tell of health: only the dossier's own page shows it, to those who manage.
        let reason = interruption.map(|made| &made.reason).or(self.reason.as_ref()).cloned();
        facts.push(Fact { field: "Motivo", value: reason, told: false });
        facts
    }
}

impl DocumentSnapshot {
    /// One that is being written.
    pub fn draft(kind: DocumentKind) -> Self {
        Self { kind, number: None, drafted_on: None, sha256: None, signed: None }
    }
}

impl ActivitySnapshot {
    /// An activity with its hours; closing one gives up what was not delivered.
    pub fn of(state: ActivityState, balance: &HoursBalance) -> Snapshot {
        let given_up = (state == ActivityState::Closed).then(|| balance.agreed.saturating_sub(balance.delivered));
        Snapshot::Activity(Self { state, delivered: balance.delivered, given_up })
    }
}

impl Snapshot {
    /// Whose session it is.
    pub fn coach(&self) -> Option<CoachId> {
        match self {
            Self::Session(session) => Some(session.coach),
            Self::Request(_) | Self::Activity(_) | Self::Dossier(_) | Self::Person(_) | Self::Document(_) => None,
        }
    }

    /// What can be said of it: each field with its value, always the same fields for the same kind of thing.
    fn facts(&self) -> Vec<Fact> {
        let said = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        match self {
            Self::Request(request) => told([
                ("Stato", said(request.state.label())),
                ("Sede", said(&request.site_town)),
                ("Tipo voucher", said(request.voucher_kind.label())),
                ("Validità del voucher", Some(format!("{} – {}", date_long(request.valid_from), date_long(request.valid_to)))),
                ("Ammissione", request.admitted_on.map(date_long)),
                ("Tipo di impedimento", request.refusal.as_ref().and_then(|refusal| said(refusal.category.label()))),
                ("Motivazione", request.refusal.as_ref().and_then(|refusal| said(&refusal.text))),
            ]),
            Self::Session(session) => told([
                ("Stato", said(session.state.label())),
                ("Operatore", said(&session.coach_name)),
                ("Data", Some(date_long(session.span.on()))),
                ("Orario", Some(format!("{}–{}", time_hm(session.span.from()), time_hm(session.span.to())))),
                ("Note", said(&session.note)),
                ("Inserimento tardivo", session.late_days.map(late)),
                ("Descrizione", session.description.as_deref().and_then(said)),
                ("Motivo", session.end_reason.map(|reason| reason_in_words(reason, session.end_text.as_deref()))),
            ]),
            Self::Activity(activity) => told([
                ("Stato", said(activity.state.label())),
                ("Ore erogate", Some(hours(activity.delivered))),
                ("Ore non erogate", activity.given_up.map(hours)),
            ]),
            Self::Dossier(dossier) => dossier.facts(),
            Self::Document(document) => told([
                ("Documento", said(document.kind.label())),
                ("Numero", document.number.clone()),
                ("Data di redazione", document.drafted_on.map(date_long)),
                ("Firma del destinatario", document.signed.as_ref().map(|(signer, _)| signer.clone())),
                ("Righe firmate", document.signed.as_ref().map(|(_, rows)| rows.to_string())),
                ("Impronta SHA-256", document.sha256.clone()),
            ]),
            Self::Person(PersonSnapshot { name, details }) => {
                let mut facts = told([("Cognome", said(&name.last)), ("Nome", said(&name.first))]);
                facts.push(Fact { field: "Profilo del beneficiario", value: serde_json::to_string(details).ok(), told: false });
                facts
            }
        }
    }
}

/// A field with its value. What only the profile shows, where its reading is logged, is compared here and never told: a history says that it
/// changed, not even which part.
struct Fact {
    field: &'static str,
    value: Option<String>,
    told: bool,
}

fn told<const N: usize>(facts: [(&'static str, Option<String>); N]) -> Vec<Fact> {
    facts.into_iter().map(|(field, value)| Fact { field, value, told: true }).collect()
}

/// How late a session was entered.
fn late(days: u32) -> String {
    match days {
        0 => "nel giorno stesso".to_owned(),
        1 => "di 1 giorno".to_owned(),
        _ => format!("di {days} giorni"),
    }
}

/// Why a session did not take place, with what was added to it.
pub(in crate::services) fn reason_in_words(reason: EndReason, text: Option<&str>) -> String {
    match text.filter(|text| !text.is_empty()) {
        Some(text) => format!("{}: {text}", reason.label()),
        None => reason.label().to_owned(),
    }
}

/// What differs between two moments of the same thing, in the order in which its facts are told.
pub(in crate::services) fn changes(before: Option<&Snapshot>, after: Option<&Snapshot>) -> Vec<Change> {
    let facts = |snapshot: Option<&Snapshot>| snapshot.map(Snapshot::facts).unwrap_or_default();
    let (before, after) = (facts(before), facts(after));
    let value = |facts: &[Fact], field| facts.iter().find(|fact| fact.field == field).and_then(|fact| fact.value.clone());
    let fields = if before.is_empty() { &after } else { &before };
    fields
        .iter()
        .map(|fact| (fact, value(&before, fact.field), value(&after, fact.field)))
        .filter(|(_, before, after)| before != after)
        .map(|(fact, before, after)| {
            let (before, after) = if fact.told { (before, after) } else { (None, Some("aggiornato".to_owned())) };
            Change { field: fact.field.to_owned(), before, after }
        })
        .collect()
}
