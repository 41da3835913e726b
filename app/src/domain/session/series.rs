//! Serie: a weekly pattern that becomes sessions until the agreed hours or the voucher end, with what was left out and why.

use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use super::{Action, Batch, Proposal, SessionForm, SessionState, Surroundings, Words, check};
use crate::domain::{
    command::Version,
    ids::{CommandKey, OpalId, SessionId},
    rulebook::{ActivityCode, Finding, Reason, Verdict},
    time::{Span, plus_days},
    weekdays::Weekdays,
};

/// The form of a series, as typed: that of one session, whose date is the first day, and the days of the week.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesForm {
    /// Operatore, from which day, from, to, note.
    pub session: SessionForm,
    /// On which days of the week.
    pub weekdays: Weekdays,
}

/// A session of the series, with what the rules say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// When.
    pub span: Span,
    /// Warnings, if any: nothing that is planned is blocked.
    pub verdict: Verdict,
}

/// A day of the pattern that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Which.
    pub on: NaiveDate,
    /// Why.
    pub findings: Vec<Finding>,
}

/// Why a series ends where it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeriesEnd {
    /// All agreed hours are planned (R19).
    AgreedHours,
    /// What is left of them is less than the shortest session (R25).
    BelowStep,
    /// The voucher ends (R38).
    Voucher,
    /// As far as the time of the person and of the coach is known.
    Horizon,
}

/// What a pattern becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesPlan {
    /// The sessions, by date.
    pub planned: Vec<Planned>,
    /// The days left out, by date.
    pub left_out: Vec<LeftOut>,
    /// Why there are no more.
    pub end: SeriesEnd,
}

/// Plans a series from tomorrow on: every day of the pattern but those in `skip` that the rules accept with no warning beside the pattern's own, the
/// last session shortened so that the agreed hours are met exactly. `None` while the form is incomplete.
pub fn plan_series(activity: ActivityCode, form: &SeriesForm, skip: &[NaiveDate], around: &Surroundings) -> Option<SeriesPlan> {
    let input = form.session.read();
    let (first, from, to) = (input.on?, input.from?, input.to?);
    let frame = around.activity(activity)?;
    let whole = Span::new(first, from, to)?;
    let coach = input.coach?;
    if form.weekdays.is_empty() {
        return None;
    }
    let mut series = Series {
        left: around.balance(frame, None).unplanned(),
        batch: Batch::new(around.clone()),
        plan: SeriesPlan { planned: Vec::new(), left_out: Vec::new(), end: SeriesEnd::Horizon },
    };
    let first = first.max(plus_days(around.now.today(), 1)).max(around.horizon.from);
    let last = around.dossier.valid_to.min(around.horizon.to);
    let days = first.iter_days().take_while(|on| *on <= last).filter(|on| form.weekdays.holds(*on) && !skip.contains(on));
    for on in days {
        // What is left beside whole steps makes no session (R25).
        let left = series.left - series.left % around.book(Some(on)).step.max(1);
        if left == 0 {
            break;
        }
        let length = TimeDelta::minutes(whole.minutes().min(left).into());
        if let Some(span) = Span::new(on, from, from + length) {
            series.take(&input.clone().proposal(None, activity).at(coach, span), span);
        }
    }
    series.plan.end = match series.left {
        0 => SeriesEnd::AgreedHours,
        left if left < around.book(Some(last)).step => SeriesEnd::BelowStep,
        _ if around.dossier.valid_to <= around.horizon.to => SeriesEnd::Voucher,
        _ => SeriesEnd::Horizon,
    };
    Some(series.plan)
}

/// A series under way.
struct Series {
    /// Minutes of the activity that no session takes yet.
    left: u32,
    batch: Batch,
    plan: SeriesPlan,
}

impl Series {
    fn take(&mut self, proposal: &Proposal, span: Span) {
        let verdict = check(Action::Enter, SessionState::Entered, proposal, Words::default(), self.batch.around());
        let of_the_day = verdict.warns.iter().filter(|finding| !is_of_the_pattern(&finding.reason, span));
        let against: Vec<_> = verdict.blocks.iter().chain(of_the_day).cloned().collect();
        if against.is_empty() {
            self.batch.accept(Action::Enter, SessionState::Entered, proposal);
            self.left -= span.minutes();
            self.plan.planned.push(Planned { span, verdict });
        } else {
            self.plan.left_out.push(LeftOut { on: span.on(), findings: against });
        }
    }
}

/// Whether a warning is about what every session of the pattern has in common: no other day would do without it.
fn is_of_the_pattern(reason: &Reason, span: Span) -> bool {
    match reason {
        Reason::NoPlace | Reason::PersonHours { .. } => true,
        Reason::PersonDay { limit, .. } | Reason::PersonWeek { limit, .. } => span.minutes() > *limit,
        _ => false,
    }
}

/// The command that enters several sessions, all or none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewSeries {
    /// The same for every repeat of one intention.
    pub key: CommandKey,
    /// The dossier.
    pub dossier: OpalId,
    /// The activity.
    pub activity: ActivityCode,
    /// Each session, as typed or as planned.
    pub sessions: Vec<SessionForm>,
    /// Whether the warnings were seen and confirmed.
    pub confirmed: bool,
}

/// The command that programs several *inserite* of one activity, all or none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManyScheduled {
    /// The same for every repeat of one intention.
    pub key: CommandKey,
    /// The dossier.
    pub dossier: OpalId,
    /// The activity.
    pub activity: ActivityCode,
    /// The sessions, each with the version seen.
    pub sessions: Vec<(SessionId, Version)>,
    /// Whether the warnings were seen and confirmed.
    pub confirmed: bool,
}

/// Most sessions in one such command.
pub const BATCH_LIMIT: usize = 300;

/// A proposal for each session of a series.
pub fn proposals(activity: ActivityCode, sessions: &[SessionForm]) -> Vec<Proposal> {
    sessions.iter().map(|form| form.read().proposal(None, activity)).collect()
}
