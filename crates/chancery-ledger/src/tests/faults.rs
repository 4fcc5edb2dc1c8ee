//! A store that dies after its n-th operation, for every n: whatever a cut leaves, reopening loses no acknowledged
//! batch, doubles none, and `verify` passes.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use async_trait::async_trait;
use futures::stream::{BoxStream, StreamExt};
use object_store::path::Path as ObjectPath;
use object_store::{
    CopyOptions, Error, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore,
    PutMultipartOptions, PutOptions, PutPayload, PutResult, Result,
};

use super::support::*;
use crate::disk::Disk;
use crate::{Filter, Ledger, LedgerError, NewDocument};

/// How an operation goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// It does not happen, and neither does any later one.
    Dies,
    /// It happens, but the answer is lost, and no later one happens.
    DiesAfterwards,
    /// A part is written beside the place, as by a process that is killed; nothing later happens.
    DiesWithin,
    /// This and every later one: no space left on the device.
    Full,
    /// This one alone: permission denied.
    Denied,
}

/// Counts the operations that change something, and goes wrong at one of them.
#[derive(Debug)]
struct Faulty {
    disk: Disk,
    left: AtomicI64,
    dead: AtomicBool,
    fault: Fault,
}

impl Faulty {
    fn new(after: i64, fault: Fault) -> Arc<Self> {
        Arc::new(Self { disk: Disk::new(), left: AtomicI64::new(after), dead: AtomicBool::new(false), fault })
    }

    fn operations(&self) -> i64 {
        i64::MAX - self.left.load(Ordering::SeqCst)
    }

    /// `Ok(true)`: goes on as always; `Ok(false)`: happens, then dies.
    fn next(&self, location: &ObjectPath) -> Result<bool> {
        if self.dead.load(Ordering::SeqCst) {
            return Err(self.error(location));
        }
        let left = self.left.fetch_sub(1, Ordering::SeqCst);
        if left > 0 {
            return Ok(true);
        }
        if self.fault != Fault::Denied {
            self.dead.store(true, Ordering::SeqCst);
        } else if left < 0 {
            return Ok(true);
        }
        if self.fault == Fault::DiesWithin {
            let _ = std::fs::write(format!("/{location}#{}000001", std::process::id()), b"half a fi");
        }
        if self.fault == Fault::DiesAfterwards { Ok(false) } else { Err(self.error(location)) }
    }

    fn error(&self, location: &ObjectPath) -> Error {
        let path = location.to_string();
        match self.fault {
            Fault::Denied => Error::PermissionDenied { path, source: std::io::Error::from_raw_os_error(13).into() },
            Fault::Full => Error::Generic { store: "disk", source: std::io::Error::from_raw_os_error(28).into() },
            _ => Error::Generic { store: "disk", source: "the store died".into() },
        }
    }
}

impl fmt::Display for Faulty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Faulty")
    }
}

#[async_trait]
impl ObjectStore for Faulty {
    async fn put_opts(&self, location: &ObjectPath, payload: PutPayload, opts: PutOptions) -> Result<PutResult> {
        let goes_on = self.next(location)?;
        let done = self.disk.put_opts(location, payload, opts).await?;
        if goes_on { Ok(done) } else { Err(self.error(location)) }
    }

    async fn put_multipart_opts(
        &self,
        location: &ObjectPath,
        opts: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        self.next(location)?;
        self.disk.put_multipart_opts(location, opts).await
    }

    async fn get_opts(&self, location: &ObjectPath, options: GetOptions) -> Result<GetResult> {
        self.disk.get_opts(location, options).await
    }

    fn delete_stream(
        &self,
        locations: BoxStream<'static, Result<ObjectPath>>,
    ) -> BoxStream<'static, Result<ObjectPath>> {
        // One location at a time is all that the ledger deletes.
        match self.next(&ObjectPath::from("deletion")) {
            Ok(_) => self.disk.delete_stream(locations),
            Err(e) => futures::stream::once(async { Err(e) }).boxed(),
        }
    }

    fn list(&self, prefix: Option<&ObjectPath>) -> BoxStream<'static, Result<ObjectMeta>> {
        self.disk.list(prefix)
    }

    fn list_with_offset(
        &self,
        prefix: Option<&ObjectPath>,
        offset: &ObjectPath,
    ) -> BoxStream<'static, Result<ObjectMeta>> {
        self.disk.list_with_offset(prefix, offset)
    }

    async fn list_with_delimiter(&self, prefix: Option<&ObjectPath>) -> Result<ListResult> {
        self.disk.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, from: &ObjectPath, to: &ObjectPath, options: CopyOptions) -> Result<()> {
        self.next(to)?;
        self.disk.copy_opts(from, to, options).await
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// What must hold after any cut: the acknowledged documents are there, once; nothing but them and the offered ones is;
/// offering the rest again completes it; `verify` passes before and after.
/// `briefly` leaves out what cannot differ between the ways to die before an operation.
fn holds(dir: &Path, acknowledged: &[NewDocument], offered: &[NewDocument], briefly: bool, case: &str) {
    let ledger = Ledger::open(dir).unwrap();
    let sound = |ledger: &Ledger| {
        let report = ledger.verify().unwrap();
        assert!(report.is_sound(), "{case}: {:?}", report.findings);
    };
    sound(&ledger);
    let ids = |news: &[NewDocument]| news.iter().map(|n| n.document.id.clone()).collect::<BTreeSet<_>>();
    let held: Vec<_> = ledger.documents(&Filter::default()).unwrap().into_iter().map(|d| d.id).collect();
    let once: BTreeSet<_> = held.iter().cloned().collect();
    assert_eq!(held.len(), once.len(), "{case}: a document is doubled");
    assert!(once.is_superset(&ids(acknowledged)), "{case}: an acknowledged document is lost");
    let whole: BTreeSet<_> = ids(acknowledged).union(&ids(offered)).cloned().collect();
    assert!(once == ids(acknowledged) || once == whole, "{case}: half a batch is visible");
    assert_eq!(ledger.claims(&Filter::default()).unwrap().len(), once.len(), "{case}: claims");
    if briefly {
        return;
    }
    assert_eq!(ledger.abstentions(&Filter::default()).unwrap().len(), once.len(), "{case}: abstentions");
    append(&ledger, &batch(machine(), offered.to_vec())).unwrap();
    assert_eq!(ledger.documents(&Filter::default()).unwrap().len(), whole.len(), "{case}: completing");
    sound(&ledger);
}

/// Runs `work` on copies of `base`, dying at each of its operations in turn.
fn at_every_operation(
    base: &Path,
    faults: &[Fault],
    acknowledged: &[NewDocument],
    offered: &[NewDocument],
    work: impl Fn(&Ledger) -> std::result::Result<(), LedgerError>,
) {
    let trial = |after: i64, fault: Fault| {
        let dir = scratch();
        copy(base, dir.path());
        let store = Faulty::new(after, fault);
        let done = Ledger::open_on(dir.path(), store.clone()).and_then(|ledger| work(&ledger));
        (dir, store, done)
    };
    let (_, store, done) = trial(i64::MAX, Fault::Dies);
    done.unwrap();
    let operations = store.operations();
    assert!(operations > 5, "only {operations} operations");
    for &fault in faults {
        for n in 0..operations {
            let (dir, _, done) = trial(n, fault);
            let case = format!("{fault:?} at operation {n} of {operations}");
            let now: Vec<_> = match done {
                Ok(()) => acknowledged.iter().chain(offered).cloned().collect(),
                Err(_) => acknowledged.to_vec(),
            };
            let briefly = !matches!(fault, Fault::Dies | Fault::DiesAfterwards);
            holds(dir.path(), &now, offered, briefly, &case);
        }
    }
}

#[test]
fn an_append_that_dies_anywhere() {
    let base = scratch();
    let first = vec![news(0)];
    let ledger = Ledger::create(base.path()).unwrap();
    append(&ledger, &batch(machine(), first.clone())).unwrap();
    let second = vec![news(1), news(2)];
    let offered = second.clone();
    let faults = [Fault::Dies, Fault::DiesAfterwards, Fault::DiesWithin, Fault::Full, Fault::Denied];
    at_every_operation(base.path(), &faults, &first, &offered, move |ledger| {
        append(ledger, &batch(machine(), second.clone())).map(drop)
    });
}

#[test]
fn a_table_that_dies_anywhere() {
    let base = scratch();
    drop(Ledger::create(base.path()).unwrap());
    let offered = batch(machine(), vec![super::observation::table("a")]);
    let trial = |after: i64, fault: Fault| {
        let dir = scratch();
        copy(base.path(), dir.path());
        let store = Faulty::new(after, fault);
        let done = Ledger::open_on(dir.path(), store.clone()).and_then(|ledger| append(&ledger, &offered));
        (dir, store, done.is_ok())
    };
    let rows = |ledger: &Ledger| ledger.observations(&crate::ObservationFilter::default()).unwrap().len();
    let operations = trial(i64::MAX, Fault::Dies).1.operations();
    for fault in [Fault::Dies, Fault::DiesAfterwards, Fault::DiesWithin, Fault::Full, Fault::Denied] {
        for n in 0..operations {
            let (dir, _, done) = trial(n, fault);
            let ledger = Ledger::open(dir.path()).unwrap();
            let case = format!("{fault:?} at operation {n} of {operations}");
            assert!(ledger.verify().unwrap().is_sound(), "{case}");
            let held = rows(&ledger);
            assert!(held == 4 || held == 0 && !done, "{case}: {held} rows, acknowledged: {done}");
            append(&ledger, &offered).unwrap();
            assert_eq!(rows(&ledger), 4, "{case}: completing");
            assert!(ledger.verify().unwrap().is_sound(), "{case}: after completing");
        }
    }
}

#[test]
fn a_compaction_that_dies_anywhere() {
    let base = scratch();
    let ledger = Ledger::create(base.path()).unwrap();
    let mut writer = ledger.writer(WAIT).unwrap();
    let all: Vec<_> = (0..4).map(news).collect();
    for new in &all {
        writer.append(&batch(machine(), vec![new.clone()])).unwrap();
    }
    let faults = [Fault::Dies, Fault::DiesAfterwards, Fault::DiesWithin, Fault::Full, Fault::Denied];
    at_every_operation(base.path(), &faults, &all, &[], |ledger| ledger.writer(WAIT)?.compact());
}

#[test]
fn a_checkpoint_that_dies_anywhere() {
    let base = scratch();
    let ledger = Ledger::create(base.path()).unwrap();
    let mut writer = ledger.writer(WAIT).unwrap();
    let all: Vec<_> = (0..5).map(news).collect();
    for new in &all {
        writer.append(&batch(machine(), vec![new.clone()])).unwrap();
    }
    let next = vec![news(5)];
    let offered = next.clone();
    at_every_operation(base.path(), &[Fault::DiesWithin], &all, &offered, move |ledger| {
        append(ledger, &batch(machine(), next.clone()))?;
        assert!(ledger.dir().join("entry/_delta_log/_last_checkpoint").exists());
        Ok(())
    });
}

#[test]
fn a_redaction_that_dies_is_completed_by_redacting_again() {
    let base = scratch();
    let ledger = Ledger::create(base.path()).unwrap();
    let all = vec![news(0), news(1)];
    append(&ledger, &batch(machine(), all.clone())).unwrap();
    let id = &all[0].document.id;
    let trial = |after| {
        let dir = scratch();
        copy(base.path(), dir.path());
        let store = Faulty::new(after, Fault::Dies);
        let ledger = Ledger::open_on(dir.path(), store.clone()).unwrap();
        let done = ledger.writer(WAIT).unwrap().redact(id, "Wunsch des Verlags", &person());
        (dir, store, done.is_ok())
    };
    let operations = trial(i64::MAX).1.operations();
    for n in 0..operations {
        let (dir, _, done) = trial(n);
        assert!(!done);
        let ledger = Ledger::open(dir.path()).unwrap();
        ledger.writer(WAIT).unwrap().redact(id, "Wunsch des Verlags", &person()).unwrap();
        let report = Ledger::open(dir.path()).unwrap().verify().unwrap();
        assert!(report.is_sound(), "operation {n}: {:?}", report.findings);
        assert_eq!(report.redacted, std::slice::from_ref(id));
        assert_eq!(ledger.blob(&all[0].document.bytes_sha256).unwrap(), None);
    }
}

#[test]
fn a_creation_that_dies_is_completed_by_creating_again() {
    let count = Faulty::new(i64::MAX, Fault::Dies);
    let dir = scratch();
    Ledger::create_on(dir.path(), count.clone()).unwrap();
    for n in 0..count.operations() {
        let dir = scratch();
        assert!(Ledger::create_on(dir.path(), Faulty::new(n, Fault::Dies)).is_err());
        let ledger = Ledger::create(dir.path()).unwrap();
        append(&ledger, &batch(machine(), vec![news(0)])).unwrap();
        assert!(ledger.verify().unwrap().is_sound());
    }
}

#[test]
fn a_full_disk_is_named_with_its_remedy() {
    let dir = scratch();
    drop(Ledger::create(dir.path()).unwrap());
    let ledger = Ledger::open_on(dir.path(), Faulty::new(0, Fault::Full)).unwrap();
    let error = append(&ledger, &batch(machine(), vec![news(0)])).unwrap_err().to_string();
    assert!(error.contains("free some space"), "{error}");
    assert!(error.contains(dir.path().to_str().unwrap()), "{error}");
}

/// A store that refuses every write.
pub(crate) fn refusing() -> impl ObjectStore {
    Faulty { disk: Disk::new(), left: AtomicI64::new(0), dead: AtomicBool::new(true), fault: Fault::Denied }
}
