//! A state is always an icon, a word and a colour.

use leptos::prelude::*;

use super::Icon;
use crate::domain::{
    activity::ActivityState,
    document::DocumentState,
    dossier::{DossierStatus, payment::Readiness},
    provider::Standing,
    request::RequestState,
    session::SessionState,
    text::days_left,
};

/// How a state looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    modifier: &'static str,
    icon: &'static str,
    word: &'static str,
}

impl Look {
    /// The class that gives its colours.
    pub fn class(self) -> &'static str {
        self.modifier
    }

    /// Its icon.
    pub fn icon(self) -> &'static str {
        self.icon
    }
}

/// Days from which a deadline is near.
const NEAR: i64 = 3;

impl From<(RequestState, Option<i64>)> for Look {
    fn from((state, days): (RequestState, Option<i64>)) -> Self {
        let (modifier, icon) = match state {
            RequestState::Pending => (
                match days {
                    Some(..=0) => "state--pending-last",
                    Some(..=NEAR) => "state--pending-soon",
                    _ => "state--pending",
                },
                "af-hourglass",
            ),
            RequestState::Admitted => ("state--admitted", "it-check-circle"),
            RequestState::Refused => ("state--refused", "it-close-circle"),
            RequestState::Lapsed => ("state--lapsed", "it-clock"),
            RequestState::Withdrawn => ("state--withdrawn", "it-arrow-left-circle"),
        };
        Self { modifier, icon, word: state.label() }
    }
}

impl From<SessionState> for Look {
    fn from(state: SessionState) -> Self {
        let (modifier, icon) = match state {
            SessionState::Entered => ("state--entered", "it-pencil"),
            SessionState::Scheduled => ("state--scheduled", "it-calendar"),
            SessionState::Started => ("state--started", "af-play"),
            SessionState::Delivered => ("state--delivered", "it-check"),
            SessionState::Cancelled => ("state--cancelled", "it-ban"),
            SessionState::NotDelivered => ("state--not-delivered", "it-close"),
        };
        Self { modifier, icon, word: state.label() }
    }
}

impl From<ActivityState> for Look {
    fn from(state: ActivityState) -> Self {
        let (modifier, icon) = match state {
            ActivityState::NotStarted => ("state--not-started", "af-circle"),
            ActivityState::InProgress => ("state--in-progress", "af-half-circle"),
            ActivityState::Closed => ("state--closed", "it-lock"),
        };
        Self { modifier, icon, word: state.label() }
    }
}

impl From<DocumentState> for Look {
    fn from(state: DocumentState) -> Self {
        let (modifier, icon) = match state {
            DocumentState::Current => ("state--admitted", "it-check-circle"),
            DocumentState::Superseded => ("state--closed", "it-lock"),
        };
        Self { modifier, icon, word: state.label() }
    }
}

impl From<DossierStatus> for Look {
    fn from(status: DossierStatus) -> Self {
        let (modifier, icon) = match status {
            DossierStatus::Running => ("state--in-progress", "af-half-circle"),
            DossierStatus::Concluded => ("state--admitted", "it-check-circle"),
            DossierStatus::Interrupted => ("state--refused", "it-close-circle"),
            DossierStatus::Expired => ("state--lapsed", "it-clock"),
            DossierStatus::ReadOnly => ("state--closed", "it-lock"),
        };
        Self { modifier, icon, word: status.label() }
    }
}

impl From<Readiness> for Look {
    fn from(readiness: Readiness) -> Self {
        let (modifier, icon) = match readiness {
            Readiness::Ready => ("state--delivered", "it-check-circle"),
            Readiness::Blocked => ("state--pending-soon", "it-warning-circle"),
        };
        Self { modifier, icon, word: readiness.label() }
    }
}

impl From<Standing> for Look {
    fn from(standing: Standing) -> Self {
        let (modifier, icon) = match standing {
            Standing::Active => ("state--admitted", "it-check-circle"),
            Standing::Suspended => ("state--refused", "it-close-circle"),
        };
        Self { modifier, icon, word: standing.label() }
    }
}

/// A state of a request (with its days left), a session, an activity, a dossier, its payment or a provider.
#[component]
pub fn StateBadge(
    /// The state.
    #[prop(into)]
    state: Look,
) -> impl IntoView {
    view! { <span class=format!("state {}", state.modifier)><Icon name=state.icon/>{state.word}</span> }
}

/// The days left to decide, beside a state.
#[component]
pub fn Due(
    /// 0 is the last day.
    days: i64,
) -> impl IntoView {
    let class = match days {
        ..=0 => "due due--last",
        1..=NEAR => "due due--soon",
        _ => "due",
    };
    view! { <span class=class>{days_left(days)}</span> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r7_a_pending_request_is_amber_from_three_days_and_red_on_the_last() {
        let modifier = |days| Look::from((RequestState::Pending, Some(days))).modifier;
        assert_eq!([4, 3, 1, 0].map(modifier), ["state--pending", "state--pending-soon", "state--pending-soon", "state--pending-last"]);
    }
}
