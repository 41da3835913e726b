//! What happened: one append-only event per change, with who, when, before and after (R42).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::time::LocalInstant;
use crate::domain::words::words;

words! {
    /// What happened to something, as the history names it.
    pub enum AuditAction else "not an action of the audit" {
        /// The employment centre's request arrived.
        RequestReceived = "request_received", "Richiesta ricevuta dal CPI";
        /// Ammissione al servizio.
        RequestAdmitted = "request_admitted", "Ammissione al servizio";
        /// Rifiuta la richiesta.
        RequestRefused = "request_refused", "Richiesta rifiutata";
        /// The seven days passed.
        RequestLapsed = "request_lapsed", "Richiesta cancellata (termine scaduto)";
        /// The employment centre took it back.
        RequestWithdrawn = "request_withdrawn", "Richiesta ritirata dal CPI";
        /// A session was entered.
        SessionEntered = "session_entered", "Erogazione inserita";
        /// A session was modified.
        SessionModified = "session_modified", "Erogazione modificata";
        /// A session was programmed.
        SessionScheduled = "session_scheduled", "Erogazione programmata";
        /// A session was started.
        SessionStarted = "session_started", "Erogazione avviata";
        /// A session was completed.
        SessionCompleted = "session_completed", "Erogazione conclusa";
        /// A session was cancelled.
        SessionCancelled = "session_cancelled", "Erogazione annullata";
        /// A session was closed negatively.
        SessionClosedNegative = "session_closed_negative", "Erogazione chiusa negativamente";
        /// An activity was closed.
        ActivityClosed = "activity_closed", "Attività conclusa";
        /// The service was broken off.
        ServiceInterrupted = "service_interrupted", "Interruzione del servizio";
        /// The person works for another employer.
        EmployerChanged = "employer_changed", "Cambio del datore di lavoro";
        /// The voucher ended (R38).
        DossierExpired = "dossier_expired", "Voucher chiuso alla scadenza";
        /// The days after the voucher's end are over (R38).
        DossierArchived = "dossier_archived", "Fascicolo in sola lettura";
        /// An output or the report was begun.
        DraftBegun = "draft_begun", "Bozza iniziata";
        /// A draft was thrown away.
        DraftDiscarded = "draft_discarded", "Bozza eliminata";
        /// A document was issued.
        DocumentIssued = "document_issued", "Documento emesso";
        /// The report was delivered to the employment centre (R34).
        ReportDelivered = "report_delivered", "Relazione finale consegnata al CPI";
        /// A scan of the signed register was added (R32).
        RegisterSigned = "register_signed", "Registro firmato caricato";
        /// A newer request told something else of the person.
        PersonUpdated = "person_updated", "Dati del beneficiario aggiornati";
        /// A provider was added.
        ProviderAdded = "provider_added", "Ente aggiunto";
        /// A provider was put on the list again (R40).
        ProviderActivated = "provider_activated", "Ente attivato";
        /// A provider was taken off the list (R40).
        ProviderSuspended = "provider_suspended", "Ente sospeso";
        /// A site of a provider was added.
        SiteAdded = "site_added", "Sede aggiunta";
        /// An employment centre was added.
        CentreAdded = "centre_added", "CPI aggiunto";
        /// An employment centre got another name.
        CentreRenamed = "centre_renamed", "CPI rinominato";
        /// A link to a coach's calendar was made, in the place of the one before.
        CalendarShared = "calendar_shared", "Link del calendario creato";
        /// The link to a coach's calendar was taken back.
        CalendarWithdrawn = "calendar_withdrawn", "Link del calendario ritirato";
        /// A version of the rulebook was published.
        RulebookPublished = "rulebook_published", "Versione delle regole pubblicata";
    }
}

/// One value that an event changed, in words for the history; opened from the sealed payload.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What, in Italian: `Data`, `Operatore`.
    pub field: String,
    /// The value before, where there was one.
    pub before: Option<String>,
    /// The value after, where there is one.
    pub after: Option<String>,
}

impl std::fmt::Debug for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Change({})", self.field)
    }
}

/// One line of a history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// Its number in the chain, from 1.
    pub number: i64,
    /// When, as evidence.
    pub at: DateTime<Utc>,
    /// When, on the Rome wall clock.
    pub at_local: LocalInstant,
    /// Who; "Sistema" for the clock.
    pub actor: String,
    /// What happened.
    pub action: AuditAction,
    /// What it happened to, such as an activity's name and a session's date.
    pub subject: String,
    /// What changed.
    pub changes: Vec<Change>,
}
