//! `code`: the pure filter. Texts in, claims out; no workspace, no disk.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use chancery::code::Output as Coding;
use chancery::intake::{self, Item};
use chancery::parallel::{self, Step};
use chancery::source::{Passage, Terms};
use chancery::{Engine, Error};
use clap::Args;
use serde_json::Value;

use crate::commands::texts::Texts;
use crate::error::{CommandError, Kind};
use crate::output::{Output, json, pretty_json};
use crate::{table, terminal};

/// Code texts: who did what to whom, who says so, and whether it happened
///
/// Reads files, or passages line by line with --jsonl, and prints the claims in them. Touches no workspace.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  echo \"Moskau wirft Kiew einen Angriff vor.\" | chancery code - --date 2024-05-02
  chancery code article.txt --date 2023-09-12 --json --explain
  chancery code --jsonl passages.jsonl > claims.jsonl")]
pub(crate) struct Code {
    /// Text, Markdown or HTML files; `-` for standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The files are JSON Lines: {"id", "text", "date"|null, "lang"?, "source"?, "url"?, "title"?}; one object out a line
    #[arg(long)]
    jsonl: bool,
    /// Print JSON: one object, or an array for several files
    #[arg(long)]
    json: bool,
    /// Add the lexicon row, the rule and the cues that made each claim
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    texts: Texts,
}

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Lines,
    Array,
    Object,
    Table,
}

/// One text's result: what to print, or why not.
struct Answer {
    printed: Option<String>,
    failed: Option<Error>,
}

pub(crate) fn run(args: Code) -> Result<ExitCode, CommandError> {
    let engine = Engine::embedded()?;
    let terms = args.texts.terms();
    let form = match (args.jsonl, args.json, args.files.len()) {
        (true, ..) => Form::Lines,
        (_, true, 1) => Form::Object,
        (_, true, _) => Form::Array,
        _ => Form::Table,
    };
    let explain = args.explain;
    let work = |item: Item| answer(item, &engine, &terms, form, explain);
    let mut printer = Printer { out: Output::new(), form, done: 0, failed: Vec::new() };
    if args.jsonl {
        drive(intake::lines(args.files, terms.max_document), work, &mut printer)?;
    } else {
        let files: Vec<Item> = args.files.into_iter().map(Item::File).collect();
        drive(files.into_iter(), work, &mut printer)?;
    }
    printer.finish()
}

fn drive(
    items: impl Iterator<Item = Item> + Send + 'static,
    work: impl Fn(Item) -> Answer + Sync,
    printer: &mut Printer,
) -> Result<(), CommandError> {
    let mut outcome = Ok(());
    parallel::ordered(items, parallel::threads(), Duration::from_millis(20), work, |step| {
        outcome = match step {
            Step::Done(Ok(answer)) => printer.print(answer),
            Step::Done(Err(what)) => {
                let error = Error::Internal { name: "a text".to_owned(), what };
                printer.print(Answer { printed: None, failed: Some(error) })
            }
            // A pipe that waits for an answer before it asks again must get it.
            Step::Idle => printer.out.flush(),
        };
        if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    outcome
}

fn answer(item: Item, engine: &Engine, terms: &Terms, form: Form, explain: bool) -> Answer {
    let line = item.number();
    let named = match &item {
        Item::File(path) => Some(Value::from(path.to_string_lossy().as_ref())),
        _ => None,
    };
    let (id, passage) = match item.identified(terms) {
        Ok(passage) => (passage.id.clone(), Ok(passage)),
        Err((id, error)) => (id, Err(error)),
    };
    let result = passage.and_then(|passage| {
        if form == Form::Lines && passage.id.is_none() {
            return Err(Error::NoId { name: passage.name });
        }
        rendered(&passage, engine, form, explain)
    });
    match result {
        Ok(printed) => Answer { printed: Some(printed), failed: None },
        Err(error) => {
            let object = Coding::failed(id.or(named), line, &error);
            let printed = match form {
                Form::Lines => Some(json(&object)),
                Form::Array => Some(pretty_json(&object)),
                Form::Object | Form::Table => None,
            };
            Answer { printed, failed: Some(error) }
        }
    }
}

fn rendered(passage: &Passage, engine: &Engine, form: Form, explain: bool) -> Result<String, Error> {
    let coded = chancery::code::code(passage, engine)?;
    Ok(match form {
        Form::Lines => json(&Coding::coded(passage, &coded, explain)),
        Form::Array | Form::Object => pretty_json(&Coding::coded(passage, &coded, explain)),
        Form::Table => table::coding(passage, &coded, terminal::width(), explain),
    })
}

/// Writes the results in order and counts them.
struct Printer {
    out: Output,
    form: Form,
    done: u64,
    failed: Vec<Error>,
}

impl Printer {
    fn print(&mut self, answer: Answer) -> Result<(), CommandError> {
        if let Some(printed) = &answer.printed {
            match (self.form, self.done) {
                (Form::Array, 0) => self.out.text("[\n")?,
                (Form::Array, _) => self.out.text(",\n")?,
                (Form::Table, 1..) => self.out.text("\n")?,
                _ => {}
            }
            self.out.text(printed)?;
            if self.form != Form::Array {
                self.out.text("\n")?;
            }
        }
        self.done += 1;
        if let Some(error) = answer.failed {
            // The objects carry their errors; without objects, or for a single file, they are said here.
            if self.form != Form::Lines && self.form != Form::Object {
                self.out.flush()?;
                terminal::complain(&error.to_string(), &error.hints());
            }
            self.failed.push(error);
        }
        Ok(())
    }

    fn finish(mut self) -> Result<ExitCode, CommandError> {
        if self.form == Form::Array {
            self.out.text(if self.done == 0 { "[]\n" } else { "\n]\n" })?;
        }
        self.out.flush()?;
        let failed = self.failed.len();
        match self.failed.pop() {
            None => Ok(ExitCode::SUCCESS),
            Some(error) if self.form == Form::Object => Err(error.into()),
            Some(_) if self.done == 1 && self.form == Form::Table => Ok(ExitCode::FAILURE),
            Some(error) => {
                let summary = CommandError::new(Kind::SomeFailed, format!("{failed} of {} texts failed", self.done));
                Err(if self.form == Form::Lines { summary.hint(format!("the last one: {error}")) } else { summary })
            }
        }
    }
}
