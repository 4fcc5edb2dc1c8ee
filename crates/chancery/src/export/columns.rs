//! Large numeric tables: columns with their types, as Parquet or CSV, without a string for every cell.

use std::sync::Arc;

use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;

use super::parquet::file;
use crate::error::Error;
use crate::rows::csv_field;

/// The cells of a column; `None` is empty, which is not zero.
#[derive(Debug, Clone, PartialEq)]
pub enum Cells {
    /// Whole numbers.
    Whole(Vec<Option<i64>>),
    /// Numbers.
    Decimal(Vec<Option<f64>>),
    /// Words, mostly the same few.
    Text(Vec<Option<Arc<str>>>),
}

/// A column by name. Names are letters, digits and underscores.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its cells.
    pub cells: Cells,
}

impl Column {
    /// A column.
    pub fn new(name: &str, cells: Cells) -> Self {
        Self { name: name.replace('-', "_"), cells }
    }

    fn rows(&self) -> usize {
        match &self.cells {
            Cells::Whole(cells) => cells.len(),
            Cells::Decimal(cells) => cells.len(),
            Cells::Text(cells) => cells.len(),
        }
    }
}

/// Columns of equal length as one Parquet file; `about` goes into its metadata.
///
/// # Errors
/// What the writer of the format reports, which is a fault of the program.
pub fn parquet_columns(columns: &[Column], about: &[(String, String)]) -> Result<Vec<u8>, Error> {
    write(columns, about).map_err(|e| Error::Internal { name: "parquet".to_owned(), what: e.to_string() })
}

fn write(columns: &[Column], about: &[(String, String)]) -> Result<Vec<u8>, ParquetError> {
    let fields: String = columns
        .iter()
        .map(|c| match c.cells {
            Cells::Whole(_) => format!("optional int64 {}; ", c.name),
            Cells::Decimal(_) => format!("optional double {}; ", c.name),
            Cells::Text(_) => format!("optional binary {} (STRING); ", c.name),
        })
        .collect();
    file(&format!("message panel {{ {fields} }}"), about, columns.len(), |n, mut cell| {
        match &columns[n].cells {
            Cells::Whole(cells) => {
                let (values, levels) = split(cells, |n| *n);
                cell.typed::<Int64Type>().write_batch(&values, Some(&levels), None)?;
            }
            Cells::Decimal(cells) => {
                let (values, levels) = split(cells, |n| *n);
                cell.typed::<DoubleType>().write_batch(&values, Some(&levels), None)?;
            }
            Cells::Text(cells) => {
                let (values, levels) = split(cells, |t: &Arc<str>| ByteArray::from(t.as_bytes().to_vec()));
                cell.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
            }
        }
        cell.close()
    })
}

fn split<T, U>(cells: &[Option<T>], value: impl Fn(&T) -> U) -> (Vec<U>, Vec<i16>) {
    let levels = cells.iter().map(|c| i16::from(c.is_some())).collect();
    (cells.iter().flatten().map(value).collect(), levels)
}

/// Columns of equal length as CSV (RFC 4180) with a header; an empty cell is nothing at all.
pub fn csv_columns(columns: &[Column]) -> String {
    let mut out = columns.iter().map(|c| c.name.as_str()).collect::<Vec<_>>().join(",") + "\r\n";
    for row in 0..columns.first().map_or(0, Column::rows) {
        for (n, column) in columns.iter().enumerate() {
            if n > 0 {
                out.push(',');
            }
            match &column.cells {
                Cells::Whole(cells) => cells[row].iter().for_each(|n| out.push_str(&n.to_string())),
                Cells::Decimal(cells) => cells[row].iter().for_each(|n| out.push_str(&n.to_string())),
                Cells::Text(cells) => cells[row].iter().for_each(|t| out.push_str(&csv_field(t))),
            }
        }
        out.push_str("\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};

    #[test]
    fn an_empty_cell_is_null_and_no_zero() {
        let columns = [
            Column::new("n", Cells::Whole(vec![Some(3), None])),
            Column::new("kappa-sq", Cells::Decimal(vec![None, Some(0.5)])),
            Column::new("iso1", Cells::Text(vec![Some("a,b".into()), None])),
        ];
        assert_eq!(csv_columns(&columns), "n,kappa_sq,iso1\r\n3,,\"a,b\"\r\n,0.5,\r\n");
        let bytes = parquet_columns(&columns, &[("convention".into(), "plain".into())]).unwrap();
        let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
        let rows: Vec<String> = reader.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect();
        assert_eq!(rows[0], "{n: 3, kappa_sq: null, iso1: \"a,b\"}");
        assert_eq!(rows[1], "{n: null, kappa_sq: 0.5, iso1: null}");
        let about = reader.metadata().file_metadata().key_value_metadata().unwrap();
        assert!(about.iter().any(|kv| kv.key == "convention" && kv.value.as_deref() == Some("plain")));
    }
}
