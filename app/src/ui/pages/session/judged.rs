//! What the form of a session makes of the rules' answer: which field each finding belongs to, and what is worth saying already.

use crate::domain::{
    activity::HoursBalance,
    ids::SessionId,
    rulebook::{ActivityCode, Finding, Reason, Rulebook, Verdict},
    session::{Action, SessionForm, SessionState, Surroundings, Words, check},
    text::hours,
    time::Span,
};

/// The fields of the form, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Operatore.
    Coach,
    /// Data.
    On,
    /// Ora inizio.
    From,
    /// Ora fine.
    To,
    /// Note.
    Note,
}

impl Field {
    /// Its name and id in the page: that of the domain's form.
    pub fn name(self) -> &'static str {
        match self {
            Self::Coach => "coach",
            Self::On => "on",
            Self::From => "from",
            Self::To => "to",
            Self::Note => "note",
        }
    }
}

/// Where a finding is put right; the date, when it is about the whole.
pub fn field_of(finding: &Finding) -> Field {
    match &finding.reason {
        Reason::Missing { field } => match field.as_str() {
            "l'operatore" => Field::Coach,
            "l'ora di inizio" => Field::From,
            "l'ora di fine" => Field::To,
            _ => Field::On,
        },
        Reason::CoachNotActive => Field::Coach,
        Reason::NoteTooLong { .. } | Reason::NoPlace => Field::Note,
        Reason::OffStep { .. } | Reason::DayCap { .. } | Reason::WeekCap { .. } | Reason::OverAgreed { .. } | Reason::EndsBeforeStart => Field::To,
        Reason::OutsideWindow { from, earliest, .. } if from < earliest => Field::From,
        Reason::OutsideWindow { .. } => Field::To,
        Reason::Overlap { .. } => Field::From,
        _ => Field::On,
    }
}

/// Whether the finding only says that a field is still empty.
pub fn is_missing(finding: &Finding) -> bool {
    matches!(finding.reason, Reason::Missing { .. })
}

/// Runs the rules on what is typed: as a new session, or as a change of `own`.
pub fn judge(form: &SessionForm, own: Option<SessionId>, activity: ActivityCode, around: &Surroundings) -> Verdict {
    let action = if own.is_some() { Action::Modify } else { Action::Enter };
    check(&Rulebook::builtin(), action, SessionState::Entered, &form.read().proposal(own, activity), Words::default(), around)
}

/// One line under the form: how much of a limit is taken with what is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meter {
    /// Whose or what limit.
    pub label: &'static str,
    /// Minutes taken, the typed ones included.
    pub taken: String,
    /// The limit.
    pub limit: String,
    /// Whether it is passed.
    pub over: bool,
}

/// Oggi, settimana, attività, operatore: with the typed session counted in. Needs a date; the times may be missing.
pub fn meters(form: &SessionForm, own: Option<SessionId>, activity: ActivityCode, around: &Surroundings) -> Vec<Meter> {
    let input = form.read();
    let Some(on) = input.on else { return Vec::new() };
    let typed = typed_span(form).map_or(0, Span::minutes);
    let rulebook = Rulebook::builtin();
    let book = rulebook.on(on);
    let taken = around.time_used(on, input.coach, own);
    let meter = |label, taken, limit| Meter { label, taken: hours(taken), limit: hours(limit), over: taken > limit };
    let mut meters = vec![
        meter("Oggi", taken.person_day + typed, book.day_cap),
        meter("settimana", taken.person_week + typed, book.week_cap),
    ];
    if let Some(frame) = around.activity(activity) {
        let own_sessions = around.others(own).filter(|session| session.activity == activity);
        let balance = HoursBalance::of(frame.agreed, own_sessions.map(|session| (session.state, session.span.minutes())));
        meters.push(meter("attività", balance.used() + balance.entered + typed, frame.agreed));
    }
    if input.coach.is_some() {
        meters.push(meter("operatore, oggi", taken.coach_day + typed, book.day_cap));
    }
    meters
}

/// The span of what is typed, once date and times make one.
pub fn typed_span(form: &SessionForm) -> Option<Span> {
    let input = form.read();
    Span::new(input.on?, input.from?, input.to?)
}
