//! Agenda: the calendar of sessions, what a free hour of it needs, and the link by which other programs read a coach's.

use async_trait::async_trait;

use super::PortResult;
use crate::domain::{
    agenda::{ActivityChoice, Calendar, CalendarQuery, DossierChoice, feed::Feed},
    ids::{CoachId, OpalId},
    provider::Actor,
};

/// Agenda.
#[async_trait]
pub trait Calendars: Send + Sync {
    /// A day or a week of a coach, of a person or of the site.
    async fn open(&self, actor: &Actor, query: CalendarQuery) -> PortResult<Calendar>;
    /// The dossiers in progress, to choose from.
    async fn dossiers(&self, actor: &Actor) -> PortResult<Vec<DossierChoice>>;
    /// The activities of a dossier in which sessions can be entered, to choose from.
    async fn activities(&self, actor: &Actor, dossier: OpalId) -> PortResult<Vec<ActivityChoice>>;
    /// Makes a new link to a coach's calendar and answers its secret, which is kept nowhere; the one before leads nowhere from then on.
    async fn renew_feed(&self, actor: &Actor, coach: CoachId) -> PortResult<String>;
    /// Takes the link back.
    async fn withdraw_feed(&self, actor: &Actor, coach: CoachId) -> PortResult<()>;
    /// What the link of that secret tells; notes the reading.
    async fn feed(&self, secret: &str) -> PortResult<Feed>;
}
