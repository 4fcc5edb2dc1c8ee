//! `data`: public datasets into the ledger, from a file or from their publisher.

mod pull;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use chancery::dataset::{self, Group, Report};
use chancery::ledger::{Filter, Ledger, Outcome};
use chancery::model::{Date, DocumentKind, PartialDate};
use chancery::{clock, holdings, run as hand};
use clap::{Args, Subcommand};
use serde::Serialize;

use crate::context::Context;
use crate::error::CommandError;
use crate::output::{Output, json, pretty_json};
use crate::terminal;

/// Take public datasets into the ledger: votes, trade, arms, alliances; every row with its publisher and release
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  chancery data list
  chancery data add UNVotes.csv --as un-votes --released 2024-06-04
  chancery data check UNVotes.csv --as un-votes      read it, report every bad row, store nothing
  chancery data pull un-votes                        asks before it goes out")]
pub(crate) struct Data {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    List(List),
    Add(Add),
    Check(Check),
    Pull(pull::Pull),
}

/// List the datasets that can be read, with licence and coverage, and what this ledger holds of them
#[derive(Debug, Args)]
struct List {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Read a file into the ledger: all of its good rows, or nothing
#[derive(Debug, Args)]
struct Add {
    /// CSV (also gzipped) or Parquet
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    reading: Reading,
    /// How long to wait for another writer
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    wait: u64,
}

/// Read a file, report what is wrong with it, and store nothing
#[derive(Debug, Args)]
struct Check {
    /// CSV (also gzipped) or Parquet
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Debug, Args)]
struct Reading {
    /// Which dataset it is (`chancery data list`)
    #[arg(long = "as", value_name = "NAME")]
    name: String,
    /// The file is an extract or an update: fewer rows than a whole release has are no fault
    #[arg(long)]
    extract: bool,
    /// The day on which this file was released
    #[arg(long, value_name = "DATE")]
    released: Option<PartialDate>,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: Data, context: &Context) -> Result<ExitCode, CommandError> {
    match args.what {
        What::List(args) => list(&args, context),
        What::Add(args) => {
            let ledger = context.workspace()?.ledger()?;
            add(&ledger, &args.file, None, &args.reading, args.wait)
        }
        What::Check(args) => {
            let (dataset, _) = read(&args.file, &args.reading)?;
            tell(&dataset.report, args.reading.json)
        }
        What::Pull(args) => pull::run(&args, context),
    }
}

#[derive(Serialize)]
struct Held {
    document: String,
    released: Option<Date>,
}

#[derive(Serialize)]
struct Listed<'a> {
    name: &'a str,
    title: &'a str,
    publisher: &'a str,
    licence: &'a str,
    coverage: String,
    held: Vec<Held>,
}

#[derive(Serialize)]
struct Listing<'a> {
    schema_version: u32,
    datasets: Vec<Listed<'a>>,
}

fn list(args: &List, context: &Context) -> Result<ExitCode, CommandError> {
    // Without a workspace there is nothing held, and the list is still of use.
    let tables = match context.try_workspace() {
        Ok(workspace) => workspace.ledger()?.documents(&Filter::default())?,
        Err(_) => Vec::new(),
    };
    let held = |name: &str| {
        let of = tables.iter().filter(|d| d.kind == DocumentKind::Table && d.source == name);
        of.map(|d| Held { document: d.id.to_string(), released: d.published_from }).collect::<Vec<_>>()
    };
    let datasets: Vec<Listed<'_>> = dataset::all()?
        .iter()
        .map(|d| Listed {
            name: &d.name,
            title: &d.title,
            publisher: &d.publisher,
            licence: &d.licence,
            coverage: format!("{}–{}", d.coverage.from, d.coverage.to),
            held: held(&d.name),
        })
        .collect();
    let mut out = Output::new();
    if args.json {
        out.line(&pretty_json(&Listing { schema_version: 1, datasets }))?;
    } else {
        let mut rows = vec![["Name", "Coverage", "Held", "Licence", "What"].map(str::to_owned)];
        rows.extend(datasets.iter().map(|d| {
            let licence = terminal::cut(d.licence, 30);
            [d.name.to_owned(), d.coverage.clone(), d.held.len().to_string(), licence, d.title.to_owned()]
        }));
        for line in terminal::aligned(&rows, &[2]) {
            out.line(line.trim_end())?;
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn read(file: &Path, reading: &Reading) -> Result<(dataset::Dataset, Vec<u8>), CommandError> {
    let name = file.display().to_string();
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(source) => return Err(chancery::Error::Read { name, source }.into()),
    };
    // The rows are those of the bytes that are kept.
    let dataset = dataset::read_bytes(&reading.name, &name, &bytes)?;
    let dataset = if reading.extract { dataset } else { dataset.complete()? };
    let dataset = match reading.released {
        Some(day) => dataset.released(day.first()),
        None => dataset,
    };
    Ok((dataset, bytes))
}

#[derive(Serialize)]
struct Receipt<'a> {
    document_id: &'a str,
    status: &'static str,
    rows: usize,
    kept_out: usize,
}

fn add(
    ledger: &Ledger,
    file: &Path,
    url: Option<String>,
    reading: &Reading,
    wait: u64,
) -> Result<ExitCode, CommandError> {
    let (dataset, bytes) = read(file, reading)?;
    let report = dataset.report.clone();
    complain(&report);
    let settings =
        serde_json::json!({ "dataset": reading.name, "file": file.file_name().map(|n| n.to_string_lossy()) });
    let run = hand::dataset("data add", &settings, clock::now())?;
    let released = reading.released.map(PartialDate::first);
    let taken = holdings::take(ledger, dataset, bytes, url, released, &run, Duration::from_secs(wait))?;
    let status = if taken.outcome == Outcome::Added { "added" } else { "held" };
    let kept_out = report.rows - report.kept;
    let mut out = Output::new();
    out.line(&json(&Receipt { document_id: taken.document.as_str(), status, rows: taken.rows, kept_out }))?;
    out.flush()?;
    Ok(if kept_out == 0 { ExitCode::SUCCESS } else { ExitCode::from(4) })
}

/// A group of rows with one problem, and where the first of them stand.
fn told(group: &Group) -> String {
    let lines: Vec<String> = group.lines.iter().map(u64::to_string).collect();
    let more = if group.rows > group.lines.len() { ", …" } else { "" };
    let kept = if group.fault.keeps() { "kept" } else { "kept out" };
    let rows = if group.rows == 1 { "row" } else { "rows" };
    terminal::one_line(&format!("{} {rows} {kept}: {} (line {}{more})", group.rows, group.reason, lines.join(", ")))
}

fn complain(report: &Report) {
    for note in &report.text {
        terminal::say(&format!("note: {}", terminal::one_line(note)));
    }
    for problem in &report.problems {
        terminal::say(&format!("warning: {}", told(problem)));
    }
}

fn tell(report: &Report, as_json: bool) -> Result<ExitCode, CommandError> {
    let mut out = Output::new();
    if as_json {
        out.line(&pretty_json(report))?;
    } else {
        out.line(&format!("{} rows read, {} good", report.rows, report.kept))?;
        for problem in &report.problems {
            out.line(&told(problem))?;
        }
    }
    out.flush()?;
    Ok(if report.kept == report.rows { ExitCode::SUCCESS } else { ExitCode::from(4) })
}
