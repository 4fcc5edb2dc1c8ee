//! One writer at a time: an advisory lock on one file, which names its holder while it is held.
//!
//! The system frees the lock when its process ends, however it ends. A holder that leaves in order empties the file;
//! a name still in it tells the next one that something was cut short.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::LedgerError;

/// How often a waiting writer looks again.
const PAUSE: Duration = Duration::from_millis(20);

/// The held lock.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
    /// The holder before did not leave in order.
    pub(crate) cut_short: bool,
}

impl Lock {
    /// Waits for the lock for at most `wait`.
    pub(crate) fn take(dir: &Path, wait: Duration) -> Result<Self, LedgerError> {
        let path = dir.join("writer.lock");
        let disk = |e| LedgerError::disk(&path, e);
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(disk)?;
        let started = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::Error(e)) => return Err(disk(e)),
                Err(TryLockError::WouldBlock) if started.elapsed() >= wait => return Err(held(path, wait)),
                Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE.min(wait)),
            }
        }
        let mut before = String::new();
        file.read_to_string(&mut before).map_err(disk)?;
        let name = format!("process {} since {}\n", std::process::id(), jiff::Timestamp::now());
        file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(name.as_bytes())).map_err(disk)?;
        Ok(Self { file, cut_short: !before.is_empty() })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A failure here costs the next writer a sweep of temporary files, nothing else.
        let _ = self.file.set_len(0);
        let _ = self.file.unlock();
    }
}

fn held(path: PathBuf, wait: Duration) -> LedgerError {
    let holder = std::fs::read_to_string(&path).unwrap_or_default();
    let holder = if holder.trim().is_empty() { "another process" } else { holder.trim() }.to_owned();
    LedgerError::Locked { path, holder, waited_s: wait.as_secs() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_waits_and_is_told_who_holds_it() {
        let dir = tempfile::tempdir().unwrap();
        let first = Lock::take(dir.path(), Duration::ZERO).unwrap();
        assert!(!first.cut_short);
        let error = Lock::take(dir.path(), Duration::from_millis(60)).unwrap_err().to_string();
        assert!(error.contains(&format!("process {}", std::process::id())), "{error}");
        let waiting = std::thread::spawn({
            let dir = dir.path().to_owned();
            move || Lock::take(&dir, Duration::from_secs(10))
        });
        std::thread::sleep(Duration::from_millis(50));
        drop(first);
        assert!(!waiting.join().unwrap().unwrap().cut_short);
    }

    #[test]
    fn a_name_left_behind_is_noticed() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("writer.lock"), "process 1 since yesterday\n").unwrap();
        assert!(Lock::take(dir.path(), Duration::ZERO).unwrap().cut_short);
    }
}
