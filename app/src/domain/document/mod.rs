//! Proof on paper (R31 to R35): what each document says, which ones a dossier owes, what is written here and what is uploaded.

mod code;
mod content;
mod cover;
mod facts;
mod kind;
mod outcome;
mod output;
pub mod paper;
mod register;
mod scan;
pub mod upload;
mod view;
pub mod written;

pub use code::{CODE_BYTES, DocumentCode};
pub use content::{Content, Source};
pub use cover::{UploadFacts, cover};
pub use facts::{ActivityFacts, DeliveredRow, Head, ServiceFacts};
pub use kind::{DocumentKind, KindSet};
pub use outcome::Outcome;
pub use output::{OutputForm, OutputInput, TITLE_LIMIT};
pub use register::{RowMarks, attestation, register};
pub use scan::{ScanForm, ScanInput, Signer};
pub use view::{
    ActivityPapers, DataSince, DocumentRow, DocumentState, DocumentsPage, DraftPage, DraftRow, Issued, NewDraft, Saved, ScanRow,
    UnsignedRow, Verification, numbered,
};
pub use written::{Part, WritingFrame, Written, WrittenForm};
