//! Typed identifiers: an id of one kind cannot be passed where another is meant.

/// Declares a newtype over a UUID that travels as plain text.
macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<uuid::Uuid> for $name {
            fn from(id: uuid::Uuid) -> Self {
                Self(id)
            }
        }
    )*};
}

id! {
    /// One OPAL: the request of the employment centre and, after admission, the dossier of the same id.
    OpalId;
    /// One dated delivery (erogazione).
    SessionId;
    /// The person with disability.
    PersonId;
    /// The accredited body (ente).
    ProviderId;
    /// A site (sede) of a provider.
    SiteId;
    /// A coach of a provider.
    CoachId;
    /// Somebody who signs in.
    AccountId;
    /// An issued document.
    DocumentId;
    /// A stored file, uploaded or issued.
    FileId;
    /// A document being written.
    DraftId;
    /// A scan of a signed document.
    ScanId;
    /// Something brought to the mind of one account (avviso).
    NoticeId;
    /// What makes a repeated command recognisable: made by the client, once per intention.
    CommandKey;
}
