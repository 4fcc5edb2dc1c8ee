//! `xtask bench`: speed and memory of the release programs, against the floors.

mod coding;
mod ledger;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::Command;

use crate::args::Args;
use crate::cost::{Cost, Spread, cost};
use crate::error::TaskError;
use crate::places::{self, Tool};
use crate::report;

pub(crate) const HELP: &str = "\
usage: cargo xtask bench [--runs N] [--only PART…] [--synth FOLDER] [--no-page] [--bin-dir FOLDER]

Measures release programs, each as a process from start to exit, several times, and writes least, middle and greatest
to bench/results.md with the machine. A floor is met when the middle meets it. Parts:

  code    words a second and core from raw text to claims on $CHANCERY_SHARED/corpus, peak memory; one sentence
  demo    the demonstration: time, peak memory
  add     short documents a second, into an empty ledger and into the large one
  brief   the brief of a pair with 2,000 claims in a ledger of 100,000, as written by 400 batches and compacted

  --runs N          runs of what takes seconds [default: 3]; what takes a moment is run seven times as often
  --only PART…      these parts alone; writes no page
  --synth FOLDER    a workspace that `cargo xtask synth` made, instead of making one (about a minute); it is copied
  --no-page         leave bench/results.md as it is
  --bin-dir FOLDER  use the programs in FOLDER instead of building them
";

const PARTS: [&str; 4] = ["code", "demo", "add", "brief"];
/// Runs of what takes a moment, for each run of what takes seconds.
const MOMENTS: usize = 7;

/// What a run has at hand.
struct Bench<'a> {
    args: &'a Args,
    program: PathBuf,
    folder: PathBuf,
    runs: usize,
}

impl Bench<'_> {
    /// The command, without a workspace.
    fn chancery(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments).env_remove("CHANCERY_WORKSPACE");
        command
    }

    /// Costs of several runs after one that fills the caches; `good` are the exit codes that are no failure.
    fn repeated(runs: usize, good: &[i32], make: impl Fn() -> Command) -> Result<Vec<Cost>, TaskError> {
        cost(&mut make(), good)?;
        (0..runs).map(|_| cost(&mut make(), good)).collect()
    }

    fn moments(&self) -> usize {
        self.runs * MOMENTS
    }
}

/// Which side of a floor is good.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Floor {
    AtLeast(f64),
    AtMost(f64),
    None,
}

/// A measured quantity.
struct Measure {
    what: String,
    unit: &'static str,
    spread: Spread,
    runs: usize,
    floor: Floor,
}

impl Measure {
    fn of(what: impl Into<String>, unit: &'static str, floor: Floor, values: impl IntoIterator<Item = f64>) -> Self {
        let values: Vec<f64> = values.into_iter().collect();
        Self { what: what.into(), unit, runs: values.len(), spread: Spread::of(values), floor }
    }

    fn row(&self) -> String {
        let Spread { min, median, max } = self.spread;
        let [min, median, max] = [min, median, max].map(number);
        let verdict = |good: bool| if good { "met" } else { "**missed**" };
        let floor = match self.floor {
            Floor::AtLeast(least) => format!("≥ {}: {}", number(least), verdict(self.spread.median >= least)),
            Floor::AtMost(most) => format!("≤ {}: {}", number(most), verdict(self.spread.median <= most)),
            Floor::None => String::new(),
        };
        format!("| {} | {} | {min} | {median} | {max} | {} | {floor} |\n", self.what, self.unit, self.runs)
    }
}

/// With as many digits as say something.
fn number(value: f64) -> String {
    if value.abs() >= 10.0 {
        let digits = format!("{value:.0}");
        let (sign, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |d| ("-", d));
        let mut out = String::new();
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        format!("{sign}{out}")
    } else {
        format!("{value:.2}")
    }
}

fn milliseconds(cost: &Cost) -> f64 {
    cost.wall.as_secs_f64() * 1000.0
}

fn processor(costs: &[Cost]) -> Vec<f64> {
    costs.iter().filter_map(|c| c.cpu).map(|cpu| cpu.as_secs_f64() * 1000.0).collect()
}

fn megabytes(costs: &[Cost]) -> Vec<f64> {
    costs.iter().filter_map(|c| c.peak).map(|bytes| bytes as f64 / 1e6).collect()
}

pub(crate) fn run(args: &Args) -> Result<(), TaskError> {
    args.only(&["--runs", "--only", "--synth", "--no-page", "--bin-dir"])?;
    let only = args.many("--only");
    if let Some(unknown) = only.iter().find(|part| !PARTS.contains(part)) {
        return Err(TaskError::Usage(format!("--only knows {}, not '{unknown}'", PARTS.join(", "))));
    }
    let runs = args.number_or("--runs", 3)?.max(1) as usize;
    let program = places::program(Tool::Chancery, args)?;
    let folder = places::scratch("bench")?;
    let bench = Bench { args, program, folder, runs };
    let wanted = |part: &str| only.is_empty() || only.contains(&part);
    let machine = report::machine();
    let mut measures = Vec::new();
    if wanted("code") {
        measures.extend(coding::corpus(&bench)?);
        measures.extend(coding::sentence(&bench)?);
    }
    if wanted("demo") {
        measures.extend(demo(&bench)?);
    }
    if wanted("add") {
        measures.extend(ledger::add(&bench)?);
    }
    if wanted("brief") || wanted("add") {
        measures.extend(ledger::large(&bench, wanted("brief"), wanted("add"))?);
    }
    let table = table(&measures);
    println!("{table}");
    if only.is_empty() && !args.has("--no-page") {
        let text = format!("{}\nMachine: {machine}\n\n{table}", report::stamp());
        report::rewrite("results.md", "bench", "Speed and memory", &text)?;
    }
    Ok(())
}

fn demo(bench: &Bench<'_>) -> Result<Vec<Measure>, TaskError> {
    let folder = bench.folder.join("demo");
    let costs = Bench::repeated(bench.runs, &[0], || {
        let mut command = bench.chancery(&["demo", "--dir"]);
        command.arg(&folder);
        command
    })?;
    Ok(vec![
        Measure::of("`demo`", "ms", Floor::AtMost(10_000.0), costs.iter().map(milliseconds)),
        Measure::of("`demo`, peak memory", "MB", Floor::AtMost(300.0), megabytes(&costs)),
    ])
}

fn table(measures: &[Measure]) -> String {
    let mut out =
        String::from("| what | unit | least | middle | greatest | runs | floor |\n|---|---|---|---|---|---|---|\n");
    for measure in measures {
        let _ = write!(out, "{}", measure.row());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_whether_its_floor_is_met() {
        let row = Measure::of("words", "words", Floor::AtLeast(15_000.0), [14_000.0, 16_500.4, 21_000.0]).row();
        assert_eq!(row, "| words | words | 14,000 | 16,500 | 21,000 | 3 | ≥ 15,000: met |\n");
        let row = Measure::of("wait", "ms", Floor::AtMost(150.0), [9.5, 151.0, 152.0]).row();
        assert!(row.contains("| 9.50 | 151 |") && row.contains("≤ 150: **missed**"), "{row}");
        assert_eq!(number(-1_234_567.0), "-1,234,567");
    }
}
