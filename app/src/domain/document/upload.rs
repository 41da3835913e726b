//! Uploads (R33): which kinds of file are taken, how large, and the sentence for each that is not.

use serde::{Deserialize, Serialize};

use crate::domain::words::words;

/// The largest file taken, in bytes: 15 MB of 1024 · 1024.
pub const MAX_UPLOAD_BYTES: u64 = 15 * MEGABYTE;

const MEGABYTE: u64 = 1024 * 1024;

/// The kinds, as sentences and forms name them.
pub const KINDS: &str = "PDF, DOCX, ODT, JPEG, PNG o P7M";

/// The longest ending of a file name that is repeated in a sentence, in characters.
const ENDING_SHOWN: usize = 10;

words! {
    /// A kind of file that is taken. The content says which it is, never the name.
    pub enum FileKind else "not a kind of file" {
        /// A PDF.
        Pdf = "pdf", "PDF";
        /// A text document of Word (Office Open XML), without macros.
        Docx = "docx", "DOCX";
        /// A text document of OpenDocument, without macros.
        Odt = "odt", "ODT";
        /// A JPEG picture.
        Jpeg = "jpg", "JPEG";
        /// A PNG picture.
        Png = "png", "PNG";
        /// One of the others in a CAdES signature.
        P7m = "p7m", "P7M";
    }
}

impl FileKind {
    /// The media type with which it is handed out again.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::P7m => "application/pkcs7-mime",
        }
    }

    /// The ending of its file names, without the dot.
    pub fn extension(self) -> &'static str {
        self.as_str()
    }

    /// The kind that the ending of a file name promises; only a hint.
    fn promised_by(name: &str) -> Result<Self, Option<String>> {
        let Some((_, ending)) = name.rsplit_once('.') else { return Err(None) };
        let ending = ending.to_ascii_lowercase();
        match ending.as_str() {
            "jpeg" | "jpe" => Ok(Self::Jpeg),
            _ => ending.parse().map_err(|_| Some(ending)),
        }
    }
}

/// Why a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UploadProblem {
    /// There is nothing in it.
    Empty,
    /// It is larger than [`MAX_UPLOAD_BYTES`].
    TooLarge {
        /// Its size in bytes; where the sending was stopped, what had come until then.
        size: u64,
    },
    /// It is of another kind.
    NotAllowed {
        /// What it is, with its article, as `un programma (EXE)`; `None` when nobody can tell.
        seen: Option<String>,
    },
    /// It begins as one of the kinds but is cut off, damaged or locked by a password.
    NotWhole {
        /// The kind.
        kind: FileKind,
    },
    /// It is one of the kinds and something else at the same time.
    TwoThings {
        /// The kind.
        kind: FileKind,
        /// The name of the other thing, as `ZIP`.
        other: String,
    },
    /// A document that brings a program along.
    Macros,
}

impl UploadProblem {
    /// What was seen, the limit and what to do, in Italian; at most 200 characters.
    pub fn sentence(&self) -> String {
        match self {
            Self::Empty => "Il file è vuoto (0 byte): controlla di avere scelto quello giusto e caricalo di nuovo.".to_owned(),
            Self::TooLarge { size } => format!(
                "Il file è di {}, il massimo è {} MB: riduci la risoluzione della scansione o dividilo in più file.",
                megabytes(*size),
                MAX_UPLOAD_BYTES / MEGABYTE
            ),
            Self::NotAllowed { seen: Some(seen) } => format!("Il contenuto è {seen}, che non si può caricare: scegli un file {KINDS}."),
            Self::NotAllowed { seen: None } => format!("Il contenuto del file non è di un tipo riconosciuto: scegli un file {KINDS}."),
            Self::NotWhole { kind } => format!(
                "Il file {} è incompleto, danneggiato o protetto da password: aprilo, salvalo di nuovo senza password e ricaricalo.",
                kind.label()
            ),
            Self::TwoThings { kind, other } => format!(
                "Il file {} contiene anche altro ({other}) e per sicurezza non si può caricare: esportalo di nuovo come {} e ricaricalo.",
                kind.label(),
                kind.label()
            ),
            Self::Macros => "Il documento contiene macro o altri programmi: salvalo senza macro, oppure come PDF, e ricaricalo.".to_owned(),
        }
    }
}

/// What can be said before anything is sent: size and the ending of the name. The server looks at the content and decides.
///
/// # Errors
/// [`UploadProblem::Empty`], [`UploadProblem::TooLarge`], [`UploadProblem::NotAllowed`].
pub fn check_before_sending(name: &str, size: u64) -> Result<(), UploadProblem> {
    check_size(size)?;
    match FileKind::promised_by(name) {
        Ok(_) => Ok(()),
        Err(ending) => {
            let shown = ending.filter(|ending| ending.len() <= ENDING_SHOWN && ending.bytes().all(|byte| byte.is_ascii_alphanumeric()));
            Err(UploadProblem::NotAllowed { seen: shown.filter(|ending| !ending.is_empty()).map(|ending| format!("un file .{ending}")) })
        }
    }
}

/// Whether a file is neither empty nor too large.
///
/// # Errors
/// [`UploadProblem::Empty`], [`UploadProblem::TooLarge`].
pub fn check_size(size: u64) -> Result<(), UploadProblem> {
    match size {
        0 => Err(UploadProblem::Empty),
        1..=MAX_UPLOAD_BYTES => Ok(()),
        size => Err(UploadProblem::TooLarge { size }),
    }
}

/// `16,0 MB`, rounded up, so that what is over the limit never reads as the limit itself.
fn megabytes(size: u64) -> String {
    let tenths = size.saturating_mul(10).div_ceil(MEGABYTE);
    format!("{},{} MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_problem() -> Vec<UploadProblem> {
        let long = || "un archivio compresso (7-ZIP)".to_owned();
        let mut all = vec![
            UploadProblem::Empty,
            UploadProblem::TooLarge { size: u64::MAX },
            UploadProblem::NotAllowed { seen: None },
            UploadProblem::NotAllowed { seen: Some(long()) },
            UploadProblem::Macros,
        ];
        for kind in FileKind::ALL {
            all.extend([UploadProblem::NotWhole { kind }, UploadProblem::TwoThings { kind, other: "dati sconosciuti".to_owned() }]);
        }
        all
    }

    #[test]
    fn every_problem_is_one_sentence_of_at_most_200_characters_that_says_what_to_do() {
        for problem in every_problem() {
            let sentence = problem.sentence();
            assert!(sentence.chars().count() <= 200, "{} characters: {sentence}", sentence.chars().count());
            assert!(sentence.ends_with('.') && sentence.matches(". ").count() == 0, "{sentence}");
            assert!(["carical", "ricarical", "scegli", "dividilo"].iter().any(|verb| sentence.contains(verb)), "{sentence}");
        }
    }

    #[test]
    fn size_is_checked_to_the_byte_and_said_rounded_up() {
        assert_eq!(check_size(0), Err(UploadProblem::Empty));
        assert_eq!([check_size(1), check_size(MAX_UPLOAD_BYTES)], [Ok(()), Ok(())]);
        let over = UploadProblem::TooLarge { size: MAX_UPLOAD_BYTES + 1 };
        assert_eq!(check_size(MAX_UPLOAD_BYTES + 1), Err(over.clone()));
        assert!(over.sentence().starts_with("Il file è di 15,1 MB, il massimo è 15 MB:"), "{}", over.sentence());
        assert!(UploadProblem::TooLarge { size: 16 * MEGABYTE }.sentence().starts_with("Il file è di 16,0 MB,"));
    }

    #[test]
    fn the_browser_looks_at_size_and_ending_only() {
        for name in ["piano.pdf", "Piano.PDF", "foto.jpg", "foto.jpeg", "firma.pdf.p7m", "a.docx", "a.odt", "a.png", ".pdf"] {
            assert_eq!(check_before_sending(name, 10), Ok(()), "{name}");
        }
        let refused = |name| check_before_sending(name, 10).unwrap_err();
        assert_eq!(refused("piano.docm"), UploadProblem::NotAllowed { seen: Some("un file .docm".to_owned()) });
        for name in ["piano", "piano.", "a.<script>", "a.òò", "a.abcdefghijk"] {
            assert_eq!(refused(name), UploadProblem::NotAllowed { seen: None }, "{name}");
        }
        assert_eq!(check_before_sending("virus.exe", 0), Err(UploadProblem::Empty), "the first problem is enough");
    }

    #[test]
    fn every_kind_is_named_in_the_sentences() {
        for kind in FileKind::ALL {
            assert!(KINDS.contains(kind.label()));
            assert_eq!(kind.as_str().parse(), Ok(kind));
            assert_eq!(check_before_sending(&format!("a.{}", kind.extension()), 1), Ok(()));
        }
    }
}
