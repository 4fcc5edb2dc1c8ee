//! Tables as Parquet, with the types that other programs expect: days are dates, lists are lists, what is absent is null.
//!
//! The ledger's own tables are Parquet too; this is for handing on a selection with what is derived at reading (standing,
//! state, origin), in one file without a log beside it.

use std::sync::Arc;

use chancery_model::Date;
use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;

use crate::error::Error;
use crate::origin::number;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Whole,
    Decimal,
    Day,
    Words,
}

/// The kind of a column, by its name: one name means one thing in all tables.
fn kind(column: &str) -> Kind {
    match column {
        "contexts" | "initiator" | "recipient" | "subject" | "object" | "third" => Kind::Words,
        "start" | "end" => Kind::Whole,
        "amount" => Kind::Decimal,
        "from" | "to" | "occurred_from" | "occurred_to" | "published_from" | "published_to" => Kind::Day,
        _ => Kind::Text,
    }
}

/// A table of cells as text (lists joined with a space, empty for absent) as a Parquet file; `about` goes into its
/// metadata.
///
/// # Errors
/// What the writer of the format reports, which is a fault of the program.
pub fn parquet<const N: usize>(
    columns: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
    about: &[(&str, String)],
) -> Result<Vec<u8>, Error> {
    let rows: Vec<[String; N]> = rows.into_iter().collect();
    write(&columns, &rows, about).map_err(|e| Error::Internal { name: "parquet".to_owned(), what: e.to_string() })
}

fn write<const N: usize>(
    columns: &[&str; N],
    rows: &[[String; N]],
    about: &[(&str, String)],
) -> Result<Vec<u8>, ParquetError> {
    let fields: String = columns.iter().map(|c| field(c)).collect();
    let about: Vec<(String, String)> = about.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
    file(&format!("message table {{ {fields} }}"), &about, N, |n, column| {
        let cells: Vec<&str> = rows.iter().map(|row| row[n].as_str()).collect();
        fill(column, kind(columns[n]), &cells)
    })
}

/// One file with one group of rows: its schema, what its metadata say, and `fill` for each of its columns.
pub(super) fn file(
    schema: &str,
    about: &[(String, String)],
    columns: usize,
    mut fill: impl FnMut(usize, SerializedColumnWriter<'_>) -> Result<(), ParquetError>,
) -> Result<Vec<u8>, ParquetError> {
    let about = about.iter().map(|(key, value)| KeyValue::new(key.clone(), value.clone())).collect();
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(format!("chancery {}", env!("CARGO_PKG_VERSION")))
        .set_key_value_metadata(Some(about))
        .build();
    let mut out = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut out, Arc::new(parse_message_type(schema)?), Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    for n in 0..columns {
        let Some(column) = group.next_column()? else { break };
        fill(n, column)?;
    }
    group.close()?;
    writer.close()?;
    Ok(out)
}

fn field(name: &str) -> String {
    match kind(name) {
        Kind::Text => format!("optional binary {name} (STRING); "),
        Kind::Whole => format!("optional int64 {name}; "),
        Kind::Decimal => format!("optional double {name}; "),
        Kind::Day => format!("optional int32 {name} (DATE); "),
        Kind::Words => {
            format!("required group {name} (LIST) {{ repeated group list {{ required binary element (STRING); }} }} ")
        }
    }
}

/// Writes one column. A cell that is empty is null, or a list without elements.
fn fill(mut column: SerializedColumnWriter<'_>, kind: Kind, cells: &[&str]) -> Result<(), ParquetError> {
    let bytes = |text: &str| ByteArray::from(text.as_bytes().to_vec());
    let levels: Vec<i16> = cells.iter().map(|c| i16::from(!c.is_empty())).collect();
    let present = || cells.iter().copied().filter(|c| !c.is_empty());
    match kind {
        Kind::Text => {
            let values: Vec<ByteArray> = present().map(bytes).collect();
            column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
        }
        Kind::Whole => {
            let values: Vec<i64> = present().filter_map(|c| c.parse().ok()).collect();
            column.typed::<Int64Type>().write_batch(&values, Some(&levels), None)?;
        }
        Kind::Decimal => {
            let values: Vec<f64> = present().filter_map(|c| c.parse().ok()).collect();
            column.typed::<DoubleType>().write_batch(&values, Some(&levels), None)?;
        }
        Kind::Day => {
            let day = |c: &str| c.parse::<Date>().ok().and_then(|d| i32::try_from(number(d)).ok());
            let values: Vec<i32> = present().filter_map(day).collect();
            column.typed::<Int32Type>().write_batch(&values, Some(&levels), None)?;
        }
        Kind::Words => {
            let (mut values, mut defined, mut repeated) = (Vec::new(), Vec::new(), Vec::new());
            for cell in cells {
                if cell.is_empty() {
                    defined.push(0);
                    repeated.push(0);
                }
                for (n, word) in cell.split_whitespace().enumerate() {
                    values.push(bytes(word));
                    defined.push(1);
                    repeated.push(i16::from(n > 0));
                }
            }
            column.typed::<ByteArrayType>().write_batch(&values, Some(&defined), Some(&repeated))?;
        }
    }
    column.close()
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;

    #[test]
    fn types_lists_and_what_is_absent() {
        let row = |cells: [&str; 6]| cells.map(str::to_owned);
        let rows =
            [row(["c-1", "PRK RUS", "2019-04-25", "48000000.5", "12", "Größe"]), row(["c-2", "", "", "", "13", ""])];
        let columns = ["id", "initiator", "occurred_from", "amount", "start", "quote"];
        let bytes = parquet(columns, rows, &[("as_of_seq", "7".to_owned())]).unwrap();
        let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
        let about = reader.metadata().file_metadata().key_value_metadata().unwrap();
        assert!(about.iter().any(|kv| kv.key == "as_of_seq" && kv.value.as_deref() == Some("7")));
        let found: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].get_list(1).unwrap().len(), 2);
        assert!((found[0].get_double(3).unwrap() - 48_000_000.5).abs() < 1e-9);
        assert_eq!(found[0].get_string(5).unwrap(), "Größe");
        // 25 April 2019 as days since 1970.
        assert!(found[0].to_string().contains("2019-04-25"), "{}", found[0]);
        assert_eq!(found[1].get_list(1).unwrap().len(), 0);
        assert_eq!(found[1].get_long(4).unwrap(), 13);
        assert!(found[1].to_string().contains("null"), "{}", found[1]);
    }
}
