//! Verification: everything that was written still says what was written.
//!
//! Files must be the content that their names promise, the chain of entries unbroken, every row what its identifier,
//! its hash and the other tables say, every document's bytes and text what its hashes say, every quotation in its text.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use chancery_model::{Act, Entry, Id, sha256_hex};

use crate::force::{Force, Key, Keys, Limit};
use crate::record;
use crate::schema::Name;
use crate::table::DataFile;
use crate::{Ledger, LedgerError, column, parquet, row, verify_rows};

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// File, row or identifier.
    pub place: String,
    /// What is wrong with it.
    pub what: String,
}

/// What was checked, and what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VerifyReport {
    /// Data files whose content is what their name says.
    pub files: usize,
    /// Entries in the chain.
    pub entries: usize,
    /// Hands that wrote them.
    pub runs: usize,
    /// Documents.
    pub documents: usize,
    /// Claims, whether in force or not.
    pub claims: usize,
    /// Assessments, whether in force or not.
    pub assessments: usize,
    /// Observations of tables.
    pub observations: usize,
    /// Captured bytes that are there and right.
    pub blobs: usize,
    /// Rows of batches that were cut short: invisible, harmless.
    pub invisible_rows: usize,
    /// Documents whose bytes and text were removed.
    pub redacted: Vec<Id>,
    /// What does not hold.
    pub findings: Vec<Finding>,
}

impl VerifyReport {
    /// Whether everything holds.
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }

    #[expect(clippy::needless_pass_by_value, reason = "callers hand over names, ids and errors alike")]
    pub(crate) fn found(&mut self, place: impl ToString, what: impl ToString) {
        self.findings.push(Finding { place: place.to_string(), what: what.to_string() });
    }

    /// Notes an error as a finding and goes on.
    pub(crate) fn note<T>(&mut self, place: impl ToString, tried: Result<T, LedgerError>) -> Option<T> {
        tried.map_err(|e| self.found(place, e)).ok()
    }
}

/// What the entries say, for the tables to be held against.
pub(crate) struct Record {
    pub(crate) force: Force,
    pub(crate) redacted: Keys,
    pub(crate) files: BTreeMap<Name, Vec<PathBuf>>,
}

impl Record {
    pub(crate) fn paths(&self, name: Name) -> &[PathBuf] {
        self.files.get(&name).map_or(&[], Vec::as_slice)
    }
}

impl Ledger {
    /// Checks the whole ledger. An error means that checking itself was impossible; what does not hold is in the
    /// report. A batch that was cut short leaves invisible rows, which are counted and no finding.
    pub fn verify(&self) -> Result<VerifyReport, LedgerError> {
        let mut report = VerifyReport::default();
        let mut files = BTreeMap::new();
        for name in Name::ALL {
            if let Some(table) = report.note(name.as_str(), self.table(name)) {
                files.insert(name, whole(name, &table.files(), &mut report));
            }
        }
        let paths = |name| files.get(&name).map_or(&[][..], Vec::as_slice);
        let entries = report.note("entry", row::entries(paths(Name::Entry), None)).unwrap_or_default();
        let force = Force::read(paths(Name::Entry), Limit::default(), None);
        let force = report.note("entry", force).unwrap_or_default();
        chain(&entries, self.last_seq(), &mut report);
        hands(paths(Name::Entry), paths(Name::Run), &entries, &mut report);
        let redactions = entries.iter().filter(|e| e.act == Act::Redact);
        let mut redacted = Keys::default();
        for entry in redactions {
            if redacted.insert(Key::of(&entry.subject)) {
                report.redacted.push(entry.subject.parse()?);
            }
        }
        let record = Record { force, redacted, files };
        let published = verify_rows::documents(self, &record, &mut report)?;
        verify_rows::propositions(&record, &published, &mut report);
        crate::observation::verify(&record, &mut report);
        complete(&entries, &record, &mut report);
        Ok(report)
    }
}

/// The files that are what their names say. The others are findings, and are not read any further.
fn whole(name: Name, files: &[DataFile], report: &mut VerifyReport) -> Vec<PathBuf> {
    let mut good = Vec::new();
    for file in files {
        let shown = format!("{}/{}", name.as_str(), file.path.file_name().unwrap_or_default().to_string_lossy());
        match std::fs::read(&file.path) {
            Err(e) => report.found(shown, e),
            Ok(bytes) if promised(&file.path) != Some(sha256_hex(&bytes)) => {
                report.found(shown, "the content is not what was written: its hash is not the one in its name");
            }
            Ok(bytes) if bytes.len() as u64 != file.size => report.found(shown, "the Delta log gives another size"),
            Ok(_) => {
                report.files += 1;
                good.push(file.path.clone());
                if let Some(seqs) = report.note(&shown, seqs(name, &file.path))
                    && seqs.is_some_and(|s| s != file.seqs())
                {
                    report.found(shown, "the Delta log gives other statistics");
                }
            }
        }
    }
    good
}

fn promised(path: &Path) -> Option<String> {
    path.file_stem()?.to_str()?.strip_prefix("part-").map(str::to_owned)
}

fn seqs(name: Name, path: &Path) -> Result<Option<(u64, u64)>, LedgerError> {
    if !name.statistics().contains(&"seq") {
        return Ok(None);
    }
    let mut seqs = Vec::new();
    for rows in parquet::read(&[path.to_owned()], &["seq"], None)? {
        seqs.extend(column::longs(&rows, "seq")?.values().iter().map(|s| s.cast_unsigned()));
    }
    Ok(seqs.iter().min().copied().zip(seqs.iter().max().copied()))
}

fn chain(entries: &[Entry], last_seq: u64, report: &mut VerifyReport) {
    let (mut expected, mut prev, mut recorded_at) = (1, String::new(), i64::MIN);
    for entry in entries {
        let place = format!("entry {}", entry.seq);
        if entry.seq != expected {
            report.found(&place, format!("entry {expected} should stand here"));
        } else if entry.prev_hash != prev {
            report.found(&place, "does not follow from the entry before it");
        }
        match record::entry_hash(entry) {
            Ok(hash) if hash == entry.hash => {}
            Ok(_) => report.found(&place, "its hash is not that of its content"),
            Err(e) => report.found(&place, e),
        }
        if entry.recorded_at < recorded_at {
            report.found(&place, "was recorded before the entry before it");
        }
        (expected, prev, recorded_at) = (entry.seq + 1, entry.hash.clone(), entry.recorded_at);
    }
    if expected != last_seq + 1 {
        report.found("entry", format!("entries {expected} to {last_seq} are missing"));
    }
    report.entries = entries.len();
}

/// The runs, and the kind of hand that each entry repeats of its run.
fn hands(entry: &[PathBuf], run: &[PathBuf], entries: &[Entry], report: &mut VerifyReport) {
    let mut kinds = HashMap::new();
    for (run, hash) in report.note("run", row::runs(run, None)).unwrap_or_default() {
        if report.note(&run.id, record::canonical(&run).map_err(Into::into)).map(|c| sha256_hex(c.as_bytes()))
            != Some(hash)
        {
            report.found(&run.id, "its row is not what was written");
        }
        kinds.insert(run.id.to_string(), run.kind);
    }
    let named: HashSet<&str> = entries.iter().map(|e| e.run.as_str()).collect();
    report.runs = named.len();
    let read = parquet::read(entry, &["seq", "run_id", "hand"], None);
    for rows in report.note("entry", read).unwrap_or_default() {
        let columns = (column::longs(&rows, "seq"), column::strings(&rows, "run_id"), column::strings(&rows, "hand"));
        let (Ok(seq), Ok(run), Ok(hand)) = columns else { continue };
        for i in 0..rows.num_rows() {
            match kinds.get(run.value(i)) {
                None => report.found(format!("entry {}", seq.value(i)), format!("its run {} is missing", run.value(i))),
                Some(kind) if kind.as_str() != hand.value(i) => {
                    report.found(format!("entry {}", seq.value(i)), "names another kind of hand than its run");
                }
                Some(_) => {}
            }
        }
    }
}

/// Whatever the entries assert must have a row.
fn complete(entries: &[Entry], record: &Record, report: &mut VerifyReport) {
    let mut rows = Keys::default();
    let ids = [(Name::Document, "document_id"), (Name::Claim, "claim_id"), (Name::Assessment, "assessment_id")];
    for (name, id) in ids {
        for batch in report.note(name.as_str(), parquet::read(record.paths(name), &[id], None)).unwrap_or_default() {
            if let Ok(ids) = column::strings(&batch, id) {
                rows.extend(ids.iter().flatten().map(Key::of));
            }
        }
    }
    let asserted = entries.iter().filter(|e| e.act == Act::Assert);
    let mut missing = HashSet::new();
    for entry in asserted {
        if !rows.contains(&Key::of(&entry.subject)) && missing.insert(&entry.subject) {
            report.found(&entry.subject, format!("entry {} asserts it, but its row is missing", entry.seq));
        }
    }
}
