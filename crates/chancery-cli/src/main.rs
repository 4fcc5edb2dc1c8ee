//! The command: arguments in, one function of the façade, results to standard output, all else to standard error.
#![allow(clippy::disallowed_methods)] // the command reads files and folders for the façade

mod commands;
mod context;
mod error;
mod output;
mod progress;
mod table;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

use crate::context::Context;

/// Reads German and English news, keeps every claim with the words it rests on and who says so, and answers how two
/// states stand to each other.
#[derive(Debug, Parser)]
#[command(name = "chancery", version, max_term_width = 100, after_help = ENDING)]
struct Cli {
    #[command(flatten)]
    context: Context,
    #[command(subcommand)]
    command: commands::Command,
}

const ENDING: &str = "\
New here: `chancery demo` builds a workspace from built-in news items and says what to type next.

Exit codes: 0 good, 1 failure, 2 usage, 3 evidence too thin, 4 some inputs failed, \
5 verification failed, 6 refused by policy, 130 interrupted.";

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no faults; a closed pipe under them is none either.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    match cli.command.run(&cli.context) {
        Ok(code) => code,
        Err(error) => error.report(),
    }
}

/// The whole of the command line, for help pages.
fn cli() -> clap::Command {
    <Cli as clap::CommandFactory>::command()
}
