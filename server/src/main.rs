//! The program `affianco`.

use std::process::ExitCode;

use server::{cli::Cli, commands};

#[tokio::main]
async fn main() -> ExitCode {
    match Cli::read() {
        Ok(cli) => commands::run(cli.command).await,
        Err(exit) => exit,
    }
    .into()
}
