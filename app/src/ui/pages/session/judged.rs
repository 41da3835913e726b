//! What the form of a session makes of the rules' answer: which field each finding belongs to, and what is worth saying already.

use crate::domain::{
    ids::SessionId,
    rulebook::{ActivityCode, Finding, Reason, Verdict},
    session::{Action, SessionField as Field, SessionForm, SessionState, Slot, Surroundings, Words, check, suggest},
    text::hours,
    time::Span,
};

/// Where a finding is put right; the date, when it is about the whole.
pub fn field_of(finding: &Finding) -> Field {
    match &finding.reason {
        Reason::Missing { field } => *field,
        Reason::CoachNotActive => Field::Coach,
        Reason::NoteTooLong { .. } | Reason::NoPlace => Field::Note,
        Reason::OutsideWindow { from, earliest, .. } if from < earliest => Field::From,
        Reason::PersonHours { from, earliest: Some(earliest), .. } if from < earliest => Field::From,
        Reason::Overlap { .. } => Field::From,
        Reason::OffStep { .. }
        | Reason::DayCap { .. }
        | Reason::WeekCap { .. }
        | Reason::PersonDay { .. }
        | Reason::PersonWeek { .. }
        | Reason::PersonHours { .. }
        | Reason::OverAgreed { .. }
        | Reason::EndsBeforeStart
        | Reason::OutsideWindow { .. } => Field::To,
        _ => Field::On,
    }
}

/// Whether the finding only says that a field is still empty.
pub fn is_missing(finding: &Finding) -> bool {
    matches!(finding.reason, Reason::Missing { .. })
}

/// What the form asks for: a new session, or a change of `own`.
fn action(own: Option<SessionId>) -> Action {
    if own.is_some() { Action::Modify } else { Action::Enter }
}

/// Runs the rules on what is typed: as a new session, or as a change of `own`.
pub fn judge(form: &SessionForm, own: Option<SessionId>, activity: ActivityCode, around: &Surroundings) -> Verdict {
    check(action(own), SessionState::Entered, &form.read().proposal(own, activity), Words::default(), around)
}

/// What instead, when the rules refuse the time that is typed.
pub fn slots(form: &SessionForm, own: Option<SessionId>, activity: ActivityCode, around: &Surroundings) -> Vec<Slot> {
    suggest(action(own), &form.read().proposal(own, activity), around)
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
    /// What is left of it, or by how much it is passed.
    pub left: String,
    /// Whether it is passed.
    pub over: bool,
}

/// Day, week, activity, coach: with the typed session counted in. Needs a date; the times may be missing.
pub fn meters(form: &SessionForm, own: Option<SessionId>, activity: ActivityCode, around: &Surroundings) -> Vec<Meter> {
    let input = form.read();
    let Some(on) = input.on else { return Vec::new() };
    let typed = typed_span(form).map_or(0, Span::minutes);
    let book = around.book(Some(on));
    let taken = around.time_used(on, input.coach, own);
    let meter =
        |label, taken, limit| Meter { label, taken: hours(taken), limit: hours(limit), left: left(taken, limit), over: taken > limit };
    let mut meters = Vec::new();
    // Nothing is said of days whose facts are still on their way.
    if around.horizon.covers(on) {
        meters.push(meter("Nel giorno", taken.person_day + typed, book.day_cap));
        meters.push(meter("Nella settimana", taken.person_week + typed, book.week_cap));
    }
    if let Some(frame) = around.activity(activity) {
        let balance = around.balance(frame, own);
        meters.push(meter("Attività", balance.used() + balance.entered + typed, frame.agreed));
    }
    if around.coaches.iter().any(|coach| Some(coach.id) == input.coach && around.knows(coach, on)) {
        meters.push(meter("Operatore nel giorno", taken.coach_day + typed, book.coach_day_cap));
    }
    meters
}

/// What is left of a limit, in words.
fn left(taken: u32, limit: u32) -> String {
    match limit.checked_sub(taken) {
        Some(left) => format!("restano {}", hours(left)),
        None => format!("{} in più", hours(taken - limit)),
    }
}

/// The span of what is typed, once date and times make one.
pub fn typed_span(form: &SessionForm) -> Option<Span> {
    let input = form.read();
    Span::new(input.on?, input.from?, input.to?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        activity::ActivityFrame,
        dossier::DossierFrame,
        ids::CoachId,
        provider::Coach,
        rulebook::Rulebook,
        session::{Horizon, SessionFacts},
        time::LocalInstant,
    };
    use uuid::Uuid;

    const ACTIVITY: ActivityCode = ActivityCode::OnTheJobTraining;

    /// Monday 23 November 2026; one session of three hours on Tuesday.
    fn around() -> Surroundings {
        let day = |text: &str| text.parse().unwrap();
        let coach = CoachId(Uuid::from_u128(1));
        let span = Span::new(day("2026-11-24"), "09:00:00".parse().unwrap(), "12:00:00".parse().unwrap()).unwrap();
        Surroundings {
            rulebook: Rulebook::builtin(),
            limits: None,
            site: Uuid::from_u128(3).into(),
            site_town: "Padova".to_owned(),
            workplaces: vec![crate::domain::dossier::Workplace { since: day("2026-11-01"), town: "Este".to_owned() }],
            horizon: Horizon::search(Some(coach), span.on()),
            now: LocalInstant("2026-11-23T10:00:00".parse().unwrap()),
            manages: true,
            supervises: false,
            dossier: DossierFrame {
                admitted_on: day("2026-11-01"),
                valid_from: day("2026-11-01"),
                valid_to: day("2027-10-31"),
                interrupted_on: None,
            },
            activities: vec![ActivityFrame { code: ACTIVITY, agreed: 44 * 60, at_employer: true, closed: false }],
            sessions: vec![SessionFacts {
                id: SessionId(Uuid::from_u128(2)),
                activity: ACTIVITY,
                coach,
                span,
                state: SessionState::Scheduled,
            }],
            elsewhere: Vec::new(),
            coaches: vec![Coach {
                id: coach,
                name: "Marta Bianchi".to_owned(),
                site: Uuid::from_u128(3).into(),
                active_from: day("2026-01-01"),
                active_to: None,
            }],
        }
    }

    fn typed() -> SessionForm {
        SessionForm {
            coach: Uuid::from_u128(1).to_string(),
            on: "2026-11-24".to_owned(),
            from: "14:00".to_owned(),
            to: "16:30".to_owned(),
            note: "Officina".to_owned(),
        }
    }

    #[test]
    fn r15_every_empty_field_is_named_beside_itself() {
        let verdict = judge(&SessionForm::default(), None, ACTIVITY, &around());
        let fields: Vec<_> = verdict.blocks.iter().filter(|finding| is_missing(finding)).map(field_of).collect();
        assert_eq!(fields, [Field::Coach, Field::On, Field::From, Field::To]);
    }

    #[test]
    fn the_meters_count_what_is_typed_beside_what_is_taken() {
        let meters = meters(&typed(), None, ACTIVITY, &around());
        let hours_of: Vec<_> = meters.iter().map(|meter| (meter.taken.clone(), meter.limit.clone())).collect();
        let line = |taken, limit| (hours(taken), hours(limit));
        assert_eq!(hours_of, [line(330, 480), line(330, 2400), line(330, 2640), line(330, 480)]);
    }

    #[test]
    fn nothing_is_said_of_a_day_whose_facts_are_not_here_yet() {
        let far = SessionForm { on: "2027-01-12".to_owned(), ..typed() };
        let labels: Vec<_> = meters(&far, None, ACTIVITY, &around()).into_iter().map(|meter| meter.label).collect();
        assert_eq!(labels, ["Attività"]);
    }

    #[test]
    fn a_session_being_changed_is_not_counted_twice() {
        let own = around().sessions.first().map(|session| session.id);
        let meters = meters(&typed(), own, ACTIVITY, &around());
        assert!(meters.iter().all(|meter| meter.taken == hours(150)), "{meters:?}");
    }

    #[test]
    fn r26_a_meter_past_its_limit_says_so() {
        let form = SessionForm { from: "12:00".to_owned(), to: "18:00".to_owned(), ..typed() };
        let over: Vec<_> =
            meters(&form, None, ACTIVITY, &around()).into_iter().filter(|meter| meter.over).map(|meter| meter.label).collect();
        assert_eq!(over, ["Nel giorno", "Operatore nel giorno"]);
    }
}
