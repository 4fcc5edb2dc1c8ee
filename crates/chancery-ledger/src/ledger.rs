//! The ledger as a folder: create, open, and the snapshot that its answers come from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use object_store::ObjectStore;
use tokio::runtime::Runtime;

use crate::disk::Disk;
use crate::schema::Name;
use crate::table::{Place, Table};
use crate::{LedgerError, Writer};

/// A ledger, opened for reading: the state that it had when it was opened, or when a [`Writer`] of it last wrote.
///
/// Reading never writes, and works on a folder that cannot be written to. All functions block; none may be called from
/// inside an asynchronous task.
#[derive(Debug)]
pub struct Ledger {
    pub(crate) place: Place,
    runtime: Runtime,
    tables: Mutex<BTreeMap<Name, Table>>,
    last_seq: AtomicU64,
}

impl Ledger {
    /// Creates an empty ledger in `dir`, which is made where it is missing.
    pub fn create(dir: &Path) -> Result<Self, LedgerError> {
        Self::create_on(dir, Arc::new(Disk::new()))
    }

    /// Opens a ledger. Refuses one of a newer schema.
    pub fn open(dir: &Path) -> Result<Self, LedgerError> {
        Self::open_on(dir, Arc::new(Disk::new()))
    }

    pub(crate) fn create_on(dir: &Path, store: Arc<dyn ObjectStore>) -> Result<Self, LedgerError> {
        crate::disk::make_folder(dir).map_err(|e| LedgerError::disk(dir, e))?;
        let place = located(dir, store)?;
        if is_ledger(&place.dir) {
            return Err(LedgerError::AlreadyThere(place.dir));
        }
        let runtime = runtime(dir)?;
        // `entry` comes last: a folder without it is no ledger yet, and creating it again goes on where it stopped.
        for name in Name::ALL {
            runtime.block_on(Table::create(&place, name))?;
        }
        let blobs = place.dir.join("blobs/sha256");
        crate::disk::make_folder(&blobs).map_err(|e| LedgerError::disk(&blobs, e))?;
        Self::load(place, runtime)
    }

    pub(crate) fn open_on(dir: &Path, store: Arc<dyn ObjectStore>) -> Result<Self, LedgerError> {
        if !is_ledger(dir) {
            return Err(LedgerError::NotALedger(dir.to_owned()));
        }
        Self::load(located(dir, store)?, runtime(dir)?)
    }

    fn load(place: Place, runtime: Runtime) -> Result<Self, LedgerError> {
        let ledger = Self { place, runtime, tables: Mutex::default(), last_seq: AtomicU64::new(0) };
        let entry = ledger.table(Name::Entry)?;
        ledger.last_seq.store(last_seq(&entry), Ordering::Release);
        Ok(ledger)
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.place.dir
    }

    /// The number of the last entry; 0 for an empty ledger.
    pub fn last_seq(&self) -> u64 {
        self.last_seq.load(Ordering::Acquire)
    }

    /// A hand that writes. The lock is taken for each batch, for which it waits at most `wait`.
    pub fn writer(&self, wait: Duration) -> Result<Writer<'_>, LedgerError> {
        Ok(Writer::new(self, wait))
    }

    pub(crate) fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.runtime.block_on(future)
    }

    /// A table in this snapshot.
    pub(crate) fn table(&self, name: Name) -> Result<Table, LedgerError> {
        let [table] = self.load_tables([name])?;
        Ok(table)
    }

    /// Tables in this snapshot, loaded side by side where they are not yet. `entry` was loaded first, so what it names
    /// is in the others, whatever they hold beyond.
    pub(crate) fn load_tables<const N: usize>(&self, names: [Name; N]) -> Result<[Table; N], LedgerError> {
        let mut tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        let missing: Vec<Name> = names.into_iter().filter(|n| !tables.contains_key(n)).collect();
        let loading = missing.into_iter().map(|name| {
            let place = self.place.clone();
            async move { self.runtime.spawn(async move { Table::load(&place, name).await }).await }
        });
        for loaded in self.block_on(futures::future::join_all(loading)) {
            let table = loaded.map_err(|e| LedgerError::damaged("reading", e))??;
            tables.insert(table.name, table);
        }
        let loaded: Vec<Table> = names.iter().filter_map(|n| tables.get(n).cloned()).collect();
        loaded.try_into().map_err(|_| LedgerError::damaged("reading", "a table did not load"))
    }

    /// The paths of a table's data files.
    pub(crate) fn paths(&self, name: Name) -> Result<Vec<PathBuf>, LedgerError> {
        Ok(self.table(name)?.paths())
    }

    /// Goes on to what a writer has just written.
    pub(crate) fn advance(&self, to: &BTreeMap<Name, Table>) {
        let mut tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        tables.clone_from(to);
        if let Some(entry) = to.get(&Name::Entry) {
            self.last_seq.store(last_seq(entry), Ordering::Release);
        }
    }
}

/// The last entry of a table, from the statistics of its files.
pub(crate) fn last_seq(entry: &Table) -> u64 {
    entry.files().iter().map(|f| f.seqs().1).max().unwrap_or(0)
}

fn is_ledger(dir: &Path) -> bool {
    dir.join(Name::Entry.as_str()).join("_delta_log/00000000000000000000.json").exists()
        || dir.join(Name::Entry.as_str()).join("_delta_log/_last_checkpoint").exists()
}

fn located(dir: &Path, store: Arc<dyn ObjectStore>) -> Result<Place, LedgerError> {
    let dir = std::fs::canonicalize(dir).map_err(|e| LedgerError::disk(dir, e))?;
    Ok(Place { dir, store })
}

fn runtime(dir: &Path) -> Result<Runtime, LedgerError> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(2).thread_name("ledger").enable_time();
    builder.build().map_err(|e| LedgerError::disk(dir, e))
}
