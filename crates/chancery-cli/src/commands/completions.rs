//! `completions`: what a shell needs to complete arguments.

use std::process::ExitCode;

use clap::Args;
use clap_complete::Shell;

use crate::error::CommandError;
use crate::output::Output;

/// Print completions for a shell
#[derive(Debug, Args)]
#[command(after_help = "Example: chancery completions bash > ~/.local/share/bash-completion/completions/chancery")]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

pub(crate) fn run(args: &Completions) -> Result<ExitCode, CommandError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut crate::cli(), "chancery", &mut script);
    let mut out = Output::new();
    out.text(&String::from_utf8_lossy(&script))?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
