//! Plays the script through the real use cases, each moment on a clock that stands at it.

use std::{collections::BTreeMap, sync::Arc};

use app::{
    domain::{
        command::Seen,
        dossier::{EmployerForm, InterruptionForm},
        ids::{CommandKey, OpalId, SessionId},
        provider::Actor,
        request::{RefusalForm, intake::RequestsFile},
        rulebook::ActivityCode,
        session::{Action, CompletionForm, EndReason, EndReasonForm, NewSession, SessionForm, SessionStep},
    },
    ports::{Backend, PortError},
};
use chrono::NaiveDateTime;
use serde_json::Value;

use super::{
    DemoError,
    calendar::Workdays,
    cast::Cast,
    script::{Scene, hours},
    stories::{Fate, Outcome, Story, Turn, description, place},
};
use crate::{clock::Clock, ids::new_id, services::Services, startup::Program, store::Store};

/// The stage: a clock of its own, the use cases on it, and who plays.
pub struct Stage<'a> {
    clock: Clock,
    store: Arc<dyn Store>,
    services: Services,
    backend: Backend,
    cast: &'a Cast,
    days: Workdays,
    dossiers: BTreeMap<&'static str, OpalId>,
    sessions: BTreeMap<(&'static str, usize), SessionId>,
}

impl<'a> Stage<'a> {
    /// An empty stage over the program's database, at the beginning of the story.
    pub fn new(program: &Program, clock: Clock, cast: &'a Cast, days: Workdays) -> Self {
        let services = program.services.on_clock(clock.clone());
        let (store, backend) = (program.store.clone(), services.clone().backend());
        Self { clock, store, services, backend, cast, days, dossiers: BTreeMap::new(), sessions: BTreeMap::new() }
    }

    /// Plays one scene.
    pub async fn play(&mut self, at: NaiveDateTime, scene: Scene) -> Result<(), DemoError> {
        self.clock.set(at)?;
        match scene {
            Scene::Notify(record) => self.notify(record).await,
            Scene::Midnight => Ok(self.services.catch_up().await?),
            Scene::Decide(story) => self.decide(story).await,
            Scene::Session { story, plan, action } => match self.session(story, plan, action).await {
                // Some days fit no session, such as a year's end full of holidays: the story goes on without it.
                Err(DemoError::UseCase(PortError::Refused(refusals))) => {
                    tracing::debug!(opal_code = story.opal_code, plan, ?action, ?refusals, "left out of the demonstration");
                    self.sessions.remove(&(story.opal_code, plan));
                    Ok(())
                }
                played => played,
            },
            Scene::Turn(story, turn) => self.turn(story, turn).await,
            Scene::Close(story, code) => self.close(story, code).await,
        }
    }

    async fn notify(&mut self, record: Value) -> Result<(), DemoError> {
        let file = RequestsFile { reference_date: None, providers: Vec::new(), requests: vec![record] };
        let report = self.services.import(&file).await?;
        if report.imported() == 1 { Ok(()) } else { Err(DemoError::Fixture) }
    }

    async fn decide(&mut self, story: &'static Story) -> Result<(), DemoError> {
        let found = self.store.read().await?.opal_by_code(story.opal_code).await?.ok_or(DemoError::Fixture)?;
        self.dossiers.insert(story.opal_code, found.id);
        let (id, actor) = (found.id, self.actor(story)?);
        let seen = seen(found.version);
        match &story.outcome {
            Outcome::Admitted { .. } => self.backend.requests.admit(actor, id, seen).await?,
            Outcome::Refused(category, reason) => {
                let form = RefusalForm { category: category.as_str().to_owned(), reason: (*reason).to_owned() };
                self.backend.requests.refuse(actor, id, seen, form).await?;
            }
            Outcome::Withdrawn => self.services.withdraw(id).await?,
            // Midnight does it.
            Outcome::Lapsed => {}
        }
        Ok(())
    }

    async fn session(&mut self, story: &'static Story, number: usize, action: Action) -> Result<(), DemoError> {
        let Outcome::Admitted { plans, .. } = &story.outcome else { return Err(DemoError::Fixture) };
        let (id, key) = (self.dossier(story)?, (story.opal_code, number));
        let (plan, actor) = (&plans[number], self.actor(story)?);
        let coach = *self.cast.coaches.get(story.site).and_then(|coaches| coaches.get(plan.coach)).ok_or(DemoError::Fixture)?;
        if action == Action::Enter {
            let (from, to) = hours(plan);
            let form = SessionForm {
                coach: coach.to_string(),
                on: self.days.day(plan.day).to_string(),
                from,
                to,
                note: place(plan.activity).to_owned(),
            };
            let before = number.checked_sub(1).and_then(|before| self.sessions.get(&(story.opal_code, before)).copied());
            let replaces = before.filter(|_| plan.fate == Fate::DeliveredInstead);
            let new = NewSession { key: CommandKey(new_id()), dossier: id, activity: plan.activity, form, replaces, confirmed: true };
            let session = self.backend.sessions.enter(actor, new).await?;
            self.sessions.insert(key, session);
            return Ok(());
        }
        // Refused when it should have been entered.
        let Some(session) = self.sessions.get(&key).copied() else { return Ok(()) };
        let step = match action {
            Action::Schedule => SessionStep::Schedule,
            Action::Start => SessionStep::Start,
            Action::Complete => SessionStep::Complete { form: CompletionForm { description: description(plan.activity).to_owned() } },
            Action::Cancel => SessionStep::Cancel { form: reason(EndReason::EntryError) },
            Action::CloseNegative => SessionStep::CloseNegative { form: reason(EndReason::PersonAbsent) },
            Action::Enter | Action::Modify => return Err(DemoError::Fixture),
        };
        let actor = if matches!(action, Action::Start | Action::Complete) { self.cast.deliverer(story.site, coach) } else { Some(actor) };
        let actor = actor.ok_or(DemoError::Fixture)?;
        let page = self.backend.activities.open(actor, id, plan.activity).await?;
        let row = page.sessions.iter().find(|row| row.id == session).ok_or(DemoError::Fixture)?;
        self.backend.sessions.step(actor, session, seen(row.version), step, true).await?;
        Ok(())
    }

    async fn turn(&self, story: &Story, turn: &Turn) -> Result<(), DemoError> {
        let (id, actor, ports) = (self.dossier(story)?, self.actor(story)?, &self.backend.dossiers);
        let (seen, today) = (seen(ports.open(actor, id).await?.version), self.clock.rome_now().today().to_string());
        match turn {
            Turn::Employer(named) => {
                let [name, vat_number, town, contact] = named.map(str::to_owned);
                let form = EmployerForm { since: today, name, vat_number, town, contact, reason: "Nuovo contratto.".to_owned() };
                ports.change_employer(actor, id, seen, form).await?;
            }
            Turn::Interrupted(job, reason) => {
                let form = InterruptionForm { interrupted_on: today, job: job.as_str().to_owned(), reason: (*reason).to_owned() };
                ports.interrupt(actor, id, seen, form).await?;
            }
        }
        Ok(())
    }

    async fn close(&self, story: &Story, code: ActivityCode) -> Result<(), DemoError> {
        let (id, actor) = (self.dossier(story)?, self.actor(story)?);
        let version = self.backend.activities.open(actor, id, code).await?.activity.version;
        self.backend.activities.close(actor, id, code, seen(version)).await?;
        Ok(())
    }

    fn dossier(&self, story: &Story) -> Result<OpalId, DemoError> {
        self.dossiers.get(story.opal_code).copied().ok_or(DemoError::Fixture)
    }

    fn actor(&self, story: &Story) -> Result<&'a Actor, DemoError> {
        self.cast.office(story.site).ok_or(DemoError::Fixture)
    }
}

/// A new intention on the version just read.
fn seen(version: i64) -> Seen {
    Seen { key: CommandKey(new_id()), version }
}

fn reason(reason: EndReason) -> EndReasonForm {
    EndReasonForm { reason: reason.as_str().to_owned(), text: String::new() }
}
