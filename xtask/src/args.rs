//! Arguments of the commands: `--name value…`.

use std::path::PathBuf;

use crate::error::TaskError;

/// The arguments after the command.
pub(crate) struct Args(pub(crate) Vec<String>);

impl Args {
    /// Refuses what the task does not know: a misspelt option must not be ignored.
    pub(crate) fn only(&self, known: &[&str]) -> Result<(), TaskError> {
        let unknown = self.0.iter().find(|a| a.starts_with("--") && !known.contains(&a.as_str()));
        unknown.map_or(Ok(()), |option| {
            let known = if known.is_empty() { "no options".to_owned() } else { known.join(", ") };
            Err(TaskError::Usage(format!("{option} is no option of this task, which knows {known}")))
        })
    }

    /// Every value of an option, up to the next option.
    pub(crate) fn many(&self, name: &str) -> Vec<&str> {
        let mut out = Vec::new();
        let mut on = false;
        for arg in &self.0 {
            if arg.starts_with("--") {
                on = arg == name;
            } else if on {
                out.push(arg.as_str());
            }
        }
        out
    }

    /// The first value of an option.
    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        self.many(name).first().copied()
    }

    /// A number.
    pub(crate) fn number(&self, name: &str) -> Result<Option<u64>, String> {
        self.one(name).map(|v| v.parse().map_err(|_| format!("{name} expects a number, not '{v}'"))).transpose()
    }

    /// A number, or what is usual.
    pub(crate) fn number_or(&self, name: &str, usual: u64) -> Result<u64, TaskError> {
        Ok(self.number(name)?.unwrap_or(usual))
    }

    /// A path.
    pub(crate) fn path(&self, name: &str) -> Option<PathBuf> {
        self.one(name).map(PathBuf::from)
    }

    /// Whether an option is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|a| a == name)
    }
}
