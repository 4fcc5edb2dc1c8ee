//! Rows → model values, for the tables whose columns are the value: documents, runs, entries.

use std::path::PathBuf;

use chancery_model::{Date, Entry, Id, Run};
use deltalake::arrow::array::AsArray;
use deltalake::arrow::datatypes::Int64Type;
use deltalake::arrow::record_batch::RecordBatch;

use crate::parquet::{self, Keep};
use crate::record::{Place, Published};
use crate::{LedgerError, column};

/// A document as it lies in its row.
#[derive(Debug, Clone)]
#[expect(clippy::struct_field_names, reason = "the row holds the document")]
pub(crate) struct Document {
    pub(crate) document: chancery_model::Document,
    pub(crate) minhash: Vec<u64>,
    pub(crate) captured_at: i64,
    pub(crate) row_sha256: String,
    pub(crate) at: Place,
}

impl Document {
    pub(crate) fn known_from(&self) -> Option<Date> {
        self.published().known_from
    }

    pub(crate) fn published(&self) -> Published {
        Published::new(self.document.published_from, self.document.published_to, self.captured_at)
    }
}

/// The places of rows.
pub(crate) fn places(rows: &RecordBatch) -> Result<Vec<Place>, LedgerError> {
    let (seq, batch) = (column::longs(rows, "seq")?, column::longs(rows, "batch")?);
    let place = |i| Place { seq: seq.value(i).cast_unsigned(), batch: batch.value(i).cast_unsigned() };
    Ok((0..rows.num_rows()).map(place).collect())
}

const HEAD: &[&str] = &[
    "document_id",
    "kind",
    "source",
    "url",
    "title",
    "lang",
    "published_from",
    "published_to",
    "captured_at",
    "bytes_sha256",
    "text_sha256",
    "extractor",
    "agency",
    "duplicate_of",
    "row_sha256",
    "seq",
    "batch",
];

/// How much of a document's row is read; what is not stays empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    /// Neither text nor fingerprint.
    Head,
    /// No text.
    Fingerprint,
    /// Everything.
    Whole,
}

/// Reads documents.
pub(crate) fn documents(files: &[PathBuf], detail: Detail, keep: Option<&Keep>) -> Result<Vec<Document>, LedgerError> {
    let (with_text, with_minhash) = (detail == Detail::Whole, detail != Detail::Head);
    let mut columns = HEAD.to_vec();
    columns.extend(with_text.then_some("text"));
    columns.extend(with_minhash.then_some("minhash"));
    let mut found = Vec::new();
    for rows in &parquet::read(files, &columns, keep)? {
        let text = |name| column::strings(rows, name);
        let (id, kind, source, lang) = (text("document_id")?, text("kind")?, text("source")?, text("lang")?);
        let (url, title, agency, duplicate) = (text("url")?, text("title")?, text("agency")?, text("duplicate_of")?);
        let (bytes, sum, extractor) = (text("bytes_sha256")?, text("text_sha256")?, text("extractor")?);
        let body = if with_text { Some(text("text")?) } else { None };
        let (from, to) = (column::days(rows, "published_from")?, column::days(rows, "published_to")?);
        let (captured, hash) = (column::instants(rows, "captured_at")?, text("row_sha256")?);
        let minhash = if with_minhash { Some(column::lists(rows, "minhash")?) } else { None };
        for (i, at) in places(rows)?.into_iter().enumerate() {
            let document = chancery_model::Document {
                id: id.value(i).parse()?,
                kind: kind.value(i).parse()?,
                source: source.value(i).to_owned(),
                url: column::optional(url, i),
                title: column::optional(title, i),
                lang: lang.value(i).to_owned(),
                published_from: column::optional_day(from, i),
                published_to: column::optional_day(to, i),
                bytes_sha256: bytes.value(i).to_owned(),
                text_sha256: sum.value(i).to_owned(),
                extractor: extractor.value(i).to_owned(),
                text: body.map_or_else(String::new, |b| b.value(i).to_owned()),
                agency: column::optional(agency, i),
                duplicate_of: column::optional(duplicate, i).map(|d| d.parse::<Id>()).transpose()?,
            };
            let minhash = minhash.map_or_else(Vec::new, |m| {
                m.value(i).as_primitive::<Int64Type>().values().iter().map(|m| m.cast_unsigned()).collect()
            });
            let row_sha256 = hash.value(i).to_owned();
            found.push(Document { document, minhash, captured_at: captured.value(i), row_sha256, at });
        }
    }
    Ok(found)
}

/// Reads entries.
pub(crate) fn entries(files: &[PathBuf], keep: Option<&Keep>) -> Result<Vec<Entry>, LedgerError> {
    const COLUMNS: &[&str] =
        &["seq", "recorded_at", "run_id", "act", "subject", "object", "value", "reason", "prev_hash", "hash"];
    let mut found = Vec::new();
    for rows in &parquet::read(files, COLUMNS, keep)? {
        let text = |name| column::strings(rows, name);
        let (run, act, subject) = (text("run_id")?, text("act")?, text("subject")?);
        let (object, value, reason) = (text("object")?, text("value")?, text("reason")?);
        let (prev_hash, hash) = (text("prev_hash")?, text("hash")?);
        let (seq, recorded) = (column::longs(rows, "seq")?, column::instants(rows, "recorded_at")?);
        for i in 0..rows.num_rows() {
            found.push(Entry {
                seq: seq.value(i).cast_unsigned(),
                recorded_at: recorded.value(i),
                run: run.value(i).parse()?,
                act: act.value(i).parse()?,
                subject: subject.value(i).to_owned(),
                object: column::optional(object, i),
                value: column::optional(value, i),
                reason: column::optional(reason, i),
                prev_hash: prev_hash.value(i).to_owned(),
                hash: hash.value(i).to_owned(),
            });
        }
    }
    found.sort_by_key(|e| e.seq);
    Ok(found)
}

/// Reads runs, each with the hash that its row carries.
pub(crate) fn runs(files: &[PathBuf], keep: Option<&Keep>) -> Result<Vec<(Run, String)>, LedgerError> {
    const COLUMNS: &[&str] = &[
        "run_id",
        "kind",
        "name",
        "program",
        "knowledge_sha256",
        "model_sha256",
        "settings",
        "started_at",
        "row_sha256",
        "seq",
    ];
    let mut found = Vec::new();
    for rows in &parquet::read(files, COLUMNS, keep)? {
        let text = |name| column::strings(rows, name);
        let (id, kind, name, program) = (text("run_id")?, text("kind")?, text("name")?, text("program")?);
        let (knowledge, model) = (text("knowledge_sha256")?, text("model_sha256")?);
        let (settings, started, hash) = (text("settings")?, text("started_at")?, text("row_sha256")?);
        let seq = column::longs(rows, "seq")?;
        for i in 0..rows.num_rows() {
            let run = Run {
                id: id.value(i).parse()?,
                kind: kind.value(i).parse()?,
                name: name.value(i).to_owned(),
                program: program.value(i).to_owned(),
                knowledge_sha256: knowledge.value(i).to_owned(),
                model_sha256: model.value(i).to_owned(),
                settings: settings.value(i).to_owned(),
                started_at: started.value(i).to_owned(),
            };
            found.push((seq.value(i), run, hash.value(i).to_owned()));
        }
    }
    found.sort_by_key(|(seq, ..)| *seq);
    Ok(found.into_iter().map(|(_, run, hash)| (run, hash)).collect())
}
