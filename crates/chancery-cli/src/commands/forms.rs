//! How rows are written: the options, and the six forms.

use std::path::PathBuf;

use chancery::export::parquet;
use chancery::render::markdown_escape;
use chancery::rows::csv;
use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::commands::asking::{deliver_bytes, seen};
use crate::error::CommandError;
use crate::output::{json, pretty_json};
use crate::terminal;

/// In which form, and where to.
#[derive(Debug, Clone, Args)]
pub(crate) struct Writing {
    /// How rows are written
    #[arg(long, value_enum, default_value_t = Format::Table, value_name = "FORMAT")]
    format: Format,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Write to a file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Forms of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Columns for a screen
    Table,
    /// One JSON object
    Json,
    /// A JSON object a line
    Ndjson,
    /// Comma-separated values; control characters of a source are written out unless a file is named
    Csv,
    /// Apache Parquet
    Parquet,
    /// A Markdown table
    Md,
}

/// Rows on their way out.
pub(crate) struct Outgoing<'a, R, W, const N: usize> {
    /// The names of the columns.
    pub(crate) columns: [&'static str; N],
    /// The rows.
    pub(crate) rows: &'a [R],
    /// A row as text.
    pub(crate) cells: fn(&R) -> [String; N],
    /// All of it as one JSON object.
    pub(crate) whole: W,
    /// What stands in the metadata of a Parquet file.
    pub(crate) about: Vec<(&'static str, String)>,
}

impl Writing {
    /// Writes the rows in the form asked for; `table` draws them for a screen.
    pub(crate) fn deliver<R: Serialize, W: Serialize, const N: usize>(
        &self,
        it: &Outgoing<'_, R, W, N>,
        table: impl FnOnce() -> String,
    ) -> Result<(), CommandError> {
        let to_screen = self.output.is_none();
        let cells = || it.rows.iter().map(it.cells);
        let text = match if self.json { Format::Json } else { self.format } {
            Format::Parquet => {
                terminal::no_bytes_on_a_screen(to_screen)?;
                return deliver_bytes(&parquet(it.columns, cells(), &it.about)?, self.output.as_ref());
            }
            Format::Table => table(),
            Format::Json => pretty_json(&it.whole) + "\n",
            Format::Ndjson => it.rows.iter().map(|row| json(row) + "\n").collect(),
            Format::Csv => seen(&csv(it.columns, cells()), to_screen),
            Format::Md => {
                let head = format!("| {} |\n|{}\n", it.columns.join(" | "), "---|".repeat(N));
                let line = |row: [String; N]| format!("| {} |\n", row.map(|c| markdown_escape(&c)).join(" | "));
                head + &cells().map(line).collect::<String>()
            }
        };
        deliver_bytes(text.as_bytes(), self.output.as_ref())
    }
}
