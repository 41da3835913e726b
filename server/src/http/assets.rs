//! The site's files: embedded in release, so one file is the whole program; read from disk in debug, so they can be rebuilt.

use std::{borrow::Cow, sync::LazyLock};

use axum::{
    Router,
    extract::RawQuery,
    http::{
        HeaderMap, HeaderName, HeaderValue, StatusCode, Uri,
        header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY},
    },
    response::{IntoResponse, Response},
    routing::get,
};
use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest as _, Sha256};

use super::problem::Problem;

#[derive(RustEmbed)]
#[folder = "../target/site"]
struct Site;

/// Compressed twins lie beside the files.
const BROTLI: &str = ".br";

/// A year: the address changes with the content.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Kept, but asked about each time.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

static VERSION: LazyLock<String> = LazyLock::new(|| version_of(Site::iter().filter_map(|path| Some((Site::get(&path)?, path)))));

/// A hash over all files, for `?v=` in the addresses of assets: another build, another address.
pub fn version() -> &'static str {
    &VERSION
}

fn version_of(files: impl Iterator<Item = (EmbeddedFile, Cow<'static, str>)>) -> String {
    let hash = files.fold(Sha256::new(), |hash, (file, path)| {
        hash.chain_update(path.as_bytes()).chain_update([0]).chain_update(file.metadata.sha256_hash())
    });
    hex::encode(&hash.finalize()[..8])
}

/// `/pkg/…`: what the build of the front end made.
pub fn router() -> Router {
    Router::new().route("/pkg/{*path}", get(serve))
}

/// Answers with the site's file of the request's path.
pub async fn serve(uri: Uri, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    // A debug build that rebuilds its site while it runs has no version: its addresses stay the same.
    let current = !cfg!(debug_assertions) && names_version(query.as_deref(), version());
    respond(Site::get, uri.path().trim_start_matches('/'), &headers, if current { FOREVER } else { ASK_AGAIN })
}

fn respond(file: impl Fn(&str) -> Option<EmbeddedFile>, path: &str, request: &HeaderMap, caching: HeaderValue) -> Response {
    // A twin has no address of its own, and nothing is compressed twice.
    let Some(plain) = file(path).filter(|_| !path.ends_with(BROTLI)) else {
        return Problem::new(StatusCode::NOT_FOUND).into_response();
    };
    let media_type = media_type(&plain);
    let twin = accepts_brotli(request).then(|| file(&format!("{path}{BROTLI}"))).flatten();
    let encoding = twin.as_ref().map(|_| [(CONTENT_ENCODING, HeaderValue::from_static("br"))]);
    let chosen = twin.unwrap_or(plain);

    let tag = format!("\"{}\"", hex::encode(&chosen.metadata.sha256_hash()[..16]));
    let known = request.get(IF_NONE_MATCH).is_some_and(|held| held.as_bytes() == tag.as_bytes());
    let about: [(HeaderName, HeaderValue); 2] = [(CACHE_CONTROL, caching), (VARY, HeaderValue::from_static("accept-encoding"))];
    if known {
        return (StatusCode::NOT_MODIFIED, about, [(ETAG, tag)]).into_response();
    }
    let body = match chosen.data {
        Cow::Borrowed(bytes) => axum::body::Body::from(bytes),
        Cow::Owned(bytes) => bytes.into(),
    };
    let mut response = (about, [(ETAG, tag), (CONTENT_TYPE, media_type)], body).into_response();
    response.headers_mut().extend(encoding.into_iter().flatten());
    response
}

fn media_type(file: &EmbeddedFile) -> String {
    let media_type = file.metadata.mimetype();
    if media_type.starts_with("text/") { format!("{media_type}; charset=utf-8") } else { media_type.to_owned() }
}

fn accepts_brotli(request: &HeaderMap) -> bool {
    let listed = |header: &HeaderValue| {
        header.to_str().is_ok_and(|text| {
            text.split(',').any(|coding| {
                let mut words = coding.split(';').map(str::trim);
                let refused = |weight: &str| weight.strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()).is_some_and(|q| q <= 0.0);
                words.next() == Some("br") && !words.any(refused)
            })
        })
    };
    request.get_all(ACCEPT_ENCODING).iter().any(listed)
}

fn names_version(query: Option<&str>, version: &str) -> bool {
    query.is_some_and(|query| query.split('&').any(|pair| pair.strip_prefix("v=") == Some(version)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A site of three files, as the build leaves it.
    fn site(path: &str) -> Option<EmbeddedFile> {
        let folder = std::env::temp_dir().join(format!("affianco-{}", crate::ids::random_token()));
        let data: &'static [u8] = match path {
            "pkg/office.wasm" => b"\0asm, as it is",
            "pkg/office.wasm.br" => b"\0asm, smaller",
            "pkg/office.js" => b"import",
            _ => return None,
        };
        std::fs::create_dir(&folder).unwrap();
        let file = folder.join(path.rsplit('/').next().unwrap());
        std::fs::write(&file, data).unwrap();
        let read = rust_embed::utils::read_file_from_fs(&file).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        Some(read)
    }

    fn ask(path: &str, headers: &[(HeaderName, &str)]) -> Response {
        let headers = headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap())).collect();
        respond(site, path, &headers, FOREVER)
    }

    #[test]
    fn the_compressed_twin_is_served_under_the_type_of_the_file() {
        let response = ask("pkg/office.wasm", &[(ACCEPT_ENCODING, "gzip, deflate, br;q=0.9")]);
        assert_eq!(response.headers()[CONTENT_TYPE], "application/wasm");
        assert_eq!(response.headers()[CONTENT_ENCODING], "br");
        assert_eq!(response.headers()[VARY], "accept-encoding");
        assert_eq!(response.headers()[CACHE_CONTROL], FOREVER);
    }

    #[test]
    fn who_does_not_take_brotli_gets_the_file_under_another_tag() {
        let tag = |response: Response| response.headers()[ETAG].clone();
        let compressed = tag(ask("pkg/office.wasm", &[(ACCEPT_ENCODING, "br")]));
        for accepted in ["gzip", "br;q=0", ""] {
            let response = ask("pkg/office.wasm", &[(ACCEPT_ENCODING, accepted)]);
            assert!(!response.headers().contains_key(CONTENT_ENCODING), "{accepted}");
            assert_ne!(tag(response), compressed, "{accepted}");
        }
    }

    #[test]
    fn who_has_the_file_already_gets_no_body() {
        let tag = ask("pkg/office.js", &[]).headers()[ETAG].to_str().unwrap().to_owned();
        assert_eq!(ask("pkg/office.js", &[(IF_NONE_MATCH, &tag)]).status(), StatusCode::NOT_MODIFIED);
        assert_eq!(ask("pkg/office.js", &[(IF_NONE_MATCH, "\"old\"")]).status(), StatusCode::OK);
    }

    #[test]
    fn scripts_are_utf_8() {
        assert_eq!(ask("pkg/office.js", &[]).headers()[CONTENT_TYPE], "text/javascript; charset=utf-8");
    }

    #[test]
    fn what_is_not_there_and_the_twins_themselves_are_not_found() {
        for path in ["pkg/other.js", "pkg/office.wasm.br", "pkg/", "pkg/../Cargo.toml"] {
            assert_eq!(ask(path, &[]).status(), StatusCode::NOT_FOUND, "{path}");
        }
    }

    #[tokio::test]
    async fn no_path_leads_out_of_the_site() {
        for path in ["/pkg/../../Cargo.toml", "/pkg/%2e%2e/%2e%2e/Cargo.toml", "/pkg//etc/passwd", "//etc/passwd"] {
            let response = serve(path.parse().unwrap(), RawQuery(None), HeaderMap::new()).await;
            assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        }
    }

    #[test]
    fn only_the_version_of_this_build_is_kept_for_ever() {
        assert!(names_version(Some("v=abc"), "abc") && names_version(Some("x=1&v=abc"), "abc"));
        assert!(!names_version(Some("v=abcd"), "abc") && !names_version(None, "abc") && !names_version(Some("w=abc"), "abc"));
    }

    #[test]
    fn the_version_changes_with_the_name_and_the_content_of_a_file() {
        let of = |path: &'static str, as_name: &'static str| version_of([(site(path).unwrap(), as_name.into())].into_iter());
        let version = of("pkg/office.js", "a");
        assert_eq!(version, of("pkg/office.js", "a"));
        assert_ne!(version, of("pkg/office.js", "b"));
        assert_ne!(version, of("pkg/office.wasm", "a"));
    }
}
