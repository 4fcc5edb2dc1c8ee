//! A flipped byte is found, redaction is complete, old readers and locked-out writers are told, read-only folders read.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::support::*;
use crate::disk::Disk;
use crate::lock::Lock;
use crate::schema::{Name, VERSION_KEY};
use crate::{Filter, Ledger, LedgerError};

fn files_below(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files_below(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

#[test]
fn a_flipped_byte_is_found_wherever_it_is() {
    let dir = scratch();
    let ledger = Ledger::create(dir.path()).unwrap();
    append(&ledger, &batch(machine(), vec![news(0), news(1), super::observation::table("a")])).unwrap();
    assert_eq!(ledger.verify().unwrap().findings, []);
    let data: Vec<_> =
        files_below(dir.path()).into_iter().filter(|p| !p.to_string_lossy().contains("_delta_log")).collect();
    let mut flipped = 0;
    for path in data.iter().filter(|p| p.file_name().is_some_and(|n| n != "writer.lock")) {
        let whole = std::fs::read(path).unwrap();
        let mut broken = whole.clone();
        let at = whole.len() / 2;
        broken[at] ^= 0x10;
        std::fs::write(path, &broken).unwrap();
        let report = Ledger::open(dir.path()).unwrap().verify().unwrap();
        assert!(!report.is_sound(), "{} at byte {at}", path.display());
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(report.findings.iter().any(|f| f.place.contains(name)), "{name}: {:?}", report.findings);
        std::fs::write(path, whole).unwrap();
        flipped += 1;
    }
    assert!(flipped >= 10, "three blobs and a file of each of seven tables");
    std::fs::remove_file(&data[0]).unwrap();
    assert!(!Ledger::open(dir.path()).unwrap().verify().unwrap().is_sound(), "a missing file is found");
}

#[test]
fn redaction_removes_text_and_bytes_and_keeps_the_rest() {
    let dir = scratch();
    let ledger = Ledger::create(dir.path()).unwrap();
    let (mut gone, kept) = (news(0), news(1));
    let secret = "Vertraulicher Nachsatz ohne Claim";
    gone.document.text = format!("{} {secret}", gone.document.text);
    gone.document.text_sha256 = chancery_model::sha256_hex(gone.document.text.as_bytes());
    gone.document.id = chancery_model::Document::id_of(&gone.document.source, &gone.document.text_sha256).unwrap();
    gone.claims[0].document = gone.document.id.clone();
    gone.assessments[0].document = gone.document.id.clone();
    gone.bytes = gone.document.text.clone().into_bytes();
    gone.document.bytes_sha256 = gone.document.text_sha256.clone();
    append(&ledger, &batch(machine(), vec![gone.clone(), kept.clone()])).unwrap();
    let id = gone.document.id.clone();
    let mut writer = ledger.writer(WAIT).unwrap();
    writer.compact().unwrap();
    assert!(matches!(writer.redact(&id, "", &person()), Err(LedgerError::Invalid { .. })));
    assert!(matches!(writer.redact(&news(9).document.id, "x", &person()), Err(LedgerError::Unknown(_))));
    let receipt = writer.redact(&id, "Wunsch des Verlags", &person()).unwrap();
    assert_eq!(receipt.last_seq, receipt.first_seq);
    assert_eq!(writer.redact(&id, "noch einmal", &person()).unwrap().last_seq, receipt.last_seq);

    let ledger = Ledger::open(dir.path()).unwrap();
    let document = ledger.document(&id).unwrap().unwrap();
    assert_eq!((document.text.as_str(), document.text_sha256.as_str()), ("", gone.document.text_sha256.as_str()));
    assert_eq!(ledger.blob(&gone.document.bytes_sha256).unwrap(), None);
    assert_eq!(ledger.document(&kept.document.id).unwrap().unwrap().text, kept.document.text);
    assert_eq!(ledger.claims(&Filter { document: Some(id.clone()), ..Filter::default() }).unwrap().len(), 1);
    let report = ledger.verify().unwrap();
    assert!(report.is_sound(), "{:?}", report.findings);
    assert_eq!(report.redacted, std::slice::from_ref(&id));
    // Parquet compresses, so the folder is searched through its own reader: every file, named or not.
    for path in
        files_below(&dir.path().join("document")).iter().filter(|p| p.extension().is_some_and(|e| e == "parquet"))
    {
        for rows in crate::parquet::read(std::slice::from_ref(path), &["text"], None).unwrap() {
            let texts = crate::column::strings(&rows, "text").unwrap();
            assert!(texts.iter().flatten().all(|t| !t.contains(secret)), "{}", path.display());
        }
    }
    append(&ledger, &batch(machine(), vec![gone])).unwrap();
    assert_eq!(ledger.document(&id).unwrap().unwrap().text, "", "adding it again does not bring it back");
    assert!(ledger.verify().unwrap().is_sound());
}

#[test]
fn the_second_writer_waits_and_is_told() {
    let dir = scratch();
    let ledger = Ledger::create(dir.path()).unwrap();
    let lock = Lock::take(ledger.dir(), Duration::ZERO).unwrap();
    let error = ledger.writer(Duration::from_millis(50)).unwrap().append(&batch(machine(), vec![news(0)])).unwrap_err();
    assert!(matches!(error, LedgerError::Locked { .. }));
    assert!(error.to_string().contains(&format!("process {}", std::process::id())), "{error}");
    assert_eq!(ledger.claims(&Filter::default()).unwrap(), [], "reading needs no lock");
    let release = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(100));
        drop(lock);
    });
    append(&ledger, &batch(machine(), vec![news(0)])).unwrap();
    release.join().unwrap();
}

#[test]
fn two_writers_take_turns() {
    let dir = scratch();
    drop(Ledger::create(dir.path()).unwrap());
    std::thread::scope(|scope| {
        for half in 0..2 {
            let dir = dir.path();
            scope.spawn(move || {
                let ledger = Ledger::open(dir).unwrap();
                let mut writer = ledger.writer(Duration::from_mins(1)).unwrap();
                for n in 0..4 {
                    writer.append(&batch(machine(), vec![news(n), news(100 + half * 4 + n)])).unwrap();
                }
            });
        }
    });
    let ledger = Ledger::open(dir.path()).unwrap();
    assert_eq!(ledger.documents(&Filter::default()).unwrap().len(), 12, "four in common, four of each");
    let report = ledger.verify().unwrap();
    assert!(report.is_sound(), "{:?}", report.findings);
}

#[test]
fn reading_changes_nothing_and_needs_no_right_to_write() {
    let dir = scratch();
    let ledger = Ledger::create(dir.path()).unwrap();
    append(&ledger, &batch(machine(), vec![news(0)])).unwrap();
    let state = || -> Vec<_> {
        let of = |p: &PathBuf| (p.clone(), std::fs::metadata(p).unwrap().modified().unwrap());
        files_below(dir.path()).iter().map(of).collect()
    };
    let before = state();
    // Permission bits prove nothing to root, so the store that reading goes through refuses to write, too.
    let mut permissions = std::fs::metadata(dir.path()).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(dir.path(), permissions).unwrap();
    let store = std::sync::Arc::new(super::faults::refusing());
    let ledger = Ledger::open_on(dir.path(), store).unwrap();
    assert_eq!(ledger.claims(&Filter::default()).unwrap().len(), 1);
    assert_eq!(ledger.assessments(&Filter::default()).unwrap().len(), 1);
    assert_eq!(ledger.abstentions(&Filter::default()).unwrap().len(), 1);
    assert!(ledger.verify().unwrap().is_sound());
    assert_eq!(state(), before);
}

#[test]
fn a_newer_schema_is_refused_with_a_remedy() {
    let dir = scratch();
    drop(Ledger::create(dir.path()).unwrap());
    let commit = dir.path().join(Name::Entry.as_str()).join("_delta_log/00000000000000000000.json");
    let text = std::fs::read_to_string(&commit).unwrap();
    let newer = text.replace(&format!("\"{VERSION_KEY}\":\"1\""), &format!("\"{VERSION_KEY}\":\"2\""));
    assert_ne!(text, newer);
    std::fs::write(&commit, newer).unwrap();
    let error = Ledger::open(dir.path()).unwrap_err();
    assert!(matches!(error, LedgerError::NewerSchema { .. }));
    assert!(error.to_string().contains("install a newer chancery"), "{error}");
}

#[test]
fn a_folder_without_ledger_and_one_with_are_told_apart() {
    let dir = scratch();
    assert!(matches!(Ledger::open(dir.path()), Err(LedgerError::NotALedger(_))));
    assert!(matches!(Ledger::open(&dir.path().join("nowhere")), Err(LedgerError::NotALedger(_))));
    drop(Ledger::create(dir.path()).unwrap());
    assert!(matches!(Ledger::create(dir.path()), Err(LedgerError::AlreadyThere(_))));
}

#[test]
fn many_batches_are_compacted_and_lose_nothing() {
    let dir = scratch();
    let store = std::sync::Arc::new(Disk::new());
    let ledger = Ledger::create_on(dir.path(), store).unwrap();
    let mut writer = ledger.writer(WAIT).unwrap();
    let batches = crate::table::MANY_FILES + 2;
    for n in 0..batches {
        writer.append(&batch(machine(), vec![news(n)])).unwrap();
    }
    let ledger = Ledger::open(dir.path()).unwrap();
    assert!(ledger.paths(Name::Claim).unwrap().len() < 4, "one large file and the newest");
    assert!(dir.path().join("claim/_delta_log/_last_checkpoint").exists());
    let dyad = Filter { dyad: Some(("RUS".into(), "PRK".into())), ..Filter::default() };
    assert_eq!(ledger.claims(&dyad).unwrap().len(), batches);
    let report = ledger.verify().unwrap();
    assert!(report.is_sound(), "{:?}", report.findings);
    assert_eq!((report.claims, report.documents, report.entries), (batches, batches, batches * 4));
}

#[test]
fn others_find_plain_tables() {
    let dir = scratch();
    let ledger = Ledger::create(dir.path()).unwrap();
    append(&ledger, &batch(machine(), vec![news(0)])).unwrap();
    for name in Name::ALL {
        let log = dir.path().join(name.as_str()).join("_delta_log/00000000000000000000.json");
        let text = std::fs::read_to_string(log).unwrap();
        for refused in ["timestamp_ntz", "deletionVectors", "columnMapping"] {
            assert!(!text.contains(refused), "{}: {refused}", name.as_str());
        }
        assert!(text.contains("\"delta.appendOnly\":\"true\""));
    }
    let entry = std::fs::read_to_string(dir.path().join("entry/_delta_log/00000000000000000001.json")).unwrap();
    assert!(entry.contains("\"txn\":{\"appId\":\"chancery\",\"version\":1}"), "{entry}");
}
