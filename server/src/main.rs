//! The program `affianco`.

use std::process::ExitCode;

use server::{cli::Cli, startup};

#[tokio::main]
async fn main() -> ExitCode {
    match Cli::read() {
        Ok(cli) => startup::run(cli.command).await,
        Err(exit) => exit,
    }
    .into()
}
