//! Parquet in and out: one file from one Arrow batch, and rows of many files with only the pages that are needed.

use std::collections::BTreeMap;
use std::fs::File;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use deltalake::arrow::array::{Array, AsArray, BooleanArray};
use deltalake::arrow::compute::{SortColumn, concat_batches, lexsort_to_indices, take_record_batch};
use deltalake::arrow::datatypes::{DataType, Date32Type, Int64Type};
use deltalake::arrow::error::ArrowError;
use deltalake::arrow::record_batch::RecordBatch;
use deltalake::parquet::arrow::arrow_reader::{
    ArrowPredicateFn, ArrowReaderOptions, ParquetRecordBatchReaderBuilder, RowFilter,
};
use deltalake::parquet::arrow::{ArrowWriter, ProjectionMask};
use deltalake::parquet::basic::{Compression, ZstdLevel};
use deltalake::parquet::file::metadata::{PageIndexPolicy, ParquetStatisticsPolicy, RowGroupMetaData};
use deltalake::parquet::file::properties::{EnabledStatistics, WriterProperties};
use deltalake::parquet::schema::types::ColumnPath;
use serde_json::{Map, Value, json};

use crate::LedgerError;
use crate::schema::Name;

/// Rows in one row group: what is skipped or read as a whole when only the file's own statistics decide.
const GROUP: usize = 65_536;
/// Bytes after which a page of a wide column ends, so that a few claims cost a few pages.
const WIDE_PAGE: usize = 32 * 1024;

/// A file ready to be stored, with the statistics for the Delta log.
pub(crate) struct Written {
    pub(crate) bytes: Vec<u8>,
    pub(crate) statistics: String,
}

/// Sorts `rows` in the table's order and writes them as one Parquet file.
pub(crate) fn write(name: Name, rows: &RecordBatch) -> Result<Written, LedgerError> {
    let failed = |e: &dyn std::fmt::Display| LedgerError::damaged(name.as_str(), e);
    let rows = sorted(name, rows).map_err(|e| failed(&e))?;
    let level = ZstdLevel::try_new(1).map_err(|e| failed(&e))?;
    let mut properties = WriterProperties::builder()
        // Opening a Zstandard column costs more than reading a narrow one, so only the wide ones are worth it.
        .set_compression(Compression::SNAPPY)
        .set_created_by(concat!("chancery-ledger ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_max_row_group_row_count(Some(GROUP))
        .set_data_page_row_count_limit(4_096)
        .set_write_batch_size(64);
    for column in name.distinct() {
        let path = ColumnPath::from(*column);
        properties = properties
            .set_column_dictionary_enabled(path.clone(), false)
            .set_column_statistics_enabled(path, EnabledStatistics::None);
    }
    for column in ["claim", "assessment", "text"] {
        let path = ColumnPath::from(column);
        properties = properties
            .set_column_compression(path.clone(), Compression::ZSTD(level))
            .set_column_data_page_size_limit(path, WIDE_PAGE);
    }
    let mut writer =
        ArrowWriter::try_new(Vec::new(), rows.schema(), Some(properties.build())).map_err(|e| failed(&e))?;
    writer.write(&rows).map_err(|e| failed(&e))?;
    Ok(Written { bytes: writer.into_inner().map_err(|e| failed(&e))?, statistics: statistics(name, &rows) })
}

fn sorted(name: Name, rows: &RecordBatch) -> Result<RecordBatch, ArrowError> {
    let column = |c: &&str| rows.column_by_name(c).map(|values| SortColumn { values: values.clone(), options: None });
    let columns: Vec<_> = name.order().iter().filter_map(column).collect();
    take_record_batch(rows, &lexsort_to_indices(&columns, None)?)
}

/// Count, smallest and largest values, as the Delta protocol has them.
fn statistics(name: Name, rows: &RecordBatch) -> String {
    let (mut low, mut high, mut nulls) = (Map::new(), Map::new(), Map::new());
    for column in name.statistics() {
        let Some(values) = rows.column_by_name(column) else { continue };
        if let Some((least, most)) = extremes(values.as_ref()) {
            low.insert((*column).to_owned(), least);
            high.insert((*column).to_owned(), most);
        }
        nulls.insert((*column).to_owned(), json!(values.null_count()));
    }
    json!({ "numRecords": rows.num_rows(), "minValues": low, "maxValues": high, "nullCount": nulls }).to_string()
}

fn extremes(values: &dyn Array) -> Option<(Value, Value)> {
    use deltalake::arrow::compute::{max, max_string, min, min_string};
    Some(match values.data_type() {
        DataType::Int64 => {
            let values = values.as_primitive::<Int64Type>();
            (json!(min(values)?), json!(max(values)?))
        }
        DataType::Date32 => {
            let values = values.as_primitive::<Date32Type>();
            let day = |d: i32| crate::column::date(d).map_or(Value::Null, |d| json!(d.to_string()));
            (day(min(values)?), day(max(values)?))
        }
        DataType::Utf8 => {
            let values = values.as_string::<i32>();
            (json!(min_string(values)?), json!(max_string(values)?))
        }
        _ => return None,
    })
}

/// Which rows to read: a test over a few columns, decided before any other column is decoded.
#[derive(Clone)]
pub(crate) struct Keep {
    /// Columns that the test sees.
    pub(crate) columns: &'static [&'static str],
    /// The test.
    pub(crate) test: Arc<dyn Fn(&RecordBatch) -> BooleanArray + Send + Sync>,
    /// A column that must equal a value: row groups whose statistics exclude it are skipped.
    pub(crate) equal: Option<(&'static str, String)>,
}

impl Keep {
    pub(crate) fn new(
        columns: &'static [&'static str],
        test: impl Fn(&RecordBatch) -> BooleanArray + Send + Sync + 'static,
    ) -> Self {
        Self { columns, test: Arc::new(test), equal: None }
    }
}

/// The named columns of the kept rows of all files, files in parallel, their order kept.
pub(crate) fn read(files: &[PathBuf], columns: &[&str], keep: Option<&Keep>) -> Result<Vec<RecordBatch>, LedgerError> {
    let workers = std::thread::available_parallelism().map_or(1, NonZero::get).min(files.len()).max(1);
    let next = std::sync::atomic::AtomicUsize::new(0);
    let work = || -> Result<Vec<(usize, Vec<RecordBatch>)>, LedgerError> {
        let mut done = Vec::new();
        loop {
            let i = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let Some(path) = files.get(i) else { return Ok(done) };
            done.push((i, read_one(path, columns, keep)?));
        }
    };
    let mut by_file = BTreeMap::new();
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..workers).map(|_| scope.spawn(work)).collect();
        by_file.extend(work()?);
        for other in others {
            by_file.extend(other.join().map_err(|_| LedgerError::damaged("reading", "a reader gave up"))??);
        }
        Ok::<(), LedgerError>(())
    })?;
    Ok(by_file.into_values().flatten().collect())
}

fn read_one(path: &Path, columns: &[&str], keep: Option<&Keep>) -> Result<Vec<RecordBatch>, LedgerError> {
    let file = File::open(path).map_err(|e| LedgerError::disk(path, e))?;
    let damaged = |e: &dyn std::fmt::Display| LedgerError::damaged(path.display(), e);
    // Small files are many, and most of what one costs is its footer: nothing is decoded of it that is not needed.
    let mut options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    if keep.is_none_or(|k| k.equal.is_none()) {
        options = options.with_column_stats_policy(ParquetStatisticsPolicy::SkipAll);
    }
    options = options.with_size_stats_policy(ParquetStatisticsPolicy::SkipAll);
    if keep.is_some() {
        options = options.with_offset_index_policy(PageIndexPolicy::Optional);
    }
    let mut builder = ParquetRecordBatchReaderBuilder::try_new_with_options(file, options).map_err(|e| damaged(&e))?;
    let missing = columns.iter().find(|c| builder.schema().column_with_name(c).is_none());
    if let Some(missing) = missing {
        return Err(damaged(&format!("no column {missing}")));
    }
    if let Some((column, value)) = keep.and_then(|k| k.equal.as_ref()) {
        let groups = builder.metadata().row_groups().iter().enumerate();
        let wanted = groups.filter(|(_, g)| may_hold(g, column, value.as_bytes())).map(|(i, _)| i).collect();
        builder = builder.with_row_groups(wanted);
    }
    if let Some(keep) = keep {
        let mask = ProjectionMask::columns(builder.parquet_schema(), keep.columns.iter().copied());
        let test = keep.test.clone();
        let predicate = ArrowPredicateFn::new(mask, move |rows: RecordBatch| Ok(test(&rows)));
        builder = builder.with_row_filter(RowFilter::new(vec![Box::new(predicate)]));
    }
    let mask = ProjectionMask::columns(builder.parquet_schema(), columns.iter().copied());
    let reader = builder.with_projection(mask).with_batch_size(8_192).build().map_err(|e| damaged(&e))?;
    reader.collect::<Result<Vec<_>, _>>().map_err(|e| damaged(&e))
}

fn may_hold(group: &RowGroupMetaData, column: &str, value: &[u8]) -> bool {
    let chunk = group.columns().iter().find(|c| c.column_path().string() == column);
    let Some(statistics) = chunk.and_then(|c| c.statistics()) else { return true };
    match (statistics.min_bytes_opt(), statistics.max_bytes_opt()) {
        (Some(low), Some(high)) => low <= value && value <= high,
        _ => true,
    }
}

/// All columns of the files as one batch.
pub(crate) fn read_whole(name: Name, files: &[PathBuf]) -> Result<RecordBatch, LedgerError> {
    let schema = name.schema();
    let columns: Vec<&str> = schema.fields().iter().map(|f| f.name().as_str()).collect();
    let parts = read(files, &columns, None)?;
    concat_batches(&schema, &parts).map_err(|e| LedgerError::damaged(name.as_str(), e))
}
