//! How fast documents come in, and how fast a question is answered.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::{Bench, Floor, Measure, megabytes, milliseconds, processor};
use crate::cost::{Cost, cost};
use crate::error::TaskError;
use crate::synth::{self, Synth};
use crate::{places, report};

/// Short documents for one measurement.
const DOCUMENTS: usize = 1_000;
/// Words at which a text is cut to be short.
const SHORT: usize = 80;

/// Documents a second into an empty ledger.
pub(super) fn add(bench: &Bench<'_>) -> Result<Vec<Measure>, TaskError> {
    let lines = short(bench)?;
    let folder = bench.folder.join("add");
    let mut costs = Vec::new();
    for _ in 0..bench.runs {
        places::empty(&folder)?;
        cost(bench.chancery(&["init"]).arg(&folder), &[0])?;
        costs.push(cost(bench.chancery(&["-w"]).arg(&folder).args(["add", "--jsonl"]).arg(&lines), &[0])?);
    }
    let name = format!("`add` of {DOCUMENTS} short documents into an empty ledger, documents a second");
    Ok(vec![
        Measure::of(name, "documents", Floor::AtLeast(100.0), costs.iter().map(a_second)),
        Measure::of("the same, peak memory", "MB", Floor::None, megabytes(&costs)),
    ])
}

fn a_second(cost: &Cost) -> f64 {
    DOCUMENTS as f64 / cost.wall.as_secs_f64()
}

/// The first words of as many texts of the corpus, half of each language, as one file.
fn short(bench: &Bench<'_>) -> Result<PathBuf, TaskError> {
    let mut out = String::new();
    for lang in ["de", "en"] {
        let path = places::shared(&format!("corpus/news-{lang}.jsonl"))?;
        let text = places::read(&path)?;
        for line in text.lines().take(DOCUMENTS / 2) {
            let document: Value =
                serde_json::from_str(line).map_err(|e| TaskError::input(path.display().to_string(), e.to_string()))?;
            let words: Vec<&str> =
                document["text"].as_str().unwrap_or_default().split_whitespace().take(SHORT).collect();
            let short = json!({
                "id": document["id"], "date": document["date"], "lang": lang, "source": "bench",
                "text": words.join(" "),
            });
            let _ = writeln!(out, "{short}");
        }
    }
    let path = bench.folder.join("short.jsonl");
    places::write(&path, &out)?;
    Ok(path)
}

/// The large ledger: the brief before and after compaction, and documents that come in.
pub(super) fn large(bench: &Bench<'_>, brief: bool, add: bool) -> Result<Vec<Measure>, TaskError> {
    let made = made(bench)?;
    let mut out = Vec::new();
    let claims = made.told["claims_of_the_dyad"].as_u64().unwrap_or_default();
    let all = made.told["claims"].as_u64().unwrap_or_default();
    if brief {
        out.extend(asked(bench, &made, &format!("`brief`, {claims} of {all} claims, as written"))?);
        synth::compact(&made, bench.args)?;
        out.extend(asked(bench, &made, "the same, compacted")?);
    }
    if add {
        let lines = short(bench)?;
        let took = cost(bench.chancery(&["-w"]).arg(&made.folder).args(["add", "--jsonl"]).arg(&lines), &[0])?;
        let name = format!("`add` of {DOCUMENTS} short documents into that ledger, documents a second");
        out.push(Measure::of(name, "documents", Floor::AtLeast(100.0), [a_second(&took)]));
        out.push(Measure::of("the same, peak memory", "MB", Floor::None, megabytes(&[took])));
    }
    Ok(out)
}

/// A brief of the pair as a process; "too thin" is an answer as well.
fn asked(bench: &Bench<'_>, made: &Synth, what: &str) -> Result<Vec<Measure>, TaskError> {
    let [a, b] = &made.dyad;
    let costs = Bench::repeated(bench.moments(), &[0, 3], || {
        let mut command = bench.chancery(&["-w"]);
        command.arg(&made.folder).args(["brief", a, b]);
        command
    })?;
    Ok(vec![
        Measure::of(what, "ms", Floor::AtMost(300.0), costs.iter().map(milliseconds)),
        Measure::of("the same, processor time", "ms", Floor::None, processor(&costs)),
        Measure::of("the same, peak memory", "MB", Floor::None, megabytes(&costs)),
    ])
}

/// The workspace that was given, copied, or one that is made now.
fn made(bench: &Bench<'_>) -> Result<Synth, TaskError> {
    let folder = bench.folder.join("synth");
    places::empty(&folder)?;
    if let Some(given) = bench.args.path("--synth") {
        synth::open(&given)?;
        copy(&given, &folder)?;
        return synth::open(&folder);
    }
    eprintln!("making a ledger of 100,000 claims ({})", report::machine());
    synth::make(&folder, (400, 50), bench.args)
}

fn copy(from: &Path, to: &Path) -> Result<(), TaskError> {
    let status = Command::new("cp").arg("-a").arg(from.join(".")).arg(to).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(TaskError::program("cp", status.to_string())),
        Err(e) => Err(TaskError::program("cp", e.to_string())),
    }
}
