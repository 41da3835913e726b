//! What the command line can ask for: one module per command.

mod check_schedule;
mod import;
pub mod serve;

use std::{
    error::Error,
    io::{self, Write as _},
};

use crate::{
    cli::{Command, Exit},
    config::{self, Config},
    startup::{StartError, open_store},
    telemetry,
};

/// Runs a command to its end. What went wrong is one line on the standard error.
pub async fn run(command: Command) -> Exit {
    match execute(command).await {
        Ok(exit) => exit,
        Err(error) => {
            eprintln!("affianco: {}", with_causes(&error));
            match error {
                StartError::Config(error) if error.is_usage() => Exit::WrongUsage,
                _ => Exit::Failed,
            }
        }
    }
}

async fn execute(command: Command) -> Result<Exit, StartError> {
    // Needs nothing of this machine but its file.
    if let Command::CheckSchedule { file, expect } = &command {
        return Ok(check_schedule::check_schedule(file, *expect));
    }
    let (config, layers) = Config::load(&command.flags())?;
    if let Command::CheckConfig(_) = command {
        print(&config::report(&layers));
        return Ok(Exit::Done);
    }
    telemetry::init(config.log, &config.log_level)?;
    match command {
        Command::Serve(_) => serve::serve(config).await.map(|()| Exit::Done),
        Command::Migrate(_) => migrate(&config).await.map(|()| Exit::Done),
        Command::Import { file, .. } => import::import(&config, &file).await,
        Command::CheckConfig(_) | Command::CheckSchedule { .. } => Ok(Exit::Done),
    }
}

/// Creates the database, or brings it to this version.
async fn migrate(config: &Config) -> Result<(), StartError> {
    let store = open_store(config).await?;
    let migrated = store.migrate().await;
    store.close().await;
    Ok(migrated?)
}

/// Writes to the standard output. Who closed it has seen enough: that is no error of ours.
fn print(text: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// An error and what caused it, in one line.
fn with_causes(error: &dyn Error) -> String {
    let (mut line, mut next) = (error.to_string(), error.source());
    while let Some(cause) = next {
        let text = cause.to_string();
        // Some errors end with their cause already.
        if !line.ends_with(&text) {
            line = format!("{line}: {text}");
        }
        next = cause.source();
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_printed_with_its_causes() {
        let error = StartError::Listen { address: "127.0.0.1:1".parse().expect("an address"), cause: io::Error::other("taken") };
        assert_eq!(with_causes(&error), "cannot answer on 127.0.0.1:1: taken");
    }
}
