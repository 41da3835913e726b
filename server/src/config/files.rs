//! The settings of the store of files: the place, and how a bucket is reached.

use std::net::IpAddr;

use axum::http::Uri;

use super::Value;
use crate::files::Place;

const SCHEME: &str = "s3://";

impl Value for Place {
    const ALLOWED: &'static str = if Self::BUCKETS {
        "a folder, or s3://BUCKET or s3://BUCKET/PREFIX; the server and the key of a bucket are settings of their own"
    } else {
        "a folder (this program was built without buckets)"
    };

    fn read(text: &str) -> Option<Self> {
        let Some(address) = text.strip_prefix(SCHEME) else {
            // Any other scheme would quietly become the name of a folder.
            return (!text.is_empty() && !text.contains("://")).then(|| Self::Folder(text.into()));
        };
        let (bucket, prefix) = address.split_once('/').unwrap_or((address, ""));
        let named = (3..=63).contains(&bucket.len())
            && bucket.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte));
        let prefix = prefix.trim_end_matches('/');
        let plain = prefix.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte)) && !prefix.contains("//");
        (Self::BUCKETS && named && plain).then(|| Self::Bucket { bucket: bucket.to_owned(), prefix: prefix.to_owned() })
    }

    /// What stands before an `@` is a key in the wrong place.
    fn shown(text: &str) -> String {
        let hidden = text.strip_prefix(SCHEME).and_then(|address| address.rsplit_once('@'));
        hidden.map_or_else(|| text.to_owned(), |(_, address)| format!("{SCHEME}(hidden)@{address}"))
    }
}

/// The server of a bucket: TLS, or clear on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint(String);

impl Endpoint {
    /// Its address, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Value for Endpoint {
    const ALLOWED: &'static str = "https://HOST, or http://HOST on this machine, with a port if need be";

    fn read(text: &str) -> Option<Self> {
        let uri: Uri = text.parse().ok()?;
        let host = uri.host()?.trim_matches(['[', ']']);
        let here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        let safe = uri.scheme_str()? == "https" || uri.scheme_str()? == "http" && here;
        let bare = matches!(uri.path(), "" | "/") && uri.query().is_none() && !uri.authority()?.as_str().contains('@');
        (safe && bare).then(|| Self(text.trim_end_matches('/').to_owned()))
    }

    /// What stands before an `@` is a key in the wrong place.
    fn shown(text: &str) -> String {
        text.rsplit_once('@').map_or_else(|| text.to_owned(), |(_, host)| format!("(hidden)@{host}"))
    }
}

/// The region of a bucket, as the signature names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region(String);

impl Region {
    /// Its name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Value for Region {
    const ALLOWED: &'static str = "the name of a region, such as eu-south-1";

    fn read(text: &str) -> Option<Self> {
        let word = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        (word && !text.is_empty()).then(|| Self(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_folder_or_where_there_are_buckets_a_bucket() {
        assert_eq!(Place::read("./data/files"), Some(Place::Folder("./data/files".into())));
        let bucket = |bucket: &str, prefix: &str| Some(Place::Bucket { bucket: bucket.to_owned(), prefix: prefix.to_owned() });
        let read = |text| Place::read(text).filter(|_| Place::BUCKETS);
        assert_eq!(Place::read("s3://affianco-files"), bucket("affianco-files", "").filter(|_| Place::BUCKETS));
        assert_eq!(read("s3://affianco/a/b/"), bucket("affianco", "a/b").filter(|_| Place::BUCKETS));
        for wrong in
            ["", "s3://", "s3://ab", "s3://Affianco", "s3://key:word@bucket", "s3://affianco/a b", "s3://affianco/a//b", "file:///x"]
        {
            assert_eq!(Place::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_server_is_reached_by_tls_or_is_this_machine() {
        let read = |text| Endpoint::read(text).map(|endpoint| endpoint.as_str().to_owned());
        for good in ["https://s3.example.it", "https://s3.example.it:9000", "http://localhost:9000", "http://127.0.0.1:9000"] {
            assert_eq!(read(good).as_deref(), Some(good));
        }
        assert_eq!(read("https://s3.example.it/").as_deref(), Some("https://s3.example.it"));
        for wrong in ["s3.example.it", "http://s3.example.it", "ftp://localhost", "https://a:word@h", "https://h/path", "https://h?x"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_key_is_never_shown_wherever_it_was_put() {
        assert!(!Place::shown("s3://key:word@bucket").contains("word"));
        assert!(!Endpoint::shown("https://key:word@h").contains("word"));
        assert_eq!(Place::shown("s3://bucket/a"), "s3://bucket/a");
    }
}
