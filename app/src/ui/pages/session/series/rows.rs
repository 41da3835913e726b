//! The series as a person leaves it: rows as planned, moved or dropped; judged together, in the order in which they are sent.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::judged::{judge, typed_span};
use crate::domain::{
    rulebook::{ActivityCode, Refusal, Verdict},
    session::{
        Action, Batch, LeftOut, Proposal, SeriesEnd, SeriesForm, SessionForm, Slot, Surroundings, judge_each, plan_series, proposals,
        suggest,
    },
    time::Span,
};

/// One session of the series.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What the pattern wants.
    planned: Slot,
    /// As it stands; the note is that of the series.
    form: SessionForm,
    /// Whether it is left out by hand.
    pub dropped: bool,
    /// What the server said of it as it stands.
    pub refused: Vec<Refusal>,
}

impl Row {
    fn new(planned: Slot) -> Self {
        Self { planned, form: form_of(planned), dropped: false, refused: Vec::new() }
    }

    /// The day of the pattern: it names the row, of which there is one a day, wherever it is moved.
    pub fn day(&self) -> NaiveDate {
        self.planned.span.on()
    }

    /// As it stands.
    pub fn form(&self) -> &SessionForm {
        &self.form
    }

    /// When it takes place, once what is typed makes a span.
    pub fn span(&self) -> Option<Span> {
        typed_span(&self.form)
    }

    /// Whether it is not where the pattern wants it.
    pub fn is_moved(&self) -> bool {
        self.span() != Some(self.planned.span)
    }

    /// Leaves it out, or takes it in again.
    pub fn toggle(&mut self) {
        self.dropped = !self.dropped;
        self.refused.clear();
    }

    /// Moves it; what the server said was of another time.
    pub fn take(&mut self, form: SessionForm) {
        if form != self.form {
            self.form = form;
            self.refused.clear();
        }
    }

    /// As the pattern wants it.
    pub fn planned(&self) -> SessionForm {
        form_of(self.planned)
    }

    fn is_changed(&self) -> bool {
        self.dropped || self.is_moved()
    }
}

fn form_of(slot: Slot) -> SessionForm {
    SessionForm::of(slot.coach, slot.span, "")
}

/// What a pattern became, and what was made of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// By their days.
    pub rows: Vec<Row>,
    /// The days of the pattern that the rules leave out.
    pub left_out: Vec<LeftOut>,
    /// Why there are no more.
    pub end: SeriesEnd,
}

/// The hours of the activity with the series counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many sessions are entered.
    pub sessions: usize,
    /// Their minutes.
    pub minutes: u32,
    /// These and all others of the activity.
    pub taken: u32,
    /// The hours agreed.
    pub agreed: u32,
}

impl Series {
    /// The pattern as the rules leave it, without the days to skip; `None` while it is incomplete.
    pub fn plan(activity: ActivityCode, form: &SeriesForm, skip: &[NaiveDate], around: &Surroundings) -> Option<Self> {
        let input = form.session.read();
        let (first, coach) = (input.on?, input.coach?);
        if !around.horizon.covers(first) {
            // A year that is still being typed: the days from there on are not gone through.
            let findings = judge(&form.session, None, activity, around).blocks;
            return Some(Self { rows: Vec::new(), left_out: vec![LeftOut { on: first, findings }], end: SeriesEnd::Horizon });
        }
        let plan = plan_series(activity, form, skip, around)?;
        let rows = plan.planned.into_iter().map(|planned| Row::new(Slot { coach, span: planned.span })).collect();
        Some(Self { rows, left_out: plan.left_out, end: plan.end })
    }

    /// The series anew: what was moved stays where it is, what was dropped stays out, and the hours they leave go to the days that follow.
    pub fn replan(&self, activity: ActivityCode, form: &SeriesForm, around: &Surroundings) -> Option<Self> {
        let changed = || self.rows.iter().filter(|row| row.is_changed());
        let mut batch = Batch::new(around.clone());
        for row in changed().filter(|row| !row.dropped) {
            batch.judge(Action::Enter, &row.form.read().proposal(None, activity));
        }
        let skip: Vec<_> = changed().map(Row::day).collect();
        let Self { mut rows, left_out, end } = Self::plan(activity, form, &skip, batch.around())?;
        rows.extend(changed().cloned());
        rows.sort_by_key(Row::day);
        Some(Self { rows, left_out, end })
    }

    /// A row by its day.
    pub fn row(&self, day: NaiveDate) -> Option<&Row> {
        self.rows.iter().find(|row| row.day() == day)
    }

    /// The same, to change it.
    pub fn row_mut(&mut self, day: NaiveDate) -> Option<&mut Row> {
        self.rows.iter_mut().find(|row| row.day() == day)
    }

    /// Whether a row was moved or dropped.
    pub fn is_changed(&self) -> bool {
        self.rows.iter().any(Row::is_changed)
    }

    /// The rows that the server refused as they stand.
    pub fn refused(&self) -> Vec<NaiveDate> {
        self.rows.iter().filter(|row| !row.refused.is_empty()).map(Row::day).collect()
    }

    /// The first and the last day on which something takes place.
    pub fn period(&self) -> Option<(NaiveDate, NaiveDate)> {
        let days = || self.kept().filter_map(Row::span).map(Span::on);
        days().min().zip(days().max())
    }

    fn kept(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| !row.dropped)
    }

    /// What is sent, with the rows' days: first what stands as planned, then what was moved, which has to find room beside it.
    pub fn to_send(&self, note: &str) -> (Vec<NaiveDate>, Vec<SessionForm>) {
        let mut kept: Vec<&Row> = self.kept().collect();
        kept.sort_by_key(|row| row.is_moved());
        kept.into_iter().map(|row| (row.day(), SessionForm { note: note.to_owned(), ..row.form.clone() })).unzip()
    }

    /// What the rules say of each row that is kept.
    pub fn judge(&self, activity: ActivityCode, note: &str, around: &Surroundings) -> BTreeMap<NaiveDate, Verdict> {
        let (days, forms) = self.to_send(note);
        days.into_iter().zip(judge_each(Action::Enter, &proposals(activity, &forms), around)).collect()
    }

    /// Times for a row that is blocked, beside all the others.
    pub fn slots(&self, day: NaiveDate, activity: ActivityCode, note: &str, around: &Surroundings) -> Vec<Slot> {
        let (days, forms) = self.to_send(note);
        let mut batch = Batch::new(around.clone());
        let mut own: Option<Proposal> = None;
        for (other, proposal) in days.into_iter().zip(proposals(activity, &forms)) {
            if other == day {
                own = Some(proposal);
            } else {
                batch.judge(Action::Enter, &proposal);
            }
        }
        own.map(|own| suggest(Action::Enter, &own, batch.around())).unwrap_or_default()
    }

    /// The hours with what is kept.
    pub fn sum(&self, activity: ActivityCode, around: &Surroundings) -> Sum {
        let minutes = self.kept().filter_map(Row::span).map(Span::minutes).sum();
        let balance = around.activity(activity).map(|frame| around.balance(frame, None)).unwrap_or_default();
        Sum { sessions: self.kept().count(), minutes, taken: balance.used() + balance.entered + minutes, agreed: balance.agreed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        activity::ActivityFrame,
        dossier::DossierFrame,
        ids::CoachId,
        provider::Coach,
        rulebook::{Rule, Rulebook},
        session::Horizon,
        time::LocalInstant,
        weekdays::DayOfWeek,
    };
    use uuid::Uuid;

    const ACTIVITY: ActivityCode = ActivityCode::OnTheJobTraining;
    const COACH: CoachId = CoachId(Uuid::from_u128(1));

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Monday 23 November 2026, twelve hours to plan, nobody busy.
    fn around() -> Surroundings {
        let site = Uuid::from_u128(3).into();
        let (from, to) = (day("2026-11-02"), day("2027-10-31"));
        Surroundings {
            rulebook: Rulebook::builtin(),
            now: LocalInstant("2026-11-23T10:00:00".parse().unwrap()),
            manages: true,
            supervises: false,
            dossier: DossierFrame { admitted_on: from, valid_from: from, valid_to: to, interrupted_on: None },
            activities: vec![ActivityFrame { code: ACTIVITY, agreed: 12 * 60, at_employer: false, closed: false }],
            sessions: Vec::new(),
            limits: None,
            site,
            site_town: "Padova".to_owned(),
            workplaces: Vec::new(),
            horizon: Horizon::days(Some(COACH), from, to),
            elsewhere: Vec::new(),
            coaches: vec![Coach { id: COACH, name: "Marta Bianchi".to_owned(), site, active_from: from, active_to: None }],
        }
    }

    /// Tuesdays and Thursdays, five hours each: the last one is shortened.
    fn form() -> SeriesForm {
        let session = SessionForm {
            coach: COACH.to_string(),
            on: "2026-11-24".to_owned(),
            from: "09:00".to_owned(),
            to: "14:00".to_owned(),
            note: String::new(),
        };
        SeriesForm { session, weekdays: [DayOfWeek::Tue, DayOfWeek::Thu].into_iter().collect() }
    }

    fn plan() -> Series {
        Series::plan(ACTIVITY, &form(), &[], &around()).unwrap()
    }

    /// Where each kept row takes place, and for how many hours.
    fn kept(series: &Series) -> Vec<(String, u32)> {
        series.kept().map(|row| row.span().unwrap()).map(|span| (span.on().to_string(), span.minutes() / 60)).collect()
    }

    fn at(on: &str, hours: u32) -> (String, u32) {
        (on.to_owned(), hours)
    }

    fn move_to(series: &mut Series, row: &str, on: &str, from: &str, to: &str) {
        let form = SessionForm { on: on.to_owned(), from: from.to_owned(), to: to.to_owned(), ..form().session };
        series.row_mut(day(row)).unwrap().take(form);
    }

    fn blocked(series: &Series) -> Vec<(NaiveDate, Rule)> {
        let blocks = series.judge(ACTIVITY, "", &around());
        blocks.into_iter().filter_map(|(day, verdict)| Some((day, verdict.blocks.first()?.rule))).collect()
    }

    #[test]
    fn what_is_dropped_is_given_back_only_when_the_series_is_planned_anew() {
        let mut series = plan();
        assert_eq!(kept(&series), [at("2026-11-24", 5), at("2026-11-26", 5), at("2026-12-01", 2)]);
        series.row_mut(day("2026-11-26")).unwrap().toggle();
        assert_eq!(series.sum(ACTIVITY, &around()), Sum { sessions: 2, minutes: 420, taken: 420, agreed: 720 });
        let series = series.replan(ACTIVITY, &form(), &around()).unwrap();
        assert_eq!(kept(&series), [at("2026-11-24", 5), at("2026-12-01", 5), at("2026-12-03", 2)]);
        assert!(series.row(day("2026-11-26")).unwrap().dropped && series.left_out.is_empty());
    }

    #[test]
    fn what_is_moved_stays_where_it_is_when_the_series_is_planned_anew() {
        let mut series = plan();
        move_to(&mut series, "2026-11-24", "2026-11-27", "09:00", "12:00");
        let series = series.replan(ACTIVITY, &form(), &around()).unwrap();
        assert_eq!(kept(&series), [at("2026-11-27", 3), at("2026-11-26", 5), at("2026-12-01", 4)]);
        assert_eq!(series.sum(ACTIVITY, &around()).taken, 720);
        assert!(blocked(&series).is_empty());
    }

    #[test]
    fn r41_a_row_that_is_moved_onto_another_is_the_one_that_is_blocked() {
        let mut series = plan();
        move_to(&mut series, "2026-11-24", "2026-11-26", "12:00", "15:00");
        assert_eq!(blocked(&series), [(day("2026-11-24"), Rule::R41)]);
        let slots = series.slots(day("2026-11-24"), ACTIVITY, "", &around());
        assert_eq!(slots.len(), 3);
        for slot in slots {
            series.row_mut(day("2026-11-24")).unwrap().take(form_of(slot));
            assert!(blocked(&series).is_empty(), "{slot:?}");
        }
    }

    #[test]
    fn what_the_server_refused_is_forgotten_once_the_row_is_moved() {
        let mut series = plan();
        series.row_mut(day("2026-11-24")).unwrap().refused = vec![Refusal::new(Rule::R41, "L'operatore è già impegnato.")];
        assert_eq!(series.refused(), [day("2026-11-24")]);
        move_to(&mut series, "2026-11-24", "2026-11-25", "09:00", "14:00");
        assert!(series.refused().is_empty());
    }

    #[test]
    fn r15_a_year_that_is_still_being_typed_plans_nothing_and_says_what_is_wrong() {
        let early = SeriesForm { session: SessionForm { on: "0002-11-24".to_owned(), ..form().session }, ..form() };
        let series = Series::plan(ACTIVITY, &early, &[], &around()).unwrap();
        assert!(series.rows.is_empty());
        assert!(series.left_out[0].findings.iter().any(|finding| finding.rule == Rule::R10));
    }
}
