//! Verification of rows: documents with their bytes and texts, claims and assessments with their derived columns.

use std::path::PathBuf;

use chancery_model::{Assessment, Claim, Id, sha256_hex};
use deltalake::arrow::array::{BooleanArray, RecordBatch};
use deltalake::arrow::compute::filter_record_batch;
use deltalake::arrow::row::{RowConverter, SortField};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::check::{self, Text};
use crate::force::{Key, Keyed, Keys};
use crate::record::{self, AssessmentRecord, ClaimRecord, DyadRecord, Place, Published};
use crate::row::Detail;
use crate::schema::Name;
use crate::verify::{Record, VerifyReport};
use crate::{Ledger, LedgerError, column, parquet, row};

/// Bytes of document files whose texts are held in memory at once.
const TEXTS_AT_ONCE: u64 = 64 * 1024 * 1024;

/// Checks the documents, and that quotations stand in their texts; gives what claims repeat of them.
pub(crate) fn documents(
    ledger: &Ledger,
    record: &Record,
    report: &mut VerifyReport,
) -> Result<Keyed<Published>, LedgerError> {
    let mut published = Keyed::default();
    let mut seen = Keys::default();
    for files in portions(record.paths(Name::Document)) {
        let Some(rows) = report.note("document", row::documents(&files, Detail::Whole, None)) else { continue };
        let mut texts = Keyed::default();
        for row in rows {
            let key = Key::of(row.document.id.as_str());
            if !record.force.of(row.document.id.as_str()).is_some_and(|w| w.committed(row.at)) {
                report.invisible_rows += 1;
                continue;
            }
            report.documents += usize::from(seen.insert(key));
            published.insert(key, row.published());
            document(ledger, &row, record.redacted.contains(&key), report)?;
            if !record.redacted.contains(&key) {
                texts.insert(key, row.document.text);
            }
        }
        quotations(record, &texts, report);
    }
    Ok(published)
}

/// Files in portions whose texts fit into memory.
fn portions(files: &[PathBuf]) -> Vec<Vec<PathBuf>> {
    let mut portions: Vec<Vec<PathBuf>> = Vec::new();
    let mut size = 0;
    for file in files {
        let bytes = std::fs::metadata(file).map_or(0, |m| m.len());
        match portions.last_mut() {
            Some(last) if size + bytes <= TEXTS_AT_ONCE => last.push(file.clone()),
            _ => {
                portions.push(vec![file.clone()]);
                size = 0;
            }
        }
        size += bytes;
    }
    portions
}

fn document(
    ledger: &Ledger,
    row: &row::Document,
    redacted: bool,
    report: &mut VerifyReport,
) -> Result<(), LedgerError> {
    let document = &row.document;
    if check::identifier(document)? != document.id {
        report.found(&document.id, "its identifier is not that of its source and content");
    }
    if record::document_hash(document, &row.minhash, row.captured_at)? != row.row_sha256 {
        report.found(&document.id, "its row is not what was written");
    }
    let blob = ledger.blob(&document.bytes_sha256)?.map(|bytes| sha256_hex(&bytes));
    if redacted {
        if !document.text.is_empty() {
            report.found(&document.id, "is redacted, but its text is still here; redact it again");
        }
        return Ok(());
    }
    if sha256_hex(document.text.as_bytes()) != document.text_sha256 {
        report.found(&document.id, "its text is not what was written");
    }
    match blob {
        Some(sum) if sum == document.bytes_sha256 => report.blobs += 1,
        Some(_) => {
            report.found(format!("blobs/sha256/{}", document.bytes_sha256), "the bytes are not what was captured");
        }
        None => report.found(format!("blobs/sha256/{}", document.bytes_sha256), "the captured bytes are missing"),
    }
    Ok(())
}

fn quotations(record: &Record, texts: &Keyed<String>, report: &mut VerifyReport) {
    let texts: Keyed<Text<'_>> = texts.iter().map(|(key, text)| (*key, Text::new(text))).collect();
    for (name, id) in [(Name::Claim, "claim_id"), (Name::Assessment, "assessment_id")] {
        let read = parquet::read(record.paths(name), &[id, "document_id", "start", "end", "quote"], None);
        for rows in report.note(name.as_str(), read).unwrap_or_default() {
            let columns = (column::strings(&rows, id), column::strings(&rows, "document_id"));
            let (Ok(ids), Ok(documents)) = columns else { continue };
            let (Ok(start), Ok(end)) = (column::positions(&rows, "start"), column::positions(&rows, "end")) else {
                continue;
            };
            let Ok(quotes) = column::strings(&rows, "quote") else { continue };
            for i in 0..rows.num_rows() {
                let Some(text) = texts.get(&Key::of(documents.value(i))) else { continue };
                let span = (start.value(i).cast_unsigned(), end.value(i).cast_unsigned());
                if text.slice(span.0, span.1) != Some(quotes.value(i)) {
                    report.found(ids.value(i), "its quotation does not stand in the document");
                }
            }
        }
    }
}

/// Checks claims and assessments against their identifiers, and their flat columns and `claim_dyad` against them.
pub(crate) fn propositions(record: &Record, published: &Keyed<Published>, report: &mut VerifyReport) {
    let mut dyads = Sum::default();
    let claims = |id: &Id, claim: &Claim, json: &str, published, at| {
        if record.force.of(id.as_str()).is_some_and(|w| w.committed(at)) {
            let rows = DyadRecord::all(id, claim, published, at);
            dyads.add(record::batch(Name::ClaimDyad, &rows)?.as_ref());
        }
        record::batch(Name::Claim, &[ClaimRecord::new(id, claim, json, published, at)])
    };
    let columns = ["claim_id", "claim"];
    report.claims = each(record, Name::Claim, columns, published, report, Claim::id, |c| &c.document, claims);
    let mut found = Sum::default();
    let schema = Name::ClaimDyad.schema();
    let columns: Vec<&str> = schema.fields().iter().map(|f| f.name().as_str()).collect();
    let read = parquet::read(record.paths(Name::ClaimDyad), &columns, None);
    for rows in report.note("claim_dyad", read).unwrap_or_default() {
        found.add(report.note("claim_dyad", committed(record, &rows)).as_ref());
    }
    if found != dyads {
        report.found("claim_dyad", "does not follow from the claims");
    }
    let assessments = |id: &Id, it: &Assessment, json: &str, published, at| {
        record::batch(Name::Assessment, &[AssessmentRecord::new(id, it, json, published, at)])
    };
    let columns = ["assessment_id", "assessment"];
    report.assessments =
        each(record, Name::Assessment, columns, published, report, Assessment::id, |a| &a.document, assessments);
}

#[expect(clippy::too_many_arguments, reason = "one pass over two tables that differ in exactly these")]
fn each<T: DeserializeOwned + Serialize>(
    record: &Record,
    name: Name,
    columns: [&str; 2],
    published: &Keyed<Published>,
    report: &mut VerifyReport,
    identify: fn(&T) -> Result<Id, chancery_model::ModelError>,
    document: fn(&T) -> &Id,
    mut rebuild: impl FnMut(&Id, &T, &str, Published, Place) -> Result<Option<RecordBatch>, LedgerError>,
) -> usize {
    let schema = name.schema();
    let all: Vec<&str> = schema.fields().iter().map(|f| f.name().as_str()).collect();
    let mut seen = Keys::default();
    for rows in report.note(name.as_str(), parquet::read(record.paths(name), &all, None)).unwrap_or_default() {
        let read = (column::strings(&rows, columns[0]), column::strings(&rows, columns[1]), row::places(&rows));
        let (Ok(ids), Ok(jsons), Ok(places)) = read else { continue };
        for (i, at) in places.into_iter().enumerate() {
            let (id, json) = (ids.value(i), jsons.value(i));
            let committed = record.force.of(id).is_some_and(|w| w.committed(at));
            report.invisible_rows += usize::from(!committed);
            if committed {
                seen.insert(Key::of(id));
            }
            let Ok(value) = serde_json::from_str::<T>(json) else {
                report.found(id, "its row cannot be read");
                continue;
            };
            let Some(own) = report.note(id, identify(&value).map_err(Into::into)) else { continue };
            if own.as_str() != id {
                report.found(id, "its identifier is not that of its content");
                continue;
            }
            let of_document = published.get(&Key::of(document(&value).as_str()));
            let Some(&published) = of_document else {
                if committed {
                    report.found(id, "its document is missing");
                }
                continue;
            };
            // The remains of a batch that was cut short may carry another time of capture.
            match rebuild(&own, &value, json, published, at) {
                Ok(Some(expected)) if !committed || expected.columns() == rows.slice(i, 1).columns() => {}
                Ok(_) => report.found(id, "its columns are not those of its content"),
                Err(e) => report.found(id, e),
            }
        }
    }
    seen.len()
}

/// The rows of `claim_dyad` whose claims were committed with them.
fn committed(record: &Record, rows: &RecordBatch) -> Result<RecordBatch, LedgerError> {
    let ids = column::strings(rows, "claim_id")?;
    let kept = row::places(rows)?.into_iter().enumerate();
    let kept = kept.map(|(i, at)| Some(record.force.of(ids.value(i)).is_some_and(|w| w.committed(at))));
    let kept: BooleanArray = kept.collect();
    filter_record_batch(rows, &kept).map_err(|e| LedgerError::damaged("claim_dyad", e))
}

/// A multiset of rows, as a sum of their hashes: independent of their order.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sum {
    rows: usize,
    sum: u128,
}

impl Sum {
    fn add(&mut self, batch: Option<&RecordBatch>) {
        let Some(batch) = batch else { return };
        let fields = batch.columns().iter().map(|c| SortField::new(c.data_type().clone())).collect();
        let Ok(converter) = RowConverter::new(fields) else { return };
        let Ok(rows) = converter.convert_columns(batch.columns()) else { return };
        for row in &rows {
            let hash = Sha256::digest(row.as_ref());
            let half = hash.iter().take(16).fold(0u128, |n, b| (n << 8) | u128::from(*b));
            (self.rows, self.sum) = (self.rows + 1, self.sum.wrapping_add(half));
        }
    }
}
