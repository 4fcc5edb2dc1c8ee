//! What can go wrong with a ledger, named by who is at fault. Every message says what to do next.

use std::path::{Path, PathBuf};

use chancery_model::ModelError;
use deltalake::DeltaTableError;

/// A ledger that cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// Input: there is no ledger in this folder.
    #[error("{} holds no ledger; `chancery init` makes one", .0.display())]
    NotALedger(PathBuf),
    /// Input: there is a ledger in this folder already.
    #[error("{} holds a ledger already; open it instead of creating one", .0.display())]
    AlreadyThere(PathBuf),
    /// Input: the ledger was written by a newer program.
    #[error(
        "{}: schema version {found} is newer than this program reads ({supported}); install a newer chancery",
        .path.display()
    )]
    NewerSchema {
        /// The table.
        path: PathBuf,
        /// Its version.
        found: String,
        /// The newest version read here.
        supported: u32,
    },
    /// Input: a document, claim or entry that breaks an invariant; nothing of its batch was written.
    #[error("{subject}: {what}")]
    Invalid {
        /// What was offered.
        subject: String,
        /// Which rule it breaks.
        what: String,
    },
    /// Input: no such identifier in the ledger.
    #[error("the ledger holds no {0}")]
    Unknown(String),
    /// Input: a value outside the model.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// Another writer: the lock was not free in time.
    #[error(
        "{}: locked by {holder} (waited {waited_s} s); wait for it to finish, or give a longer --wait",
        .path.display()
    )]
    Locked {
        /// The lock file.
        path: PathBuf,
        /// Who holds it, as far as the lock file tells.
        holder: String,
        /// Seconds waited.
        waited_s: u64,
    },
    /// Storage: the disk refused (full, read-only, no permission, failing).
    #[error("{}: {source}; {}", .path.display(), remedy(.source))]
    Disk {
        /// File or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Storage: a Delta table could not be read or committed.
    #[error("table {table}: {source}")]
    Table {
        /// Which table.
        table: &'static str,
        /// What went wrong.
        source: Box<DeltaTableError>,
    },
    /// Storage: what was written does not read back; `verify` tells more.
    #[error("{place}: {what}; run `chancery verify` and restore the file from a backup")]
    Damaged {
        /// File, table or row.
        place: String,
        /// What does not fit.
        what: String,
    },
}

impl LedgerError {
    pub(crate) fn disk(path: &Path, source: std::io::Error) -> Self {
        Self::Disk { path: path.to_owned(), source }
    }

    #[expect(clippy::needless_pass_by_value, reason = "callers hand over names, ids and errors alike")]
    pub(crate) fn damaged(place: impl ToString, what: impl ToString) -> Self {
        Self::Damaged { place: place.to_string(), what: what.to_string() }
    }

    #[expect(clippy::needless_pass_by_value, reason = "callers hand over names, ids and errors alike")]
    pub(crate) fn invalid(subject: impl ToString, what: impl ToString) -> Self {
        Self::Invalid { subject: subject.to_string(), what: what.to_string() }
    }

    pub(crate) fn table(table: &'static str) -> impl Fn(DeltaTableError) -> Self {
        move |source| match kind(&source) {
            // A disk that is full or refuses is told as that, wherever it is met.
            Some(kind) if kind != std::io::ErrorKind::NotFound => {
                Self::disk(Path::new(table), std::io::Error::new(kind, source))
            }
            _ => Self::Table { table, source: Box::new(source) },
        }
    }

    pub(crate) fn object(path: &Path, source: object_store::Error) -> Self {
        Self::disk(path, std::io::Error::new(kind(&source).unwrap_or(std::io::ErrorKind::Other), source))
    }
}

/// What the system said at the bottom of an error.
fn kind(error: &(dyn std::error::Error + 'static)) -> Option<std::io::ErrorKind> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<std::io::Error>() {
            return Some(found.kind());
        }
        next = error.source();
    }
    None
}

/// What helps against what the system said.
fn remedy(error: &std::io::Error) -> &'static str {
    use std::io::ErrorKind as E;
    match error.kind() {
        E::StorageFull | E::QuotaExceeded => "free some space and run the command again: nothing acknowledged is lost",
        E::PermissionDenied => "check who owns the folder",
        E::ReadOnlyFilesystem => "writing needs a folder that can be written to; reading works as it is",
        E::NotFound => "the file is gone; another program may have removed it",
        _ => "run the command again; nothing acknowledged is lost",
    }
}
