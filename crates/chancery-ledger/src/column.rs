//! Typed access to the columns of an Arrow batch.

use chancery_model::Date;
use deltalake::arrow::array::{Array, AsArray, ListArray, PrimitiveArray, StringArray};
use deltalake::arrow::datatypes::{Date32Type, Int32Type, Int64Type, TimestampMicrosecondType};
use deltalake::arrow::record_batch::RecordBatch;

use crate::LedgerError;

/// Day number of 1970-01-01 for `jiff`.
const EPOCH: Date = Date::constant(1970, 1, 1);

/// A day from its number since 1970.
pub(crate) fn date(days: i32) -> Option<Date> {
    EPOCH.checked_add(jiff::Span::new().try_days(i64::from(days)).ok()?).ok()
}

fn wrong(name: &str) -> LedgerError {
    LedgerError::damaged(name, "column is missing or of another type")
}

pub(crate) fn strings<'a>(rows: &'a RecordBatch, name: &str) -> Result<&'a StringArray, LedgerError> {
    rows.column_by_name(name).and_then(|c| c.as_string_opt()).ok_or_else(|| wrong(name))
}

pub(crate) fn longs<'a>(rows: &'a RecordBatch, name: &str) -> Result<&'a PrimitiveArray<Int64Type>, LedgerError> {
    rows.column_by_name(name).and_then(|c| c.as_primitive_opt()).ok_or_else(|| wrong(name))
}

pub(crate) fn instants<'a>(
    rows: &'a RecordBatch,
    name: &str,
) -> Result<&'a PrimitiveArray<TimestampMicrosecondType>, LedgerError> {
    rows.column_by_name(name).and_then(|c| c.as_primitive_opt()).ok_or_else(|| wrong(name))
}

pub(crate) fn positions<'a>(rows: &'a RecordBatch, name: &str) -> Result<&'a PrimitiveArray<Int32Type>, LedgerError> {
    rows.column_by_name(name).and_then(|c| c.as_primitive_opt()).ok_or_else(|| wrong(name))
}

pub(crate) fn days<'a>(rows: &'a RecordBatch, name: &str) -> Result<&'a PrimitiveArray<Date32Type>, LedgerError> {
    rows.column_by_name(name).and_then(|c| c.as_primitive_opt()).ok_or_else(|| wrong(name))
}

pub(crate) fn lists<'a>(rows: &'a RecordBatch, name: &str) -> Result<&'a ListArray, LedgerError> {
    rows.column_by_name(name).and_then(|c| c.as_list_opt()).ok_or_else(|| wrong(name))
}

pub(crate) fn optional(column: &StringArray, i: usize) -> Option<String> {
    column.is_valid(i).then(|| column.value(i).to_owned())
}

pub(crate) fn optional_day(column: &PrimitiveArray<Date32Type>, i: usize) -> Option<Date> {
    column.is_valid(i).then(|| date(column.value(i))).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_from_1970() {
        assert_eq!(date(0), Some(EPOCH));
        assert_eq!(date(19_612).unwrap().to_string(), "2023-09-12");
        assert_eq!(date(-1).unwrap().to_string(), "1969-12-31");
    }
}
