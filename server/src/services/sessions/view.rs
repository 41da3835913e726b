//! A session as lists show it, with the actions that this actor finds offered.

use app::domain::{
    ids::SiteId,
    person::PersonName,
    provider::Actor,
    rulebook::Rulebook,
    session::{Action, Proposal, SessionRow, Surroundings, Words, check},
    time::plus_days,
};
use chrono::NaiveDate;

use super::super::{audit::reason_in_words, policy};
use crate::store::records::SessionRecord;

/// What is needed to show the sessions of a dossier to an actor.
pub(in crate::services) struct View<'a> {
    /// The rules.
    pub rulebook: &'a Rulebook,
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
            last_day: self.last_day(session),
            actions: self.actions(session),
        }
    }

    /// R23: the last day for acting on it.
    fn last_day(&self, session: &SessionRecord) -> NaiveDate {
        let on = session.span.on();
        plus_days(on, self.rulebook.on(on).regularisation_days)
    }

    /// What the state offers, the actor may do and the rules would let pass once its form is filled in. Planning is judged when it is asked for:
    /// why a session cannot be programmed (R19) is told, not hidden.
    fn actions(&self, session: &SessionRecord) -> Vec<Action> {
        let today = self.around.now.today();
        let filled_in = Words { description: "-", has_reason: true };
        let proposal = Proposal {
            id: Some(session.id),
            activity: session.activity,
            coach: Some(session.coach),
            on: Some(session.span.on()),
            from: Some(session.span.from()),
            to: Some(session.span.to()),
            note: session.note.clone(),
        };
        let passes = |action: &Action| match action {
            Action::Enter | Action::Modify => today < self.around.dossier.closed_from(),
            Action::Schedule => today < self.around.dossier.closed_from() && today <= self.last_day(session),
            action => check(self.rulebook, *action, session.state, &proposal, filled_in, self.around).allows(),
        };
        let offered = session.state.offers(self.actor.supervises()).into_iter();
        offered.filter(|action| policy::may(self.actor, *action, self.site, session.coach)).filter(passes).collect()
    }
}
