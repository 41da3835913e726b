//! The settings of mail: the way out, the sender, and what the mail server wants to know of us.

use std::{fmt, net::IpAddr};

use axum::http::Uri;
use lettre::message::Mailbox;

use super::Value;
use crate::mail::{Protection, Relay};

/// How messages leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailRoute {
    /// Not at all.
    Off,
    /// As files in the data folder.
    Files,
    /// By a mail server.
    Smtp(Relay),
}

impl Value for MailRoute {
    const ALLOWED: &'static str = "off, files, smtps://HOST, or smtp://HOST with STARTTLS (without TLS only on this machine), with a port if need be; \
         user and password are settings of their own";

    fn read(text: &str) -> Option<Self> {
        match text {
            "off" => return Some(Self::Off),
            "files" => return Some(Self::Files),
            _ => {}
        }
        let uri: Uri = text.parse().ok()?;
        let (authority, host) = (uri.authority()?, uri.host()?);
        if authority.as_str().contains('@') || !matches!(uri.path(), "" | "/") || uri.query().is_some() || host.is_empty() {
            return None;
        }
        let host = host.trim_matches(['[', ']']);
        let here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        let (protection, usual) = match uri.scheme_str()? {
            "smtps" => (Protection::Tls, 465),
            "smtp" if here => (Protection::Loopback, 25),
            "smtp" => (Protection::StartTls, 587),
            _ => return None,
        };
        // A port that is none must not quietly become the usual one.
        let port = if authority.as_str().ends_with(host) || authority.as_str().ends_with(']') { usual } else { uri.port_u16()? };
        Some(Self::Smtp(Relay { host: host.to_owned(), port, protection }))
    }

    /// What stands before an `@` is a password in the wrong place.
    fn shown(text: &str) -> String {
        text.rsplit_once('@').map_or_else(|| text.to_owned(), |(_, host)| format!("(hidden)@{host}"))
    }
}

/// Whom messages come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender(Mailbox);

impl Sender {
    /// The mailbox.
    pub fn mailbox(&self) -> Mailbox {
        self.0.clone()
    }
}

impl Value for Sender {
    const ALLOWED: &'static str = "an e-mail address, such as Affianco <avvisi@example.it>";

    fn read(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }
}

/// A text that is shown to nobody.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text, for the one who needs it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl Value for Secret {
    const ALLOWED: &'static str = "a text";

    fn read(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    fn shown(_: &str) -> String {
        "(hidden)".to_owned()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(text: &str) -> Option<(String, u16, Protection)> {
        match MailRoute::read(text)? {
            MailRoute::Smtp(Relay { host, port, protection }) => Some((host, port, protection)),
            _ => None,
        }
    }

    #[test]
    fn only_this_machine_is_reached_without_tls() {
        let is = |host: &str, port, protection| Some((host.to_owned(), port, protection));
        assert_eq!(route("smtps://mail.example.it"), is("mail.example.it", 465, Protection::Tls));
        assert_eq!(route("smtps://127.0.0.1"), is("127.0.0.1", 465, Protection::Tls));
        assert_eq!(route("smtp://mail.example.it"), is("mail.example.it", 587, Protection::StartTls));
        assert_eq!(route("smtp://mail.example.it:2525"), is("mail.example.it", 2525, Protection::StartTls));
        assert_eq!(route("smtp://localhost:2525"), is("localhost", 2525, Protection::Loopback));
        assert_eq!(route("smtp://127.0.0.1"), is("127.0.0.1", 25, Protection::Loopback));
        assert_eq!(route("smtp://[::1]:2525"), is("::1", 2525, Protection::Loopback));
    }

    #[test]
    fn what_is_no_way_out_is_refused() {
        for wrong in
            ["on", "mail.example.it", "http://mail.example.it", "smtp://", "smtp://h/path", "smtp://h?x", "smtp://h:port", "smtps://a:b@h"]
        {
            assert_eq!(MailRoute::read(wrong), None, "{wrong}");
        }
        assert_eq!([MailRoute::read("off"), MailRoute::read("files")], [Some(MailRoute::Off), Some(MailRoute::Files)]);
    }

    #[test]
    fn a_password_is_never_shown_wherever_it_was_put() {
        assert!(!MailRoute::shown("smtps://anna:word@mail").contains("word"));
        assert_eq!(Secret::shown("word"), "(hidden)");
        assert_eq!(format!("{:?}", Secret::read("word")), "Some(Secret(…))");
    }

    #[test]
    fn a_sender_is_an_address_with_or_without_a_name() {
        assert_eq!(
            Sender::read("Affianco <avvisi@example.it>").map(|sender| sender.mailbox().email.to_string()),
            Some("avvisi@example.it".to_owned())
        );
        assert!(Sender::read("avvisi@example.it").is_some() && Sender::read("avvisi").is_none());
    }
}
