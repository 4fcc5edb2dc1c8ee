//! What ends a command early: the kind decides the exit code, hints are a field of their own.

use std::process::ExitCode;

use chancery::Error;
use chancery::dataset::DatasetError;
use chancery::ledger::LedgerError;

use crate::terminal;

/// Kinds of failure, each with its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Something did not work.
    Failure,
    /// The arguments make no sense.
    Usage,
    /// Some inputs failed, the rest was done.
    SomeFailed,
    /// Verification found damage.
    Verification,
    /// A rule of use stands against it.
    Policy,
    /// The user broke off.
    Interrupted,
    /// Nobody reads standard output any more: an end, not a fault.
    ClosedPipe,
}

impl Kind {
    fn code(self) -> u8 {
        match self {
            Self::ClosedPipe => 0,
            Self::Failure => 1,
            Self::Usage => 2,
            Self::SomeFailed => 4,
            Self::Verification => 5,
            Self::Policy => 6,
            Self::Interrupted => 130,
        }
    }
}

/// What ends a command early.
#[derive(Debug)]
pub(crate) struct CommandError {
    kind: Kind,
    source: Box<dyn std::error::Error + Send + Sync>,
    hints: Vec<String>,
}

impl CommandError {
    /// An error of a kind with a message.
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, source: message.into().into(), hints: Vec::new() }
    }

    /// The same with a hint more.
    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// What came of writing to standard output.
    #[allow(clippy::needless_pass_by_value)] // the shape that `map_err` wants
    pub(crate) fn output(error: std::io::Error) -> Self {
        let closed = error.kind() == std::io::ErrorKind::BrokenPipe;
        let kind = if closed { Kind::ClosedPipe } else { Kind::Failure };
        Self::new(kind, format!("standard output: {error}"))
    }

    /// Prints it and gives the exit code.
    pub(crate) fn report(&self) -> ExitCode {
        if self.kind != Kind::ClosedPipe {
            terminal::complain(&self.source.to_string(), &self.hints);
        }
        ExitCode::from(self.kind.code())
    }
}

impl From<Error> for CommandError {
    fn from(error: Error) -> Self {
        let kind = match &error {
            Error::UnknownState { .. } | Error::Reference { .. } => Kind::Usage,
            Error::Dataset(error) if matches!(**error, DatasetError::Unknown { .. }) => Kind::Usage,
            error if error.is_policy() => Kind::Policy,
            _ => Kind::Failure,
        };
        Self { kind, hints: error.hints(), source: Box::new(error) }
    }
}

impl From<DatasetError> for CommandError {
    fn from(error: DatasetError) -> Self {
        Error::from(error).into()
    }
}

impl From<LedgerError> for CommandError {
    fn from(error: LedgerError) -> Self {
        Error::from(error).into()
    }
}
