//! Reads tab-separated knowledge: a header line, `#` comments, lists inside a cell separated by `;`.

use super::KnowledgeError;

/// A table with named columns.
pub(crate) struct Table<'a> {
    file: &'a str,
    header: Vec<&'a str>,
    rows: Vec<(usize, Vec<&'a str>)>,
}

impl<'a> Table<'a> {
    /// Reads `text`; every column in `required` must be in the header.
    pub(crate) fn read(file: &'a str, text: &'a str, required: &[&str]) -> Result<Self, KnowledgeError> {
        let mut lines = text
            .lines()
            .enumerate()
            .map(|(n, line)| (n + 1, line.trim_end_matches('\r')))
            .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let header: Vec<&str> = lines.next().map(|(_, line)| line.split('\t').collect()).unwrap_or_default();
        if let Some(missing) = required.iter().find(|c| !header.contains(*c)) {
            return Err(KnowledgeError::new(file, 1, format!("column `{missing}` is missing; add it to the header")));
        }
        let rows = lines.map(|(n, line)| (n, line.split('\t').collect())).collect();
        Ok(Self { file, header, rows })
    }

    /// The rows in the order of the file.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_, 'a>> {
        self.rows.iter().map(move |(line, cells)| Row { table: self, line: *line, cells })
    }
}

/// One row.
pub(crate) struct Row<'t, 'a> {
    table: &'t Table<'a>,
    line: usize,
    cells: &'t [&'a str],
}

impl<'a> Row<'_, 'a> {
    /// Line number in the file, from 1.
    pub(crate) fn line(&self) -> usize {
        self.line
    }

    /// The cell of a column; a missing or absent one is empty.
    pub(crate) fn cell(&self, column: &str) -> &'a str {
        let at = self.table.header.iter().position(|c| *c == column);
        at.and_then(|at| self.cells.get(at)).map_or("", |cell| cell.trim())
    }

    /// The parts of a list cell.
    pub(crate) fn list(&self, column: &str) -> impl Iterator<Item = &'a str> {
        self.cell(column).split(';').map(str::trim).filter(|part| !part.is_empty())
    }

    /// An error that names this row.
    pub(crate) fn error(&self, what: impl Into<String>) -> KnowledgeError {
        KnowledgeError::new(self.table.file, self.line, what.into())
    }

    /// Parses a cell, naming the row on failure.
    pub(crate) fn parse<T: std::str::FromStr>(&self, column: &str) -> Result<T, KnowledgeError>
    where
        T::Err: std::fmt::Display,
    {
        self.cell(column).parse().map_err(|e: T::Err| self.error(format!("column `{column}`: {e}")))
    }
}
