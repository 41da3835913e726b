//! The command line. Exit codes: 0 done, 1 failed or different from what was expected, 2 some records refused, 64 wrong usage.

use std::{path::PathBuf, process::ExitCode};

use clap::{ArgAction, Args, Parser, Subcommand, error::Error};

use crate::config::Flags;

/// How the program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// All of it.
    Done = 0,
    /// Nothing, not all, or not what was expected, for a reason that was printed.
    Failed = 1,
    /// What could be taken was taken; the refused records were printed.
    SomeRefused = 2,
    /// The command line makes no sense (`EX_USAGE`).
    WrongUsage = 64,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Affianco: job coaching services, from the notified request to the closed activity.
#[derive(Debug, Parser)]
#[command(name = "affianco", version, after_help = CONFIGURATION)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const CONFIGURATION: &str = "Settings are taken from flags, then from the environment (AFFIANCO_LISTEN for `listen`), then from a TOML file \
    (--config or AFFIANCO_CONFIG). `affianco check-config` lists them all.\n\n\
    Databases: sqlite:PATH, or postgres://USER:PASSWORD@HOST/NAME (better in the environment: others can read a command line).\n\n\
    Exit codes: 0 done, 1 failed, 2 some records refused, 64 wrong usage.";

const CASES: &str = "Each case is an action on a session (enter, modify, schedule, start, complete, cancel, close_negative) with the other sessions, the \
    dossier's dates and the time it is; it is judged as an operator of the site, by the built-in rulebook. The answer is a JSON array in the order \
    of the file: [{\"name\", \"blocks\": [\"R26\"], \"warns\": [], \"sentences\": []}]. Keys that begin with _ are ignored. No database, configuration or data \
    folder is touched.\n\n\
    Exit codes: 0 done, 1 different from what the file expects (with --expect), 64 wrong usage or a file that cannot be judged.";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Answers browsers until it is told to stop (SIGTERM or SIGINT)
    #[command(after_help = CONFIGURATION)]
    Serve(ServeFlags),
    /// Creates the database, or brings it to this version
    #[command(after_help = CONFIGURATION)]
    Migrate(StoreFlags),
    /// Prints the effective configuration and where each value comes from, without starting anything
    #[command(after_help = CONFIGURATION)]
    CheckConfig(ServeFlags),
    /// Takes activation requests from a JSON file (affianco/requests@1)
    ///
    /// Prints one line per refused record (position, OPAL code, field, reason code, text) and a summary. Records taken before are known and left alone.
    #[command(after_help = CONFIGURATION)]
    Import {
        /// The file to take them from
        file: PathBuf,
        /// Where the data is.
        #[command(flatten)]
        store: StoreFlags,
    },
    /// Judges the planning cases of a JSON file (affianco/schedule-cases@1) and prints which rules speak
    #[command(after_help = CASES)]
    CheckSchedule {
        /// The file to judge, or - for the standard input
        file: PathBuf,
        /// Compares with what each case expects, and tells every difference on the standard error
        #[arg(long)]
        expect: bool,
    },
}

/// Flags of every command: where the data is.
#[derive(Debug, Default, Args)]
pub struct StoreFlags {
    /// SQLite file or PostgreSQL server, see below [default: affianco.sqlite in the data folder]
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// Folder of database, master key and files [default: ./data]
    #[arg(long, value_name = "DIR")]
    data: Option<String>,
    /// TOML file with more settings
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// Flags of the commands that are about serving.
#[derive(Debug, Default, Args)]
pub struct ServeFlags {
    #[command(flatten)]
    store: StoreFlags,
    /// Address and port to answer on [default: 127.0.0.1:3000]
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// Fills an empty database with invented data and opens the test clock
    #[arg(long, action = ArgAction::SetTrue)]
    demo: bool,
    /// Stops the clock of the demo at this time of Rome, such as 2026-11-23T10:00
    #[arg(long, value_name = "TIME")]
    now: Option<String>,
    /// How messages leave: off, files (in the data folder) or the address of an SMTP server [default: off, files in a demo]
    #[arg(long, value_name = "ROUTE")]
    mail: Option<String>,
    /// Whom messages come from, such as "Affianco <avvisi@example.it>"
    #[arg(long, value_name = "ADDRESS")]
    mail_from: Option<String>,
}

impl Cli {
    /// Reads the command line of this process. Help and mistakes are printed here, and end the program with the given code.
    ///
    /// # Errors
    /// [`Exit::Done`] after help, [`Exit::WrongUsage`] after a mistake.
    pub fn read() -> Result<Self, Exit> {
        Self::try_parse().map_err(|error| {
            // Nobody is left to be told when the terminal itself is gone.
            let _ = error.print();
            exit_of(&error)
        })
    }
}

fn exit_of(error: &Error) -> Exit {
    if error.use_stderr() { Exit::WrongUsage } else { Exit::Done }
}

impl Command {
    /// The settings given as flags.
    pub fn flags(&self) -> Flags {
        match self {
            Self::Serve(flags) | Self::CheckConfig(flags) => flags.flags(),
            Self::Migrate(store) | Self::Import { store, .. } => store.flags(),
            Self::CheckSchedule { .. } => Flags::default(),
        }
    }
}

impl StoreFlags {
    fn flags(&self) -> Flags {
        Flags { file: self.config.clone(), values: given([("database", &self.database), ("data", &self.data)]) }
    }
}

impl ServeFlags {
    fn flags(&self) -> Flags {
        let mut flags = self.store.flags();
        let demo = self.demo.then(|| true.to_string());
        flags.values.extend(given([
            ("listen", &self.listen),
            ("demo", &demo),
            ("now", &self.now),
            ("mail", &self.mail),
            ("mail_from", &self.mail_from),
        ]));
        flags
    }
}

fn given<const N: usize>(flags: [(&'static str, &Option<String>); N]) -> Vec<(&'static str, String)> {
    flags.into_iter().filter_map(|(key, text)| Some((key, text.clone()?))).collect()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::config::SETTINGS;

    fn read(line: &str) -> Result<Cli, Exit> {
        Cli::try_parse_from(line.split(' ')).map_err(|error| exit_of(&error))
    }

    #[test]
    fn the_command_line_is_well_formed_and_every_argument_is_explained() {
        let mut cli = Cli::command();
        cli.build();
        cli.clone().debug_assert();
        for command in cli.get_subcommands() {
            assert!(command.get_about().is_some(), "{}", command.get_name());
            for argument in command.get_arguments() {
                assert!(argument.get_help().is_some(), "{} {}", command.get_name(), argument.get_id());
            }
        }
    }

    #[test]
    fn help_is_no_mistake_and_a_mistake_is_wrong_usage() {
        for line in
            ["affianco --help", "affianco serve --help", "affianco import --help", "affianco check-schedule --help", "affianco --version"]
        {
            assert_eq!(read(line).err(), Some(Exit::Done), "{line}");
        }
        for line in [
            "affianco",
            "affianco dance",
            "affianco serve --port 1",
            "affianco import",
            "affianco check-schedule",
            "affianco check-schedule a.json --data d",
            "affianco serve --listen",
            "affianco migrate --demo",
        ] {
            assert_eq!(read(line).err(), Some(Exit::WrongUsage), "{line}");
        }
    }

    #[test]
    fn every_flag_is_a_setting_and_arrives_as_one() {
        let line = "affianco serve --database sqlite:x --listen 127.0.0.1:0 --data d --demo --now 2026-11-23T10:00 --config f.toml --mail files --mail-from a@b.it";
        let flags = read(line).expect("good usage").command.flags();
        let mut keys: Vec<_> = flags.values.iter().map(|(key, _)| *key).collect();
        assert!(keys.iter().all(|key| SETTINGS.iter().any(|setting| setting.key == *key)));
        keys.sort_unstable();
        assert_eq!(keys, ["data", "database", "demo", "listen", "mail", "mail_from", "now"]);
        assert_eq!(flags.file, Some("f.toml".into()));
    }

    #[test]
    fn what_is_not_said_is_left_to_the_other_layers() {
        assert!(read("affianco serve").expect("good usage").command.flags().values.is_empty());
    }
}
