//! `init`: a new workspace.

use std::path::PathBuf;
use std::process::ExitCode;

use chancery::Workspace;
use clap::Args;

use crate::error::CommandError;
use crate::terminal;

/// Make a workspace: a folder with a ledger in it
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The folder; made if it does not exist
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
}

pub(crate) fn run(args: &Init) -> Result<ExitCode, CommandError> {
    let workspace = Workspace::create(&args.dir)?;
    terminal::say(&format!("workspace made in {}", workspace.root().display()));
    terminal::say(&format!("next: chancery --workspace {} add FILE…", workspace.root().display()));
    Ok(ExitCode::SUCCESS)
}
