//! Who acts, and what this actor may see and do. The one place where permission is decided.

use serde::{Deserialize, Serialize};

use crate::domain::{
    document::DocumentKind,
    ids::{AccountId, CoachId, ProviderId, SiteId},
};

/// What somebody is to the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Works at one or more sites of a provider (operatore).
    Operator,
    /// Answers for all sites of a provider (responsabile dell'ente).
    ProviderAdministrator,
    /// Delivers sessions (job coach).
    Coach,
    /// Keeps the rulebook and the catalogue (amministratore di sistema).
    SystemAdministrator,
}

impl Role {
    /// The word on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Operator => "Operatore",
            Self::ProviderAdministrator => "Responsabile dell'ente",
            Self::Coach => "Job coach",
            Self::SystemAdministrator => "Amministratore di sistema",
        }
    }
}

/// Somebody signed in. Only the server makes one, from a valid sign-in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The account.
    pub account: AccountId,
    /// The name shown and written in the history.
    pub name: String,
    /// What the actor is.
    pub role: Role,
    /// The provider the actor works for; `None` for the system administrator.
    pub provider: Option<ProviderId>,
    /// The provider's name.
    pub provider_name: Option<String>,
    /// The sites the actor works at; all of the provider's for its administrator.
    pub sites: Vec<SiteId>,
    /// The names of those sites.
    pub site_names: Vec<String>,
    /// The coach this account is, for a coach.
    pub coach: Option<CoachId>,
}

/// The part of a provider's data that an actor reads: part of every list's query, so that no list can leak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Only this provider's rows.
    pub provider: ProviderId,
    /// Only rows of these sites.
    pub sites: Vec<SiteId>,
    /// Only dossiers in which this coach has a session.
    pub coach: Option<CoachId>,
}

/// The providers that an actor looks over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oversight {
    /// Its own.
    Own(ProviderId),
    /// All of them.
    Everyone,
}

impl Oversight {
    /// Whether it covers that provider.
    pub fn covers(self, provider: ProviderId) -> bool {
        self.only().is_none_or(|own| own == provider)
    }

    /// The one provider it is narrowed to.
    pub fn only(self) -> Option<ProviderId> {
        match self {
            Self::Own(provider) => Some(provider),
            Self::Everyone => None,
        }
    }
}

impl Actor {
    /// What the actor reads of requests and dossiers (R2, R13); `None`: nothing at all.
    pub fn scope(&self) -> Option<Scope> {
        let provider = self.provider?;
        match self.role {
            Role::SystemAdministrator => None,
            Role::Operator | Role::ProviderAdministrator => Some(Scope { provider, sites: self.sites.clone(), coach: None }),
            Role::Coach => Some(Scope { provider, sites: self.sites.clone(), coach: Some(self.coach?) }),
        }
    }

    /// Whether the actor sees the requests addressed to that site (R2): a coach works on admitted dossiers only.
    pub fn reads_requests(&self) -> bool {
        matches!(self.role, Role::Operator | Role::ProviderAdministrator)
    }

    /// Whether the actor accounts for what the sites delivered, and takes it away as a file: the office's work, not a coach's.
    pub fn accounts_for_payment(&self) -> bool {
        matches!(self.role, Role::Operator | Role::ProviderAdministrator)
    }

    /// Whether the actor admits, refuses, enters, modifies, schedules and closes for that site (R13).
    pub fn manages(&self, site: SiteId) -> bool {
        matches!(self.role, Role::Operator | Role::ProviderAdministrator) && self.sites.contains(&site)
    }

    /// Whether the actor writes outputs and the report of a dossier of that site within reach: its coaches draft them, too.
    pub fn writes_documents(&self, site: SiteId) -> bool {
        self.manages(site) || (self.role == Role::Coach && self.coach.is_some())
    }

    /// Whether the actor issues a document of a dossier of that site within reach: the office all of them, a coach only the report (R34).
    pub fn issues(&self, site: SiteId, kind: DocumentKind) -> bool {
        self.manages(site) || (kind == DocumentKind::FinalReport && self.writes_documents(site))
    }

    /// Whether the actor reads an issued document of a dossier of that site within reach: a coach what coaches write, but not the sessions
    /// of others.
    pub fn reads_document(&self, site: SiteId, kind: DocumentKind) -> bool {
        self.manages(site) || (kind.is_written() && self.writes_documents(site))
    }

    /// Whether the actor starts, completes and closes negatively a session of that coach at that site.
    pub fn delivers(&self, site: SiteId, coach: CoachId) -> bool {
        self.manages(site) || (self.role == Role::Coach && self.coach == Some(coach))
    }

    /// Whether the actor gives out the link to a coach's calendar: the coach itself, and who answers for the provider.
    pub fn shares_calendar_of(&self, coach: CoachId) -> bool {
        self.coach == Some(coach) || self.role == Role::ProviderAdministrator
    }

    /// Whether the actor may take back a session that was started by mistake (R22).
    pub fn supervises(&self) -> bool {
        self.role == Role::ProviderAdministrator
    }

    /// Whose refusals the actor looks over (R8); `None`: nobody's.
    pub fn oversight(&self) -> Option<Oversight> {
        match self.role {
            Role::ProviderAdministrator => self.provider.map(Oversight::Own),
            Role::SystemAdministrator => Some(Oversight::Everyone),
            Role::Operator | Role::Coach => None,
        }
    }

    /// Whether the actor publishes versions of the rulebook; everyone reads it.
    pub fn publishes_rulebook(&self) -> bool {
        self.role == Role::SystemAdministrator
    }

    /// Whether the actor says which providers are on the list (R40).
    pub fn keeps_providers(&self) -> bool {
        self.role == Role::SystemAdministrator
    }

    /// The letters shown beside the name where there is no room for it.
    pub fn initials(&self) -> String {
        self.name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect()
    }
}
