//! The demonstration: an empty database becomes a service in full swing, told by the real use cases day by day up to today.
//!
//! `stories` say what happened, `script` puts it in order, `play` does it on a clock of its own, `people` and `cast` are who does it.

mod calendar;
mod cast;
mod people;
mod play;
mod script;
mod stories;

use app::{
    domain::request::intake::{FileError, IntakeError, NewRequest, RequestsFile, shift_dates},
    ports::PortError,
};
use chrono::NaiveDateTime;
use serde_json::Value;

pub use people::{ACCOUNTS, DemoAccount, PASSWORD};

use self::{
    calendar::{Workdays, days_after},
    cast::Cast,
    play::Stage,
    script::{Notice, script},
    stories::{Outcome, STORIES},
};
use crate::{
    clock::{Clock, NotSettable},
    passwords::PasswordError,
    services::ImportError,
    startup::{Program, StartError},
    store::StoreError,
};

/// The requests of the demonstration, all invented.
const REQUESTS: &str = include_str!("../../fixtures/requests.json");

/// The setting of the database that says that it is a demonstration, complete or not.
const BEGUN: &str = "demo_begun";
/// The setting of the database that says that the demonstration is complete.
const FILLED: &str = "demo_filled";
/// More than the term for deciding, whatever the fixture says.
const LAPSED_DAYS: i64 = 10;

/// A hire that is no longer recent when the service is asked (R39): its request, and how many days before today. Three months are 92 days at most.
const OLD_HIRE: (&str, i32) = ("JC-2026-110150", 110);

/// Why the demonstration could not be filled in.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The last attempt stopped in the middle.
    #[error("an earlier start was interrupted while filling it in: delete the database and start again")]
    Interrupted,
    /// The stories and the file of requests don't fit together.
    #[error("the stories and the requests of the demonstration do not fit together")]
    Fixture,
    /// The file of requests is broken.
    #[error("the requests of the demonstration cannot be read")]
    File(#[from] FileError),
    /// One of them is.
    #[error("a request of the demonstration cannot be read")]
    Record(#[from] IntakeError),
    /// It could not be taken in.
    #[error("the requests of the demonstration cannot be taken in")]
    Import(#[from] ImportError),
    /// A use case said no.
    #[error("a use case of the demonstration failed")]
    UseCase(#[from] PortError),
    /// The database did not take it.
    #[error("the database did not take the demonstration")]
    Store(#[from] StoreError),
    /// A password could not be hashed.
    #[error("the passwords of the demonstration could not be made")]
    Password(#[from] PasswordError),
    /// The clock of the demonstration is not one that can be set.
    #[error("the demonstration has no clock of its own")]
    Clock(#[from] NotSettable),
}

/// What a database holds.
enum Holding {
    Nothing,
    Demo { complete: bool },
    RealData,
}

/// Keeps demonstration and reality apart, and fills an empty database when a demo is asked for.
///
/// # Errors
/// [`StartError::DemoData`], [`StartError::RealData`], and [`DemoError`] when filling fails.
pub async fn prepare(program: &Program, demo: bool) -> Result<(), StartError> {
    match (demo, holding(program).await?) {
        (true, Holding::Nothing) => Ok(fill(program).await?),
        (true, Holding::Demo { complete: false }) => Err(DemoError::Interrupted.into()),
        (true, Holding::RealData) => Err(StartError::RealData),
        (false, Holding::Demo { .. }) => Err(StartError::DemoData),
        _ => Ok(()),
    }
}

async fn holding(program: &Program) -> Result<Holding, StoreError> {
    let mut work = program.store.read().await?;
    Ok(if work.setting(BEGUN).await?.is_some() || work.has_demo_accounts().await? {
        Holding::Demo { complete: work.setting(FILLED).await?.is_some() }
    } else if work.holds_data().await? {
        Holding::RealData
    } else {
        Holding::Nothing
    })
}

/// Fills an empty database; the same day gives the same demonstration.
///
/// # Errors
/// [`DemoError`].
pub async fn fill(program: &Program) -> Result<(), DemoError> {
    let now = program.clock.rome_now().0;
    tracing::info!("filling in the demonstration");
    // Whatever stops the filling, the database is known to be a demonstration from here on.
    mark(program, BEGUN).await?;
    let providers = RequestsFile { requests: Vec::new(), ..RequestsFile::parse(REQUESTS)? };
    program.services.import(&providers).await?;
    let cast = Cast::settle(program, now.date()).await?;

    let mut stage = Stage::new(program, Clock::frozen(now), &cast, Workdays::around(now.date()));
    for (at, scene) in script(STORIES, notices(now)?, now) {
        stage.play(at, scene).await?;
    }
    // What happened since midnight.
    program.services.raise_notices().await?;
    Ok(mark(program, FILLED).await?)
}

async fn mark(program: &Program, setting: &str) -> Result<(), StoreError> {
    let mut work = program.store.write().await?;
    work.keep_setting(setting, "true").await?;
    work.commit().await
}

/// Whether the database is a demonstration, whose passwords everybody knows: nothing real may come into it.
///
/// # Errors
/// The database does not answer.
pub async fn is_demo(program: &Program) -> Result<bool, StoreError> {
    Ok(matches!(holding(program).await?, Holding::Demo { .. }))
}

/// The requests, moved by whole local days so that the file's reference date is today, and none notified after now.
fn notices(now: NaiveDateTime) -> Result<Vec<Notice>, DemoError> {
    let file = RequestsFile::parse(REQUESTS)?;
    let days = file.reference_date.map_or(0, |reference| (now.date() - reference).num_days());
    file.requests
        .into_iter()
        .map(|mut record| {
            let days = days - earlier(&record);
            shift_dates(&mut record, days);
            let mut request = NewRequest::parse(&record)?;
            if request.notified_local > now {
                shift_dates(&mut record, -1);
                request = NewRequest::parse(&record)?;
            }
            if let Some(valid_to) = voucher_end(&request.opal_code) {
                record["voucher"]["valid_to"] = days_after(now.date(), valid_to).to_string().into();
                request = NewRequest::parse(&record)?;
            }
            if request.opal_code == OLD_HIRE.0 {
                record["ground"]["hired_on"] = days_after(now.date(), -OLD_HIRE.1).to_string().into();
                request = NewRequest::parse(&record)?;
            }
            Ok(Notice { record, request })
        })
        .collect()
}

/// How many days earlier than in the fixture a request was notified, so that nobody decided it in time.
fn earlier(record: &Value) -> i64 {
    let lapsed = STORIES.iter().any(|story| matches!(story.outcome, Outcome::Lapsed) && record["opal_code"] == story.opal_code);
    if lapsed { LAPSED_DAYS } else { 0 }
}

/// The end that a story gives to its voucher, in days from today.
fn voucher_end(opal_code: &str) -> Option<i32> {
    STORIES.iter().find(|story| story.opal_code == opal_code).and_then(|story| match story.outcome {
        Outcome::Admitted { valid_to, .. } => valid_to,
        _ => None,
    })
}
