//! A file handed out: kept by the browser, never shown within a page of ours, never cached, never taken for another type.

use std::fmt::Display;

use axum::{
    body::Body,
    http::{
        HeaderValue,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS},
    },
    response::{IntoResponse, Response},
};

/// A file on its way to who asked for it.
pub struct Download {
    name: FileName,
    media_type: &'static str,
    length: Option<u64>,
    body: Body,
}

/// The name under which a browser keeps a file: ours, of letters, digits, `-`, `_` and `.`, so that it needs no quoting (RFC 6266).
/// It tells of no person: a folder of downloads is read by others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName(String);

impl FileName {
    /// `STEM.ENDING`; what may not be in it becomes `-`.
    pub fn new(stem: impl Display, ending: &str) -> Self {
        let safe = |letter: char| if letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_') { letter } else { '-' };
        let stem: String = stem.to_string().chars().map(safe).collect();
        let ending: String = ending.chars().filter(char::is_ascii_alphanumeric).collect();
        Self(format!("{stem}.{ending}"))
    }
}

/// Stands beside an answer that leaves as it is: compressed it would have no length, and files are compressed already.
#[derive(Clone, Copy)]
pub struct AsItIs;

impl Download {
    /// A file of unknown length, as it is written while it leaves.
    pub fn new(name: FileName, media_type: &'static str, body: Body) -> Self {
        Self { name, media_type, length: None, body }
    }

    /// The same with its length in bytes, by which a browser shows the progress and knows a broken one.
    #[must_use]
    pub fn of_length(self, length: u64) -> Self {
        Self { length: Some(length), ..self }
    }
}

impl IntoResponse for Download {
    fn into_response(self) -> Response {
        let mut response = Response::new(self.body);
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        // Without a name it is an attachment all the same; ours can always be in a header.
        let named = HeaderValue::try_from(format!("attachment; filename=\"{}\"", self.name.0));
        headers.insert(CONTENT_DISPOSITION, named.unwrap_or_else(|_| HeaderValue::from_static("attachment")));
        if let Some(length) = self.length {
            headers.insert(CONTENT_LENGTH, length.into());
            response.extensions_mut().insert(AsItIs);
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_ascii_whatever_it_is_made_of() {
        assert_eq!(FileName::new("registro-OPAL_12", "pdf"), FileName("registro-OPAL_12.pdf".to_owned()));
        assert_eq!(FileName::new("a\"; filename=b\r\nX: y/../è", "p/df"), FileName("a---filename-b--X--y------.pdf".to_owned()));
    }
}
