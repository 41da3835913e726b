//! Why a paper did not become a PDF. For logs, in English: no text of the paper is in it.

use typst::diag::SourceDiagnostic;

/// Why a paper did not become a PDF.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// PDF/A and PDF/UA want a title.
    #[error("the document has no title")]
    Untitled,
    /// A year before 1 or after 9999, which PDF cannot write.
    #[error("the year of the document's date cannot be written")]
    Undated,
    /// A row with more cells than the table has columns: something would be missing on paper.
    #[error("row {row} of a table has {cells} cells and the table {columns} columns")]
    Shape {
        /// Counted from 1; the totals come last.
        row: usize,
        /// Cells of the row.
        cells: usize,
        /// Columns of the table.
        columns: usize,
    },
    /// More text than a paper may have.
    #[error("the document has {bytes} bytes of text and marks, at most 2,000,000 are laid out")]
    TooLong {
        /// How much it is.
        bytes: usize,
    },
    /// The address is longer than a QR that a phone still reads from paper.
    #[error("the address for the QR has {bytes} bytes, at most 1,000 are printed")]
    Address {
        /// Its length.
        bytes: usize,
    },
    /// A name that is no plain file name, or used twice, or a media type that is none.
    #[error("attachment {number} has a name or a media type that cannot be used")]
    Attachment {
        /// Counted from 1.
        number: usize,
    },
    /// What typst says; a mistake of the template or of this program.
    #[error("the document was not laid out: {0}")]
    Layout(String),
    /// The work was given up half-way: the program ends, or the layout panicked.
    #[error("the document was not finished")]
    Stopped,
}

impl DocumentError {
    /// What typst reports, without its traces.
    pub(super) fn layout(errors: &[SourceDiagnostic]) -> Self {
        let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
        Self::Layout(messages.join("; "))
    }
}
