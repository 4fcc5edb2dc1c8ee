//! `xtask torture`: kills a writer at random moments and looks what is left.

mod writer;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::args::Args;
use crate::error::TaskError;
use crate::places::{self, Tool};
use crate::report;
use crate::torture::writer::{Aim, Random, Writer, document};

pub(crate) const HELP: &str = "\
usage: cargo xtask torture [--kills N] [--minutes N] [--seed N] [--verify-every N] [--no-page] [--bin-dir FOLDER]

Starts `chancery add` on up to 400 news items, ends it by SIGKILL at a random moment, and starts the next one with what
was not acknowledged, in one workspace. Every second kill is aimed inside a commit: a moment after the writer takes the lock. Verifies the ledger on
the way and at the end; then offers every document again that was ever offered and recounts: what was acknowledged must
be held, once, and nothing may be there that was never offered. The result goes to bench/results.md.

  --kills N         kills [default: 200]
  --minutes N       no kill after so many minutes [default: 30]
  --seed N          the same seed aims at the same moments [default: the clock]
  --verify-every N  kills between two verifications [default: 20]
  --no-page         leave bench/results.md as it is
  --bin-dir FOLDER  use the program in FOLDER instead of building it
";

/// A writer is offered at most so many documents: more than one batch.
const MOST: u64 = 400;

/// What is known of the documents offered.
#[derive(Debug, Default)]
struct Tally {
    /// Number of the document → its identifier, from a receipt.
    acknowledged: BTreeMap<u64, String>,
    /// The first document that no receipt has named.
    next: u64,
    /// How many were ever offered.
    offered: u64,
    /// Kills that struck while the lock was held.
    inside: u64,
}

pub(crate) fn run(args: &Args) -> Result<(), TaskError> {
    args.only(&["--kills", "--minutes", "--seed", "--verify-every", "--no-page", "--bin-dir"])?;
    let kills = args.number_or("--kills", 200)?;
    let limit = Duration::from_secs(60 * args.number_or("--minutes", 30)?);
    let clock = jiff::Timestamp::now().as_nanosecond().unsigned_abs() as u64;
    let seed = args.number_or("--seed", clock)?;
    let every = args.number_or("--verify-every", 20)?.max(1);
    let program = places::program(Tool::Chancery, args)?;
    let workspace = places::scratch("torture")?.join("workspace");
    places::empty(&workspace)?;
    asked(&program, &workspace, &["init"])?;
    eprintln!("seed {seed}, at most {kills} kills, {}", workspace.display());

    let (mut random, mut tally, started) = (Random(seed), Tally::default(), Instant::now());
    let mut done = 0;
    while done < kills && started.elapsed() < limit {
        let aim = if done % 2 == 0 { Aim::Anywhere } else { Aim::InsideCommit };
        strike(&program, &workspace, aim, &mut random, &mut tally)?;
        done += 1;
        if done % every == 0 {
            let report = verified(&program, &workspace, seed, done)?;
            eprintln!(
                "{done} kills, {} inside a commit: {} documents acknowledged, {} held, {} invisible rows, sound",
                tally.inside,
                tally.acknowledged.len(),
                report["documents"],
                report["invisible_rows"]
            );
        }
    }
    verified(&program, &workspace, seed, done)?;
    let held = recount(&program, &workspace, &tally, seed)?;
    let report = verified(&program, &workspace, seed, done)?;
    if report["documents"].as_u64() != Some(tally.offered) {
        let what = format!("{} documents held, {} offered (seed {seed})", report["documents"], tally.offered);
        return Err(TaskError::Broken(what));
    }
    let text = format!(
        "{done} kills in {:.0} s, {} of them while the lock was held (seed {seed}): {} documents acknowledged, all held once; \
         {} of {} offered were held before they were offered again; {} claims, {} entries, {} invisible rows; sound",
        started.elapsed().as_secs_f64(),
        tally.inside,
        tally.acknowledged.len(),
        held,
        tally.offered,
        report["claims"],
        report["entries"],
        report["invisible_rows"]
    );
    println!("{text}");
    if !args.has("--no-page") {
        let text = format!("## A writer that is killed\n\n{} {text}.", report::stamp());
        report::rewrite("results.md", "torture", "Speed and memory", &text)?;
    }
    Ok(())
}

/// One writer, killed.
fn strike(program: &Path, workspace: &Path, aim: Aim, random: &mut Random, tally: &mut Tally) -> Result<(), TaskError> {
    let (first, end) = (tally.next, tally.next + 1 + random.below(MOST));
    tally.offered = tally.offered.max(end);
    let killed = Writer::start(program, workspace, first..end)?.kill(aim, random)?;
    tally.inside += u64::from(killed.inside);
    for receipt in &killed.receipts {
        let (line, id, _) = read(receipt)?;
        let number = first + line - 1;
        tally.next = tally.next.max(number + 1);
        if tally.acknowledged.insert(number, id.clone()).is_some_and(|before| before != id) {
            return Err(TaskError::Broken(format!("document {number} has two identifiers")));
        }
    }
    Ok(())
}

/// Line of the input, from 1, identifier and status of a receipt.
fn read(receipt: &str) -> Result<(u64, String, String), TaskError> {
    let bad = || TaskError::Broken(format!("no receipt: {receipt}"));
    let value: Value = serde_json::from_str(receipt).map_err(|_| bad())?;
    let text = |key: &str| value[key].as_str().map(str::to_owned);
    let line = text("input").and_then(|name| name.rsplit_once(':')?.1.parse().ok()).filter(|line| *line > 0);
    line.zip(text("document_id")).zip(text("status")).map(|((line, id), status)| (line, id, status)).ok_or_else(bad)
}

/// Everything ever offered once more: what was acknowledged must be held. Gives how many were held.
fn recount(program: &Path, workspace: &Path, tally: &Tally, seed: u64) -> Result<usize, TaskError> {
    let lines: Vec<String> = (0..tally.offered).map(document).collect();
    let path = workspace.join("again.jsonl");
    places::write(&path, &(lines.join("\n") + "\n"))?;
    let again = path.to_string_lossy().into_owned();
    let out = asked(program, workspace, &["add", "--jsonl", &again])?;
    let (mut held, mut seen) = (0, BTreeSet::new());
    for receipt in out.lines() {
        let (line, id, status) = read(receipt)?;
        let number = line - 1;
        seen.insert(number);
        held += usize::from(status == "held");
        match tally.acknowledged.get(&number) {
            Some(before) if *before != id => {
                return Err(TaskError::Broken(format!("document {number} was {before} and is {id} (seed {seed})")));
            }
            Some(_) if status != "held" => {
                return Err(TaskError::Broken(format!("document {number} was acknowledged and is lost (seed {seed})")));
            }
            _ => {}
        }
    }
    if seen.len() as u64 == tally.offered {
        return Ok(held);
    }
    Err(TaskError::Broken(format!("{} receipts for {} documents (seed {seed})", seen.len(), tally.offered)))
}

fn verified(program: &Path, workspace: &Path, seed: u64, kills: u64) -> Result<Value, TaskError> {
    let told = asked(program, workspace, &["verify", "--json"])
        .map_err(|e| TaskError::Broken(format!("after {kills} kills (seed {seed}): {e}")))?;
    serde_json::from_str(&told).map_err(|e| TaskError::program("chancery verify", e.to_string()))
}

/// Runs the command on the workspace to its end; `init` makes it.
fn asked(program: &Path, workspace: &Path, arguments: &[&str]) -> Result<String, TaskError> {
    let mut command = Command::new(program);
    if arguments == ["init"] {
        command.arg("init").arg(workspace);
    } else {
        command.arg("-w").arg(workspace).args(arguments);
    }
    let output = command.output().map_err(|e| TaskError::program("chancery", e.to_string()))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(TaskError::program(format!("chancery {}", arguments.join(" ")), format!("{}: {said}", output.status)))
}
