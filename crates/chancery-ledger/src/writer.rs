//! The hand that writes: one batch after another, each whole or not at all.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use chancery_model::{Act, Entry};
use futures::{StreamExt, TryStreamExt};

use crate::filter::{Batch, NewEntry, Receipt};
use crate::force::{Force, Key, Keys, Limit};
use crate::held::Held;
use crate::known::Known;
use crate::lock::Lock;
use crate::observation::ObservationRecord;
use crate::plan::{self, Plan};
use crate::record::{self, AssessmentRecord, ClaimRecord, DocumentRecord, DyadRecord, EntryRecord, Place, RunRecord};
use crate::schema::Name;
use crate::table::Table;
use crate::{Ledger, LedgerError, check, disk};

/// Blobs that are written side by side: the disk gathers their syncs.
const BLOBS_AT_ONCE: usize = 32;

/// Appends to a ledger. Holds the lock only while it writes a batch.
#[derive(Debug)]
pub struct Writer<'a> {
    pub(crate) ledger: &'a Ledger,
    wait: Duration,
    /// Kept from batch to batch; dropped after an error, so that the next batch starts from what is on the disk.
    session: Option<Session>,
}

/// The tables and what is known of them.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) tables: BTreeMap<Name, Table>,
    pub(crate) known: Known,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(ledger: &'a Ledger, wait: Duration) -> Self {
        Self { ledger, wait, session: None }
    }

    /// Writes a batch: bytes, then `document`, `run`, `claim`, `claim_dyad`, `assessment`, `observation`, last `entry`. When this
    /// returns, the batch is on the disk. When it fails, nothing of it counts, and it may be offered again.
    pub fn append(&mut self, batch: &Batch) -> Result<Receipt, LedgerError> {
        check::batch(batch)?;
        self.locked(|ledger, session| append(ledger, session, batch))
    }

    /// Brings the small files of every table together, however few there are.
    pub fn compact(&mut self) -> Result<(), LedgerError> {
        self.locked(|ledger, session| tidy(ledger, session, true))
    }

    /// Runs `work` under the lock, on the newest state.
    pub(crate) fn locked<T>(
        &mut self,
        work: impl FnOnce(&Ledger, &mut Session) -> Result<T, LedgerError>,
    ) -> Result<T, LedgerError> {
        let lock = Lock::take(self.ledger.dir(), self.wait)?;
        if lock.cut_short {
            disk::sweep(self.ledger.dir()).map_err(|e| LedgerError::disk(self.ledger.dir(), e))?;
        }
        let mut session = self.session.take().map_or_else(|| Session::open(self.ledger), Ok)?;
        session.update(self.ledger)?;
        let done = work(self.ledger, &mut session)?;
        self.ledger.advance(&session.tables);
        self.session = Some(session);
        Ok(done)
    }
}

impl Session {
    fn open(ledger: &Ledger) -> Result<Self, LedgerError> {
        let loading = Name::ALL.map(|name| Table::load(&ledger.place, name));
        let loaded = ledger.block_on(futures::future::try_join_all(loading))?;
        Ok(Self { tables: loaded.into_iter().map(|t| (t.name, t)).collect(), known: Known::default() })
    }

    fn update(&mut self, ledger: &Ledger) -> Result<(), LedgerError> {
        for table in self.tables.values_mut() {
            ledger.block_on(table.refresh())?;
        }
        let Self { tables, known } = self;
        known.update(table(tables, Name::Entry)?)
    }

    /// A number that no batch has had, not even one that was cut short.
    pub(crate) fn next_batch(&mut self, ledger: &Ledger) -> Result<u64, LedgerError> {
        let mut last = 0;
        for table in self.tables.values_mut() {
            last = last.max(ledger.block_on(table.last_batch())?);
        }
        Ok(last + 1)
    }

    /// Commits rows to a table; none are no commit.
    pub(crate) fn commit<R: serde::Serialize>(
        &mut self,
        ledger: &Ledger,
        name: Name,
        rows: &[R],
        batch: u64,
    ) -> Result<(), LedgerError> {
        let Some(rows) = record::batch(name, rows)? else { return Ok(()) };
        ledger.block_on(table(&mut self.tables, name)?.append(&rows, batch))
    }
}

pub(crate) fn table(tables: &mut BTreeMap<Name, Table>, name: Name) -> Result<&mut Table, LedgerError> {
    tables.get_mut(&name).ok_or_else(|| LedgerError::damaged(name.as_str(), "not loaded"))
}

/// Compacts tables of many files, and writes checkpoints that are due. Before a batch, so that a disk that is full
/// here refuses the batch instead of spoiling an acknowledged one.
fn tidy(ledger: &Ledger, session: &mut Session, always: bool) -> Result<(), LedgerError> {
    for table in session.tables.values_mut() {
        ledger.block_on(async {
            table.compact(always).await?;
            table.checkpoint().await
        })?;
    }
    Ok(())
}

fn append(ledger: &Ledger, session: &mut Session, batch: &Batch) -> Result<Receipt, LedgerError> {
    tidy(ledger, session, false)?;
    exist(session, &batch.entries)?;
    let held = Held::read(&session.tables, plan::recoded(batch, &session.known))?;
    let now = now(session.known.last.recorded_at);
    let plan = Plan::new(batch, &session.known, &held, now)?;
    let first_seq = session.known.last.seq + 1;
    if plan.entries.is_empty() {
        return Ok(Receipt { first_seq, last_seq: first_seq - 1, documents: plan.outcomes });
    }
    let entries = plan.chained(&batch.run, &session.known.last, now)?;
    store_bytes(ledger, &plan)?;
    let number = session.next_batch(ledger)?;
    let at = |entry: usize| Place { seq: first_seq + entry as u64, batch: number };

    let mut documents = Vec::with_capacity(plan.documents.len());
    for (entry, new) in &plan.documents {
        documents.push(DocumentRecord::new(&new.document, &new.minhash, now, at(*entry))?);
    }
    session.commit(ledger, Name::Document, &documents, number)?;
    if !session.known.runs.contains(&Key::of(batch.run.id.as_str())) {
        session.commit(ledger, Name::Run, &[RunRecord::new(&batch.run, at(0))?], number)?;
    }
    let claims = plan.claims.iter();
    let rows: Vec<_> = claims.map(|r| ClaimRecord::new(&r.id, r.value, &r.json, r.published, at(r.entry))).collect();
    session.commit(ledger, Name::Claim, &rows, number)?;
    let claims = plan.claims.iter();
    let rows: Vec<_> = claims.flat_map(|r| DyadRecord::all(&r.id, r.value, r.published, at(r.entry))).collect();
    session.commit(ledger, Name::ClaimDyad, &rows, number)?;
    let assessments = plan.assessments.iter();
    let rows: Vec<_> =
        assessments.map(|r| AssessmentRecord::new(&r.id, r.value, &r.json, r.published, at(r.entry))).collect();
    session.commit(ledger, Name::Assessment, &rows, number)?;
    let mut observations = Vec::new();
    for (entry, new) in &plan.documents {
        for observation in &new.observations {
            observations.push(ObservationRecord::new(&new.document.id, observation, at(*entry))?);
        }
    }
    session.commit(ledger, Name::Observation, &observations, number)?;
    commit_entries(ledger, session, batch.run.kind, &entries, number)?;
    Ok(Receipt { first_seq, last_seq: session.known.last.seq, documents: plan.outcomes })
}

/// The commit point.
pub(crate) fn commit_entries(
    ledger: &Ledger,
    session: &mut Session,
    hand: chancery_model::RunKind,
    entries: &[Entry],
    number: u64,
) -> Result<(), LedgerError> {
    let rows: Vec<_> = entries.iter().map(|e| EntryRecord::new(e, hand.as_str(), number)).collect();
    session.commit(ledger, Name::Entry, &rows, number)?;
    session.known.note(entries);
    Ok(())
}

/// What is asserted again or retracted must be there.
fn exist(session: &Session, entries: &[NewEntry]) -> Result<(), LedgerError> {
    let acts = entries.iter().filter(|e| matches!(e.act, Act::Assert | Act::Retract) && !e.subject.contains('#'));
    let subjects: Vec<&str> = acts.map(|e| e.subject.as_str()).collect();
    if subjects.is_empty() {
        return Ok(());
    }
    let interest: Keys = subjects.iter().map(|s| Key::of(s)).collect();
    let paths = session.tables.get(&Name::Entry).map(Table::paths).unwrap_or_default();
    let force = Force::read(&paths, Limit::default(), Some(&interest))?;
    let unknown = subjects.iter().find(|s| !force.of(s).is_some_and(crate::force::Words::is_asserted));
    unknown.map_or(Ok(()), |s| Err(LedgerError::Unknown((*s).to_owned())))
}

fn store_bytes(ledger: &Ledger, plan: &Plan<'_>) -> Result<(), LedgerError> {
    let place = &ledger.place;
    let new = plan.documents.iter().map(|(_, new)| (ledger.blob_path(&new.document.bytes_sha256), &new.bytes));
    let missing: Vec<(PathBuf, &Vec<u8>)> = new.filter(|(path, _)| !path.exists()).collect();
    let puts = missing.into_iter().map(|(path, bytes)| async move { place.put_new(&path, bytes.clone()).await });
    ledger.block_on(futures::stream::iter(puts).buffer_unordered(BLOBS_AT_ONCE).try_collect::<()>())
}

/// The clock, which never goes backwards in a ledger.
pub(crate) fn now(last: i64) -> i64 {
    jiff::Timestamp::now().as_microsecond().max(last)
}
