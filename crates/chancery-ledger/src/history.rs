//! The past as it was written: entries, runs, identifiers, captured bytes.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chancery_model::{Act, Entry, Id, Run};
use deltalake::arrow::array::{Array, BooleanArray};

use crate::parquet::Keep;
use crate::schema::Name;
use crate::{Ledger, LedgerError, column, force, parquet, row};

/// Characters after `c-` from which a shortened identifier is looked up.
const SHORTEST: usize = 6;

impl Ledger {
    /// All entries in order, or those about one subject: with it as subject or object, or about a place in it.
    pub fn entries(&self, subject: Option<&str>) -> Result<Vec<Entry>, LedgerError> {
        row::entries(&self.paths(Name::Entry)?, subject.map(about).as_ref())
    }

    /// The hands that have written, in order. A run whose batch was cut short is none of them.
    pub fn runs(&self) -> Result<Vec<Run>, LedgerError> {
        let [runs, entry] = self.load_tables([Name::Run, Name::Entry])?;
        let mut named = BTreeSet::new();
        for rows in parquet::read(&entry.paths(), &["run_id"], None)? {
            named.extend(column::strings(&rows, "run_id")?.iter().flatten().map(str::to_owned));
        }
        let mut found = Vec::new();
        for (run, _) in row::runs(&runs.paths(), None)? {
            if named.remove(run.id.as_str()) {
                found.push(run);
            }
        }
        Ok(found)
    }

    /// The identifiers of documents, claims and assessments that begin so, and those of runs. At least six characters
    /// after the dash are needed; fewer match nothing.
    pub fn find(&self, prefix: &str) -> Result<Vec<Id>, LedgerError> {
        if prefix.len() < SHORTEST + 2 {
            return Ok(Vec::new());
        }
        let mut found = BTreeSet::new();
        let entry = self.paths(Name::Entry)?;
        for rows in parquet::read(&entry, &["subject"], Some(&force::acts(&[Act::Assert])))? {
            let subjects = column::strings(&rows, "subject")?;
            for subject in subjects.iter().flatten().filter(|s| s.starts_with(prefix)) {
                found.insert(subject.parse::<Id>()?);
            }
        }
        if prefix.starts_with("o-") {
            // No entry names a row; whether it is in force is asked when it is read.
            for rows in parquet::read(&self.paths(Name::Observation)?, &["observation_id"], None)? {
                let ids = column::strings(&rows, "observation_id")?;
                for id in ids.iter().flatten().filter(|id| id.starts_with(prefix)) {
                    found.insert(id.parse::<Id>()?);
                }
            }
        }
        if prefix.starts_with("r-") {
            found.extend(self.runs()?.into_iter().map(|r| r.id).filter(|id| id.matches(prefix)));
        }
        Ok(found.into_iter().collect())
    }

    /// The bytes of a capture, by their SHA-256. `None` where they were never held or have been redacted.
    pub fn blob(&self, bytes_sha256: &str) -> Result<Option<Vec<u8>>, LedgerError> {
        if bytes_sha256.len() != 64 || !bytes_sha256.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Ok(None);
        }
        let path = self.blob_path(bytes_sha256);
        match std::fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(LedgerError::disk(&path, e)),
        }
    }

    pub(crate) fn blob_path(&self, bytes_sha256: &str) -> PathBuf {
        self.dir().join("blobs/sha256").join(bytes_sha256)
    }
}

fn about(subject: &str) -> Keep {
    let (subject, inside) = (subject.to_owned(), format!("{subject}#"));
    Keep::new(&["subject", "object"], move |rows| {
        let (Ok(subjects), Ok(objects)) = (column::strings(rows, "subject"), column::strings(rows, "object")) else {
            return BooleanArray::from(vec![false; rows.num_rows()]);
        };
        let fits = |i: usize| {
            subjects.value(i) == subject
                || subjects.value(i).starts_with(&inside)
                || (objects.is_valid(i) && objects.value(i) == subject)
        };
        (0..rows.num_rows()).map(|i| Some(fits(i))).collect()
    })
}
