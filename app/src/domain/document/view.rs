//! What the pages of the documents show, and what they send.

use serde::{Deserialize, Serialize};

use chrono::NaiveDate;

use super::{
    code::DocumentCode,
    kind::{DocumentKind, KindSet},
    written::{WritingFrame, WrittenForm},
};
use crate::domain::{
    command::Version,
    dossier::Owed,
    ids::{CommandKey, DocumentId, DraftId, OpalId, ScanId, SessionId},
    person::PersonName,
    request::SiteChoice,
    rulebook::{ActivityCode, Refusal},
    text::date_short,
    time::LocalInstant,
    words::words,
};

words! {
    /// Where an issued document stands.
    pub enum DocumentState else "not a state of a document" {
        /// It is the one that counts.
        Current = "current", "In vigore";
        /// A newer one took its place; both stay.
        Superseded = "superseded", "Non più in vigore";
    }
}

/// The page "Documenti" of a dossier.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct DocumentsPage {
    /// The dossier.
    pub dossier: OpalId,
    /// Its code.
    pub opal_code: String,
    /// The person.
    pub person: PersonName,
    /// Whether documents may still be made, and why not.
    pub permitted: Result<(), Refusal>,
    /// Whether the report may be delivered already (R34).
    pub deliverable: Result<(), Refusal>,
    /// Whether the actor issues, uploads and takes the whole dossier away; a coach only writes.
    pub manages: bool,
    /// What the dossier owes (R32 to R35).
    pub owed: Vec<Owed>,
    /// The five activities, with the outputs that the catalogue asks of each.
    pub activities: Vec<ActivityPapers>,
    /// Sessions delivered.
    pub delivered: u32,
    /// Delivered sessions whose row nobody signed (R32).
    pub unsigned: Vec<UnsignedRow>,
    /// What is being written, the newest first.
    pub drafts: Vec<DraftRow>,
    /// What was issued, the newest first.
    pub documents: Vec<DocumentRow>,
    /// The provider's sites, one of which keeps an original.
    pub sites: Vec<SiteChoice>,
    /// The code of the dossier's own.
    pub site: String,
    /// What the check of an output looks at.
    pub frame: WritingFrame,
    /// Now.
    pub now: LocalInstant,
}

/// An activity and its outputs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityPapers {
    /// Which one.
    pub code: ActivityCode,
    /// Its name.
    pub name: String,
    /// Whether it is *Terminata*.
    pub closed: bool,
    /// The outputs that its catalogue asks for.
    pub asked: KindSet,
}

/// A delivered session without a signature.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnsignedRow {
    /// The session.
    pub session: SessionId,
    /// The activity's name.
    pub activity: String,
    /// When, in words.
    pub when: String,
    /// The coach's name.
    pub coach: String,
}

/// A document being written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftRow {
    /// Its id.
    pub id: DraftId,
    /// What it will be.
    pub kind: DocumentKind,
    /// The activity it is an output of.
    pub activity: Option<ActivityCode>,
    /// When it was saved last.
    pub saved_at: LocalInstant,
    /// By whom.
    pub saved_by: String,
}

/// An issued document.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRow {
    /// Its id.
    pub id: DocumentId,
    /// What it is.
    pub kind: DocumentKind,
    /// What it is in the words of who uploaded it.
    pub title: Option<String>,
    /// The activity it is an output of.
    pub activity: Option<ActivityCode>,
    /// Its number and year: `12/2026`.
    pub number: String,
    /// The code printed on it.
    pub code: DocumentCode,
    /// When it was issued.
    pub issued_at: LocalInstant,
    /// By whom.
    pub issued_by: String,
    /// The drafting date of an output.
    pub drafted_on: Option<NaiveDate>,
    /// Whether a newer one took its place.
    pub state: DocumentState,
    /// Whether what it shows has changed since.
    pub changed: bool,
    /// Bytes of the PDF.
    pub size: u64,
    /// The uploaded original: its format and bytes.
    pub original: Option<(String, u64)>,
    /// The rows of a register that a scan of it may still sign; a register that was superseded may lie on a desk half signed.
    pub rows: Vec<SessionId>,
    /// The scans of its signed paper.
    pub scans: Vec<ScanRow>,
}

/// A scan of a signed register.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanRow {
    /// Its id.
    pub id: ScanId,
    /// When it was added.
    pub added_at: LocalInstant,
    /// By whom.
    pub added_by: String,
    /// Who signed for the recipient: `Titolare del voucher`.
    pub signer: String,
    /// Rows that it covers.
    pub signed: u32,
    /// Its format.
    pub format: String,
    /// Its bytes.
    pub size: u64,
}

/// The page on which a document is written.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftPage {
    /// The draft.
    pub id: DraftId,
    /// The dossier.
    pub dossier: OpalId,
    /// Its code.
    pub opal_code: String,
    /// The person.
    pub person: PersonName,
    /// What it will be.
    pub kind: DocumentKind,
    /// The activity's name, for an output.
    pub activity: Option<String>,
    /// What was typed.
    pub form: WrittenForm,
    /// What its check looks at.
    pub frame: WritingFrame,
    /// Whether it may still be written, and why not.
    pub permitted: Result<(), Refusal>,
    /// Whether it may be issued now, and why not.
    pub issuable: Result<(), Refusal>,
    /// Whether the actor is one who issues it.
    pub issues: bool,
    /// When it was saved last.
    pub saved_at: LocalInstant,
    /// By whom.
    pub saved_by: String,
    /// Counts its changes.
    pub version: Version,
}

silent_debug!(DocumentsPage, UnsignedRow, DocumentRow, ScanRow, DraftPage);

/// The command that begins a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewDraft {
    /// The same for every repeat of one intention.
    pub key: CommandKey,
    /// The dossier.
    pub dossier: OpalId,
    /// What is to be written.
    pub kind: DocumentKind,
    /// The activity it is an output of; none for the final report.
    pub activity: Option<ActivityCode>,
}

/// A draft as it was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// When.
    pub at: LocalInstant,
    /// Counts its changes.
    pub version: Version,
}

/// A document that was just issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// Its id.
    pub id: DocumentId,
    /// Its number and year: `12/2026`.
    pub number: String,
}

/// What anybody who holds a paper is told of its code; nothing personal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    /// What it is.
    pub kind: DocumentKind,
    /// Its number and year.
    pub number: String,
    /// The provider that issued it.
    pub provider: String,
    /// The day of issue.
    pub issued_on: NaiveDate,
    /// SHA-256 of the PDF, in hexadecimal digits.
    pub sha256: String,
    /// Whether a newer one took its place.
    pub state: DocumentState,
    /// How its data stand today.
    pub data: DataSince,
}

words! {
    /// What became of the data that a document shows.
    pub enum DataSince else "not a word for what became of data" {
        /// They are the same.
        Unchanged = "unchanged", "I dati del fascicolo sono quelli riportati sul documento.";
        /// They have changed.
        Changed = "changed", "Dopo l'emissione i dati del fascicolo sono cambiati: chiedi all'ente la versione aggiornata.";
        /// They were erased.
        Erased = "erased", "I dati del fascicolo non sono più conservati: il confronto non è possibile.";
    }
}

impl Verification {
    /// The answer in one sentence.
    pub fn sentence(&self) -> String {
        format!(
            "Il codice è autentico. Documento: {} n. {} di {}, emesso il {}.",
            self.kind.label(),
            self.number,
            self.provider,
            date_short(self.issued_on)
        )
    }
}

/// A document's number and year as it is printed.
pub fn numbered(number: u32, year: i32) -> String {
    format!("{number}/{year}")
}
