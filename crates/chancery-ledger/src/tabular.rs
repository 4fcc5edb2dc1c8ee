//! Tables of other people: any flat Parquet file as plain columns, for readers of datasets and for their tests.
//!
//! Whatever width and logical type a publisher chose, a column is asked for as integers, numbers, texts or days. An empty
//! cell is `None`; a cell that does not fit is an error that names file, column and row.

use std::path::Path;

use bytes::Bytes;
use deltalake::arrow::array::{Array, ArrayRef, AsArray};
use deltalake::arrow::compute::{CastOptions, cast_with_options, concat};
use deltalake::arrow::datatypes::{DataType, Date32Type, Float64Type};
use deltalake::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::LedgerError;

/// The largest whole number up to which a double holds every whole number.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A table read whole.
#[derive(Debug, Clone)]
pub struct Table {
    name: String,
    names: Vec<String>,
    columns: Vec<ArrayRef>,
    rows: usize,
}

impl Table {
    /// Reads every column of a Parquet file.
    pub fn open(path: &Path) -> Result<Self, LedgerError> {
        let bytes = std::fs::read(path).map_err(|e| LedgerError::disk(path, e))?;
        Self::of(&path.display().to_string(), bytes.into())
    }

    /// Reads every column of a Parquet file whose bytes are here; `name` is what errors call it.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, LedgerError> {
        Self::of(name, Bytes::copy_from_slice(bytes))
    }

    fn of(name: &str, bytes: Bytes) -> Result<Self, LedgerError> {
        let damaged = |e: &dyn std::fmt::Display| LedgerError::damaged(name, e);
        let builder = ParquetRecordBatchReaderBuilder::try_new(bytes).map_err(|e| damaged(&e))?;
        let schema = builder.schema().clone();
        let reader = builder.with_batch_size(65_536).build().map_err(|e| damaged(&e))?;
        let batches = reader.collect::<Result<Vec<_>, _>>().map_err(|e| damaged(&e))?;
        let rows = batches.iter().map(deltalake::arrow::record_batch::RecordBatch::num_rows).sum();
        let mut columns = Vec::new();
        for i in 0..if batches.is_empty() { 0 } else { schema.fields().len() } {
            let parts: Vec<&dyn Array> = batches.iter().map(|b| b.column(i).as_ref()).collect();
            columns.push(concat(&parts).map_err(|e| damaged(&e))?);
        }
        let names = schema.fields().iter().map(|f| f.name().clone()).collect();
        Ok(Self { name: name.to_owned(), names, columns, rows })
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The columns' names, in their order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// A column of whole numbers. A number with a fraction is refused.
    pub fn integers(&self, name: &str) -> Result<Vec<Option<i64>>, LedgerError> {
        let numbers = self.numbers(name)?;
        match numbers.iter().position(|n| n.is_some_and(|n| n.fract() != 0.0 || n.abs() > EXACT)) {
            Some(row) => Err(self.unfit(name, row, "is no whole number")),
            None => Ok(numbers.into_iter().map(|n| n.map(|n| n as i64)).collect()),
        }
    }

    /// A column of numbers. Not-a-number counts as empty: R and pandas write it so.
    pub fn numbers(&self, name: &str) -> Result<Vec<Option<f64>>, LedgerError> {
        let column = self.cast(name, &DataType::Float64)?;
        Ok(column.as_primitive::<Float64Type>().iter().map(|n| n.filter(|n| !n.is_nan())).collect())
    }

    /// A column as text.
    pub fn texts(&self, name: &str) -> Result<Vec<Option<String>>, LedgerError> {
        let column = self.cast(name, &DataType::Utf8)?;
        Ok(column.as_string::<i32>().iter().map(|t| t.map(str::to_owned)).collect())
    }

    /// A column of days, as days since 1970-01-01: dates, instants (their day in UTC) or ISO texts.
    pub fn days(&self, name: &str) -> Result<Vec<Option<i32>>, LedgerError> {
        let column = self.cast(name, &DataType::Date32)?;
        Ok(column.as_primitive::<Date32Type>().iter().collect())
    }

    fn cast(&self, name: &str, to: &DataType) -> Result<ArrayRef, LedgerError> {
        let at = self.names.iter().position(|n| n == name);
        let Some(column) = at.and_then(|i| self.columns.get(i)) else {
            let has = self.names.join(", ");
            return Err(LedgerError::damaged(&self.name, format!("no column {name}; it has {has}")));
        };
        let options = CastOptions { safe: true, ..CastOptions::default() };
        let cast = cast_with_options(column, to, &options)
            .map_err(|e| LedgerError::damaged(&self.name, format!("column {name}: {e}")))?;
        match (0..cast.len()).find(|&i| cast.is_null(i) && column.is_valid(i)) {
            Some(row) => Err(self.unfit(name, row, &format!("does not read as {to}"))),
            None => Ok(cast),
        }
    }

    fn unfit(&self, name: &str, row: usize, what: &str) -> LedgerError {
        LedgerError::damaged(&self.name, format!("column {name}, row {}: the value {what}", row + 1))
    }
}
