//! Reads the tab-separated knowledge as it ships, row by row.

/// A row with its columns.
pub(crate) struct Row {
    /// Path below `data/`.
    pub(crate) file: &'static str,
    /// Line in the file, from 1, for messages only.
    pub(crate) line: usize,
    cells: Vec<(&'static str, &'static str)>,
}

impl Row {
    /// The cell of a column; empty where there is none.
    pub(crate) fn cell(&self, column: &str) -> &'static str {
        self.cells.iter().find(|(name, _)| *name == column).map_or("", |(_, cell)| cell.trim())
    }
}

/// All rows of the shipped files whose path fits.
pub(crate) fn rows(fits: impl Fn(&str) -> bool) -> Vec<Row> {
    let mut out = Vec::new();
    for (file, text) in chancery_data::FILES.iter().filter(|(path, _)| fits(path)) {
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let Some((_, header)) = lines.next() else { continue };
        let header: Vec<&str> = header.split('\t').collect();
        for (n, line) in lines {
            out.push(Row { file, line: n + 1, cells: header.iter().copied().zip(line.split('\t')).collect() });
        }
    }
    out
}
