//! What all commands share: which workspace.

use std::path::PathBuf;

use chancery::{Error, Workspace};
use clap::Args;

use crate::error::CommandError;

/// Options before or after every command.
#[derive(Debug, Args)]
pub(crate) struct Context {
    /// The workspace [default: the nearest folder above with a chancery.toml]
    #[arg(
        short,
        long,
        global = true,
        help_heading = "Everywhere",
        value_name = "DIR",
        env = "CHANCERY_WORKSPACE",
        hide_env_values = true
    )]
    workspace: Option<PathBuf>,
}

impl Context {
    /// The workspace: as given, else the nearest folder above the current one.
    pub(crate) fn workspace(&self) -> Result<Workspace, CommandError> {
        Ok(self.try_workspace()?)
    }

    /// The same with the reason kept apart, for commands that can do without.
    pub(crate) fn try_workspace(&self) -> Result<Workspace, Error> {
        if let Some(dir) = &self.workspace {
            return Workspace::open(dir);
        }
        let here = std::env::current_dir().map_err(|source| Error::Read { name: ".".to_owned(), source })?;
        Workspace::find(&here)
    }
}
