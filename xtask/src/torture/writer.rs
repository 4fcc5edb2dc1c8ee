//! A writer that is killed: `chancery add` on news items from a pipe.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::error::TaskError;

/// How long a writer may run before it is killed; longer than most need for all that they are offered.
const LONGEST: u64 = 1_000;
/// How long after the lock is taken a kill may strike; longer than most commits.
const COMMIT: u64 = 120;
/// How often the lock is looked at.
const LOOK: Duration = Duration::from_micros(200);

/// When a kill strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aim {
    /// At any moment from the start of the process.
    Anywhere,
    /// A moment after the writer takes the lock.
    InsideCommit,
}

/// Pseudo-random numbers (SplitMix64): the same seed, the same numbers.
#[derive(Debug)]
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound.max(1)
    }
}

/// What a killed writer leaves.
#[derive(Debug)]
pub(super) struct Killed {
    /// Whole lines that it had printed.
    pub(super) receipts: Vec<String>,
    /// It was killed while it held the lock.
    pub(super) inside: bool,
}

/// A running writer.
pub(super) struct Writer {
    child: Child,
    lock: PathBuf,
}

impl Writer {
    /// Starts one that is offered the documents of these numbers.
    pub(super) fn start(program: &Path, workspace: &Path, numbers: std::ops::Range<u64>) -> Result<Self, TaskError> {
        let failed = |e: std::io::Error| TaskError::program("chancery add", e.to_string());
        let mut child = Command::new(program)
            .arg("-w")
            .arg(workspace)
            .args(["add", "--jsonl", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)?;
        if let Some(mut pipe) = child.stdin.take() {
            // Ends with the pipe, when the writer is dead or all is offered.
            std::thread::spawn(move || numbers.map(document).try_for_each(|line| writeln!(pipe, "{line}")));
        }
        Ok(Self { child, lock: workspace.join("ledger/writer.lock") })
    }

    /// Kills it where the aim says and gives what it had acknowledged.
    pub(super) fn kill(mut self, aim: Aim, random: &mut Random) -> Result<Killed, TaskError> {
        let failed = |e: std::io::Error| TaskError::program("chancery add", e.to_string());
        let out = self.child.stdout.take();
        let reader = std::thread::spawn(move || out.map_or(Vec::new(), whole_lines));
        let started = Instant::now();
        let wait = Duration::from_millis(match aim {
            Aim::Anywhere => random.below(LONGEST),
            Aim::InsideCommit => random.below(COMMIT),
        });
        if aim == Aim::InsideCommit {
            let patience = Duration::from_millis(20 * LONGEST);
            while !self.holds_lock() && started.elapsed() < patience && self.child.try_wait().map_err(failed)?.is_none()
            {
                std::thread::sleep(LOOK);
            }
        }
        std::thread::sleep(wait);
        let ended = self.child.try_wait().map_err(failed)?.is_some();
        self.child.kill().map_err(failed)?;
        self.child.wait().map_err(failed)?;
        // A holder that leaves in order takes its name out of the file.
        let inside = !ended && self.holds_lock();
        let receipts = reader.join().map_err(|_| TaskError::program("chancery add", "its receipts were not read"))?;
        Ok(Killed { receipts, inside })
    }

    fn holds_lock(&self) -> bool {
        let name = format!("process {} ", self.child.id());
        std::fs::read_to_string(&self.lock).is_ok_and(|holder| holder.starts_with(&name))
    }
}

/// A receipt counts when its line is whole.
fn whole_lines(out: impl std::io::Read) -> Vec<String> {
    let mut reader = BufReader::new(out);
    let mut lines = Vec::new();
    let mut line = String::new();
    while reader.read_line(&mut line).is_ok_and(|n| n > 0) {
        if !line.ends_with('\n') {
            break;
        }
        lines.push(std::mem::take(&mut line));
    }
    lines
}

/// A news item of its own for every number, as a line for `add --jsonl`.
pub(super) fn document(number: u64) -> String {
    const STATES: [&str; 12] = [
        "Norway", "Latvia", "Turkey", "Vietnam", "Poland", "Brazil", "Japan", "Egypt", "Canada", "India", "Spain",
        "Kenya",
    ];
    let state = |step: u64| STATES[((number / step + number * step) % 12) as usize];
    let (a, b) = (state(1), if state(5) == state(1) { state(7) } else { state(5) });
    let text = format!(
        "Item {number}. {a} sent {} tonnes of grain to {b} in spring. The foreign ministers of {a} and {b} met on \
         Tuesday. {b} denied that it had asked for item {number}, and the {} lorries went home.",
        10 + number % 900,
        2 + number % 70
    );
    let (month, day) = (1 + number % 12, 1 + number % 28);
    serde_json::json!({ "id": number, "lang": "en", "date": format!("2024-{month:02}-{day:02}"), "source": "torture", "text": text })
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_repeat_with_their_seed() {
        let draw = |seed| {
            let mut random = Random(seed);
            (0..4).map(|_| random.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
    }

    #[test]
    fn half_a_receipt_is_none() {
        assert_eq!(whole_lines(&b"one\ntwo\nthr"[..]), ["one\n", "two\n"]);
    }

    #[test]
    fn no_two_items_are_the_same() {
        let items: std::collections::BTreeSet<String> = (0..2000).map(document).collect();
        assert_eq!(items.len(), 2000);
    }
}
