//! Redaction: a document's bytes and text go, its hashes and entries stay.
//!
//! The entry comes first: from then on the text counts as withdrawn, and whatever a cut leaves of it is found by
//! `verify` and removed by redacting again. The rewritten file replaces the old one in the Delta log without data
//! change (the row is the same row), and the old files are deleted from the disk, which only this function does.

use std::path::PathBuf;
use std::sync::Arc;

use chancery_model::{Act, Id, Run};
use deltalake::arrow::array::{ArrayRef, StringArray};
use deltalake::arrow::record_batch::RecordBatch;

use crate::filter::{NewEntry, Outcome, Receipt};
use crate::force::Key;
use crate::known::Holding;
use crate::plan::Plan;
use crate::record::{Place, RunRecord};
use crate::schema::Name;
use crate::writer::{Session, commit_entries, now, table};
use crate::{Ledger, LedgerError, Writer, column, parquet, row, select};

impl Writer<'_> {
    /// Deletes a document's bytes and text, for good, and records who did it and why. Claims keep the words that they
    /// quote. Redacting again completes a removal that was cut short and writes no second entry.
    pub fn redact(&mut self, id: &Id, reason: &str, run: &Run) -> Result<Receipt, LedgerError> {
        if reason.trim().is_empty() {
            return Err(LedgerError::invalid(id, "redacting needs a reason"));
        }
        self.locked(|ledger, session| {
            let first_seq = session.known.last.seq + 1;
            match session.known.documents.get(&Key::of(id.as_str())) {
                None => return Err(LedgerError::Unknown(id.to_string())),
                Some(Holding::Held) => record(ledger, session, id, reason, run)?,
                Some(Holding::Redacted) => {}
            }
            remove_text(ledger, session, id)?;
            remove_bytes(ledger, session, id)?;
            let documents = vec![(id.clone(), Outcome::Held)];
            Ok(Receipt { first_seq, last_seq: session.known.last.seq, documents })
        })
    }
}

fn record(ledger: &Ledger, session: &mut Session, id: &Id, reason: &str, run: &Run) -> Result<(), LedgerError> {
    let (object, value) = (None, None);
    let entry = NewEntry { act: Act::Redact, subject: id.to_string(), object, value, reason: Some(reason.to_owned()) };
    let plan = Plan { entries: vec![entry], ..Plan::default() };
    let last = session.known.last.clone();
    let entries = plan.chained(run, &last, now(last.recorded_at))?;
    let number = session.next_batch(ledger)?;
    if !session.known.runs.contains(&Key::of(run.id.as_str())) {
        let at = Place { seq: last.seq + 1, batch: number };
        session.commit(ledger, Name::Run, &[RunRecord::new(run, at)?], number)?;
    }
    commit_entries(ledger, session, run.kind, &entries, number)
}

fn remove_text(ledger: &Ledger, session: &mut Session, id: &Id) -> Result<(), LedgerError> {
    let documents = table(&mut session.tables, Name::Document)?;
    for path in documents.paths() {
        let file = [path];
        if !holds_text(&file, id)? {
            continue;
        }
        let rows = parquet::read_whole(Name::Document, &file)?;
        ledger.block_on(documents.replace(&file, &without_text(&rows, id)?))?;
    }
    ledger.block_on(documents.vacuum())
}

fn holds_text(file: &[PathBuf], id: &Id) -> Result<bool, LedgerError> {
    let keep = select::identified(&["document_id"], Arc::new(std::iter::once(Key::of(id.as_str())).collect()));
    let rows = parquet::read(file, &["text"], Some(&keep))?;
    let mut held = false;
    for rows in &rows {
        held |= column::strings(rows, "text")?.iter().flatten().any(|t| !t.is_empty());
    }
    Ok(held)
}

fn without_text(rows: &RecordBatch, id: &Id) -> Result<RecordBatch, LedgerError> {
    let (ids, texts) = (column::strings(rows, "document_id")?, column::strings(rows, "text")?);
    let pairs = ids.iter().zip(texts.iter());
    let kept: StringArray = pairs.map(|(i, text)| if i == Some(id.as_str()) { Some("") } else { text }).collect();
    let damaged = |e| LedgerError::damaged("document", e);
    let at = rows.schema().index_of("text").map_err(damaged)?;
    let mut columns = rows.columns().to_vec();
    columns[at] = Arc::new(kept) as ArrayRef;
    RecordBatch::try_new(rows.schema(), columns).map_err(damaged)
}

/// The bytes stay only while another document that is not redacted has the same.
fn remove_bytes(ledger: &Ledger, session: &mut Session, id: &Id) -> Result<(), LedgerError> {
    let paths = table(&mut session.tables, Name::Document)?.paths();
    let rows = row::documents(&paths, row::Detail::Head, None)?;
    let Some(own) = rows.iter().find(|r| r.document.id == *id) else {
        return Err(LedgerError::damaged(id, "an entry names it but its row is missing"));
    };
    let sum = &own.document.bytes_sha256;
    let held = |id: &Id| session.known.documents.get(&Key::of(id.as_str())) == Some(&Holding::Held);
    if rows.iter().any(|r| r.document.bytes_sha256 == *sum && r.document.id != *id && held(&r.document.id)) {
        return Ok(());
    }
    ledger.block_on(ledger.place.delete(&ledger.blob_path(sum)))
}
