//! The project's own tasks: `cargo run --release -p xtask -- TASK …`.
//!
//! Reads files and clocks and prints, as tasks do; nothing here ships.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr)]

mod args;
mod eval_parse;
mod train;

use std::process::ExitCode;

const USAGE: &str = "usage: cargo run --release -p xtask -- TASK

tasks
  train --lang de|en --treebank FILE… --out FOLDER [--knowledge FOLDER] [--seed N]
        [--passes N] [--tagger-passes N] [--parts N]
  eval-parse --lang de|en --model FILE --test FILE…
  eval-parse --lang de|en --folds N --treebank FILE… [--knowledge FOLDER]

Treebanks are CoNLL-U, gzipped or not. The knowledge folder is what xtask/knowledge.py writes.
";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let task = arguments.next().unwrap_or_default();
    let args = args::Args(arguments.collect());
    let done = match task.as_str() {
        "train" => train::run(&args),
        "eval-parse" => eval_parse::run(&args),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
