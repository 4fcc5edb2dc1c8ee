//! A writer that is killed at twenty moments: a process of its own, by SIGKILL.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::support::*;
use crate::Ledger;

const KILLS: u64 = 20;
const DIR: &str = "CHANCERY_TEST_KILLED_WRITER";

/// Not a test: what the killed process does. It adds one document after another and says when each is acknowledged.
#[test]
#[ignore = "the process that `killed_at_twenty_moments` starts"]
#[expect(clippy::print_stdout, reason = "a receipt is a line on standard output")]
fn killed_writer() {
    let Ok(dir) = std::env::var(DIR) else { return };
    let ledger = Ledger::open(Path::new(&dir)).unwrap();
    let first = usize::try_from(ledger.last_seq()).unwrap();
    let mut writer = ledger.writer(WAIT).unwrap();
    for n in first.. {
        writer.append(&batch(machine(), vec![news(n)])).unwrap();
        println!("acknowledged {n}");
    }
}

fn start(dir: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["tests::kill::killed_writer", "--exact", "--ignored", "--nocapture"])
        .env(DIR, dir)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn killed_at_twenty_moments() {
    let dir = scratch();
    drop(Ledger::create(dir.path()).unwrap());
    let seed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64;
    let mut state = seed;
    let mut acknowledged = Vec::new();
    for kill in 0..KILLS {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let after = Duration::from_millis(50 + (state >> 33) % 700);
        let mut child = start(dir.path());
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let reader = std::thread::spawn(move || -> Vec<usize> {
            let number = |line: String| line.split("acknowledged ").nth(1).and_then(|n| n.trim().parse().ok());
            lines.map_while(Result::ok).filter_map(number).collect()
        });
        let started = Instant::now();
        while started.elapsed() < after {
            std::thread::sleep(Duration::from_millis(1));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        acknowledged.extend(reader.join().unwrap());

        let ledger = Ledger::open(dir.path()).unwrap();
        let held = ledger.fingerprints().unwrap();
        for n in &acknowledged {
            let id = news(*n).document.id;
            let times = held.iter().filter(|f| f.id == id).count();
            assert_eq!(times, 1, "document {n} after kill {kill} (seed {seed})");
        }
        if kill % 5 == 4 {
            let report = ledger.verify().unwrap();
            assert!(report.is_sound(), "kill {kill} (seed {seed}): {:?}", report.findings);
            assert_eq!(report.claims, held.len(), "kill {kill} (seed {seed})");
        }
    }
    append(&Ledger::open(dir.path()).unwrap(), &batch(machine(), vec![news(0)])).unwrap();
    assert!(acknowledged.len() > 5, "the writer got somewhere: {}", acknowledged.len());
}
