//! What is brought to somebody's mind (avvisi): of which things, on which days, to whom, in which words.

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::{
    dossier::voucher::WARNING_DAYS,
    ids::{CoachId, NoticeId, OpalId, ProviderId, SessionId, SiteId},
    page::Page,
    person::PersonName,
    provider::Actor,
    rulebook::ActivityCode,
    session::SessionState,
    text::{date_long, days_left},
    time::{LocalInstant, Span, days_between, minus_days, plus_days},
    words::words,
};

words! {
    /// What a notice is about.
    pub enum NoticeKind else "not a kind of notice" {
        /// A request whose term for deciding runs out (R7).
        RequestTerm = "request_term", "Richiesta da decidere";
        /// A session of a past day that is still open (R23, R24).
        OpenSession = "open_session", "Erogazione da regolarizzare";
        /// A voucher that comes to its end (R38).
        VoucherEnd = "voucher_end", "Voucher in scadenza";
        /// Requests that a provider refused (R8).
        Refusals = "refusals", "Rifiuti";
    }
}

/// Days left to decide at which a request is brought to mind (R7).
const REQUEST_DAYS: [u32; 3] = [3, 1, 0];
/// Of the days left to regularise, the one between the first and the last: D+5 of seven (R23, R24).
const SESSION_DAYS_LEFT: u32 = 2;
/// For how many days a refusal is news to who was not told, say because the program stood still.
const REFUSAL_DAYS: u32 = 7;

/// Something that may have to be brought to mind, with the days that say when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    /// A request that waits for a decision.
    Request {
        /// The last day for deciding.
        decide_by: NaiveDate,
    },
    /// A session that is still open.
    Session {
        /// Its day.
        on: NaiveDate,
        /// The last day for regularising it.
        last_day: NaiveDate,
    },
    /// A voucher with work to do.
    Voucher {
        /// Its last day.
        valid_to: NaiveDate,
    },
    /// What a provider refused on one day.
    Refusals {
        /// That day.
        on: NaiveDate,
        /// How many requests.
        count: u32,
    },
}

impl Matter {
    /// What a notice of it is about.
    pub fn kind(self) -> NoticeKind {
        match self {
            Self::Request { .. } => NoticeKind::RequestTerm,
            Self::Session { .. } => NoticeKind::OpenSession,
            Self::Voucher { .. } => NoticeKind::VoucherEnd,
            Self::Refusals { .. } => NoticeKind::Refusals,
        }
    }

    /// The day on which it hangs: with another one it is brought to mind anew.
    pub fn day(self) -> NaiveDate {
        match self {
            Self::Request { decide_by: day } | Self::Voucher { valid_to: day } => day,
            Self::Session { on, .. } | Self::Refusals { on, .. } => on,
        }
    }

    /// How far it has come: one for each threshold reached, for refusals their number. `None` while, or once, there is nothing to say.
    ///
    /// A thing has one notice, which is new again when this number grows. So a stop of any length ends with the nearest threshold alone.
    pub fn stage(self, today: NaiveDate) -> Option<u32> {
        if !self.kind().days(today).contains(&self.day()) {
            return None;
        }
        let reached = |days: &[NaiveDate]| u32::try_from(days.iter().filter(|day| **day <= today).count()).unwrap_or(u32::MAX);
        let stage = match self {
            Self::Request { decide_by } => reached(&REQUEST_DAYS.map(|days| minus_days(decide_by, days))),
            Self::Voucher { valid_to } => reached(&WARNING_DAYS.map(|days| minus_days(valid_to, days))),
            Self::Session { on, last_day } => reached(&[plus_days(on, 1), minus_days(last_day, SESSION_DAYS_LEFT), last_day]),
            Self::Refusals { count, .. } => count,
        };
        (stage > 0).then_some(stage)
    }
}

impl NoticeKind {
    /// The days on which a matter of this kind may hang to be spoken of today; the others need not be looked at.
    pub fn days(self, today: NaiveDate) -> RangeInclusive<NaiveDate> {
        match self {
            Self::RequestTerm => today..=plus_days(today, REQUEST_DAYS[0]),
            Self::VoucherEnd => today..=plus_days(today, WARNING_DAYS[0]),
            // Somebody must end it, however late.
            Self::OpenSession => NaiveDate::default()..=minus_days(today, 1),
            Self::Refusals => minus_days(today, REFUSAL_DAYS)..=today,
        }
    }
}

/// Whom a matter concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Who decides and plans at a site.
    Office(SiteId),
    /// The same, and the coach who delivers.
    Delivery(SiteId, CoachId),
    /// Who looks over a provider (R8).
    Oversight(ProviderId),
}

impl Audience {
    /// Whether the actor belongs to it: as for the acts themselves.
    pub fn has(self, actor: &Actor) -> bool {
        match self {
            Self::Office(site) => actor.manages(site),
            Self::Delivery(site, coach) => actor.delivers(site, coach),
            Self::Oversight(provider) => actor.oversight().is_some_and(|oversight| oversight.covers(provider)),
        }
    }
}

/// A notice as its reader sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoticeRow {
    /// Its id.
    pub id: NoticeId,
    /// The day on which it was raised.
    pub raised_on: NaiveDate,
    /// Whether the reader has not marked it as read.
    pub unread: bool,
    /// What it is about, as it is now.
    pub about: NoticeAbout,
}

/// What a notice is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum NoticeAbout {
    /// A request to decide.
    Request {
        /// The request.
        id: OpalId,
        /// Its OPAL code.
        opal_code: String,
        /// The person.
        person: PersonName,
        /// The last day for deciding.
        decide_by: NaiveDate,
    },
    /// A session to regularise.
    Session {
        /// The session.
        id: SessionId,
        /// Its dossier.
        dossier: OpalId,
        /// Its activity.
        activity: ActivityCode,
        /// The activity's name.
        activity_name: String,
        /// The person.
        person: PersonName,
        /// When.
        span: Span,
        /// Where it stands.
        state: SessionState,
        /// The last day for regularising it.
        last_day: NaiveDate,
    },
    /// A voucher that ends.
    Voucher {
        /// The dossier.
        dossier: OpalId,
        /// Its OPAL code.
        opal_code: String,
        /// The person.
        person: PersonName,
        /// The voucher's last day.
        valid_to: NaiveDate,
    },
    /// Refusals of a provider.
    Refusals {
        /// The provider's name.
        provider: String,
        /// The day.
        on: NaiveDate,
        /// How many.
        count: u32,
    },
}

impl NoticeAbout {
    /// What kind it is of.
    pub fn kind(&self) -> NoticeKind {
        match self {
            Self::Request { .. } => NoticeKind::RequestTerm,
            Self::Session { .. } => NoticeKind::OpenSession,
            Self::Voucher { .. } => NoticeKind::VoucherEnd,
            Self::Refusals { .. } => NoticeKind::Refusals,
        }
    }

    /// Whom or what it is about, in a few words.
    pub fn subject(&self) -> String {
        match self {
            Self::Request { opal_code, person, .. } | Self::Voucher { opal_code, person, .. } => format!("{opal_code} · {}", person.full()),
            Self::Session { person, activity_name, .. } => format!("{} · {activity_name}", person.full()),
            Self::Refusals { provider, .. } => provider.clone(),
        }
    }

    /// What there is to know and to do today, in one sentence.
    pub fn sentence(&self, today: NaiveDate) -> String {
        match self {
            Self::Request { decide_by, .. } => match days_between(today, *decide_by) {
                ..=0 => "Oggi è l'ultimo giorno per decidere: da domani la richiesta è cancellata.".to_owned(),
                left => format!("{} per decidere, entro {}.", remaining(left), date_long(*decide_by)),
            },
            Self::Session { span, state, last_day, .. } => {
                let session = format!("L'erogazione di {} non è conclusa", date_long(span.on()));
                match days_between(today, *last_day) {
                    1.. => format!("{session}: regolarizzala entro {}.", date_long(*last_day)),
                    0 => format!("{session}: oggi è l'ultimo giorno per regolarizzarla."),
                    _ if *state == SessionState::Entered => format!("{session} e il termine è passato: annullala."),
                    _ => format!("{session} e il termine è passato: chiudila negativamente."),
                }
            }
            Self::Voucher { valid_to, .. } => match days_between(today, *valid_to) {
                ..=0 => "Il voucher termina oggi: da domani il fascicolo è chiuso.".to_owned(),
                left => format!("{} di voucher, fino a {}.", remaining(left), date_long(*valid_to)),
            },
            Self::Refusals { on, count: 1, .. } => format!("Una richiesta rifiutata {}.", date_long(*on)),
            Self::Refusals { on, count, .. } => format!("{count} richieste rifiutate {}.", date_long(*on)),
        }
    }

    /// Whether today is the last day for something, or it has passed.
    pub fn is_urgent(&self, today: NaiveDate) -> bool {
        match self {
            Self::Request { decide_by: day, .. } | Self::Session { last_day: day, .. } | Self::Voucher { valid_to: day, .. } => {
                *day <= today
            }
            Self::Refusals { .. } => false,
        }
    }
}

/// `Restano 3 giorni`, `Resta 1 giorno`.
fn remaining(days: i64) -> String {
    format!("{} {}", if days == 1 { "Resta" } else { "Restano" }, days_left(days))
}

/// The page "Avvisi": what still waits, newest notice first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoticeList {
    /// The rows and how many there are.
    pub page: Page<NoticeRow>,
    /// How many of all are not read.
    pub unread: u64,
    /// The Rome wall clock, by the server: what was raised after it has not been seen.
    pub now: LocalInstant,
}

#[cfg(test)]
#[path = "notice/tests.rs"]
mod tests;
