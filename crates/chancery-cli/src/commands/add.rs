//! `add`: texts into the ledger. A document is acknowledged by its receipt on standard output.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chancery::intake::{self, Event, Item, Receipt, Settings};
use chancery::ledger::Outcome;
use chancery::record::record;
use chancery::{Engine, Error, clock, run};
use clap::Args;
use indicatif::ProgressBar;
use serde::Serialize;

use crate::commands::texts::Texts;
use crate::context::Context;
use crate::error::{CommandError, Kind};
use crate::output::{Output, json};
use crate::{progress, terminal};

/// Take texts into the ledger: code them and keep every claim with its evidence
///
/// Prints one receipt a document, {"document_id", "status", …}: from then on the document is safely on the disk.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  chancery add articles/ --source \"Example Weekly\"
  chancery add page.html --date 2024-02-02
  pdftotext report.pdf - | chancery add - --date 2024-02 --source \"Panel of experts\"
  chancery add --jsonl archive.jsonl

One bad file does not stop the others: each is named with the remedy, exit code 4 at the end.")]
pub(crate) struct Add {
    /// Text, Markdown or HTML files, folders of them, or `-` for standard input
    #[arg(value_name = "FILE|DIR", required = true)]
    inputs: Vec<PathBuf>,
    /// The files are JSON Lines: {"id", "text", "date"|null, "lang"?, "source"?, "url"?, "title"?}
    #[arg(long)]
    jsonl: bool,
    #[command(flatten)]
    texts: Texts,
    /// Code documents anew that are held already
    #[arg(long)]
    recode: bool,
    /// How long to wait for another writer
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    wait: u64,
}

/// A receipt as it is printed.
#[derive(Serialize)]
struct Line<'a> {
    document_id: &'a str,
    status: &'static str,
    input: &'a str,
    claims: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    duplicate_of: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    similarity: Option<f64>,
}

impl<'a> Line<'a> {
    fn of(receipt: &'a Receipt<'a>) -> Self {
        Self {
            document_id: receipt.document.as_str(),
            status: match receipt.status {
                Outcome::Added => "added",
                Outcome::Held => "held",
            },
            input: receipt.name,
            claims: receipt.claims,
            duplicate_of: receipt.repeats.map(|r| r.of.as_str()),
            similarity: receipt.repeats.map(|r| (r.similarity * 1000.0).round() / 1000.0),
        }
    }
}

/// What a run came to.
#[derive(Debug, Default, Serialize)]
struct Counts {
    added: u64,
    held: u64,
    duplicates: u64,
    claims: u64,
    failed: u64,
    refused: u64,
}

pub(crate) fn run(args: Add, context: &Context) -> Result<ExitCode, CommandError> {
    let workspace = context.workspace()?;
    let ledger = workspace.ledger()?;
    let engine = Engine::embedded()?;
    let settings = Settings { terms: args.texts.terms(), wait: Duration::from_secs(args.wait), recode: args.recode };
    let chosen = serde_json::json!({ "max_document": settings.terms.max_document, "recode": args.recode });
    let hand = run::machine(&engine, "add", &chosen, clock::now())?;
    let interrupted = on_interrupt()?;
    let items: Box<dyn Iterator<Item = Item> + Send> = if args.jsonl {
        Box::new(intake::lines(args.inputs, settings.terms.max_document))
    } else {
        Box::new(intake::files(&args.inputs).into_iter())
    };
    let total = Some(items.size_hint()).filter(|_| !args.jsonl).map(|(least, _)| least as u64);
    let mut teller = Teller { bar: progress::bar(total), out: Output::new(), counts: Counts::default(), broken: None };
    let recorded = record(&ledger, &engine, items, &hand, &settings, |event| {
        let told = teller.tell(&event);
        if let Err(error) = told {
            teller.broken.get_or_insert(error);
        }
        if teller.broken.is_some() || interrupted.load(Ordering::Acquire) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    teller.bar.finish_and_clear();
    recorded?;
    if let Some(error) = teller.broken {
        return Err(error);
    }
    let counts = teller.counts;
    if counts.added > 0 || args.recode {
        run::finish(&ledger, &hand, &serde_json::json!(counts), settings.wait)?;
    }
    terminal::say(&summary(&counts));
    ending(&counts, interrupted.load(Ordering::Acquire))
}

fn ending(counts: &Counts, interrupted: bool) -> Result<ExitCode, CommandError> {
    let total = counts.added + counts.held + counts.failed + counts.refused;
    if interrupted {
        let done = counts.added + counts.held;
        return Err(CommandError::new(Kind::Interrupted, "interrupted")
            .hint(format!("{done} documents are acknowledged; run the command again for the rest")));
    }
    if counts.refused > 0 && counts.refused == total {
        return Err(CommandError::new(Kind::Policy, "nothing was taken in"));
    }
    match counts.failed + counts.refused {
        0 => Ok(ExitCode::SUCCESS),
        failed if total == 1 => Err(CommandError::new(Kind::Failure, format!("{failed} of 1 texts was not taken in"))),
        failed => Err(CommandError::new(Kind::SomeFailed, format!("{failed} of {total} texts were not taken in"))),
    }
}

fn summary(counts: &Counts) -> String {
    let mut parts = vec![format!("{} added with {}", counts.added, terminal::count(counts.claims as usize, "claim"))];
    for (count, what) in [
        (counts.duplicates, "near or exact duplicates among them"),
        (counts.held, "held already"),
        (counts.failed, "failed"),
        (counts.refused, "refused"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    parts.join(", ")
}

/// Writes receipts, complaints and progress without mixing them up on a screen.
struct Teller {
    bar: ProgressBar,
    out: Output,
    counts: Counts,
    broken: Option<CommandError>,
}

impl Teller {
    fn tell(&mut self, event: &Event<'_>) -> Result<(), CommandError> {
        match event {
            Event::Receipt(receipt) => {
                match receipt.status {
                    Outcome::Added => {
                        self.counts.added += 1;
                        self.counts.claims += receipt.claims as u64;
                    }
                    Outcome::Held => self.counts.held += 1,
                }
                self.counts.duplicates += u64::from(receipt.repeats.is_some());
                let line = json(&Line::of(receipt));
                let Self { bar, out, .. } = self;
                // Each receipt goes out at once: what is acknowledged must not wait in a buffer.
                bar.suspend(|| out.line(&line).and_then(|()| out.flush()))
            }
            Event::Failed(error) => {
                self.bar.inc(1);
                if error.is_policy() {
                    self.counts.refused += 1;
                } else {
                    self.counts.failed += 1;
                }
                self.bar.suspend(|| complain(error));
                Ok(())
            }
            Event::Note(name, note) => {
                self.bar.suspend(|| terminal::say(&format!("note: {name}: {note}")));
                Ok(())
            }
            Event::Read => {
                self.bar.inc(1);
                Ok(())
            }
            Event::Idle => Ok(()),
        }
    }
}

fn complain(error: &Error) {
    terminal::complain(&error.to_string(), &error.hints());
}

/// The first interrupt lets the running batch finish; a second one ends at once, which loses nothing acknowledged.
pub(crate) fn on_interrupt() -> Result<Arc<AtomicBool>, CommandError> {
    let flag = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&flag);
    let handler = move || {
        if raised.swap(true, Ordering::AcqRel) {
            std::process::exit(130);
        }
        terminal::say("finishing the running batch; interrupt again to end at once");
    };
    ctrlc::set_handler(handler).map_err(|e| CommandError::new(Kind::Failure, e.to_string()))?;
    Ok(flag)
}
