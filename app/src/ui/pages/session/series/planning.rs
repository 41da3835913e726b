//! The preview as it stands: it follows the pattern while that is typed, and keeps what was made of it when only facts or the note change.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use leptos::prelude::*;

use super::{
    pattern::Pattern,
    rows::{Row, Series, Sum},
};
use crate::domain::{
    rulebook::{ActivityCode, Refusal, Verdict},
    session::{SeriesForm, Slot, Surroundings},
};

/// The series with what the rules say of it.
#[derive(Clone, Copy)]
pub struct Planning {
    activity: ActivityCode,
    /// What decides which sessions there are: everything but the note.
    shape: Memo<SeriesForm>,
    note: RwSignal<String>,
    facts: RwSignal<Option<Surroundings>>,
    /// The series; none while the pattern is incomplete or its coach's time unknown.
    pub series: RwSignal<Option<Series>>,
    /// What the rules say of each row that is kept.
    pub verdicts: Memo<BTreeMap<NaiveDate, Verdict>>,
    /// The hours.
    pub sum: Memo<Sum>,
    /// The row that is being moved.
    pub moving: RwSignal<Option<NaiveDate>>,
}

/// The element id of a row.
pub fn row_id(day: NaiveDate) -> String {
    format!("serie-{day}")
}

impl Planning {
    /// Plans whenever the pattern changes or its coach's facts come for the first time.
    pub fn follow(activity: ActivityCode, pattern: Pattern, facts: RwSignal<Option<Surroundings>>) -> Self {
        let series = RwSignal::new(None::<Series>);
        let moving = RwSignal::new(None);
        let note = pattern.session.note;
        let shape = Memo::new(move |_| {
            let mut form = pattern.form();
            form.session.note.clear();
            form
        });
        Effect::new(move |planned: Option<Option<SeriesForm>>| {
            let shape = shape.get();
            let plan = |facts: &Surroundings| Series::plan(activity, &shape, &[], facts);
            if planned.flatten().as_ref() == Some(&shape) && facts.with(Option::is_some) {
                return Some(shape);
            }
            let planned = facts.with(|facts| facts.as_ref().and_then(plan));
            let is_planned = planned.is_some();
            moving.set(None);
            series.set(planned);
            is_planned.then_some(shape)
        });
        let verdicts = Memo::new(move |_| {
            let judge = |(series, facts): (Series, &Surroundings)| note.with(|note| series.judge(activity, note, facts));
            facts.with(|facts| series.get().zip(facts.as_ref()).map(judge)).unwrap_or_default()
        });
        let sum = Memo::new(move |_| {
            let sum = |(series, facts): (Series, &Surroundings)| series.sum(activity, facts);
            facts.with(|facts| series.get().zip(facts.as_ref()).map(sum)).unwrap_or_default()
        });
        Self { activity, shape, note, facts, series, verdicts, sum, moving }
    }

    /// The days of the rows.
    pub fn days(self) -> Vec<NaiveDate> {
        self.series.with(|series| series.as_ref().map(|series| series.rows.iter().map(Row::day).collect()).unwrap_or_default())
    }

    /// A row as it stands.
    pub fn row(self, day: NaiveDate) -> Option<Row> {
        self.series.with(|series| series.as_ref()?.row(day).cloned())
    }

    /// What refuses a row: the rules, and what else the server said.
    pub fn blocks(self, row: &Row) -> Vec<Refusal> {
        let mut blocks: Vec<Refusal> = self.verdicts.with(|verdicts| {
            verdicts.get(&row.day()).map(|verdict| verdict.blocks.iter().map(Refusal::from).collect()).unwrap_or_default()
        });
        blocks.extend(row.refused.iter().filter(|refusal| !blocks.contains(refusal)).cloned().collect::<Vec<_>>());
        blocks
    }

    /// The rows that cannot be entered as they stand.
    pub fn blocked(self) -> Vec<NaiveDate> {
        self.days()
            .into_iter()
            .filter_map(|day| self.row(day))
            .filter(|row| !row.dropped && !self.blocks(row).is_empty())
            .map(|row| row.day())
            .collect()
    }

    /// Changes a row.
    pub fn change(self, day: NaiveDate, change: impl FnOnce(&mut Row)) {
        self.series.update(|series| {
            if let Some(row) = series.as_mut().and_then(|series| series.row_mut(day)) {
                change(row);
            }
        });
    }

    /// Where a blocked row could go.
    pub fn slots(self, day: NaiveDate) -> Vec<Slot> {
        let note = self.note.get();
        let slots = |(series, facts): (Series, &Surroundings)| series.slots(day, self.activity, &note, facts);
        self.facts.with(|facts| self.series.get().zip(facts.as_ref()).map(slots)).unwrap_or_default()
    }

    /// Ricalcola: the hours of what was dropped or shortened go to the days that follow.
    pub fn replan(self) {
        let shape = self.shape.get_untracked();
        let replan = |(series, facts): (Series, &Surroundings)| series.replan(self.activity, &shape, facts);
        let planned = self.facts.with_untracked(|facts| self.series.get_untracked().zip(facts.as_ref()).and_then(replan));
        if planned.is_some() {
            self.moving.set(None);
            self.series.set(planned);
        }
    }
}
