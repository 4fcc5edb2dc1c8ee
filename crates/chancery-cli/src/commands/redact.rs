//! `redact`: take a document's bytes and text away, keep the record that it was there.

use std::process::ExitCode;
use std::time::Duration;

use chancery::model::IdKind;
use chancery::{clock, reference, run};
use clap::Args;
use serde::Serialize;

use crate::context::Context;
use crate::error::CommandError;
use crate::output::{Output, json};

/// Delete a document's bytes and text for good; hashes, claims and the reason stay
#[derive(Debug, Args)]
#[command(after_help = "\
Example: chancery redact d-4f2k7q --reason \"court order of 2 May 2024\"

It cannot be undone. `chancery verify` goes on to report the document as redacted; adding it again is refused (exit code 6).")]
pub(crate) struct Redact {
    /// The document: its identifier (d-…) or the first six characters or more after the dash
    #[arg(value_name = "ID")]
    id: String,
    /// Why; it is kept and shown
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// How long to wait for another writer
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    wait: u64,
}

#[derive(Serialize)]
struct Line<'a> {
    document_id: &'a str,
    status: &'static str,
    reason: &'a str,
}

pub(crate) fn run(args: &Redact, context: &Context) -> Result<ExitCode, CommandError> {
    let ledger = context.workspace()?.ledger()?;
    let id = reference::resolve(&ledger, &args.id, IdKind::Document)?;
    let hand = run::person("redact", &serde_json::json!({ "document": id }), clock::now())?;
    ledger.writer(Duration::from_secs(args.wait))?.redact(&id, &args.reason, &hand)?;
    let mut out = Output::new();
    out.line(&json(&Line { document_id: id.as_str(), status: "redacted", reason: &args.reason }))?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
