//! The facts around the form, asked of the server once for each coach and week; the last ones stay while the next are on their way.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    api::{self, ApiError},
    domain::{
        ids::{CoachId, OpalId},
        session::{Horizon, Surroundings},
        time::Week,
    },
    ui::browser::debounced,
};

/// How long the form must rest before the server is asked, in milliseconds.
const REST_MILLIS: u32 = 250;

/// What is known, and whether more is on its way.
#[derive(Clone, Copy)]
pub struct Around {
    /// The last facts.
    pub facts: RwSignal<Option<Surroundings>>,
    /// Whether the facts of what is typed are still on their way.
    pub loading: RwSignal<bool>,
    /// Why they did not arrive.
    pub failed: RwSignal<Option<ApiError>>,
}

impl Around {
    /// Follows the coach and the week of the form; asks in the browser only.
    pub fn follow(dossier: OpalId, wanted: Memo<(Option<CoachId>, Week)>) -> Self {
        let around = Self { facts: RwSignal::new(None), loading: RwSignal::new(true), failed: RwSignal::new(None) };
        let ask = move |(coach, week): (Option<CoachId>, Week)| {
            spawn_local(async move {
                let answer = api::session::surroundings(dossier, Horizon::search(coach, week.monday())).await;
                // An answer to an older question is dropped, and so is one that comes when the page is gone.
                if wanted.try_get_untracked() != Some((coach, week)) {
                    return;
                }
                match answer {
                    Ok(facts) => {
                        around.facts.set(Some(facts));
                        around.failed.set(None);
                    }
                    Err(error) => around.failed.set(Some(error)),
                }
                around.loading.set(false);
            });
        };
        let ask_later = debounced(REST_MILLIS, ask);
        Effect::new(move |asked: Option<()>| {
            let wanted = wanted.get();
            around.loading.set(true);
            match asked {
                None => ask(wanted),
                Some(()) => ask_later(wanted),
            }
        });
        around
    }
}
