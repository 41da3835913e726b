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

use app::domain::document::paper::Paper;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

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
    let desk = desk::Desk::new(leaves::of(paper, attachments)?, attachments);
    let _forgetting = Forgetting;
    print(&desk)
}

/// typst remembers everything it was ever asked, also what failed. Forgetting all of it keeps memory flat and persons out of it.
struct Forgetting;

impl Drop for Forgetting {
    fn drop(&mut self) {
        comemo::evict(0);
    }
}

fn print(desk: &desk::Desk) -> Result<Vec<u8>, DocumentError> {
    let pages = typst::compile(desk).output.map_err(|errors| DocumentError::layout(&errors))?;
    let standards =
        PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1]).map_err(|error| DocumentError::Layout(error.message().to_string()))?;
    // The identifier is made by typst of title and content; the date stands in the template's data.
    let options =
        PdfOptions { standards, creator: typst::foundations::Smart::Custom(Some("Affianco".to_owned())), ..PdfOptions::default() };
    typst_pdf::pdf(&pages, &options).map_err(|errors| DocumentError::layout(&errors))
}
