//! Who may do what, as `Actor` decides it, turned into answers: what an actor may not know of does not exist.

use app::{
    domain::{
        document::DocumentKind,
        ids::{CoachId, SiteId},
        provider::{Actor, Scope},
        session::Action,
    },
    ports::PortError,
};

use super::transact::Attempt;

/// The actor's reach; without one there is nothing to find.
pub(super) fn reach(actor: &Actor) -> Attempt<Scope> {
    Ok(actor.scope().ok_or(PortError::NotFound)?)
}

/// The reach of an actor that reads requests (R2).
pub(super) fn request_reach(actor: &Actor) -> Attempt<Scope> {
    if actor.reads_requests() { reach(actor) } else { Err(PortError::NotFound.into()) }
}

/// The reach of an actor that accounts for payment.
pub(super) fn payment_reach(actor: &Actor) -> Attempt<Scope> {
    if actor.accounts_for_payment() { reach(actor) } else { Err(PortError::NotFound.into()) }
}

/// Whether the actor sees the sessions of that coach.
pub(super) fn sees(actor: &Actor, coach: CoachId) -> bool {
    actor.coach.is_none_or(|own| own == coach)
}

/// Only those who manage the site go on (R13).
pub(super) fn manages(actor: &Actor, site: SiteId) -> Attempt<()> {
    if actor.manages(site) { Ok(()) } else { Err(PortError::Forbidden.into()) }
}

/// Only those who write documents for the site go on; nobody else knows of them.
pub(super) fn writes_documents(actor: &Actor, site: SiteId) -> Attempt<()> {
    if actor.writes_documents(site) { Ok(()) } else { Err(PortError::NotFound.into()) }
}

/// Only who issues such a document goes on.
pub(super) fn issues_document(actor: &Actor, site: SiteId, kind: DocumentKind) -> Attempt<()> {
    if actor.issues(site, kind) { Ok(()) } else { Err(PortError::Forbidden.into()) }
}

/// Only who may read such a document goes on; nobody else knows of it.
pub(super) fn reads_document(actor: &Actor, site: SiteId, kind: DocumentKind) -> Attempt<()> {
    if actor.reads_document(site, kind) { Ok(()) } else { Err(PortError::NotFound.into()) }
}

/// Only who keeps the rulebook goes on.
pub(super) fn publishes_rulebook(actor: &Actor) -> Attempt<()> {
    if actor.publishes_rulebook() { Ok(()) } else { Err(PortError::Forbidden.into()) }
}

/// Only who says which providers are on the list goes on; nobody else knows of that page.
pub(super) fn keeps_providers(actor: &Actor) -> Attempt<()> {
    if actor.keeps_providers() { Ok(()) } else { Err(PortError::NotFound.into()) }
}

/// Whether the actor may take an action on a session of that coach at that site: planning is the office's, delivering also the coach's.
pub(super) fn may(actor: &Actor, action: Action, site: SiteId, coach: CoachId) -> bool {
    match action {
        Action::Enter | Action::Modify | Action::Schedule | Action::Cancel => actor.manages(site),
        Action::Start | Action::Complete | Action::CloseNegative => actor.delivers(site, coach),
    }
}
