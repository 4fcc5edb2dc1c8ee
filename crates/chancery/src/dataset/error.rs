//! Why a dataset cannot be read at all. Single bad rows are no error; they stand in the report.

use thiserror::Error;

/// Why a dataset cannot be read.
#[derive(Debug, Error)]
pub enum DatasetError {
    /// No dataset has this name.
    #[error("no dataset is called {name}; there are {known}")]
    Unknown {
        /// The name asked for.
        name: String,
        /// All names.
        known: String,
    },
    /// A file of `data/` does not read.
    #[error("{file} does not read: {why}")]
    Knowledge {
        /// Its path below `data/`.
        file: String,
        /// What is wrong.
        why: String,
    },
    /// The file does not read as a table.
    #[error("{file}{}: {why}", line.map(|l| format!(", line {l}")).unwrap_or_default())]
    Table {
        /// Name of the file.
        file: String,
        /// Line, where known.
        line: Option<u64>,
        /// What is wrong.
        why: String,
    },
    /// A column is missing.
    #[error("{file} has no column {missing} and is not read as {name}; it has {found}")]
    Column {
        /// Name of the file.
        file: String,
        /// The dataset.
        name: String,
        /// Accepted spellings of the missing column.
        missing: String,
        /// The columns that there are.
        found: String,
    },
    /// Fewer rows, states or sessions than the dataset is known to have.
    #[error("{name} has {found} {what}, at least {least} are expected: the file is cut short or another release")]
    Short {
        /// The dataset.
        name: String,
        /// What was counted.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many there must be.
        least: usize,
    },
    /// The measures refuse the votes.
    #[error(transparent)]
    Measure(#[from] chancery_measure::MeasureError),
}
