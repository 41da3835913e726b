//! Which actions on a session are worth a button: what its state allows and the rules would let pass once its form is filled in.

use super::{Action, Proposal, SessionState, Surroundings, Words, check, last_day};

/// The actions to offer, in the order of the buttons. Planning is judged when it is asked for, so that why a session cannot be programmed (R19) is
/// told and not hidden; what no form could mend (R23, R38) is not offered.
pub fn offered(state: SessionState, session: &Proposal, around: &Surroundings) -> Vec<Action> {
    let today = around.now.today();
    let running = around.dossier.runs(today);
    let filled_in = Words { description: "-", has_reason: true };
    let passes = |action: &Action| match action {
        Action::Enter | Action::Modify => running,
        Action::Schedule => running && session.on.is_some_and(|on| today <= last_day(&around.rulebook, on)),
        action => check(*action, state, session, filled_in, around).allows(),
    };
    state.offers(around.supervises).into_iter().filter(passes).collect()
}
