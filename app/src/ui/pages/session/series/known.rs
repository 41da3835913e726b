//! The time of the person and of one coach over the whole voucher: asked of the server once for each coach, and again after a refusal.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    api::{self, ApiError},
    domain::{
        dossier::DossierFrame,
        ids::{CoachId, OpalId},
        session::{Horizon, Surroundings},
    },
};

/// What is known of the chosen coach.
#[derive(Clone, Copy)]
pub struct Known {
    /// The facts, once they are there; never those of another coach.
    pub facts: RwSignal<Option<Surroundings>>,
    /// Why they did not arrive.
    pub failed: RwSignal<Option<ApiError>>,
    again: RwSignal<()>,
}

impl Known {
    /// Follows the coach of the form; asks in the browser only.
    pub fn follow(dossier: OpalId, frame: DossierFrame, coach: Memo<Option<CoachId>>) -> Self {
        let known = Self { facts: RwSignal::new(None), failed: RwSignal::new(None), again: RwSignal::new(()) };
        Effect::new(move |before: Option<Option<CoachId>>| {
            known.again.track();
            let wanted = coach.get();
            known.failed.set(None);
            if before != Some(wanted) {
                known.facts.set(None);
            }
            if wanted.is_some() {
                spawn_local(async move {
                    // No session comes before the admission (R10) or after the voucher (R38).
                    let answer = api::session::surroundings(dossier, Horizon::days(wanted, frame.admitted_on, frame.valid_to)).await;
                    // The answer for an earlier coach is dropped, and so is one that comes when the page is gone.
                    if coach.try_get_untracked() == Some(wanted) {
                        match answer {
                            Ok(facts) => known.facts.set(Some(facts)),
                            Err(error) => known.failed.set(Some(error)),
                        }
                    }
                });
            }
            wanted
        });
        known
    }

    /// Asks anew; what is known stays until the answer comes.
    pub fn ask_again(self) {
        self.again.notify();
    }
}
