//! What a writer has to know of the ledger: which documents and runs it holds, and where the chain of entries ends.

use std::path::PathBuf;

use chancery_model::{Act, Entry};

use crate::force::{self, Key, Keyed, Keys};
use crate::table::Table;
use crate::{LedgerError, column, parquet};

/// The end of the chain of entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Last {
    pub(crate) seq: u64,
    pub(crate) recorded_at: i64,
    pub(crate) hash: String,
}

/// What becomes of a document that is offered again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holding {
    Held,
    Redacted,
}

/// The writer's memory; 24 bytes a document.
#[derive(Debug, Default)]
pub(crate) struct Known {
    pub(crate) documents: Keyed<Holding>,
    pub(crate) runs: Keys,
    pub(crate) last: Last,
}

impl Known {
    /// Reads what has been written since this memory was last brought up to date.
    pub(crate) fn update(&mut self, entry: &Table) -> Result<(), LedgerError> {
        let seen = self.last.seq;
        let mut files = entry.files();
        files.retain(|f| f.seqs().1 > seen);
        files.sort_by_key(|f| f.seqs().1);
        let Some(newest) = files.last() else { return Ok(()) };
        let last = std::slice::from_ref(&newest.path);
        let paths: Vec<PathBuf> = files.iter().map(|f| f.path.clone()).collect();
        let acts = force::acts(&[Act::Assert, Act::Redact]);
        for rows in parquet::read(&paths, &["act", "subject"], Some(&acts))? {
            let (act, subject) = (column::strings(&rows, "act")?, column::strings(&rows, "subject")?);
            for i in 0..rows.num_rows() {
                self.hear(act.value(i), subject.value(i));
            }
        }
        for rows in parquet::read(&paths, &["run_id"], None)? {
            self.runs.extend(column::strings(&rows, "run_id")?.iter().flatten().map(Key::of));
        }
        for rows in parquet::read(last, &["seq", "recorded_at", "hash"], None)? {
            let (seq, recorded) = (column::longs(&rows, "seq")?, column::instants(&rows, "recorded_at")?);
            let hash = column::strings(&rows, "hash")?;
            for i in 0..rows.num_rows() {
                if seq.value(i).cast_unsigned() > self.last.seq {
                    let (seq, recorded_at) = (seq.value(i).cast_unsigned(), recorded.value(i));
                    self.last = Last { seq, recorded_at, hash: hash.value(i).to_owned() };
                }
            }
        }
        Ok(())
    }

    /// Takes note of entries that this writer has written itself.
    pub(crate) fn note(&mut self, entries: &[Entry]) {
        for entry in entries {
            self.hear(entry.act.as_str(), &entry.subject);
            self.runs.insert(Key::of(entry.run.as_str()));
        }
        if let Some(Entry { seq, recorded_at, hash, .. }) = entries.last() {
            self.last = Last { seq: *seq, recorded_at: *recorded_at, hash: hash.clone() };
        }
    }

    fn hear(&mut self, act: &str, subject: &str) {
        if !subject.starts_with("d-") {
            return;
        }
        if act == Act::Redact.as_str() {
            self.documents.insert(Key::of(subject), Holding::Redacted);
        } else if act == Act::Assert.as_str() {
            self.documents.entry(Key::of(subject)).or_insert(Holding::Held);
        }
    }
}
