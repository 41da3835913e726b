//! The rules of every action on a session, as the table of contracts.md lists them. Runs in the browser while typing and in the writing transaction.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::{Action, DESCRIPTION_LIMIT, NOTE_LIMIT, SessionState, Surroundings};
use crate::domain::{
    activity::HoursBalance,
    ids::{CoachId, SessionId},
    rulebook::{ActivityCode, Finding, LateEntry, Reason, Rule, Rulebook, RulebookVersion, Verdict, Whose, holiday::national_holiday},
    time::{Span, days_between, minute_of_day, plus_days},
};

/// What the actor wants a session to be, complete or still being typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The session, when it exists already.
    pub id: Option<SessionId>,
    /// The activity it belongs to.
    pub activity: ActivityCode,
    /// Operatore.
    pub coach: Option<CoachId>,
    /// Data.
    pub on: Option<NaiveDate>,
    /// Ora inizio.
    pub from: Option<NaiveTime>,
    /// Ora fine.
    pub to: Option<NaiveTime>,
    /// Note.
    pub note: String,
}

/// What comes with an action that ends a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Words<'a> {
    /// The description for the register, at "Concludi erogazione" (R31).
    pub description: &'a str,
    /// Whether a reason was given, at "Annulla" and "Chiudi negativamente" (R22).
    pub has_reason: bool,
}

/// Judges one action on a session in `state` (that of a new one is *inserita*).
pub fn check(
    rulebook: &Rulebook,
    action: Action,
    state: SessionState,
    proposal: &Proposal,
    words: Words<'_>,
    around: &Surroundings,
) -> Verdict {
    let book = rulebook.on(proposal.on.unwrap_or(around.now.today()));
    let mut check = Check { rulebook, book, action, state, proposal, around, verdict: Verdict::default() };
    check.state();
    if action.plans() {
        check.plan();
    } else {
        check.deliver(words);
    }
    check.verdict.settled()
}

/// One check under way.
struct Check<'a> {
    rulebook: &'a Rulebook,
    book: &'a RulebookVersion,
    action: Action,
    state: SessionState,
    proposal: &'a Proposal,
    around: &'a Surroundings,
    verdict: Verdict,
}

impl Check<'_> {
    fn block(&mut self, rule: Rule, reason: Reason) {
        self.verdict.blocks.push(Finding::new(rule, reason));
    }

    fn warn(&mut self, rule: Rule, reason: Reason) {
        self.verdict.warns.push(Finding::new(rule, reason));
    }

    /// R17, R18, R20, R21, R22: the action must apply to the state.
    fn state(&mut self) {
        if let Err(finding) = self.state.after(self.action) {
            self.verdict.blocks.push(finding);
        }
    }

    /// The rules of enter, modify and schedule.
    fn plan(&mut self) {
        if !self.around.manages {
            self.block(Rule::R13, Reason::OtherSite);
        }
        if self.around.activity(self.proposal.activity).is_none_or(|activity| activity.closed) {
            self.block(Rule::R37, Reason::ActivityClosed);
        }
        self.fields();
        self.voucher();
        if let Some(on) = self.proposal.on {
            self.day(on);
        }
        if let (Some(from), Some(to)) = (self.proposal.from, self.proposal.to) {
            self.times(from, to);
        }
    }

    /// R15: what must be filled in, and what is worth filling in.
    fn fields(&mut self) {
        let proposal = self.proposal;
        let missing = [
            (proposal.coach.is_none(), "l'operatore"),
            (proposal.on.is_none(), "la data"),
            (proposal.from.is_none(), "l'ora di inizio"),
            (proposal.to.is_none(), "l'ora di fine"),
        ];
        for (_, field) in missing.into_iter().filter(|(is_missing, _)| *is_missing) {
            self.block(Rule::R15, Reason::Missing { field: field.to_owned() });
        }
        if let (Some(coach), Some(on)) = (proposal.coach, proposal.on)
            && !self.around.coaches.iter().any(|known| known.id == coach && known.is_active_on(on))
        {
            self.block(Rule::R15, Reason::CoachNotActive);
        }
        let length = proposal.note.chars().count();
        if length > NOTE_LIMIT {
            self.block(Rule::R15, Reason::NoteTooLong { length, limit: NOTE_LIMIT });
        }
        // Scheduling locks what was entered: the place was asked for then.
        let at_employer = self.around.activity(proposal.activity).is_some_and(|activity| activity.at_employer);
        if at_employer && proposal.note.trim().is_empty() {
            self.warn(Rule::R15, Reason::NoPlace);
        }
    }

    /// R38: a closed voucher takes no more sessions, whatever their date.
    fn voucher(&mut self) {
        let dossier = self.around.dossier;
        let today = self.around.now.today();
        if today >= dossier.closed_from() {
            self.block(Rule::R38, Reason::VoucherClosed { valid_to: dossier.valid_to });
        } else if self.proposal.on.is_some_and(|on| on < dossier.valid_from || on > dossier.valid_to) {
            self.block(Rule::R38, Reason::OutsideVoucher { valid_from: dossier.valid_from, valid_to: dossier.valid_to });
        }
    }

    /// The rules about the date: R10, R23, R24, R28.
    fn day(&mut self, on: NaiveDate) {
        let admitted_on = self.around.dossier.admitted_on;
        if on < admitted_on {
            self.block(Rule::R10, Reason::BeforeAdmission { admitted_on });
        }
        let too_late = self.too_late(on);
        let late_by = days_between(on, self.around.now.today());
        if let (false, Ok(days)) = (too_late, u32::try_from(late_by)) {
            match self.book.late_entry {
                LateEntry::Refused => self.block(Rule::R24, Reason::LateEntry { days }),
                LateEntry::Tolerated if self.action != Action::Schedule => self.warn(Rule::R24, Reason::LateEntry { days }),
                LateEntry::Tolerated => {}
            }
        }
        if let Some(holiday) = national_holiday(on) {
            self.block(Rule::R28, Reason::PublicHoliday { on, holiday });
        }
    }

    /// R23: everything about a session is done within the days of regularisation.
    fn too_late(&mut self, on: NaiveDate) -> bool {
        let days = self.book.regularisation_days;
        let last = plus_days(on, days);
        let late = self.around.now.today() > last;
        if late {
            self.block(Rule::R23, Reason::TooLate { on, last, days });
        }
        late
    }

    /// The rules about the times: R25, R27 and, once there is a span, R19, R26, R29, R41.
    fn times(&mut self, from: NaiveTime, to: NaiveTime) {
        if from >= to {
            self.block(Rule::R27, Reason::EndsBeforeStart);
            return;
        }
        let book = self.book;
        if from < book.earliest || to > book.latest {
            self.block(Rule::R27, Reason::OutsideWindow { from, to, earliest: book.earliest, latest: book.latest });
        }
        let whole_minutes = |time: NaiveTime| time == NaiveTime::default() + chrono::TimeDelta::minutes(minute_of_day(time).into());
        let on_step = |time| whole_minutes(time) && minute_of_day(time).is_multiple_of(book.step);
        if !on_step(from) || !on_step(to) {
            self.block(Rule::R25, Reason::OffStep { step: book.step });
        }
        if let Some(span) = self.proposal.on.and_then(|on| Span::new(on, from, to)) {
            self.length(span);
            self.overlap(span);
        }
    }

    /// R19, R26, R29: hours of the activity, of the day and of the week.
    fn length(&mut self, span: Span) {
        let (around, proposal, book) = (self.around, self.proposal, self.book);
        let asked = span.minutes();
        let taken = around.time_used(span.on(), proposal.coach, proposal.id);

        if let Some(activity) = around.activity(proposal.activity) {
            let own = around.others(proposal.id).filter(|session| session.activity == proposal.activity);
            let balance = HoursBalance::of(activity.agreed, own.map(|session| (session.state, session.span.minutes())));
            let over = |used, entered| Reason::OverAgreed { agreed: balance.agreed, used, entered, asked };
            if self.action == Action::Schedule {
                if balance.used() + asked > balance.agreed {
                    self.block(Rule::R19, over(balance.used(), 0));
                }
            } else if balance.used() + balance.entered + asked > balance.agreed {
                self.warn(Rule::R19, over(balance.used(), balance.entered));
            }
        }
        let day = taken.person_day + asked;
        if day > book.day_cap {
            self.block(Rule::R26, Reason::DayCap { whose: Whose::Person, measured: day, limit: book.day_cap, on: span.on() });
        }
        let coach_day = taken.coach_day + asked;
        if proposal.coach.is_some() && coach_day > book.day_cap {
            self.warn(Rule::R26, Reason::DayCap { whose: Whose::Coach, measured: coach_day, limit: book.day_cap, on: span.on() });
        }
        let week = taken.person_week + asked;
        if week > book.week_cap {
            let number = crate::domain::time::Week::of(span.on()).number();
            self.block(Rule::R29, Reason::WeekCap { measured: week, limit: book.week_cap, week: number });
        }
    }

    /// R41: neither the person nor the coach is in two places at once.
    fn overlap(&mut self, span: Span) {
        let (around, own) = (self.around, self.proposal.id);
        let person = around.person_spans(own).find(|(other, _)| other.overlaps(span)).map(|hit| (Whose::Person, hit));
        let coach = self
            .proposal
            .coach
            .and_then(|coach| around.coach_spans(coach, own).find(|(other, _)| other.overlaps(span)))
            .map(|hit| (Whose::Coach, hit));
        // The same session may occupy both: one finding about the person says it all.
        let hits: Vec<_> = match (person, coach) {
            (Some(person), Some(coach)) if person.1.1.is_some() && person.1 == coach.1 => vec![person],
            (person, coach) => person.into_iter().chain(coach).collect(),
        };
        for (whose, (with, session)) in hits {
            let finding = Finding { rule: Rule::R41, reason: Reason::Overlap { whose, with }, sessions: session.into_iter().collect() };
            self.verdict.blocks.push(finding);
        }
    }

    /// The rules of start, complete, cancel and close negatively: times are not judged again.
    fn deliver(&mut self, words: Words<'_>) {
        let today = self.around.now.today();
        if let Some(activity) = self.around.activity(self.proposal.activity)
            && activity.closed
        {
            self.block(Rule::R37, Reason::ActivityClosed);
        }
        let read_only_from = self.around.dossier.read_only_from(self.rulebook);
        if today >= read_only_from {
            self.block(Rule::R38, Reason::ReadOnly { since: read_only_from });
        }
        match self.action {
            Action::Start => self.on_its_day(Rule::R20),
            Action::Complete => {
                self.on_its_day(Rule::R21);
                self.description(words.description);
                self.planned_end();
            }
            Action::CloseNegative => {
                if self.state == SessionState::Started && !self.around.supervises {
                    self.block(Rule::R22, Reason::SupervisorOnly);
                }
                if !words.has_reason {
                    self.block(Rule::R22, Reason::NoReason);
                }
            }
            _ => {}
        }
    }

    /// R20, R21, R23: from the session's day to the end of regularisation, at any time of day.
    fn on_its_day(&mut self, rule: Rule) {
        let Some(on) = self.proposal.on else { return };
        if self.around.now.today() < on {
            self.block(rule, Reason::NotYet { on });
        }
        self.too_late(on);
    }

    /// R31: the register wants a short description.
    fn description(&mut self, text: &str) {
        let length = text.trim().chars().count();
        if length == 0 {
            self.block(Rule::R31, Reason::NoDescription);
        } else if length > DESCRIPTION_LIMIT {
            self.block(Rule::R31, Reason::DescriptionTooLong { length, limit: DESCRIPTION_LIMIT });
        }
    }

    /// R21: concluding before the planned end is unusual, not forbidden.
    fn planned_end(&mut self) {
        let now = self.around.now;
        if let (Some(on), Some(to)) = (self.proposal.on, self.proposal.to)
            && now.today() == on
            && now.time() < to
        {
            self.warn(Rule::R21, Reason::BeforeEnd { to });
        }
    }
}
