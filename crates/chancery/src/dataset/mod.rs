//! Datasets of others as observations: bytes of a CSV or Parquet file in, observations and a list of problems out.
//!
//! A dataset is described by a file of `data/sources/datasets/`: publisher, licence, citation, coverage, columns and
//! their spellings, what is odd about it, and how many rows there must be. One engine ([`read`]) reads all of them; a bad
//! row is reported with its line and kept out, and a missing column or a file that has halved is an error. Nothing here
//! touches the ledger.

mod codes;
mod days;
mod descriptor;
mod error;
mod merge;
mod report;
mod rows;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod unfold;
mod vetoes;
mod votes;
mod when;

pub use codes::{CodeError, Codes, System};
pub use descriptor::{Descriptor, PublicFrom, all, descriptor};
pub use error::DatasetError;
pub use merge::{Difference, merge};
pub use report::{Fault, Group, Report};
pub use table::Table;
pub use vetoes::{Veto, vetoes};
pub(crate) use votes::Key;
pub use votes::{Seats, votes};

use std::path::Path;

use chancery_model::{Date, Observation};
use smol_str::format_smolstr;

/// A dataset as read.
#[derive(Debug, Clone)]
pub struct Dataset {
    /// What it is.
    pub descriptor: &'static Descriptor,
    /// The rows that were kept, in the order of the file.
    pub observations: Vec<Observation>,
    /// What was read, what was kept, and why the rest was not.
    pub report: Report,
}

/// Reads a file (CSV, its gzip, Parquet) as the dataset `name`.
pub fn read(name: &str, path: &Path) -> Result<Dataset, DatasetError> {
    let file = path.display().to_string();
    let bytes =
        std::fs::read(path).map_err(|e| DatasetError::Table { file: file.clone(), line: None, why: e.to_string() })?;
    read_bytes(name, &file, &bytes)
}

/// Reads the bytes of such a file as the dataset `name`; `file` is what errors call it.
pub fn read_bytes(name: &str, file: &str, bytes: &[u8]) -> Result<Dataset, DatasetError> {
    let described = descriptor(name)?;
    let table = Table::read(file, bytes, |names| described.is_header(names))?;
    let (observations, report) = rows::observations(described, &unfold::unfold(described, table))?;
    Ok(Dataset { descriptor: described, observations, report })
}

impl Dataset {
    /// The dataset as a release of `day`: that is its vintage, and the first day of rows that are public by release.
    #[must_use]
    pub fn released(mut self, day: Date) -> Self {
        let vintage = format_smolstr!("{day}");
        for row in &mut self.observations {
            row.vintage = Some(vintage.clone());
            if matches!(self.descriptor.public_from, PublicFrom::Release(_)) {
                row.public_from = Some(day);
            }
        }
        self
    }

    /// The dataset itself if it holds what its description promises: a published file that halves is damaged. Extracts
    /// and updates of a few rows are read without this.
    pub fn complete(self) -> Result<Self, DatasetError> {
        let expected = &self.descriptor.expect;
        let states: std::collections::BTreeSet<_> = self.observations.iter().map(|o| &o.actor_a).collect();
        for (what, found, least) in [
            ("rows", self.report.kept, expected.rows),
            ("states", states.len(), expected.states),
            ("sessions", self.report.sessions, expected.sessions),
        ] {
            if found < least {
                let name = self.descriptor.name.clone();
                return Err(DatasetError::Short { name, what, found, least });
            }
        }
        Ok(self)
    }
}
