//! The rules of every action on a session, as the table of contracts.md lists them. Runs in the browser while typing and in the writing transaction.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::{Action, DESCRIPTION_LIMIT, NOTE_LIMIT, SessionField, SessionState, Surroundings, late_days};
use crate::domain::{
    ids::{CoachId, SessionId},
    person::PersonLimits,
    rulebook::{ActivityCode, Finding, LateEntry, Reason, Rule, RulebookVersion, Strictness, Verdict, Whose, patron::patron_of},
    time::{Span, Week, minute_of_day, plus_days},
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

impl Proposal {
    /// A session as it stands, judged again.
    pub fn of(id: SessionId, activity: ActivityCode, coach: CoachId, span: Span, note: &str) -> Self {
        Self {
            id: Some(id),
            activity,
            coach: Some(coach),
            on: Some(span.on()),
            from: Some(span.from()),
            to: Some(span.to()),
            note: note.to_owned(),
        }
    }

    /// When, once date and times make a span.
    pub fn span(&self) -> Option<Span> {
        Span::new(self.on?, self.from?, self.to?)
    }

    /// The same at another time, with another coach.
    #[must_use]
    pub fn at(&self, coach: CoachId, span: Span) -> Self {
        Self { coach: Some(coach), on: Some(span.on()), from: Some(span.from()), to: Some(span.to()), ..self.clone() }
    }
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
pub fn check(action: Action, state: SessionState, proposal: &Proposal, words: Words<'_>, around: &Surroundings) -> Verdict {
    let mut check = Check { book: around.book(proposal.on), action, state, proposal, around, verdict: Verdict::default() };
    check.state();
    if action.plans() {
        check.plan();
    } else {
        check.deliver(words);
    }
    check.verdict.settled()
}

/// R31: the register wants a short description; what is wrong with this one.
pub fn check_description(text: &str) -> Option<Finding> {
    let reason = match text.trim().chars().count() {
        0 => Reason::NoDescription,
        length if length > DESCRIPTION_LIMIT => Reason::DescriptionTooLong { length, limit: DESCRIPTION_LIMIT },
        _ => return None,
    };
    Some(Finding::new(Rule::R31, reason))
}

/// One check under way.
struct Check<'a> {
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

    /// A finding of a rule whose strictness the rulebook sets.
    fn find(&mut self, strictness: Strictness, finding: Finding) {
        match strictness {
            Strictness::Off => {}
            Strictness::Warn => self.verdict.warns.push(finding),
            Strictness::Block => self.verdict.blocks.push(finding),
        }
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
            (proposal.coach.is_none(), SessionField::Coach),
            (proposal.on.is_none(), SessionField::On),
            (proposal.from.is_none(), SessionField::From),
            (proposal.to.is_none(), SessionField::To),
        ];
        for (_, field) in missing.into_iter().filter(|(is_missing, _)| *is_missing) {
            self.block(Rule::R15, Reason::Missing { field });
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
        // Also at Programma, which locks the note: the last moment to fill it in.
        let at_employer = self.around.activity(proposal.activity).is_some_and(|activity| activity.at_employer);
        if at_employer && proposal.note.trim().is_empty() {
            self.warn(Rule::R15, Reason::NoPlace);
        }
    }

    /// R38: neither a closed voucher nor an interrupted service takes more sessions, whatever their date.
    fn voucher(&mut self) {
        let dossier = self.around.dossier;
        let today = self.around.now.today();
        if let Some(on) = dossier.interrupted_on {
            self.block(Rule::R38, Reason::Interrupted { on });
        } else if today >= dossier.closed_from() {
            self.block(Rule::R38, Reason::VoucherClosed { valid_to: dossier.valid_to });
        } else if self.proposal.on.is_some_and(|on| on < dossier.valid_from || on > dossier.valid_to) {
            self.block(Rule::R38, Reason::OutsideVoucher { valid_from: dossier.valid_from, valid_to: dossier.valid_to });
        }
    }

    /// The rules about the date: R10, R23, R24, R28 and the person's days (R30).
    fn day(&mut self, on: NaiveDate) {
        let admitted_on = self.around.dossier.admitted_on;
        if on < admitted_on {
            self.block(Rule::R10, Reason::BeforeAdmission { admitted_on });
        }
        let too_late = self.too_late(on);
        if let (false, Some(days)) = (too_late, late_days(on, self.around.now.today())) {
            match self.book.late_entry {
                LateEntry::Refused => self.block(Rule::R24, Reason::LateEntry { days, refused: true }),
                LateEntry::Tolerated if self.action != Action::Schedule => {
                    self.warn(Rule::R24, Reason::LateEntry { days, refused: false });
                }
                LateEntry::Tolerated => {}
            }
        }
        if let Some((name, _)) = self.book.holiday(on) {
            self.block(Rule::R28, Reason::PublicHoliday { on, name: name.to_owned() });
        }
        let town = self.around.town(self.proposal.activity, on);
        if let Some(patron) = patron_of(&self.book.patron_saints, town, on) {
            let (town, name, strictness) = (patron.town.clone(), patron.name.clone(), self.book.patron_saint);
            let reason = Reason::PatronSaint { on, town, name, refused: strictness == Strictness::Block };
            self.find(strictness, Finding::new(Rule::R28, reason));
        }
        if self.around.limits.is_some_and(|limits| !limits.suits(on)) {
            self.warn(Rule::R30, Reason::PersonWeekday { on });
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

    /// The rules about the times: R25, R27, R30 and, once there is a span, R19, R26, R29, R41.
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
        if let Some(PersonLimits { earliest, latest, .. }) = self.around.limits
            && (earliest.is_some_and(|earliest| from < earliest) || latest.is_some_and(|latest| to > latest))
        {
            self.warn(Rule::R30, Reason::PersonHours { from, to, earliest, latest });
        }
        if let Some(span) = self.proposal.span() {
            self.agreed_hours(span);
            self.length(span);
            self.overlap(span);
        }
    }

    /// R19: hours of the activity; a warning until they are to be programmed.
    fn agreed_hours(&mut self, span: Span) {
        let (around, asked) = (self.around, span.minutes());
        let Some(activity) = around.activity(self.proposal.activity) else { return };
        let balance = around.balance(activity, self.proposal.id);
        let (entered, strictness) =
            if self.action == Action::Schedule { (0, Strictness::Block) } else { (balance.entered, Strictness::Warn) };
        if balance.used() + entered + asked > balance.agreed {
            let reason = Reason::OverAgreed { agreed: balance.agreed, used: balance.used(), entered, asked };
            self.find(strictness, Finding::new(Rule::R19, reason));
        }
    }

    /// R26, R29, R30: hours of the day and of the week.
    fn length(&mut self, span: Span) {
        let (around, own, coach, book) = (self.around, self.proposal.id, self.proposal.coach, self.book);
        let (on, week) = (span.on(), Week::of(span.on()));
        let taken = around.time_used(on, coach, own);
        let person = |counts: &dyn Fn(Span) -> bool| -> Vec<SessionId> {
            around.person_spans(own).filter(|(span, _)| counts(*span)).filter_map(|(_, session)| session).collect()
        };
        let day = taken.person_day + span.minutes();
        if day > book.day_cap {
            let reason = Reason::DayCap { whose: Whose::Person, measured: day, limit: book.day_cap, on, refused: true };
            let involved = person(&|other| other.on() == on);
            self.verdict.blocks.push(Finding::new(Rule::R26, reason).with(involved));
        }
        let coach_day = taken.coach_day + span.minutes();
        if let Some(coach) = coach
            && coach_day > book.coach_day_cap
        {
            let refused = book.coach_day == Strictness::Block;
            let reason = Reason::DayCap { whose: Whose::Coach, measured: coach_day, limit: book.coach_day_cap, on, refused };
            let involved = around.coach_spans(coach, own).filter(|(other, _)| other.on() == on).filter_map(|(_, session)| session);
            self.find(book.coach_day, Finding::new(Rule::R26, reason).with(involved));
        }
        let total = taken.person_week + span.minutes();
        if total > book.week_cap {
            let reason = Reason::WeekCap { measured: total, limit: book.week_cap, week: week.number() };
            let involved = person(&|other| week.holds(other.on()));
            self.verdict.blocks.push(Finding::new(Rule::R29, reason).with(involved));
        }
        let limits = around.limits.unwrap_or_default();
        if let Some(limit) = limits.max_minutes_per_day.filter(|limit| day > *limit) {
            let involved = person(&|other| other.on() == on);
            self.verdict.warns.push(Finding::new(Rule::R30, Reason::PersonDay { measured: day, limit, on }).with(involved));
        }
        if let Some(limit) = limits.max_minutes_per_week.filter(|limit| total > *limit) {
            let involved = person(&|other| week.holds(other.on()));
            let reason = Reason::PersonWeek { measured: total, limit, week: week.number() };
            self.verdict.warns.push(Finding::new(Rule::R30, reason).with(involved));
        }
    }

    /// R41: neither the person nor the coach is in two places at once.
    fn overlap(&mut self, span: Span) {
        let (around, own) = (self.around, self.proposal.id);
        let person = around.person_spans(own).find(|(other, _)| other.overlaps(span));
        let coach = self.proposal.coach.and_then(|coach| around.coach_spans(coach, own).find(|(other, _)| other.overlaps(span)));
        let finding =
            |whose, (with, session): (Span, Option<SessionId>)| Finding::new(Rule::R41, Reason::Overlap { whose, with }).with(session);
        // The same session may occupy both: one finding about the person says it all.
        let same = person.is_some_and(|(_, session)| session.is_some()) && person == coach;
        if let Some(hit) = person {
            self.verdict.blocks.push(finding(Whose::Person, hit));
        }
        if let Some(hit) = coach.filter(|_| !same) {
            self.find(self.book.coach_overlap, finding(Whose::Coach, hit));
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
        let read_only_from = self.around.dossier.read_only_from(&self.around.rulebook);
        if today >= read_only_from {
            self.block(Rule::R38, Reason::ReadOnly { since: read_only_from });
        } else if let Some(on) = self.around.dossier.interrupted_on {
            self.block(Rule::R38, Reason::Interrupted { on });
        }
        match self.action {
            Action::Start => self.on_its_day(Rule::R20),
            Action::Complete => {
                self.on_its_day(Rule::R21);
                self.verdict.blocks.extend(check_description(words.description));
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
