//! What can go wrong, named by who is at fault, with the place in the message and the remedy in [`Error::hints`].

mod hints;

use std::path::PathBuf;

use chancery_ledger::LedgerError;
use chancery_model::ModelError;

use crate::source::encoding::Undecodable;

/// Something that the façade could not do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Input: a file that cannot be read.
    #[error("{name}: {}", io_reason(.source))]
    Read {
        /// File, folder, or `-`.
        name: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// Input: nothing in it.
    #[error("{name}: is empty")]
    Empty {
        /// The file or line.
        name: String,
    },
    /// Input: a folder without readable files.
    #[error("{name}: the folder holds no text, Markdown or HTML files")]
    EmptyFolder {
        /// The folder.
        name: String,
    },
    /// Input: no text file.
    #[error("{name}: is {what}, not text")]
    Binary {
        /// The file.
        name: String,
        /// What it looks like.
        what: &'static str,
    },
    /// Input: text in no encoding that can be told.
    #[error("{name}: unreadable characters: {why}")]
    Encoding {
        /// The file.
        name: String,
        /// What was tried.
        why: String,
    },
    /// Input: too large.
    #[error("{name}: {} above the limit of {}", size(*.bytes), megabytes(*.limit))]
    TooLarge {
        /// The file or line.
        name: String,
        /// Its size where known.
        bytes: Option<u64>,
        /// The limit.
        limit: u64,
    },
    /// Input: markup without running text.
    #[error("{name}: holds no running text")]
    NoText {
        /// The file.
        name: String,
    },
    /// Input: neither German nor English.
    #[error("{name}: the language is neither German nor English, or cannot be told")]
    UnknownLanguage {
        /// The file or line.
        name: String,
    },
    /// Input: a language that is not read.
    #[error("{name}: language `{lang}` is not read")]
    UnsupportedLanguage {
        /// The file or line.
        name: String,
        /// As given.
        lang: String,
    },
    /// Input: published after today.
    #[error("{name}: publication date {date} is in the future (anywhere on earth it is {today} at the latest)")]
    FutureDate {
        /// The file or line.
        name: String,
        /// The date.
        date: String,
        /// The clock's day.
        today: String,
    },
    /// Input: front matter with a value that cannot be read.
    #[error("{name}: `{key}: {value}` in the front matter is no {key}")]
    FrontMatter {
        /// The file.
        name: String,
        /// The key.
        key: &'static str,
        /// Its value.
        value: String,
    },
    /// Input: a line of JSON that is no record.
    #[error("{name}: {why}")]
    Record {
        /// File and line.
        name: String,
        /// What is wrong.
        why: String,
    },
    /// Input: a record without what this command needs.
    #[error("{name}: the record has no `id`")]
    NoId {
        /// File and line.
        name: String,
    },
    /// Input: no state of this name.
    #[error("no state or body is called `{input}`")]
    UnknownState {
        /// As given.
        input: String,
        /// What may be meant: code and name.
        suggestions: Vec<String>,
    },
    /// Input: an identifier that nothing, or more than one thing, answers to.
    #[error("{what}")]
    Reference {
        /// What is wrong with it.
        what: String,
        /// What may be meant.
        candidates: Vec<String>,
    },
    /// Input: a dataset that cannot be read.
    #[error(transparent)]
    Dataset(Box<crate::dataset::DatasetError>),
    /// Input: a question that no measure answers.
    #[error(transparent)]
    Measure(#[from] chancery_measure::MeasureError),
    /// Input: the record holds nothing on it.
    #[error("{what}")]
    NoRecord {
        /// What is missing.
        what: String,
    },
    /// The network: no connection, or a server that refuses.
    #[error("{url}: {why}")]
    Unreachable {
        /// The address.
        url: String,
        /// What was said.
        why: String,
    },
    /// The network: a transfer that ended before its end. What has come stays.
    #[error("{url}: {why} after {done} bytes{}", total.map_or_else(String::new, |t| format!(" of {t}")))]
    Interrupted {
        /// The address.
        url: String,
        /// Bytes that are here.
        done: u64,
        /// Bytes of the whole file, where known.
        total: Option<u64>,
        /// What happened.
        why: String,
    },
    /// The network: a file that is not the one expected.
    #[error("{url}: the file has the SHA-256 {found}, expected was {expected}")]
    WrongHash {
        /// The address.
        url: String,
        /// As asked for.
        expected: String,
        /// As it arrived.
        found: String,
    },
    /// Input: there is no workspace.
    #[error("no workspace: {} and no folder above it holds a chancery.toml", .0.display())]
    NoWorkspace(PathBuf),
    /// Input: the folder named is no workspace.
    #[error("{} is no workspace: it holds no chancery.toml", .0.display())]
    NotAWorkspace(PathBuf),
    /// Input: there is one already.
    #[error("{} is a workspace already", .0.display())]
    WorkspaceExists(PathBuf),
    /// Input: the folder is in use for something else than a demonstration.
    #[error("{} is not empty and was not made by `chancery demo`; it is left alone", .0.display())]
    NotADemo(PathBuf),
    /// Input: the workspace's settings cannot be read.
    #[error("{}: {why}", .path.display())]
    Settings {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// Input: the workspace was made by a newer program.
    #[error("{}: workspace version {found} is newer than this program reads ({supported})", .path.display())]
    NewerWorkspace {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The newest read here.
        supported: u32,
    },
    /// Policy: a text that was redacted does not come back unasked.
    #[error("{name}: this document ({id}) was redacted: {reason}")]
    Redacted {
        /// The file or line.
        name: String,
        /// The document.
        id: String,
        /// Why it was redacted.
        reason: String,
    },
    /// Storage: a file of the workspace cannot be written.
    #[error("{}: {source}", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The ledger refuses.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// A value outside the model.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// Program: the embedded knowledge does not load.
    #[error("embedded knowledge: {0}")]
    Knowledge(String),
    /// Program: a language without its model.
    #[error("this program was built without the model for `{0}`")]
    NoModel(String),
    /// Program: it fell over a text.
    #[error("{name}: internal error: {what}")]
    Internal {
        /// The file or line.
        name: String,
        /// What the panic said.
        what: String,
    },
}

impl Error {
    pub(crate) fn read(name: &str, source: std::io::Error) -> Self {
        Self::Read { name: name.to_owned(), source }
    }

    pub(crate) fn undecodable(name: &str, why: Undecodable) -> Self {
        let name = name.to_owned();
        match why {
            Undecodable::Binary(what) => Self::Binary { name, what },
            Undecodable::Garbage(why) => Self::Encoding { name, why },
        }
    }

    /// Whether a rule of use, and not a fault, stands against it.
    pub fn is_policy(&self) -> bool {
        matches!(self, Self::Redacted { .. })
    }
}

fn io_reason(source: &std::io::Error) -> String {
    match source.kind() {
        std::io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        std::io::ErrorKind::IsADirectory => "is a folder".to_owned(),
        _ => source.to_string(),
    }
}

fn size(bytes: Option<u64>) -> String {
    bytes.map_or_else(|| "size".to_owned(), |b| format!("{} is", megabytes(b)))
}

fn megabytes(bytes: u64) -> String {
    if bytes < 100_000 { format!("{bytes} bytes") } else { format!("{:.1} MB", bytes as f64 / 1e6) }
}

impl From<crate::dataset::DatasetError> for Error {
    fn from(error: crate::dataset::DatasetError) -> Self {
        Self::Dataset(Box::new(error))
    }
}
