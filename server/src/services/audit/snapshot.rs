//! How something was before and after a change: typed when written, turned into the words of the history when read.

use app::domain::{
    activity::{ActivityState, HoursBalance},
    audit::Change,
    dossier::VoucherKind,
    ids::CoachId,
    request::{RefusalReason, RequestState},
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
            Self::Request(_) | Self::Activity(_) => None,
        }
    }

    /// What can be said of it: each field with its value, always the same fields for the same kind of thing.
    fn facts(&self) -> Vec<(&'static str, Option<String>)> {
        let said = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        match self {
            Self::Request(request) => vec![
                ("Stato", said(request.state.label())),
                ("Sede", said(&request.site_town)),
                ("Tipo voucher", said(request.voucher_kind.label())),
                ("Validità del voucher", Some(format!("{} – {}", date_long(request.valid_from), date_long(request.valid_to)))),
                ("Ammissione", request.admitted_on.map(date_long)),
                ("Tipo di impedimento", request.refusal.as_ref().and_then(|refusal| said(refusal.category.label()))),
                ("Motivazione", request.refusal.as_ref().and_then(|refusal| said(&refusal.text))),
            ],
            Self::Session(session) => vec![
                ("Stato", said(session.state.label())),
                ("Operatore", said(&session.coach_name)),
                ("Data", Some(date_long(session.span.on()))),
                ("Orario", Some(format!("{}–{}", time_hm(session.span.from()), time_hm(session.span.to())))),
                ("Note", said(&session.note)),
                ("Inserimento tardivo", session.late_days.map(late)),
                ("Descrizione", session.description.as_deref().and_then(said)),
                ("Motivo", session.end_reason.map(|reason| reason_in_words(reason, session.end_text.as_deref()))),
            ],
            Self::Activity(activity) => vec![
                ("Stato", said(activity.state.label())),
                ("Ore erogate", Some(hours(activity.delivered))),
                ("Ore non erogate", activity.given_up.map(hours)),
            ],
        }
    }
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
    let (before, after) = (before.map(Snapshot::facts), after.map(Snapshot::facts));
    let fields: Vec<_> = before.iter().chain(&after).next().into_iter().flatten().map(|(field, _)| *field).collect();
    let value = |facts: &Option<Vec<(&str, Option<String>)>>, field| {
        facts.iter().flatten().find(|(known, _)| *known == field).and_then(|(_, value)| value.clone())
    };
    fields
        .into_iter()
        .map(|field| Change { field: field.to_owned(), before: value(&before, field), after: value(&after, field) })
        .filter(|change| change.before != change.after)
        .collect()
}
