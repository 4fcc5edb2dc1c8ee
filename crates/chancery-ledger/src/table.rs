//! One Delta table: load, append, replace without data change, checkpoint.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chancery_model::sha256_hex;
use deltalake::arrow::record_batch::RecordBatch;
use deltalake::kernel::engine::arrow_conversion::TryIntoKernel;
use deltalake::kernel::transaction::{CommitBuilder, CommitProperties};
use deltalake::kernel::{Action, Add, StructType, Transaction};
use deltalake::logstore::{LogStoreRef, StorageConfig, logstore_with};
use deltalake::operations::create::CreateBuilder;
use deltalake::protocol::{DeltaOperation, SaveMode};
use deltalake::table::state::DeltaTableState;
use object_store::path::Path as ObjectPath;
use object_store::{ObjectStore, ObjectStoreExt};
use serde_json::Value;

use crate::LedgerError;
use crate::parquet;
use crate::schema::{Name, SCHEMA_VERSION, VERSION_KEY};

/// The application id under which batches are numbered in Delta's `txn` actions.
const APPLICATION: &str = "chancery";
/// Commits after which a checkpoint spares readers the single commits.
const CHECKPOINT_EVERY: u64 = if cfg!(test) { 5 } else { 20 };
/// Data files above which a table is compacted. The tests come to it sooner.
pub(crate) const MANY_FILES: usize = if cfg!(test) { 8 } else { 64 };
/// Bytes of Parquet that one compaction takes together at most; what is larger stays as it is.
const COMPACT_BYTES: u64 = 64 * 1024 * 1024;

/// Where the tables lie and how they are reached.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) dir: PathBuf,
    pub(crate) store: Arc<dyn ObjectStore>,
}

impl Place {
    fn log(&self, name: Name) -> Result<LogStoreRef, LedgerError> {
        let folder = self.dir.join(name.as_str());
        let url = url::Url::from_directory_path(&folder)
            .map_err(|()| LedgerError::disk(&folder, std::io::ErrorKind::InvalidInput.into()))?;
        logstore_with(self.store.clone(), &url, StorageConfig::default()).map_err(LedgerError::table(name.as_str()))
    }

    /// Writes an object below the ledger's folder, durably. One that is there already is left alone.
    pub(crate) async fn put_new(&self, path: &Path, bytes: Vec<u8>) -> Result<(), LedgerError> {
        let place = ObjectPath::from_absolute_path(path).map_err(|e| LedgerError::object(path, e.into()))?;
        let options = object_store::PutOptions { mode: object_store::PutMode::Create, ..Default::default() };
        match self.store.put_opts(&place, bytes.into(), options).await {
            Ok(_) | Err(object_store::Error::AlreadyExists { .. }) => Ok(()),
            Err(e) => Err(LedgerError::object(path, e)),
        }
    }

    /// Removes an object below the ledger's folder, durably.
    pub(crate) async fn delete(&self, path: &Path) -> Result<(), LedgerError> {
        let place = ObjectPath::from_absolute_path(path).map_err(|e| LedgerError::object(path, e.into()))?;
        match self.store.delete(&place).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
            Err(e) => return Err(LedgerError::object(path, e)),
        }
        let folder = path.parent().unwrap_or(&self.dir);
        crate::disk::sync_folder(folder).map_err(|e| LedgerError::disk(folder, e))
    }
}

/// A data file of a table's snapshot.
#[derive(Debug, Clone)]
pub(crate) struct DataFile {
    pub(crate) path: PathBuf,
    pub(crate) size: u64,
    statistics: Value,
}

impl DataFile {
    /// The smallest and the largest `seq` in the file.
    pub(crate) fn seqs(&self) -> (u64, u64) {
        let at = |key: &str| self.statistics[key]["seq"].as_u64();
        (at("minValues").unwrap_or(0), at("maxValues").unwrap_or(u64::MAX))
    }
}

/// A table at one version.
#[derive(Clone)]
pub(crate) struct Table {
    pub(crate) name: Name,
    place: Place,
    log: LogStoreRef,
    state: DeltaTableState,
    /// The last batch's number, once asked for.
    batch: Option<u64>,
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}@{}", self.name.as_str(), self.state.version())
    }
}

impl Table {
    /// Creates the table, empty.
    pub(crate) async fn create(place: &Place, name: Name) -> Result<(), LedgerError> {
        let failed = LedgerError::table(name.as_str());
        let schema: StructType = name
            .schema()
            .as_ref()
            .try_into_kernel()
            .map_err(|e: deltalake::arrow::error::ArrowError| LedgerError::damaged(name.as_str(), e))?;
        let configuration = [
            ("delta.appendOnly".to_owned(), Some("true".to_owned())),
            ("delta.checkpointInterval".to_owned(), Some(CHECKPOINT_EVERY.to_string())),
            (VERSION_KEY.to_owned(), Some(SCHEMA_VERSION.to_string())),
        ];
        CreateBuilder::new()
            .with_log_store(place.log(name)?)
            .with_table_name(name.as_str())
            .with_columns(schema.fields().cloned())
            .with_configuration(configuration)
            .with_raise_if_key_not_exists(false)
            .with_save_mode(SaveMode::Ignore)
            .await
            .map_err(failed)?;
        Ok(())
    }

    /// Loads the newest version.
    pub(crate) async fn load(place: &Place, name: Name) -> Result<Self, LedgerError> {
        let log = place.log(name)?;
        let state = DeltaTableState::try_new(log.as_ref(), None).await.map_err(|e| match e {
            deltalake::DeltaTableError::NotATable(_) => LedgerError::NotALedger(place.dir.clone()),
            e => LedgerError::table(name.as_str())(e),
        })?;
        let table = Self { name, place: place.clone(), log, state, batch: None };
        table.check_version()?;
        Ok(table)
    }

    fn check_version(&self) -> Result<(), LedgerError> {
        let configuration = self.state.metadata().configuration();
        let found = configuration.get(VERSION_KEY).map_or("none", String::as_str);
        if found.parse::<u32>().is_ok_and(|v| v <= SCHEMA_VERSION) {
            return Ok(());
        }
        let path = self.place.dir.join(self.name.as_str());
        Err(LedgerError::NewerSchema { path, found: found.to_owned(), supported: SCHEMA_VERSION })
    }

    /// Goes to the newest version.
    pub(crate) async fn refresh(&mut self) -> Result<(), LedgerError> {
        let next = format!("_delta_log/{:020}.json", self.state.version() + 1);
        if !self.place.dir.join(self.name.as_str()).join(next).exists() {
            return Ok(());
        }
        self.batch = None;
        self.state.update(self.log.as_ref(), None).await.map_err(LedgerError::table(self.name.as_str()))?;
        self.check_version()
    }

    /// The data files of this version.
    pub(crate) fn files(&self) -> Vec<DataFile> {
        let folder = self.place.dir.join(self.name.as_str());
        let file = |view: deltalake::kernel::LogicalFileView| DataFile {
            path: folder.join(view.path().as_ref()),
            size: u64::try_from(view.size()).unwrap_or(0),
            statistics: view.stats().and_then(|s| serde_json::from_str(&s).ok()).unwrap_or(Value::Null),
        };
        self.state.log_data().iter().map(file).collect()
    }

    /// The paths of the data files.
    pub(crate) fn paths(&self) -> Vec<PathBuf> {
        self.files().into_iter().map(|f| f.path).collect()
    }

    /// The number of the last batch that was committed here.
    pub(crate) async fn last_batch(&mut self) -> Result<u64, LedgerError> {
        if let Some(batch) = self.batch {
            return Ok(batch);
        }
        let version = self.state.transaction_version(self.log.as_ref(), APPLICATION).await;
        let version = version.map_err(LedgerError::table(self.name.as_str()))?;
        let batch = version.and_then(|v| u64::try_from(v).ok()).unwrap_or(0);
        self.batch = Some(batch);
        Ok(batch)
    }

    /// Writes `rows` as one file and commits it under the batch's number.
    pub(crate) async fn append(&mut self, rows: &RecordBatch, batch: u64) -> Result<(), LedgerError> {
        let add = self.store(rows, true).await?;
        let operation = DeltaOperation::Write { mode: SaveMode::Append, partition_by: None, predicate: None };
        let transaction = Transaction::new(APPLICATION, batch.cast_signed());
        let committed = self.commit(vec![add.into()], operation, Some(transaction)).await;
        if committed.is_err() && self.refresh().await.is_ok() && self.last_batch().await.is_ok_and(|b| b >= batch) {
            // The commit stands although the answer got lost: `txn` says so.
            return Ok(());
        }
        self.batch = Some(batch);
        committed
    }

    /// Replaces files by new ones that hold the same rows in another arrangement.
    pub(crate) async fn replace(&mut self, old: &[PathBuf], rows: &RecordBatch) -> Result<(), LedgerError> {
        let add = self.store(rows, false).await?;
        let folder = self.place.dir.join(self.name.as_str());
        let views = self.state.log_data();
        let removed = views.iter().filter(|v| old.contains(&folder.join(v.path().as_ref())));
        let mut actions: Vec<Action> = removed.map(|v| v.remove_action(false).into()).collect();
        // A file that comes out byte for byte the same would be removed and added under one name.
        actions.retain(|a| !matches!(a, Action::Remove(r) if r.path == add.path));
        if actions.is_empty() {
            return Ok(());
        }
        actions.push(add.into());
        let operation = DeltaOperation::Optimize { predicate: None, target_size: COMPACT_BYTES as i64 };
        self.commit(actions, operation, None).await
    }

    async fn store(&self, rows: &RecordBatch, data_change: bool) -> Result<Add, LedgerError> {
        let written = parquet::write(self.name, rows)?;
        // A file is named by its content: `verify` needs nothing else to find a flipped byte.
        let path = format!("part-{}.parquet", sha256_hex(&written.bytes));
        let size = written.bytes.len() as i64;
        self.place.put_new(&self.place.dir.join(self.name.as_str()).join(&path), written.bytes).await?;
        Ok(Add {
            path,
            partition_values: HashMap::new(),
            size,
            modification_time: jiff::Timestamp::now().as_millisecond(),
            data_change,
            stats: Some(written.statistics),
            tags: None,
            deletion_vector: None,
            base_row_id: None,
            default_row_commit_version: None,
            clustering_provider: None,
        })
    }

    async fn commit(
        &mut self,
        actions: Vec<Action>,
        operation: DeltaOperation,
        transaction: Option<Transaction>,
    ) -> Result<(), LedgerError> {
        let properties = CommitProperties::default()
            .with_max_retries(0)
            .with_create_checkpoint(false)
            .with_cleanup_expired_logs(Some(false))
            .with_application_transactions(transaction.into_iter().collect());
        let done = CommitBuilder::from(properties)
            .with_actions(actions)
            .build(Some(self.state.snapshot()), self.log.clone(), operation)
            .await
            .map_err(LedgerError::table(self.name.as_str()))?;
        self.state = done.snapshot();
        Ok(())
    }

    /// Brings the small files together once there are many, or as soon as there are two where `always` is set.
    /// The rows stay the same, and so do the old files until they are vacuumed: readers at work are not disturbed.
    pub(crate) async fn compact(&mut self, always: bool) -> Result<(), LedgerError> {
        let mut files = self.files();
        if files.len() < 2 || (files.len() <= MANY_FILES && !always) {
            return Ok(());
        }
        files.sort_by(|a, b| (a.size, &a.path).cmp(&(b.size, &b.path)));
        let mut total = 0;
        files.retain(|f| {
            total += f.size;
            total <= COMPACT_BYTES
        });
        if files.len() < 2 {
            return Ok(());
        }
        let paths: Vec<PathBuf> = files.into_iter().map(|f| f.path).collect();
        let rows = parquet::read_whole(self.name, &paths)?;
        self.replace(&paths, &rows).await
    }

    /// Writes a checkpoint where enough commits have come since the last one.
    pub(crate) async fn checkpoint(&self) -> Result<(), LedgerError> {
        if self.state.version() < self.last_checkpoint() + CHECKPOINT_EVERY {
            return Ok(());
        }
        let table = {
            let mut table = deltalake::DeltaTable::new(self.log.clone());
            table.state = Some(self.state.clone());
            table
        };
        let failed = LedgerError::table(self.name.as_str());
        deltalake::checkpoints::create_checkpoint(&table, None).await.map_err(&failed)?;
        // Commits of the log that a checkpoint has covered for a month: our history is in `entry`, not there.
        deltalake::checkpoints::cleanup_metadata(&table, None).await.map_err(&failed)?;
        Ok(())
    }

    fn last_checkpoint(&self) -> u64 {
        let path = self.place.dir.join(self.name.as_str()).join("_delta_log/_last_checkpoint");
        let read = std::fs::read(path).ok().and_then(|b| serde_json::from_slice::<Value>(&b).ok());
        read.and_then(|v| v["version"].as_u64()).unwrap_or(0)
    }

    /// Deletes the Parquet files that this version does not name.
    pub(crate) async fn vacuum(&self) -> Result<(), LedgerError> {
        let folder = self.place.dir.join(self.name.as_str());
        let named = self.paths();
        let listed = std::fs::read_dir(&folder).map_err(|e| LedgerError::disk(&folder, e))?;
        for entry in listed {
            let path = entry.map_err(|e| LedgerError::disk(&folder, e))?.path();
            if path.extension().is_some_and(|e| e == "parquet") && !named.contains(&path) {
                self.place.delete(&path).await?;
            }
        }
        Ok(())
    }
}
