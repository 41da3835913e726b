//! The headers that tell browsers what a page of ours may do.

use axum::{
    extract::{Request, State},
    http::{
        HeaderMap, HeaderName, HeaderValue,
        header::{
            CACHE_CONTROL, CONTENT_SECURITY_POLICY, InvalidHeaderValue, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
            X_FRAME_OPTIONS,
        },
    },
    middleware::Next,
    response::Response,
};

/// What every answer says.
const ALWAYS: [(HeaderName, HeaderValue); 5] = [
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
];

/// What an answer says unless it said something itself: it is not kept, and nothing in it runs.
const OTHERWISE: [(HeaderName, HeaderValue); 2] = [
    (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")),
];

/// Only over TLS: a year, this host alone.
const ONLY_TLS: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// The reload of `make dev` comes over a web socket of another port.
const CONNECT: &str = if cfg!(debug_assertions) { "'self' ws:" } else { "'self'" };

/// The policy of our pages, for the nonce that leptos put on their inline scripts.
///
/// # Errors
/// When the nonce can't be in a header.
pub fn content_security_policy(nonce: &str) -> Result<HeaderValue, InvalidHeaderValue> {
    HeaderValue::try_from(format!(
        "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
         connect-src {CONNECT}; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; worker-src 'self'"
    ))
}

/// Whether browsers come by TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// By TLS, which a proxy ends.
    Tls,
    /// In clear: on this machine, or in a test.
    Clear,
}

/// Middleware: completes the headers of every answer.
pub async fn headers(State(transport): State<Transport>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    complete(response.headers_mut(), transport);
    response
}

fn complete(headers: &mut HeaderMap, transport: Transport) {
    for (name, value) in ALWAYS {
        headers.insert(name, value);
    }
    for (name, value) in OTHERWISE {
        headers.entry(name).or_insert(value);
    }
    if transport == Transport::Tls {
        headers.insert(STRICT_TRANSPORT_SECURITY, ONLY_TLS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_says_nothing_is_not_kept_and_runs_nothing() {
        let mut headers = HeaderMap::new();
        complete(&mut headers, Transport::Clear);
        assert_eq!(headers[CACHE_CONTROL], "no-store");
        assert!(headers[CONTENT_SECURITY_POLICY].to_str().unwrap().starts_with("default-src 'none'"));
        assert_eq!(headers[X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert!(!headers.contains_key(STRICT_TRANSPORT_SECURITY));
    }

    #[test]
    fn what_an_answer_says_itself_is_kept() {
        let mut headers = HeaderMap::new();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.insert(CONTENT_SECURITY_POLICY, content_security_policy("abc").unwrap());
        headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
        complete(&mut headers, Transport::Tls);
        assert_eq!(headers[CACHE_CONTROL], "no-cache");
        assert!(headers[CONTENT_SECURITY_POLICY].to_str().unwrap().contains("'nonce-abc'"));
        assert_eq!(headers[X_FRAME_OPTIONS], "DENY", "except what is the same for all");
        assert_eq!(headers[STRICT_TRANSPORT_SECURITY], "max-age=31536000");
    }

    #[test]
    fn pages_may_run_wasm_but_nothing_inline_without_the_nonce() {
        let policy = content_security_policy("abc").unwrap();
        let policy = policy.to_str().unwrap();
        assert!(policy.contains("script-src 'self' 'nonce-abc' 'wasm-unsafe-eval';"));
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
        assert!(content_security_policy("a\r\nSet-Cookie: b").is_err());
    }
}
