//! What came of the rows of a file, grouped so that ten thousand equal problems are one line.

use std::collections::BTreeMap;

use serde::Serialize;

/// How many places are named for each group.
const NAMED: usize = 5;

/// A kind of problem with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// A number, date or code that does not parse.
    Unreadable,
    /// A state that the codes do not know on that date.
    UnknownState,
    /// A voter that was no member of the United Nations on that date.
    NotMember,
    /// A date outside the coverage of the dataset.
    OutOfCoverage,
    /// A session and a date that exclude each other.
    WrongSession,
    /// The same statement as an earlier row.
    Duplicate,
    /// Contradicts an earlier row, which is kept.
    Contradiction,
    /// The row is kept: what is odd about it.
    Odd,
}

impl Fault {
    /// Whether a row with this problem is kept nevertheless.
    pub fn keeps(self) -> bool {
        self == Self::Odd
    }
}

/// Rows with the same problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The kind of problem.
    pub fault: Fault,
    /// In words.
    pub reason: String,
    /// How many rows.
    pub rows: usize,
    /// The lines (of a Parquet file: the rows) of the first few.
    pub lines: Vec<u64>,
}

/// What came of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Rows of the file.
    pub rows: usize,
    /// Rows that became observations.
    pub kept: usize,
    /// Sessions of which a row was kept; 0 where the dataset has none.
    pub sessions: usize,
    /// What was done to the text before it was read (decoded, repaired), in words.
    pub text: Vec<String>,
    /// Problems, by kind and reason.
    pub problems: Vec<Group>,
}

impl Report {
    /// How many rows have a problem of this kind.
    pub fn count(&self, fault: Fault) -> usize {
        self.problems.iter().filter(|g| g.fault == fault).map(|g| g.rows).sum()
    }
}

/// Gathers problems row by row.
#[derive(Debug, Default)]
pub(super) struct Problems(BTreeMap<(Fault, String), (usize, Vec<u64>)>);

impl Problems {
    pub(super) fn add(&mut self, fault: Fault, reason: String, line: u64) {
        let (rows, lines) = self.0.entry((fault, reason)).or_default();
        *rows += 1;
        if lines.len() < NAMED {
            lines.push(line);
        }
    }

    pub(super) fn groups(self) -> Vec<Group> {
        let group = |((fault, reason), (rows, lines))| Group { fault, reason, rows, lines };
        self.0.into_iter().map(group).collect()
    }
}
