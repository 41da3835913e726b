//! A session as lists show it, with the actions that this actor finds offered.

use app::domain::{
    ids::SiteId,
    person::PersonName,
    provider::Actor,
    session::{Action, Proposal, SessionRow, Surroundings, last_day, offered},
};

use super::super::{audit::reason_in_words, policy};
use crate::store::records::SessionRecord;

/// What is needed to show the sessions of a dossier to an actor.
pub(in crate::services) struct View<'a> {
    /// Who looks.
    pub actor: &'a Actor,
    /// The dossier's site.
    pub site: SiteId,
    /// The dossier's facts.
    pub around: &'a Surroundings,
}

impl View<'_> {
    /// A row of a list.
    pub fn row(&self, session: &SessionRecord, opal_code: &str, person: &PersonName, activity_name: &str) -> SessionRow {
        SessionRow {
            id: session.id,
            dossier: session.opal,
            opal_code: opal_code.to_owned(),
            person: person.clone(),
            activity: session.activity,
            activity_name: activity_name.to_owned(),
            coach: session.coach,
            coach_name: session.coach_name.clone(),
            span: session.span,
            note: session.note.clone(),
            state: session.state,
            version: session.version,
            late_days: session.late_days,
            started_at: session.started_local,
            completed_at: session.completed_local,
            description: session.description.clone(),
            end_reason: session.end_reason.map(|reason| reason_in_words(reason, session.end_text.as_deref())),
            replaces: session.replaces,
            replaced: session.replaced,
            last_day: last_day(&self.around.rulebook, session.span.on()),
            actions: self.actions(session),
        }
    }

    /// What the state and the rules offer, as far as this actor may do it.
    fn actions(&self, session: &SessionRecord) -> Vec<Action> {
        let proposal = Proposal::of(session.id, session.activity, session.coach, session.span, &session.note);
        let offered = offered(session.state, &proposal, self.around).into_iter();
        offered.filter(|action| policy::may(self.actor, *action, self.site, session.coach)).collect()
    }
}
