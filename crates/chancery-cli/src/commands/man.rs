//! `man`: the manual page, made from the same text as `--help`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chancery::Error;
use clap::Args;

use crate::error::CommandError;
use crate::output::Output;

/// Print the manual page, or write the pages of all commands to a folder
#[derive(Debug, Args)]
#[command(after_help = "Example: chancery man | man -l -")]
pub(crate) struct Man {
    /// Write one page per command there
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

pub(crate) fn run(args: &Man) -> Result<ExitCode, CommandError> {
    let command = crate::cli();
    if let Some(dir) = &args.dir {
        let failed = |source| Error::Write { path: dir.clone(), source };
        std::fs::create_dir_all(dir).and_then(|()| write_all(command, dir)).map_err(failed)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut page = Vec::new();
    // Writing to memory does not fail.
    clap_mangen::Man::new(command).render(&mut page).map_err(CommandError::output)?;
    let mut out = Output::new();
    out.text(&String::from_utf8_lossy(&page))?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn write_all(command: clap::Command, dir: &Path) -> std::io::Result<()> {
    clap_mangen::generate_to(command, dir)
}
