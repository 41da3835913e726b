//! Turns the stories into one sequence of moments, each legal at its time, none later than now.

use std::collections::BTreeMap;

use app::domain::{request::intake::NewRequest, rulebook::ActivityCode, session::Action};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use serde_json::Value;

use super::{
    calendar::{Workdays, days_after},
    stories::{Fate, Outcome, Plan, Story, Turn},
};

/// What happens at one moment.
pub enum Scene {
    /// The employment centre notifies a request.
    Notify(Value),
    /// The clock passes midnight.
    Midnight,
    /// A story's request is decided.
    Decide(&'static Story),
    /// Something is done to a session of a story.
    Session {
        /// Whose.
        story: &'static Story,
        /// Which of its plans.
        plan: usize,
        /// What.
        action: Action,
    },
    /// Something about a story's dossier changes.
    Turn(&'static Story, &'static Turn),
    /// An activity of a story is closed.
    Close(&'static Story, ActivityCode),
}

/// A request of the fixture, its dates already moved.
pub struct Notice {
    /// As it will be taken in.
    pub record: Value,
    /// The same, read.
    pub request: NewRequest,
}

/// The moments in order. What the hour of now would leave out happens just now.
pub fn script(stories: &'static [Story], notices: Vec<Notice>, now: NaiveDateTime) -> Vec<(NaiveDateTime, Scene)> {
    let notified: BTreeMap<_, _> = notices.iter().map(|notice| (notice.request.opal_code.clone(), notice.request.notified_local)).collect();
    let mut script = Script { days: Workdays::around(now.date()), now, scenes: Vec::new() };
    for notice in notices {
        script.add(notice.request.notified_local, Scene::Notify(notice.record));
    }
    if let Some(first) = notified.values().min() {
        for day in first.date().iter_days().skip(1).take_while(|day| *day <= now.date()) {
            script.add(day.and_time(NaiveTime::MIN), Scene::Midnight);
        }
    }
    for story in stories {
        if let Some(notified) = notified.get(story.opal_code) {
            script.tell(story, *notified);
        }
    }
    // Stable: what happens at the same moment stays in the order of the story.
    script.scenes.sort_by_key(|(at, _)| *at);
    script.scenes
}

struct Script {
    days: Workdays,
    now: NaiveDateTime,
    scenes: Vec<(NaiveDateTime, Scene)>,
}

impl Script {
    fn add(&mut self, at: NaiveDateTime, scene: Scene) {
        self.scenes.push((at.min(self.now), scene));
    }

    fn tell(&mut self, story: &'static Story, notified: NaiveDateTime) {
        if matches!(story.outcome, Outcome::Lapsed) {
            return;
        }
        let decided = at(days_after(notified.date(), story.decided_after), 9, 30).max(notified + TimeDelta::hours(1));
        self.add(decided, Scene::Decide(story));
        let Outcome::Admitted { plans, closed, turns, .. } = &story.outcome else { return };
        for (number, plan) in plans.iter().enumerate() {
            for (at, action) in self.steps(plan, decided) {
                self.add(at, Scene::Session { story, plan: number, action });
            }
        }
        for (turn, day) in *turns {
            self.add(at(self.days.day(*day), 17, 30), Scene::Turn(story, turn));
        }
        for (code, day) in *closed {
            self.add(at(self.days.day(*day), 19, 0), Scene::Close(story, *code));
        }
    }

    /// What is done to a session, and when. Planning is done the working day before, or a few days ahead.
    fn steps(&self, plan: &Plan, decided: NaiveDateTime) -> Vec<(NaiveDateTime, Action)> {
        let on = self.days.day(plan.day);
        let late = plan.fate == Fate::DeliveredLate;
        let written = if late { self.days.day(plan.day + 1) } else { self.days.day((plan.day - 1).min(-1)) };
        let entered = at(written, 16, 0).max(decided + TimeDelta::hours(1));
        let soon = |minutes| entered + TimeDelta::minutes(minutes);
        let (start, end) = if late { (soon(20), soon(30)) } else { (at(on, plan.from, 0), at(on, plan.to, 5)) };
        let planned = [(entered, Action::Enter), (soon(10), Action::Schedule)];
        match plan.fate {
            Fate::Entered => planned[..1].to_vec(),
            Fate::Scheduled => planned.to_vec(),
            Fate::Cancelled => vec![planned[0], (soon(30), Action::Cancel)],
            Fate::NotDelivered => [&planned[..], &[(start + TimeDelta::minutes(30), Action::CloseNegative)]].concat(),
            Fate::Started => [&planned[..], &[(start, Action::Start)]].concat(),
            Fate::Delivered | Fate::DeliveredLate | Fate::DeliveredInstead => {
                [&planned[..], &[(start, Action::Start), (end, Action::Complete)]].concat()
            }
        }
    }
}

fn at(day: NaiveDate, hour: u32, minute: u32) -> NaiveDateTime {
    day.and_hms_opt(hour, minute, 0).unwrap_or(day.and_time(NaiveTime::MIN))
}

/// The first and last hour of a plan, as the form wants them.
pub fn hours(plan: &Plan) -> (String, String) {
    (format!("{:02}:00", plan.from), format!("{:02}:00", plan.to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::stories::STORIES;

    #[test]
    fn nothing_happens_after_now_and_each_session_is_entered_first() {
        let now = "2026-11-23T05:00:00".parse::<NaiveDateTime>().unwrap();
        let scenes = script(STORIES, crate::demo::notices(now).unwrap(), now);
        assert!(scenes.iter().all(|(at, _)| *at <= now) && scenes.is_sorted_by_key(|(at, _)| *at));
        let mut entered = std::collections::BTreeSet::new();
        for (_, scene) in &scenes {
            if let Scene::Session { story, plan, action } = scene {
                assert_eq!(entered.insert((story.opal_code, *plan)), *action == Action::Enter, "{} {plan}", story.opal_code);
            }
        }
    }

    #[test]
    fn every_story_tells_of_a_request_of_the_fixture_that_it_decides_in_time() {
        let now = "2026-11-23T10:00:00".parse().unwrap();
        let notices = crate::demo::notices(now).unwrap();
        for story in STORIES {
            assert!(notices.iter().any(|notice| notice.request.opal_code == story.opal_code), "{}", story.opal_code);
            assert!((0..=7).contains(&story.decided_after), "{}", story.opal_code);
        }
    }
}
