//! `verify`: does the ledger still say what was written?

use std::process::ExitCode;

use chancery::ledger::VerifyReport;
use clap::Args;
use serde::Serialize;

use crate::context::Context;
use crate::error::{CommandError, Kind};
use crate::output::{Output, pretty_json};
use crate::terminal;

/// Verify the ledger: every file, hash, chain of entries and quotation
///
/// Exit code 5 if anything does not hold. Writes nothing.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// The report as it is printed.
#[derive(Serialize)]
struct Report<'a> {
    schema_version: u32,
    sound: bool,
    files: usize,
    entries: usize,
    runs: usize,
    documents: usize,
    claims: usize,
    assessments: usize,
    blobs: usize,
    invisible_rows: usize,
    redacted: Vec<&'a str>,
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Finding<'a> {
    place: &'a str,
    what: &'a str,
}

pub(crate) fn run(args: &Verify, context: &Context) -> Result<ExitCode, CommandError> {
    let workspace = context.workspace()?;
    let report = workspace.ledger()?.verify()?;
    let mut out = Output::new();
    if args.json {
        out.line(&pretty_json(&printed(&report)))?;
    } else {
        for line in lines(&report) {
            out.line(&terminal::clean(&line))?;
        }
    }
    out.flush()?;
    if report.is_sound() {
        return Ok(ExitCode::SUCCESS);
    }
    let message = format!("{}: {} findings", workspace.root().display(), report.findings.len());
    Err(CommandError::new(Kind::Verification, message)
        .hint("restore the files named from a backup; what is not named is sound"))
}

fn printed(report: &VerifyReport) -> Report<'_> {
    Report {
        schema_version: 1,
        sound: report.is_sound(),
        files: report.files,
        entries: report.entries,
        runs: report.runs,
        documents: report.documents,
        claims: report.claims,
        assessments: report.assessments,
        blobs: report.blobs,
        invisible_rows: report.invisible_rows,
        redacted: report.redacted.iter().map(chancery::model::Id::as_str).collect(),
        findings: report.findings.iter().map(|f| Finding { place: &f.place, what: &f.what }).collect(),
    }
}

fn lines(report: &VerifyReport) -> Vec<String> {
    let mut lines = vec![format!(
        "{}, {}, {}, {} by {}; {} and {} read",
        terminal::count(report.documents, "document"),
        terminal::count(report.claims, "claim"),
        terminal::count(report.assessments, "assessment"),
        // Entries do not take an s.
        if report.entries == 1 { "1 entry".to_owned() } else { format!("{} entries", report.entries) },
        terminal::count(report.runs, "run"),
        terminal::count(report.files, "file"),
        terminal::count(report.blobs, "capture"),
    )];
    lines.extend(report.redacted.iter().map(|id| format!("redacted: {id}")));
    if report.invisible_rows > 0 {
        lines.push(format!("{} rows of batches that were cut short (invisible, harmless)", report.invisible_rows));
    }
    lines.extend(report.findings.iter().map(|f| format!("WRONG: {}: {}", f.place, f.what)));
    lines.push(if report.is_sound() { "all of it holds" } else { "NOT SOUND" }.to_owned());
    lines
}
