//! What can go wrong in a task, by who is at fault.

use std::path::Path;

/// Why a task did not do its work.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TaskError {
    /// The command line: the caller's fault.
    #[error("{0}")]
    Usage(String),
    /// A file that cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file that says what it should not.
    #[error("{place}: {what}")]
    Input {
        /// The file, with a line where there is one.
        place: String,
        /// What is wrong.
        what: String,
    },
    /// A program that the task runs: it is missing or failed.
    #[error("{program}: {what}")]
    Program {
        /// Its name.
        program: String,
        /// What happened.
        what: String,
    },
    /// The task ran, and what it tests does not hold.
    #[error("{0}")]
    Broken(String),
}

impl TaskError {
    pub(crate) fn file(path: &Path, source: std::io::Error) -> Self {
        Self::File { path: path.display().to_string(), source }
    }

    pub(crate) fn input(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self::Input { place: place.into(), what: what.into() }
    }

    pub(crate) fn program(program: impl Into<String>, what: impl Into<String>) -> Self {
        Self::Program { program: program.into(), what: what.into() }
    }
}

/// The older tasks say what is wrong in a sentence.
impl From<String> for TaskError {
    fn from(message: String) -> Self {
        Self::Usage(message)
    }
}
