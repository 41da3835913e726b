//! Paper as PDF: takes a [`Paper`] and lays it out, tagged for a blind reader (PDF/UA-1) and fit for the archive (PDF/A-3a).
//!
//! ```text
//! Paper ── leaves (plain data: every letter printable, long words breakable, marks as SVG) ──► JSON
//! JSON, template, fonts ── desk (what typst may see) ──► pages ──► PDF, refused unless it keeps both standards
//! ```
//! The same paper gives the same bytes: there is no clock, no random source, no network and no font of the system in here.
//! [`render`] works until it is done; whoever serves requests asks a [`Press`].

mod desk;
mod error;
mod fonts;
mod leaves;
mod letters;
mod pictures;
mod press;

use app::domain::{document::paper::Paper, time::LocalInstant};
use chrono::{Datelike, Offset, TimeZone, Timelike};
use chrono_tz::Europe::Rome;
use sha2::{Digest, Sha256};
use typst::foundations::{Datetime, Smart};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

pub use error::DocumentError;
pub use press::Press;

/// Counts up with every change of the template that shows on paper. Stored with each issued document.
pub const TEMPLATE: u32 = 1;

/// A file inside the PDF: the facts as data, for programs.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name: letters, digits, `.`, `-` and `_`, as in `dati.json`. Each name once.
    pub name: String,
    /// As in `application/json`.
    pub media_type: String,
    /// What it is, in Italian: PDF readers show it.
    pub description: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// The paper as a PDF, with these files inside. Takes processor time: tens of milliseconds for some pages.
///
/// # Errors
/// When the paper or an attachment is one that cannot be laid out (see [`DocumentError`]), or when the result would break one of the two standards.
pub fn render(paper: &Paper, attachments: &[Attachment]) -> Result<Vec<u8>, DocumentError> {
    let leaves = leaves::of(paper, attachments)?;
    // By the content, so that no two different papers pass for editions of one.
    let ident = hex::encode(Sha256::digest(&leaves));
    let standards =
        PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1]).map_err(|error| DocumentError::Layout(error.message().to_string()))?;
    let options = PdfOptions {
        ident: Smart::Custom(ident),
        creator: Smart::Custom(Some("Affianco".to_owned())),
        timestamp: Some(stamp(paper.made).ok_or(DocumentError::Undated)?),
        standards,
        ..PdfOptions::default()
    };
    let _forgetting = Forgetting;
    let pages = typst::compile(&desk::Desk::new(leaves, attachments)).output.map_err(|errors| DocumentError::layout(&errors))?;
    typst_pdf::pdf(&pages, &options).map_err(|errors| DocumentError::layout(&errors))
}

/// The moment as the file's metadata wants it, with the hours that Rome's clock is ahead. Of an hour that comes twice, the first.
fn stamp(made: LocalInstant) -> Option<Timestamp> {
    // In the hour that a March leaves out, a frozen clock may stand: then what holds around it.
    let ahead = Rome.offset_from_local_datetime(&made.0).earliest().unwrap_or_else(|| Rome.offset_from_utc_datetime(&made.0));
    let number = |value: u32| u8::try_from(value).ok();
    let (date, time) = (made.0.date(), made.0.time());
    if !(1..=9_999).contains(&date.year()) {
        return None;
    }
    let (month, day) = (number(date.month())?, number(date.day())?);
    let written = Datetime::from_ymd_hms(date.year(), month, day, number(time.hour())?, number(time.minute())?, number(time.second())?)?;
    Timestamp::new_local(written, ahead.fix().local_minus_utc() / 60)
}

/// typst remembers everything it was ever asked, also what failed. Forgetting all of it keeps memory flat and persons out of it.
struct Forgetting;

impl Drop for Forgetting {
    fn drop(&mut self) {
        comemo::evict(0);
    }
}
