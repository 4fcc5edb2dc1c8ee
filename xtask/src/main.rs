//! The project's own tasks: `cargo xtask TASK …`.
//!
//! Reads files and clocks and prints, as tasks do; nothing here ships.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr)]

mod args;
mod bench;
mod cost;
mod coverage;
mod error;
mod eval_parse;
mod hostile;
mod places;
mod report;
mod score;
mod specs;
mod speed;
mod synth;
mod torture;
mod train;
mod treebank;

use std::process::ExitCode;

use crate::args::Args;
use crate::error::TaskError;

const USAGE: &str = "usage: cargo xtask TASK …      cargo xtask help TASK says more

tasks
  score       how well claims are found, against annotated passages
  coverage    how many of the predicates between known actors the lexicons list
  bench       speed and memory, against the floors
  synth       a workspace with a ledger of 100,000 claims
  torture     kills a writer again and again and looks what is left
  train       a model from treebanks
  eval-parse  the measures of a model on a treebank
  speed       words a second from raw text to trees
  hostile     what text costs that nobody writes
  treebank    checks the project's own treebanks
";

const LANGUAGE: &str = "\
usage: cargo xtask train --lang de|en --treebank FILE… --out FOLDER [--knowledge FOLDER] [--seed N]
                         [--passes N] [--tagger-passes N] [--parts N] [--guide-parts N] [--kilobytes N]
       cargo xtask eval-parse --lang de|en --model FILE --test FILE…
       cargo xtask eval-parse --lang de|en --folds N --treebank FILE… [--always FILE…] [--knowledge FOLDER]
                         [--only N] [--keep FOLDER]

Treebanks are CoNLL-U, gzipped or not. The knowledge folder is what xtask/knowledge.py writes.
--only takes the first N folds; --keep writes what each fold was trained and tried on, and its model.
";

/// A task with its help.
type Task = (&'static str, fn(&Args) -> Result<(), TaskError>);

fn task(name: &str) -> Option<Task> {
    Some(match name {
        "score" => (score::HELP, score::run),
        "coverage" => (coverage::HELP, coverage::run),
        "bench" => (bench::HELP, bench::run),
        "synth" => (synth::HELP, synth::run),
        "torture" => (torture::HELP, torture::run),
        "train" => (LANGUAGE, |args| Ok(train::run(args)?)),
        "speed" => (speed::HELP, speed::run),
        "hostile" => (hostile::HELP, hostile::run),
        "treebank" => (treebank::HELP, treebank::run),
        "eval-parse" => (LANGUAGE, |args| Ok(eval_parse::run(args)?)),
        _ => return None,
    })
}

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let asked = ["help", "--help", "-h"];
    let help = arguments.iter().any(|a| asked.contains(&a.as_str()));
    arguments.retain(|a| !asked.contains(&a.as_str()));
    let name = if arguments.is_empty() { String::new() } else { arguments.remove(0) };
    let done = match task(&name) {
        Some((text, _)) if help => {
            print!("{text}");
            Ok(())
        }
        Some((_, run)) => run(&Args(arguments)),
        None if help && name.is_empty() => {
            print!("{USAGE}");
            Ok(())
        }
        None => Err(TaskError::Usage(USAGE.trim_end().to_owned())),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(if matches!(error, TaskError::Usage(_)) { 2 } else { 1 })
        }
    }
}
