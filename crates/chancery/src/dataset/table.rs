//! A table in memory, whatever file it came from. Cells are text; an empty cell is `None`.

use chancery_ledger::{ForeignTable, LedgerError};
use smol_str::SmolStr;

use super::{DatasetError, text};

/// A column: its cells from the first row to the last.
pub(super) type Cells = Vec<Option<SmolStr>>;

/// A table read whole.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Name of the file, for messages.
    pub(super) file: String,
    pub(super) names: Vec<String>,
    pub(super) columns: Vec<Cells>,
    /// Line of each row in a text file; the number of the row in a binary one.
    pub(super) lines: Vec<u64>,
    /// Lines that have not as many cells as the header, and in words how many they have.
    pub(super) torn: Vec<(u64, String)>,
    /// What was done to the text.
    pub(super) said: Vec<String>,
}

/// In how many lines a header is looked for.
const PREAMBLE: usize = 40;

/// How many lines stand above the header, and the text from the header on.
fn preamble(text: &str, is_header: impl Fn(&[String]) -> bool) -> (u64, &str) {
    let mut rest = text;
    for above in 0..PREAMBLE as u64 {
        let Some(line) = rest.lines().next() else { break };
        let names = reader(line, line).headers().map(|h| h.iter().map(|n| n.trim().to_owned()).collect::<Vec<_>>());
        if names.is_ok_and(|names| is_header(&names)) {
            return (above, rest);
        }
        rest = rest.split_once('\n').map_or("", |(_, below)| below);
    }
    (0, text)
}

fn reader<'a>(header: &str, text: &'a str) -> csv::Reader<&'a [u8]> {
    let count = |d: &u8| (header.bytes().filter(|b| b == d).count(), u8::MAX - *d);
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(count).unwrap_or(b',');
    csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes())
}

impl Table {
    /// Reads the bytes of a CSV file, of its gzip, or of a Parquet file, told apart by how they begin.
    pub fn read(file: &str, bytes: &[u8], is_header: impl Fn(&[String]) -> bool) -> Result<Self, DatasetError> {
        if !bytes.starts_with(b"PAR1") {
            return Self::csv(file, bytes, is_header);
        }
        let failed = |e: LedgerError| DatasetError::Table { file: file.to_owned(), line: None, why: e.to_string() };
        let table = ForeignTable::read(file, bytes).map_err(failed)?;
        let mut columns = Vec::new();
        for name in table.names() {
            let cells = table.texts(name).map_err(failed)?;
            columns.push(cells.into_iter().map(|c| c.filter(|c| c != "NaN").map(SmolStr::from)).collect());
        }
        let (names, lines) = (table.names().to_vec(), (1..=table.rows() as u64).collect());
        Ok(Self { file: file.to_owned(), names, columns, lines, ..Self::default() })
    }

    /// Reads the bytes of a CSV file or of its gzip. The delimiter is the one of comma, semicolon and tabulator that the
    /// header has most of. Lines above the first one that `is_header` accepts are a preamble and left out; where none is
    /// accepted the first line is the header. A line with more or fewer cells than the header is no row and is named.
    pub fn csv(file: &str, bytes: &[u8], is_header: impl Fn(&[String]) -> bool) -> Result<Self, DatasetError> {
        let damaged = |line: Option<u64>, why: String| DatasetError::Table { file: file.to_owned(), line, why };
        let (text, mut said) = text::decode(file, bytes)?;
        let (above, below) = preamble(&text, is_header);
        if above > 0 {
            said.push(format!("{above} lines above the header are left out"));
        }
        let header = below.lines().next().unwrap_or_default();
        let mut reader = reader(header, below);
        let names: Vec<String> = match reader.headers() {
            Ok(headers) => headers.iter().map(|h| h.trim().to_owned()).collect(),
            Err(e) => return Err(damaged(Some(above + 1), e.to_string())),
        };
        if names.iter().all(String::is_empty) {
            return Err(damaged(None, "the file is empty".to_owned()));
        }
        let columns = vec![Cells::new(); names.len()];
        let mut table = Self { file: file.to_owned(), columns, names, said, ..Self::default() };
        let mut record = csv::StringRecord::new();
        loop {
            match reader.read_record(&mut record) {
                Ok(false) => return Ok(table),
                Ok(true) => {}
                Err(e) => return Err(damaged(e.position().map(|p| above + p.line()), e.to_string())),
            }
            let line = above + record.position().map_or(0, csv::Position::line);
            if record.len() != table.names.len() {
                let wrong = format!("{} cells where the header has {}", record.len(), table.names.len());
                table.torn.push((line, wrong));
                continue;
            }
            table.lines.push(line);
            for (column, cell) in table.columns.iter_mut().zip(&record) {
                let cell = cell.trim();
                // R writes what it does not have as NA.
                column.push((!matches!(cell, "" | "NA" | "NaN")).then(|| SmolStr::new(cell)));
            }
        }
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.lines.len()
    }

    /// The columns' names, in their order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// A column by one of its accepted spellings, upper and lower case alike.
    pub(super) fn column(&self, spellings: &[String]) -> Option<&Cells> {
        let at = spellings.iter().find_map(|s| self.names.iter().position(|n| n.eq_ignore_ascii_case(s)))?;
        self.columns.get(at)
    }
}
